import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { missingForKeyring, openKeyring } from '../../../tests/support/keyring.ts'
import type { Clock } from '../ports/clock.ts'
import { keychainVault, type Keytar } from './keychain-vault.ts'

const noTime: Clock = { now: () => 0, elapsed: () => 0, after: () => () => undefined }

function fakeKeytar(over: Partial<Keytar> = {}): Keytar & { kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getPassword: async (_service, account) => kept.get(account) ?? null,
    setPassword: async (_service, account, secret) => void kept.set(account, secret),
    deletePassword: async (_service, account) => kept.delete(account),
    ...over,
  }
}

const failing = (sentence: string): Partial<Keytar> => ({
  setPassword: () => Promise.reject(new Error(sentence)),
})

describe('what the system says', () => {
  test.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['Prompt was dismissed', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'missing'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'missing'],
    ['Could not connect: No such file or directory', 'missing'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'missing'],
    ['A default keychain could not be found.', 'missing'],
    ['Something nobody has seen before', 'refused'],
  ] as const)('“%s” means %s', async (sentence, why) => {
    const vault = keychainVault(async () => fakeKeytar(failing(sentence)), noTime)
    await expect(vault.put('a', 'secret')).rejects.toMatchObject({ name: 'VaultFault', why })
    expect(await vault.check()).toMatchObject({ why })
  })

  test('a keytar that cannot be loaded is a missing keychain', async () => {
    const vault = keychainVault(() => Promise.reject(new Error('native addon')), noTime)
    await expect(vault.get('a')).rejects.toMatchObject({ why: 'missing' })
    expect(await vault.check()).toMatchObject({ why: 'missing' })
  })

  test('a locked keyring that answers “nothing” is not taken for an empty one', async () => {
    const vault = keychainVault(
      async () => fakeKeytar(failing('Cannot create an item in a locked collection')),
      noTime,
    )
    await expect(vault.get('a')).rejects.toMatchObject({ why: 'locked' })
    await expect(vault.remove('a')).rejects.toMatchObject({ why: 'locked' })
  })

  test('checking leaves nothing behind', async () => {
    const keytar = fakeKeytar()
    const vault = keychainVault(async () => keytar, noTime)
    expect(await vault.check()).toBeNull()
    expect(await vault.get('a')).toBeNull()
    expect([...keytar.kept]).toEqual([])
  })
})

describe('a prompt that nobody answers', () => {
  function promptingVault() {
    const deadlines = new Set<() => void>()
    const clock: Clock = {
      now: () => 0,
      elapsed: () => 0,
      after: (_delayMs, run) => {
        deadlines.add(run)
        return () => deadlines.delete(run)
      },
    }
    const keytar = fakeKeytar()
    let answer = (): void => undefined
    const prompt = new Promise<void>((resolve) => (answer = resolve))
    let asked = 0
    const vault = keychainVault(
      async () => ({
        ...keytar,
        setPassword: async (service, account, secret) => {
          asked += 1
          await prompt
          await keytar.setPassword(service, account, secret)
        },
      }),
      clock,
    )
    return {
      vault,
      keytar,
      answer,
      asked: () => asked,
      passDeadlines: () => [...deadlines].forEach((run) => run()),
    }
  }

  test('counts as locked after the deadline, for those in line too, and no second prompt is opened', async () => {
    const { vault, passDeadlines, asked } = promptingVault()
    const first = expect(vault.put('a', 'one')).rejects.toMatchObject({ why: 'locked' })
    const second = expect(vault.put('b', 'two')).rejects.toMatchObject({ why: 'locked' })
    await nextTurn()
    passDeadlines()
    await Promise.all([first, second])
    await expect(vault.put('c', 'three')).rejects.toMatchObject({ why: 'locked' })
    expect(asked()).toBe(1)
  })

  test('what it stores after all is taken back, and the vault works again', async () => {
    const { vault, keytar, passDeadlines, answer } = promptingVault()
    const late = expect(vault.put('a', 'one')).rejects.toMatchObject({ why: 'locked' })
    await nextTurn()
    passDeadlines()
    await late
    answer()
    await nextTurn()
    expect([...keytar.kept]).toEqual([])
    await vault.put('b', 'two')
    expect([...keytar.kept]).toEqual([['b', 'two']])
  })
})

const missing = missingForKeyring()

describe.skipIf(missing !== null || process.platform !== 'linux')('a real Secret Service', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tuntas-vault-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const probe = fileURLToPath(new URL('../../../tests/support/vault-probe.ts', import.meta.url))

  /** Runs the steps in a process of its own, on a keyring that outlives it. */
  async function ask(state: 'unlocked' | 'locked' | 'missing', ...steps: string[]): Promise<unknown> {
    const keyring = await openKeyring(home, state)
    try {
      return JSON.parse(await outputOf([probe, ...steps], keyring.environment))
    } finally {
      await keyring.close()
    }
  }

  test('keeps a secret for the next process, and forgets it when asked', async () => {
    expect(await ask('unlocked', 'check', 'get a', 'put a secret-1', 'get a')).toEqual([
      null,
      null,
      'done',
      'secret-1',
    ])
    expect(await ask('unlocked', 'get a', 'remove a', 'get a', 'remove a')).toEqual([
      'secret-1',
      'done',
      null,
      'done',
    ])
  })

  test('says that it is locked, and gives the secret once it is open again', async () => {
    await ask('unlocked', 'put b secret-2')
    expect(await ask('locked', 'check', 'get b', 'put c secret-3', 'remove b')).toEqual([
      'locked',
      'locked',
      'locked',
      'locked',
    ])
    expect(await ask('unlocked', 'get b', 'get c')).toEqual(['secret-2', null])
  })

  test('says that it is missing', async () => {
    expect(await ask('missing', 'check', 'get b', 'put b secret-4')).toEqual([
      'missing',
      'missing',
      'missing',
    ])
  })
})

function outputOf(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  // Without a display the keyring's own prompt fails at once, as on a machine nobody sits at.
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...rest } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      env: { ...rest, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(output))
  })
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
