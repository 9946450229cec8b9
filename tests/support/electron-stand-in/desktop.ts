import type {
  Clipboard,
  Dialog,
  GlobalShortcut,
  MessageBoxOptions,
  NativeTheme,
  Screen,
  Shell,
} from 'electron'
import { EventEmitter } from 'node:events'
import { needsReady } from './app.ts'
import { refuse, tellHost, violate } from './link.ts'
import { assertAccelerator } from './menu.ts'

/** The desktop around the app: its theme, keys, dialogs, screen and clipboard, held where a spec can see them. */
export const seen = {
  opened: [] as string[],
  dialogs: [] as { kind: string; text: string }[],
  /** What the person will click in the next message boxes. */
  answers: [] as number[],
  clipboard: '',
  shortcuts: new Map<string, () => void>(),
  isDesktopDark: false,
}

class StandInTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system'
  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source
  }
  set themeSource(source) {
    if (!['system', 'light', 'dark'].includes(source)) refuse(`no theme “${String(source)}”`)
    this.#source = source
    this.changed()
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? seen.isDesktopDark : this.#source === 'dark'
  }
  get shouldUseHighContrastColors(): boolean {
    return false
  }
  get prefersReducedTransparency(): boolean {
    return false
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return seen.isDesktopDark
  }
  changed(): void {
    tellHost('theme', { dark: this.shouldUseDarkColors })
    this.emit('updated', {})
  }
}
export const nativeTheme = new StandInTheme()
nativeTheme satisfies Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors'>

/** Keys other programs hold already, as the test wants them. */
const taken = new Set((process.env['STAND_IN_TAKEN_KEYS'] ?? '').split(',').filter((each) => each !== ''))

export const globalShortcut = {
  register: (accelerator: string, run: () => void): boolean => {
    needsReady('globalShortcut cannot be used before the app is ready')
    assertAccelerator(accelerator)
    if (taken.has(accelerator) || seen.shortcuts.has(accelerator)) return false
    seen.shortcuts.set(accelerator, run)
    return true
  },
  isRegistered: (accelerator: string): boolean => seen.shortcuts.has(accelerator),
  unregister: (accelerator: string): void => {
    needsReady('globalShortcut cannot be used before the app is ready')
    seen.shortcuts.delete(accelerator)
  },
  unregisterAll: (): void => {
    needsReady('globalShortcut cannot be used before the app is ready')
    seen.shortcuts.clear()
  },
  setSuspended: (): void => undefined,
  isSuspended: (): boolean => false,
}
globalShortcut satisfies Pick<
  GlobalShortcut,
  'register' | 'isRegistered' | 'unregister' | 'unregisterAll' | 'setSuspended' | 'isSuspended'
>

export const powerMonitor = new EventEmitter()

export const shell = {
  openExternal: async (url: string): Promise<void> => {
    const { protocol } = new URL(url)
    if (!['https:', 'http:', 'mailto:', 'tel:'].includes(protocol))
      refuse(`shell.openExternal was given ${protocol}`)
    seen.opened.push(url)
  },
  openPath: async (path: string): Promise<string> => {
    seen.opened.push(path)
    return ''
  },
  showItemInFolder: (path: string): void => {
    seen.opened.push(path)
  },
  beep: (): void => undefined,
}
shell satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>

export const dialog = {
  showMessageBox: async (...given: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
    const options = given.at(-1) as MessageBoxOptions
    seen.dialogs.push({
      kind: options.type ?? 'none',
      text: `${options.message}\n${options.detail ?? ''}`.trim(),
    })
    const response = seen.answers.shift()
    if (response === undefined) violate(`a dialog nobody expected: ${options.message}`)
    return { response: response ?? options.cancelId ?? 0, checkboxChecked: false }
  },
  showErrorBox: (title: string, content: string): void => {
    seen.dialogs.push({ kind: 'error', text: `${title}\n${content}` })
  },
}
dialog satisfies Record<keyof Pick<Dialog, 'showMessageBox' | 'showErrorBox'>, unknown>

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1040 },
}

class StandInScreen extends EventEmitter {
  getPrimaryDisplay(): typeof display {
    return shownOn()
  }
  getAllDisplays(): (typeof display)[] {
    return [shownOn()]
  }
  getDisplayMatching(): typeof display {
    return shownOn()
  }
  getDisplayNearestPoint(): typeof display {
    return shownOn()
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 960, y: 540 }
  }
}
export const screen = new StandInScreen()
screen satisfies Record<
  keyof Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching'>,
  unknown
>

export const clipboard = {
  writeText: async (text: string): Promise<void> => {
    seen.clipboard = text
  },
  readText: async (): Promise<string> => seen.clipboard,
}
clipboard satisfies Pick<Clipboard, 'writeText' | 'readText'>

function shownOn(): typeof display {
  needsReady("The 'screen' module can't be used before the app 'ready' event")
  return display
}
