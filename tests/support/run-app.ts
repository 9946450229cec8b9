import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { changeSettings } from '../../src/main/engine/settings.ts'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import type { Act, DeskState } from './electron-stand-in/calls.ts'
import { runStandIn, type StandIn } from './electron-stand-in/run-stand-in.ts'
import { openKeyring, type Keyring } from './keyring.ts'
import { showTrayIcons } from './tray-host.ts'

/**
 * Starts the built app on one of its two shells, with a home and a keyring of its own, and gives the same handle for
 * both. The app is a process of its own: `restart` ends it and starts another one on the same folders.
 */
export async function runApp(options: AppOptions): Promise<RunningApp> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'tuntas-e2e-'))
  const state = {
    desktop: await openDesktop(home, options.keyring ?? 'unlocked', options.traysShown ?? true),
  }
  const past = { requests: [] as string[], log: '' }
  const dataFolder = join(home, '.config', 'Tuntas')
  if (options.undoes !== true) sendAtOnce(dataFolder)
  let run = await start()
  let isClosed = false

  async function start(): Promise<Run> {
    const environment = { ...state.desktop.environment, ...options.environment }
    const given = { browser: options.browser, home, environment, wrapper: options.wrapper ?? [] }
    return options.shell === 'electron' ? await runElectron(given) : await runLoopback(given)
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await run.end(signal)
    past.requests.push(...run.requests)
    past.log += run.log()
    // The app goes on after what nobody caught; a spec must not.
    const file = join(dataFolder, 'main.log')
    const broke = existsSync(file) ? /^.* app\.broke .*$/m.exec(readFileSync(file, 'utf8')) : null
    if (broke !== null) throw new Error(`nobody caught this: ${broke[0]}`)
  }

  return {
    shell: options.shell,
    home,
    dataFolder,
    get page() {
      return run.page
    },
    get pid() {
      return run.pid()
    },
    get desk() {
      return run.desk ?? missingDesk()
    },
    requests: () => [...past.requests, ...run.requests],
    log: () => past.log + run.log(),
    openSecond: () => run.openSecond(),
    async restart(change = {}) {
      await end(change.signal ?? 'SIGTERM')
      if (change.keyring !== undefined) {
        await state.desktop.close()
        state.desktop = await openDesktop(home, change.keyring, options.traysShown ?? true)
      }
      await change.meanwhile?.()
      run = await start()
    },
    async close() {
      if (isClosed) return
      isClosed = true
      try {
        await end('SIGTERM')
      } finally {
        await state.desktop.close()
        if (options.home === undefined) rmSync(home, { recursive: true, force: true })
      }
    },
  }
}

/** As an agent who chose that nothing waits: most specs are about what happens then. */
function sendAtOnce(dataFolder: string): void {
  if (existsSync(join(dataFolder, 'desk.db'))) return
  mkdirSync(dataFolder, { recursive: true })
  const store = openSqliteStore(dataFolder)
  changeSettings(store, { undoSeconds: 0 })
  store.close()
}

type KeyringState = Parameters<typeof openKeyring>[1]

export type ShellName = 'loopback' | 'electron'
export const shells: readonly ShellName[] = ['loopback', 'electron']

export interface AppOptions {
  readonly browser: Browser
  readonly shell: ShellName
  readonly keyring?: KeyringState
  /** False for a desktop that shows no tray icons. */
  readonly traysShown?: boolean
  /** A home an earlier app left behind. */
  readonly home?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Whether what is sent waits a few seconds, as it does for everybody who did not choose otherwise. */
  readonly undoes?: boolean
  /** Words in front of the app's command, such as a tracer. */
  readonly wrapper?: readonly string[]
}

export interface RunningApp {
  readonly shell: ShellName
  readonly home: string
  readonly dataFolder: string
  /** The window of the app as it runs now; another one after a restart. */
  readonly page: Page
  readonly pid: number
  /** Tray, menus, notifications and windows; only the Electron shell has them. */
  readonly desk: Desk
  /** Every address a page of the app asked for, in all its runs. */
  requests(): readonly string[]
  /** What the app's process and its pages said, in all its runs. */
  log(): string
  /** Starts the app once more while it runs; tells how that second process ended. */
  openSecond(): Promise<number | null>
  restart(change?: Restart): Promise<void>
  close(): Promise<void>
}

export interface Restart {
  readonly signal?: 'SIGTERM' | 'SIGKILL'
  readonly keyring?: KeyringState
  readonly meanwhile?: () => Promise<void> | void
}

