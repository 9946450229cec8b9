import { app, BrowserWindow, nativeTheme, type WebContents } from 'electron'
import type { Log } from '../../ports/log.ts'
import { appPage } from './page-answer.ts'

/** The one window. It is made when first shown, hides or minimises when closed if so wished, and can be made again. */
export function createMainWindow(parts: MainWindowParts): MainWindow {
  let window: BrowserWindow | null = null
  let isQuitting = false
  app.on('before-quit', () => (isQuitting = true))

  function make(): BrowserWindow {
    const made = new BrowserWindow(options(parts.preload, parts.icon))
    window = made
    made.once('ready-to-show', () => made.show())
    made.on('close', (event) => {
      const whenClosed = isQuitting ? 'gone' : parts.whenClosed()
      if (whenClosed === 'gone') return
      event.preventDefault()
      if (whenClosed === 'hidden') made.hide()
      else made.minimize()
    })
    made.on('closed', () => {
      window = null
      parts.onGone()
    })
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      parts.log('page.gone', { reason })
      parts.onGone()
      if (!isQuitting) made.webContents.reload()
    })
    made.webContents.on('preload-error', (_event, _path, error) =>
      parts.log('preload.failed', { error: error.name }),
    )
    made.loadURL(appPage).catch(() => parts.log('page.notLoaded'))
    return made
  }

  function show(): void {
    if (window === null) return void make()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  return {
    show,
    toggle() {
      if (window?.isVisible() === true && window.isFocused()) window.hide()
      else show()
    },
    current: () => window,
    contents: () => window?.webContents ?? null,
  }
}

export interface MainWindowParts {
  readonly preload: string
  readonly icon: string
  readonly log: Log
  /** What closing the window does: with a tray it hides, without one it must stay within reach. */
  readonly whenClosed: () => 'hidden' | 'minimized' | 'gone'
  /** The page is gone: closed for good, or crashed. */
  readonly onGone: () => void
}

export interface MainWindow {
  show(): void
  /** Shows it, or hides it when the agent is looking at it. */
  toggle(): void
  current(): BrowserWindow | null
  contents(): WebContents | null
}

function options(preload: string, icon: string): Electron.BrowserWindowConstructorOptions {
  return {
    title: 'Tuntas',
    name: 'main',
    windowStatePersistence: true,
    width: 1180,
    height: 780,
    minWidth: 420,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    // Until the page has painted; close to its own background.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
    // macOS and Windows take it from the app itself.
    ...(process.platform === 'linux' ? { icon } : {}),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // A middle click opens nothing.
      disableBlinkFeatures: 'Auxclick',
      devTools: !app.isPackaged,
      spellcheck: true,
    },
  }
}
