import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { answerHost, refuse, tellHost } from './link.ts'
import { preventable } from './preventable.ts'

/** The windows quitting has to ask; the window module fills it, so that nothing goes round in circles. */
export const openWindows: { list: () => readonly Closable[] } = { list: () => [] }
export interface Closable {
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

const facts = { isReady: false, isQuitting: false, isSandboxed: false, badge: 0 }
const paths = new Map<string, string>()
let resolveReady: () => void = () => undefined
const ready = new Promise<void>((resolve) => {
  resolveReady = resolve
})

/** What Electron refuses before `ready`. */
export function needsReady(message: string): void {
  if (!facts.isReady) refuse(message)
}

export function needsNotReady(message: string): void {
  if (facts.isReady) refuse(message)
}

/** Called once the main bundle is loaded. */
export function becomeReady(): void {
  facts.isReady = true
  mkdirSync(app.getPath('userData'), { recursive: true })
  tellHost('ready', { userData: app.getPath('userData') })
  app.emit('will-finish-launching')
  app.emit('ready', {}, {})
  resolveReady()
}

export function badgeShown(): number {
  return facts.badge
}

export function isEverythingSandboxed(): boolean {
  return facts.isSandboxed
}

class StandInApp extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = { appendSwitch: () => undefined, hasSwitch: () => false, getSwitchValue: () => '' }

  get name(): string {
    const { productName, name } = packageFile()
    return productName ?? name
  }
  get badgeCount(): number {
    return facts.badge
  }
  set badgeCount(count: number) {
    this.setBadgeCount(count)
  }

  getName(): string {
    return this.name
  }
  getVersion(): string {
    return packageFile().version
  }
  getAppPath(): string {
    return process.argv[1] ?? ''
  }
  getLocale(): string {
    return 'en-GB'
  }
  getPath(name: Parameters<App['getPath']>[0]): string {
    const set = paths.get(name)
    if (set !== undefined) return set
    const appData = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
    switch (name) {
      case 'home':
        return homedir()
      case 'appData':
        return appData
      case 'userData':
      case 'sessionData':
        return join(appData, this.name)
      case 'logs':
        return join(this.getPath('userData'), 'logs')
      case 'crashDumps':
        return join(this.getPath('userData'), 'Crashpad')
      case 'temp':
        return tmpdir()
      case 'downloads':
        return join(homedir(), 'Downloads')
      case 'exe':
        return process.execPath
      default:
        return refuse(`Failed to get '${name}' path`)
    }
  }
  setPath(name: Parameters<App['setPath']>[0], path: string): void {
    this.getPath(name as Parameters<App['getPath']>[0])
    if (!isAbsolute(path)) refuse('Path must be absolute')
    if (name === 'userData' || name === 'sessionData')
      needsNotReady(`${name} must be set before the app is ready`)
    paths.set(name, path)
  }
  setAppLogsPath(path?: string): void {
    paths.set('logs', path ?? join(this.getPath('userData'), 'logs'))
  }
  setName(): void {
    refuse('app.setName moves userData under the feet of a running app: set productName instead')
  }
  setAppUserModelId(): void {
    return undefined
  }
  setAboutPanelOptions(): void {
    return undefined
  }
  setDesktopName(): void {
    return undefined
  }
  enableSandbox(): void {
    needsNotReady('app.enableSandbox() can only be called before app is ready')
    facts.isSandboxed = true
  }
  disableHardwareAcceleration(): void {
    needsNotReady('app.disableHardwareAcceleration() can only be called before app is ready')
  }
  setBadgeCount(count?: number): boolean {
    if (count !== undefined && (!Number.isInteger(count) || count < 0))
      refuse(`not a badge count: ${String(count)}`)
    facts.badge = count ?? 0
    return true
  }
  getBadgeCount(): number {
    return facts.badge
  }
  isReady(): boolean {
    return facts.isReady
  }
  whenReady(): Promise<void> {
    return ready
  }
  focus(): void {
    return undefined
  }
  hide(): void {
    return undefined
  }
  show(): void {
    return undefined
  }

  /** The lock is a file with the pid of its holder, so it outlives nothing and a crash leaves no stale owner. */
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const userData = this.getPath('userData')
    mkdirSync(userData, { recursive: true })
    const file = join(userData, 'SingletonLock')
    if (isHeldByAnother(file)) {
      const said = {
        argv: [...process.argv],
        workingDirectory: process.cwd(),
        additionalData: additionalData ?? null,
      }
      tellHost('second.instance', { userData, ...said })
      return false
    }
    writeFileSync(file, String(process.pid))
    return true
  }
  hasSingleInstanceLock(): boolean {
    return true
  }
  releaseSingleInstanceLock(): void {
    rmSync(join(this.getPath('userData'), 'SingletonLock'), { force: true })
  }

  /** before-quit, then every window is asked, then will-quit; any of them may say no. */
  quit(): void {
    if (facts.isQuitting) return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    facts.isQuitting = true
    for (const each of openWindows.list()) each.close()
    if (openWindows.list().some((each) => !each.isDestroyed())) {
      facts.isQuitting = false
      return
    }
    const last = preventable({})
    this.emit('will-quit', last)
    if (last.defaultPrevented) {
      facts.isQuitting = false
      return
    }
    this.exit(0)
  }
  exit(code = 0): void {
    for (const each of openWindows.list()) each.destroy()
    this.emit('quit', {}, code)
    this.releaseSingleInstanceLock()
    process.exit(code)
  }
  relaunch(): void {
    refuse('app.relaunch is not part of the stand-in yet')
  }
  setLoginItemSettings(): void {
    return undefined
  }
  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    return { openAtLogin: false, wasOpenedAtLogin: false }
  }
}

const app = new StandInApp()
export { app }
app satisfies Pick<
  App,
  | 'isPackaged'
  | 'name'
  | 'badgeCount'
  | 'getName'
  | 'getVersion'
  | 'getAppPath'
  | 'getLocale'
  | 'getPath'
  | 'setPath'
  | 'setAppLogsPath'
  | 'setName'
  | 'setAppUserModelId'
  | 'setAboutPanelOptions'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'isReady'
  | 'whenReady'
  | 'focus'
  | 'hide'
  | 'show'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'setLoginItemSettings'
>

/** Electron closes down in order when the system asks it to. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
/** Without its test nobody could ever stop it. */
process.on('disconnect', () => process.exit(1))

answerHost('second.instance', ({ argv, workingDirectory, additionalData }) => {
  app.emit('second-instance', {}, argv, workingDirectory, additionalData)
  return null
})

/** The last window closed: without a listener Electron quits. */
export function noWindowLeft(): void {
  if (facts.isQuitting) return
  if (app.listenerCount('window-all-closed') === 0) app.quit()
  else app.emit('window-all-closed')
}

function isHeldByAnother(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid === process.pid) return false
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

interface PackageFile {
  readonly name: string
  readonly productName?: string
  readonly version: string
}

function packageFile(): PackageFile {
  return JSON.parse(readFileSync(join(process.argv[1] ?? '', 'package.json'), 'utf8')) as PackageFile
}
