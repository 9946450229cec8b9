import type { WebContents, WebFrameMain } from 'electron'
import { EventEmitter } from 'node:events'
import { originOf } from './addresses.ts'
import type { FromPage, PageEvent } from './calls.ts'
import { askHost, refuse, tellHost } from './link.ts'
import { preventable } from './preventable.ts'
import type { StandInSession } from './session.ts'

/** The pages of one window, as the main process sees them. */
export class StandInContents extends EventEmitter {
  readonly id: number
  readonly session: StandInSession
  readonly mainFrame: StandInFrame
  #isDestroyed = false
  #onOpen:
    | ((details: { url: string; frameName: string; features: string; disposition: string }) => {
        action: string
      })
    | null = null

  constructor(id: number, session: StandInSession) {
    super()
    this.id = id
    this.session = session
    this.mainFrame = { ...frame(id * 100, ''), top: null }
  }

  getURL(): string {
    return this.mainFrame.url
  }
  getType(): 'window' {
    return 'window'
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  isLoading(): boolean {
    return this.mainFrame.url === ''
  }
  isCrashed(): boolean {
    return false
  }
  isDevToolsOpened(): boolean {
    return false
  }
  openDevTools(): void {
    return undefined
  }
  closeDevTools(): void {
    return undefined
  }
  focus(): void {
    return undefined
  }
  setBackgroundThrottling(): void {
    return undefined
  }
  setZoomFactor(): void {
    return undefined
  }
  setZoomLevel(): void {
    return undefined
  }
  async setVisualZoomLevelLimits(): Promise<void> {
    return undefined
  }
  reload(): void {
    this.emit('did-start-loading')
    void askHost('window.load', { windowId: this.id, url: this.getURL() })
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return await askHost('window.run', { windowId: this.id, code })
  }
  setWindowOpenHandler(handler: NonNullable<typeof this.onOpen>): void {
    this.#onOpen = handler
  }
  get onOpen():
    | ((details: { url: string; frameName: string; features: string; disposition: string }) => {
        action: string
      })
    | null {
    return this.#onOpen
  }

  /** Values cross as structured clones: what cannot be cloned throws here, as in Electron. */
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) refuse('Object has been destroyed')
    try {
      structuredClone(args)
    } catch {
      refuse(`Failed to serialize arguments of webContents.send('${channel}')`)
    }
    tellHost('window.send', { windowId: this.id, channel, args })
  }

  // ---- what happens in the page

  happened(name: PageEvent, detail: string): void {
    if (name === 'did-navigate') {
      this.mainFrame.url = detail
      this.mainFrame.origin = originOf(detail)
      this.emit('did-navigate', {}, detail, 200, 'OK')
    } else if (name === 'render-process-gone') this.emit(name, {}, { reason: detail, exitCode: 1 })
    else this.emit(name, {})
  }

  /** Whether the app keeps the page from going there. A page that goes where it likes is what this is for. */
  wants(url: string, isMainFrame: boolean): boolean {
    const from = isMainFrame
      ? this.mainFrame
      : { ...frame(this.id * 100 + 1, url), top: this.mainFrame, parent: this.mainFrame }
    const event = preventable({
      url,
      isMainFrame,
      isSameDocument: false,
      frame: from,
      initiator: this.mainFrame,
    })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, url, false, true, 1, this.id * 100)
    return event.defaultPrevented
  }

  mayOpen(url: string, disposition: string): boolean {
    const answer = this.#onOpen?.({ url, frameName: '', features: '', disposition })
    return answer === undefined || answer.action !== 'deny'
  }

  destroyed(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }
}

type Held =
  | 'getURL'
  | 'getType'
  | 'isDestroyed'
  | 'isLoading'
  | 'isCrashed'
  | 'isDevToolsOpened'
  | 'openDevTools'
  | 'closeDevTools'
  | 'focus'
  | 'setBackgroundThrottling'
  | 'setZoomFactor'
  | 'setZoomLevel'
  | 'setVisualZoomLevelLimits'
  | 'reload'
  | 'send'
StandInContents satisfies new (...given: never[]) => Pick<WebContents, Held>

export interface StandInFrame extends Pick<
  WebFrameMain,
  'frameTreeNodeId' | 'processId' | 'routingId' | 'detached'
> {
  url: string
  origin: string
  readonly parent: StandInFrame | null
  readonly top: StandInFrame | null
  isDestroyed(): boolean
}

/** The frame an IPC message came from: the window's own main frame, or whatever else sent it. */
export function senderFrame(contents: StandInContents, from: FromPage['frame']): StandInFrame {
  if (from.isMainFrame && from.url === contents.mainFrame.url) return contents.mainFrame
  const parent = from.isMainFrame ? null : contents.mainFrame
  return { ...frame(contents.id * 100 + 7, from.url), parent, top: parent }
}

function frame(id: number, url: string): StandInFrame {
  return {
    frameTreeNodeId: id,
    processId: 1,
    routingId: id,
    detached: false,
    url,
    origin: originOf(url),
    parent: null,
    top: null,
    isDestroyed: () => false,
  }
}
