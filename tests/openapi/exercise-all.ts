import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import { chatwoot } from '../../src/main/providers/chatwoot/chatwoot.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import { startChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { recordingHttp, type Exchange } from './exchange.ts'
import type { Exercise, ExerciseStage } from './exercises.ts'

/** What was said in all exercises, which of them broke off, and which calls of a session nobody exercised. */
export async function exerciseAll(exercises: readonly Exercise[]): Promise<Exercised> {
  const exchanges: Exchange[] = []
  const broken: Exercised['broken'][number][] = []
  const offered = new Set<string>()
  const called = new Set<string>()
  for (const exercise of exercises) {
    const simulator = await startChatwootSimulator({ data: exercise.data })
    const sockets = nodeHttp({ env: {} })
    const recording = recordingHttp(sockets)
    try {
      const signal = AbortSignal.timeout(60_000)
      const host = { http: recording.http, clock: systemClock, log: () => {} }
      const signIn: ExerciseStage['signIn'] = (method, fields) =>
        chatwoot.probe({ method, fields: { url: simulator.url, ...fields }, carried: null }, host, signal)
      const probed = await signIn('token', { token: simulator.token })
      if (probed.kind === 'asks') throw new Error('A token was not enough to sign in.')
      const { baseUrl, settings, choices } = probed
      const account = { id: accountId('home'), key: choices[0]?.key ?? '', baseUrl, settings }
      const opened = chatwoot.open(account, simulator.token, host)
      for (const name of callsOf(opened)) offered.add(name)
      const session = overheard(opened, (name) => called.add(name))
      await exercise.run({ session, signIn, simulator, signal })
    } catch (error) {
      broken.push({ name: exercise.name, says: error instanceof Error ? describe(error) : String(error) })
    } finally {
      exchanges.push(...(await recording.exchanges()))
      await sockets.close()
      await simulator.close()
    }
  }
  return { exchanges, broken, uncalled: [...offered].filter((name) => !called.has(name)).toSorted() }
}

export interface Exercised {
  readonly exchanges: readonly Exchange[]
  readonly broken: readonly { readonly name: string; readonly says: string }[]
  /** As `bundle.call`. */
  readonly uncalled: readonly string[]
}

const systemClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs: number, run: () => void) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

function callsOf(bundle: object, prefix = ''): string[] {
  return Object.entries(bundle).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [`${prefix}${name}`]
    return typeof value === 'object' && value !== null ? callsOf(value, `${prefix}${name}.`) : []
  })
}

/** The same session; every call of it and of its bundles is told first. */
function overheard<T extends object>(target: T, hear: (name: string) => void, prefix = ''): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key)
      const name = `${prefix}${String(key)}`
      if (typeof value === 'object' && value !== null) return overheard(value, hear, `${name}.`)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        hear(name)
        return Reflect.apply(value, object, given)
      }
    },
  })
}

function describe(error: Error): string {
  return 'facts' in error ? `${error.message} ${JSON.stringify(error.facts)}` : error.message
}