export interface Desk {
  state(): Promise<DeskState>
  act(act: Act): Promise<void>
  readonly standIn: StandIn
}

interface Run {
  readonly page: Page
  readonly requests: readonly string[]
  readonly desk: Desk | null
  pid(): number
  log(): string
  openSecond(): Promise<number | null>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

interface Given {
  readonly browser: Browser
  readonly home: string
  readonly environment: Readonly<Record<string, string>>
  readonly wrapper: readonly string[]
}

/** The session a person's apps live in: a keyring, and on most desktops a place for tray icons. */
async function openDesktop(home: string, keyringState: KeyringState, traysShown: boolean): Promise<Keyring> {
  const keyring = await openKeyring(home, keyringState)
  if (!traysShown || keyringState === 'missing') return keyring
  const trays = await showTrayIcons(keyring.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '')
  return {
    environment: keyring.environment,
    close: async () => {
      await trays.close()
      await keyring.close()
    },
  }
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** The built page in a browser tab, served by the app on this computer. */
async function runLoopback(given: Given): Promise<Run> {
  const said: string[] = []
  const requests: string[] = []
  const [command = '', ...words] = [
    ...given.wrapper,
    process.execPath,
    builtFile('main/loopback.js'),
    '--no-open',
  ]
  const child = spawn(command, words, { env: environmentOf(given), stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const link = await new Promise<string>((resolve, reject) => {
    const listen = (bytes: Buffer): void => {
      said.push(bytes.toString())
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said.join(''))?.[0]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the app ended with ${String(code)}:\n${said.join('')}`)))
  })
  const context = await given.browser.newContext({ viewport: { width: 1200, height: 800 } })
  context.on('request', (request) => requests.push(request.url()))
  const page = await context.newPage()
  listenTo(page, said)
  await page.goto(link)
  return {
    page,
    requests,
    desk: null,
    pid: () => child.pid ?? -1,
    log: () => said.join(''),
    openSecond: () => Promise.reject(new Error('the loopback shell runs as often as it is started')),
    end: (signal) => endLoopback(context, exited, () => child.kill(signal), said),
  }
}

async function endLoopback(
  context: BrowserContext,
  exited: Promise<unknown>,
  kill: () => void,
  said: string[],
): Promise<void> {
  kill()
  await exited
  // The page is left open until the app is gone, as a person would leave it.
  await context.close()
  said.push('\n')
}

/** The built Electron bundles on the stand-in, whose window is a page of the same browser. */
async function runElectron(given: Given): Promise<Run> {
  const env = environmentOf(given)
  const bundle = builtFile('main/index.js')
  const app: StandIn = await runStandIn({ browser: given.browser, bundle, env, wrapper: given.wrapper })
  const page = await app.firstPage()
  return {
    page,
    requests: app.host.requests,
    desk: { state: app.state, act: app.act, standIn: app },
    pid: () => app.pid,
    log: () => app.log.join('\n'),
    openSecond: async () => {
      const onSecondInstance = ({ argv, workingDirectory, additionalData }: SecondSaid): void =>
        void app.ask('second.instance', { argv, workingDirectory, additionalData })
      const second = await runStandIn({
        browser: given.browser,
        bundle,
        env,
        onSecondInstance,
        waitForReady: false,
      })
      const code = await second.exited
      await second.host.close()
      return code
    },
    end: async (signal) => {
      if (signal === 'SIGKILL') app.kill('SIGKILL')
      await app.close()
      const [violation] = app.host.violations
      if (violation !== undefined)
        throw new Error(`Electron would have refused or ignored this: ${violation}\n${app.log.join('\n')}`)
    },
  }
}

interface SecondSaid {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/** Nothing of the test's own environment but what a process needs to run at all. */
function environmentOf(given: Given): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...given.environment }
}

function builtFile(name: string): string {
  const file = join(repository, 'out', name)
  if (!existsSync(file)) throw new Error(`${file} is not built: run “npm run build” first.`)
  return file
}

function listenTo(page: Page, said: string[]): void {
  page.on('console', (message) => said.push(`page ${message.type()}: ${message.text()}\n`))
  page.on('pageerror', (error) => said.push(`page error: ${error.stack ?? error.message}\n`))
}

function missingDesk(): never {
  throw new Error('only the Electron shell has a desk')
}

/** Every file under a folder with its bytes, for looking for what must not be there. */
export function bytesUnder(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => ({ path, bytes: readFileSync(path) }))
}
