import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A session bus with a real gnome-keyring on it that stays until it is closed, so that an app can be started on it,
 * ended and started again. `locked` finds the keyring an unlocked one left in the same home, and nobody opens it.
 */
export async function openKeyring(home: string, state: 'unlocked' | 'locked' | 'missing'): Promise<Keyring> {
  const data = join(home, 'data')
  mkdirSync(data, { recursive: true })
  const own = { HOME: home, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: home }
  if (state === 'missing') {
    return {
      environment: { ...own, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'nobody-here')}` },
      close: () => Promise.resolve(),
    }
  }
  const script = `${starters[state]} >/dev/null 2>&1; echo "bus=$DBUS_SESSION_BUS_ADDRESS"; exec cat >/dev/null`
  const child = spawn('dbus-run-session', ['--', 'bash', '-c', script], {
    env: { PATH: process.env['PATH'], ...own },
    // The session ends with its standard input: when it is closed, and also when the test's process dies.
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the keyring's session ended with ${String(code)}`)))
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      const found = /bus=(\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    environment: { ...own, DBUS_SESSION_BUS_ADDRESS: address },
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}

/** What this computer lacks to run a keyring; null for nothing. In CI that is a failure, never a skip. */
export function missingForKeyring(): string | null {
  const isThere = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
  const missing = ['dbus-run-session', 'gnome-keyring-daemon', 'bash']
    .filter((name) => !isThere(name))
    .join(', ')
  if (missing !== '' && process.env['CI'] === 'true')
    throw new Error(`No Secret Service to test with: ${missing} not found.`)
  return missing === '' ? null : missing
}

export interface Keyring {
  /** What a process needs to live in this session. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

const starters = {
  unlocked: "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets",
  locked: 'gnome-keyring-daemon --start --components=secrets',
} as const
