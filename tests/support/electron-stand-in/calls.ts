/**
 * What the two halves of the stand-in ask of each other: the **page host** in the test's process, which owns the real
 * Chromium pages, and the **app process**, which runs the built bundles on the stand-in `electron`.
 */
export type HostCalls = {
  'window.open': { input: WindowToOpen; output: null }
  'window.load': { input: { windowId: number; url: string }; output: { error: string | null } }
  'window.destroy': { input: { windowId: number }; output: null }
  'window.show': { input: { windowId: number; visible: boolean; focused: boolean }; output: null }
  'window.resize': { input: { windowId: number; width: number; height: number }; output: null }
  'window.run': { input: { windowId: number; code: string }; output: unknown }
  'window.send': { input: { windowId: number; channel: string; args: unknown[] }; output: null }
  theme: { input: { dark: boolean }; output: null }
  'second.instance': { input: SecondInstance; output: null }
  /** Something Electron would let pass in silence; every spec fails on it. */
  violation: { input: { text: string }; output: null }
  ready: { input: { userData: string }; output: null }
}

export interface WindowToOpen {
  readonly windowId: number
  readonly width: number
  readonly height: number
  /** The preload's source; null for none. */
  readonly preload: string | null
  readonly scheme: Scheme | null
  readonly permissions: readonly string[]
}

/** A custom scheme as the app registered it. */
export interface Scheme {
  readonly name: string
  readonly standard: boolean
  readonly secure: boolean
  readonly supportFetchAPI: boolean
  readonly stream: boolean
}

export interface SecondInstance {
  readonly userData: string
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

export type AppCalls = {
  serve: { input: Served; output: Answered }
  'ipc.invoke': { input: FromPage; output: { value: unknown } | { error: string } }
  'ipc.send': { input: FromPage; output: null }
  'page.wants': {
    input: { windowId: number; url: string; isMainFrame: boolean }
    output: { prevented: boolean }
  }
  'page.opens': {
    input: { windowId: number; url: string; disposition: string }
    output: { allowed: boolean }
  }
  'page.event': { input: { windowId: number; name: PageEvent; detail: string }; output: null }
  'page.downloads': {
    input: { windowId: number; url: string; filename: string }
    output: { cancelled: boolean }
  }
  'page.permission': { input: { windowId: number; permission: string }; output: { granted: boolean } }
  'second.instance': { input: Omit<SecondInstance, 'userData'>; output: null }
  act: { input: Act; output: null }
  state: { input: null; output: DeskState }
}

export interface Served {
  readonly windowId: number
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface FromPage {
  readonly windowId: number
  readonly channel: string
  readonly args: readonly unknown[]
  readonly frame: { readonly url: string; readonly isMainFrame: boolean }
}

export type PageEvent =
  'dom-ready' | 'did-finish-load' | 'did-navigate' | 'render-process-gone' | 'preload-error'

/** What a person, or the desktop around the app, can do to it. */
export type Act =
  | { readonly do: 'tray.emit'; readonly event: 'click' | 'right-click' | 'double-click' }
  | { readonly do: 'tray.menu'; readonly path: readonly string[] }
  | { readonly do: 'menu'; readonly path: readonly string[] }
  | { readonly do: 'notification'; readonly index: number; readonly event: 'click' | 'close' }
  | { readonly do: 'window.close'; readonly windowId: number }
  | { readonly do: 'window.focus'; readonly windowId: number; readonly focused: boolean }
  | { readonly do: 'power'; readonly event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' }
  | { readonly do: 'shortcut'; readonly accelerator: string }
  | { readonly do: 'activate' }
  | { readonly do: 'dark'; readonly dark: boolean }
  | { readonly do: 'dialog.answer'; readonly response: number }
  | { readonly do: 'quit' }

/** Everything of the app that a person could see outside its pages, and what it holds of the system. */
export interface DeskState {
  readonly badge: number
  readonly tray: TrayState | null
  readonly applicationMenu: readonly MenuLine[]
  readonly notifications: readonly NotificationState[]
  readonly windows: readonly WindowState[]
  readonly shortcuts: readonly string[]
  readonly opened: readonly string[]
  readonly dialogs: readonly { readonly kind: string; readonly text: string }[]
  readonly clipboard: string
  readonly themeSource: string
}

export interface TrayState {
  readonly toolTip: string
  readonly title: string
  readonly png: Uint8Array
  readonly menu: readonly MenuLine[]
}

export interface MenuLine {
  readonly label: string
  readonly type: string
  readonly role: string | null
  readonly accelerator: string | null
  readonly enabled: boolean
  readonly visible: boolean
  readonly checked: boolean
  readonly submenu: readonly MenuLine[]
}

export interface NotificationState {
  readonly title: string
  readonly body: string
  readonly isShown: boolean
}

export interface WindowState {
  readonly windowId: number
  readonly isVisible: boolean
  readonly isFocused: boolean
  readonly isMinimized: boolean
  readonly title: string
  readonly url: string
  readonly webPreferences: Readonly<Record<string, unknown>>
}
