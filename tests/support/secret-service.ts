import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * A Secret Service of our own: each run is a command inside a private session bus, with a keyring in a folder that
 * outlives the run, so that a later run can find it again.
 */
export function secretService(): SecretService {
  const home = mkdtempSync(path.join(tmpdir(), 'tuntas-keyring-'))
  const emptyBus = path.join(home, 'empty-bus.conf')
  writeFileSync(emptyBus, busWithoutServices)
  return {
    home,
    run(state, command) {
      const inside = [...starters[state], ...command]
      const bus = state === 'missing' ? [`--config-file=${emptyBus}`] : []
      return runInside(home, [...bus, '--', ...inside])
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

export interface SecretService {
  readonly home: string
  /** `missing`: a bus where nobody answers for secrets. `locked`: the keyring is there and nobody opens it. */
  run(state: KeyringState, command: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }>
  remove(): void
}

export type KeyringState = 'unlocked' | 'locked' | 'missing'

/** Null where this computer can run a keyring, else what is missing. In CI a missing one is a failure, never a skip. */
export function missingForSecretService(): string | null {
  const missing = ['dbus-run-session', 'gnome-keyring-daemon', 'bash'].filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  )
  if (missing.length === 0) return null
  if (process.env['CI'] === 'true') throw new Error(`No Secret Service to test with: ${missing.join(', ')} not found.`)
  return `${missing.join(', ')} not found`
}

const quietly = '>/dev/null 2>&1'
const starters: Record<KeyringState, readonly string[]> = {
  unlocked: ['bash', '-c', `printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets ${quietly}; exec "$@"`, '--'],
  locked: ['bash', '-c', `gnome-keyring-daemon --start --components=secrets ${quietly}; exec "$@"`, '--'],
  missing: [],
}

const busWithoutServices = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

function runInside(home: string, args: readonly string[]): ReturnType<SecretService['run']> {
  // Without a display the keyring's own prompt fails at once, as on a machine nobody sits at.
  const { DISPLAY: _, WAYLAND_DISPLAY: __, DBUS_SESSION_BUS_ADDRESS: ___, ...rest } = process.env
  const env = { ...rest, HOME: home, XDG_DATA_HOME: path.join(home, 'data'), XDG_RUNTIME_DIR: home }
  return new Promise((resolve, reject) => {
    const child = spawn('dbus-run-session', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
