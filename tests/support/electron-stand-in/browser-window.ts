import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { Script } from 'node:vm'
import { app, isEverythingSandboxed, needsReady, noWindowLeft, openWindows } from './app.ts'
import type { WindowState } from './calls.ts'
import { onlyKnown } from './known-options.ts'
import { askHost, refuse, tellHost } from './link.ts'
import { preventable } from './preventable.ts'
import { anyRegisteredScheme, registeredScheme, session, type StandInSession } from './session.ts'
import { StandInContents } from './web-contents.ts'

const windows = new Map<number, BrowserWindow>()
openWindows.list = () => [...windows.values()]
let lastId = 0

/** A window whose pages are a real Chromium page at the page host. */
export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId
  readonly webContents: StandInContents
  readonly webPreferences: Readonly<Record<string, unknown>>
  #bounds: Rectangle
  #title: string
  #isVisible = false
  #isFocused = false
  #isMinimized = false
  #isMaximized = false
  #isFullScreen = false
  #isDestroyed = false
  #opened: Promise<unknown>

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    needsReady('Cannot create BrowserWindow before app is ready')
    onlyKnown('BrowserWindow', options)
    onlyKnown('webPreferences', options.webPreferences)
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? ''
    this.webPreferences = effectivePreferences(options.webPreferences ?? {})
    this.webContents = new StandInContents(this.id, sessionOf(options.webPreferences ?? {}))
    const permissions = this.webContents.session.checkedPermissions(
      this.webContents,
      `${anyRegisteredScheme()?.name ?? 'app'}://tuntas/`,
    )
    const preload = options.webPreferences?.preload
    this.#opened = askHost('window.open', {
      windowId: this.id,
      width,
      height,
      preload: preload === undefined ? null : readPreload(preload),
      scheme: anyRegisteredScheme(),
      permissions,
    })
    windows.set(this.id, this)
    app.emit('web-contents-created', {}, this.webContents)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    if (options.show !== false) this.show()
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows.values()].find((each) => each.isFocused()) ?? null
  }
  static fromWebContents(contents: object): BrowserWindow | null {
    return [...windows.values()].find((each) => each.webContents === contents) ?? null
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null
  }

  async loadURL(url: string): Promise<void> {
    this.#alive()
    const { protocol } = new URL(url)
    if (protocol === 'file:') refuse('a window loads file://, which has more rights than an own scheme')
    const scheme = registeredScheme(protocol.slice(0, -1))
    if (scheme !== null && !scheme.standard)
      refuse(`${scheme.name} is not registered as standard: relative addresses will not resolve`)
    await this.#opened
    const { error } = await askHost('window.load', { windowId: this.id, url })
    if (error !== null) throw new Error(`ERR_FAILED (-2) loading '${url}': ${error}`)
  }
  loadFile(): never {
    return refuse('loadFile shows a file:// page; serve it from an own scheme')
  }

  /** Asks first; whoever listens may keep it open. */
  close(): void {
    this.#alive()
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.delete(this.id)
    void this.#opened.then(() => tellHost('window.destroy', { windowId: this.id }))
    this.webContents.destroyed()
    this.emit('closed')
    if (windows.size === 0) noWindowLeft()
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  show(): void {
    this.#become({ visible: true })
    this.focus()
  }
  showInactive(): void {
    this.#become({ visible: true })
  }
  hide(): void {
    this.#become({ visible: false, focused: false })
  }
  focus(): void {
    for (const each of windows.values()) if (each !== this) each.blur()
    this.#become({ focused: true })
  }
  blur(): void {
    this.#become({ focused: false })
  }
  minimize(): void {
    this.#isMinimized = true
    this.emit('minimize')
    this.#become({ focused: false })
  }
  restore(): void {
    this.#isMinimized = false
    this.emit('restore')
    this.show()
  }
  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    this.#isMaximized = false
    this.emit('unmaximize')
  }
  isVisible(): boolean {
    return this.#isVisible
  }
  isFocused(): boolean {
    return this.#isFocused
  }
  isMinimized(): boolean {
    return this.#isMinimized
  }
  isMaximized(): boolean {
    return this.#isMaximized
  }
  isFullScreen(): boolean {
    return this.#isFullScreen
  }
  setFullScreen(on: boolean): void {
    this.#isFullScreen = on
  }
  moveTop(): void {
    this.#alive()
  }

  getBounds(): Rectangle {
    return { ...this.#bounds }
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#alive()
    this.#bounds = { ...this.#bounds, ...bounds }
    const { width, height } = this.#bounds
    void this.#opened.then(() => tellHost('window.resize', { windowId: this.id, width, height }))
    this.emit('resize')
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getTitle(): string {
    return this.#title
  }
  setTitle(title: string): void {
    this.#alive()
    this.#title = title
  }
  center(): void {
    this.#alive()
  }
  setMenu(): void {
    this.#alive()
  }
  removeMenu(): void {
    this.#alive()
  }
  setMenuBarVisibility(): void {
    this.#alive()
  }
  setAutoHideMenuBar(): void {
    this.#alive()
  }
  setBackgroundColor(): void {
    this.#alive()
  }
  setSkipTaskbar(): void {
    this.#alive()
  }
  setOverlayIcon(): void {
    this.#alive()
  }
  flashFrame(): void {
    this.#alive()
  }
  setTitleBarOverlay(): void {
    this.#alive()
  }

  state(): WindowState {
    return {
      windowId: this.id,
      isVisible: this.#isVisible,
      isFocused: this.#isFocused,
      isMinimized: this.#isMinimized,
      title: this.#title,
      url: this.webContents.getURL(),
      webPreferences: this.webPreferences,
    }
  }

  #become(now: { visible?: boolean; focused?: boolean }): void {
    this.#alive()
    const was = { visible: this.#isVisible, focused: this.#isFocused }
    this.#isVisible = now.visible ?? was.visible
    this.#isFocused = now.focused ?? was.focused
    const is = { visible: this.#isVisible && !this.#isMinimized, focused: this.#isFocused }
    void this.#opened.then(() => tellHost('window.show', { windowId: this.id, ...is }))
    if (was.visible !== this.#isVisible) this.emit(this.#isVisible ? 'show' : 'hide')
    if (was.focused !== this.#isFocused) this.emit(this.#isFocused ? 'focus' : 'blur')
  }

  #alive(): void {
    if (this.#isDestroyed) refuse('Object has been destroyed')
  }
}

type Held =
  | 'id'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'minimize'
  | 'restore'
  | 'maximize'
  | 'unmaximize'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isMaximized'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'moveTop'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'getSize'
  | 'setSize'
  | 'getTitle'
  | 'setTitle'
  | 'center'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar'
  | 'setBackgroundColor'
  | 'setSkipTaskbar'
  | 'setOverlayIcon'
  | 'flashFrame'
  | 'setTitleBarOverlay'
  | 'loadURL'
BrowserWindow satisfies new (options?: BrowserWindowConstructorOptions) => Pick<ElectronWindow, Held>

function sessionOf(given: { partition?: string; session?: unknown }): StandInSession {
  if (given.session !== undefined) return given.session as StandInSession
  return given.partition === undefined ? session.defaultSession : session.fromPartition(given.partition)
}

/** Electron's defaults laid under what was asked for; the four that keep pages away from Node may not be loosened. */
function effectivePreferences(given: object): Record<string, unknown> {
  const is = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    ...given,
  }
  if (!is.sandbox && !isEverythingSandboxed()) refuse('a window without a sandbox')
  if (!is.contextIsolation || is.nodeIntegration || !is.webSecurity || is.webviewTag)
    refuse('a window that gives Node to pages')
  return JSON.parse(JSON.stringify({ ...is, session: undefined })) as Record<string, unknown>
}

/** A sandboxed preload must be CommonJS at an absolute path; Electron would only log and show a window without it. */
function readPreload(path: string): string {
  if (!isAbsolute(path)) refuse(`preload must have an absolute path: ${path}`)
  const source = readFileSync(path, 'utf8')
  try {
    new Script(`(function (require, module, exports, process, location) { ${source}\n})`)
  } catch (error) {
    refuse(`the sandboxed preload is not CommonJS: ${error instanceof Error ? error.message : String(error)}`)
  }
  return source
}
