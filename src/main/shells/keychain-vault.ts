import type { Clock } from '../ports/clock.ts'
import { VaultFault, type Vault } from '../ports/vault.ts'

/**
 * The OS keychain through keytar (docs/decisions: the keychain behind one port). Never hangs: a keyring that asks its
 * owner for a password blocks the call for as long as the prompt stands, so every call has a deadline and counts as
 * `locked` after it. Calls run one at a time, because each waiting one would hold a thread of Node's small pool.
 */
export function keychainVault(load: () => Promise<Keytar>, clock: Clock): Vault {
  const turns = oneAtATime(clock)
  let loaded: Promise<Keytar> | null = null
  const keytar = (): Promise<Keytar> =>
    (loaded ??= load().catch(() => Promise.reject(new VaultFault('missing'))))

  return {
    kind: 'keychain',
    async get(key) {
      const { getPassword, setPassword, deletePassword } = await keytar()
      return turns(promptMs, async () => {
        const secret = await getPassword(service, key)
        // A locked Secret Service answers "nothing" instead of failing; only writing tells.
        if (secret === null) await tryWriting({ setPassword, deletePassword })
        return secret
      })
    },
    async put(key, secret) {
      const { setPassword, deletePassword } = await keytar()
      const takeBack = (): Promise<unknown> => deletePassword(service, key)
      await turns(promptMs, () => setPassword(service, key, secret), takeBack)
    },
    async remove(key) {
      const { setPassword, deletePassword } = await keytar()
      await turns(promptMs, async () => {
        const wasThere = await deletePassword(service, key)
        if (!wasThere) await tryWriting({ setPassword, deletePassword })
      })
    },
    async check() {
      try {
        const found = await keytar()
        await turns(checkMs, () => tryWriting(found))
        return null
      } catch (error) {
        return error instanceof VaultFault ? error : new VaultFault('refused')
      }
    },
  }
}

/** What we use of keytar. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, secret: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** Loads keytar only when a secret is first asked for: it opens native libraries that may not be there. */
export async function loadKeytar(): Promise<Keytar> {
  const found = await import('keytar')
  return found.default
}

const service = 'Tuntas'
/** Long enough for a person to type a password into the keyring's own prompt. */
const promptMs = 20_000
const checkMs = 4000

async function tryWriting(keytar: Pick<Keytar, 'setPassword' | 'deletePassword'>): Promise<void> {
  await keytar.setPassword(service, 'check', 'check')
  await keytar.deletePassword(service, 'check')
}

/**
 * Runs calls in turn, each with a deadline. A call whose deadline passes while it waits never runs; one that passes it
 * while running keeps its turn until it settles, new ones are told `locked` at once, and `takeBack` undoes what it
 * still did, for its caller has been told that it was not done.
 */
function oneAtATime(clock: Clock) {
  let last: Promise<unknown> = Promise.resolve()
  let overdue = 0
  return function turn<T>(
    waitMs: number,
    call: () => Promise<T>,
    takeBack?: () => Promise<unknown>,
  ): Promise<T> {
    if (overdue > 0) return Promise.reject(new VaultFault('locked'))
    return new Promise<T>((resolve, reject) => {
      let isRunning = false
      let late = false
      const isLate = (): boolean => late
      const cancel = clock.after(waitMs, () => {
        late = true
        if (isRunning) overdue += 1
        reject(new VaultFault('locked'))
      })
      last = last.then(async () => {
        if (isLate()) return
        isRunning = true
        try {
          const value = await call()
          if (isLate()) await takeBack?.()
          resolve(value)
        } catch (error) {
          reject(faultOf(error))
        } finally {
          cancel()
          if (isLate()) overdue -= 1
        }
      })
    })
  }
}

/**
 * keytar passes on the sentence of the system below and nothing else. Seen on Linux with gnome-keyring; macOS's are
 * those of its Security framework. What we do not know counts as refused, which promises the least.
 */
function faultOf(error: unknown): VaultFault {
  if (error instanceof VaultFault) return error
  const sentence = error instanceof Error ? error.message : ''
  if (/locked|dismissed|interaction is not allowed/i.test(sentence)) return new VaultFault('locked')
  if (
    /\.service files|D-Bus|could not connect|does not exist at path|keychain could not be found/i.test(
      sentence,
    )
  ) {
    return new VaultFault('missing')
  }
  return new VaultFault('refused')
}
