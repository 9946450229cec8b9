import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import type { MenuLine } from './calls.ts'
import { onlyKnown } from './known-options.ts'
import { refuse } from './link.ts'

/** A line of a menu. Electron draws a wrong one as best it can; here it is refused. */
export class MenuItem {
  readonly id: string | null
  readonly type: string
  readonly role: string | null
  readonly accelerator: string | null
  readonly submenu: Menu | null
  readonly click: () => void
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean

  constructor(given: MenuItemConstructorOptions) {
    onlyKnown('MenuItem', given)
    const role = given.role?.toLowerCase() ?? null
    if (role !== null && !roles.has(role)) refuse(`no menu role “${role}”`)
    if (given.label === undefined && role === null && given.type !== 'separator') {
      refuse('Invalid template for MenuItem: must have label, role or type')
    }
    if (given.type !== 'separator' && given.label === '' && role === null) refuse('a menu line without words')
    if (given.accelerator !== undefined) assertAccelerator(given.accelerator)
    this.id = given.id ?? null
    this.role = role
    this.label = given.label ?? role ?? ''
    this.accelerator = given.accelerator ?? null
    this.submenu = given.submenu === undefined ? null : asMenu(given.submenu)
    this.type = given.type ?? (this.submenu === null ? 'normal' : 'submenu')
    this.enabled = given.enabled ?? true
    this.visible = given.visible ?? true
    this.checked = given.checked ?? false
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked
      if (role !== null) doRole(role)
      else
        (given.click as ((...args: unknown[]) => void) | undefined)?.(
          this,
          BrowserWindow.getFocusedWindow(),
          {},
        )
    }
  }

  /** As a person sees it: one & marks the next letter as a key, two are an ampersand. */
  drawn(): string {
    return this.label.replace(/&(&?)/g, '$1')
  }

  line(): MenuLine {
    const { type, role, accelerator, enabled, visible, checked } = this
    return {
      label: this.drawn(),
      type,
      role,
      accelerator,
      enabled,
      visible,
      checked,
      submenu: this.submenu?.lines() ?? [],
    }
  }
}

export class Menu {
  readonly items: MenuItem[] = []
  static #application: Menu | null = null

  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const each of template) menu.append(each instanceof MenuItem ? each : new MenuItem(each))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }
  append(item: MenuItem): void {
    this.items.push(item)
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const each of this.items) {
      const found = each.id === id ? each : each.submenu?.getMenuItemById(id)
      if (found !== null && found !== undefined) return found
    }
    return null
  }
  popup(): void {
    return undefined
  }
  closePopup(): void {
    return undefined
  }

  lines(): MenuLine[] {
    return this.items.map((each) => each.line())
  }

  /** Clicks as a person would: only what is there, can be seen and is not greyed out. */
  clickPath(path: readonly string[]): void {
    const [label, ...rest] = path
    const item = this.items.find((each) => each.visible && each.drawn() === label)
    if (item === undefined)
      throw new Error(
        `the menu has no “${label ?? ''}”: ${this.items.map((each) => each.drawn()).join(' | ')}`,
      )
    if (!item.enabled) throw new Error(`“${item.label}” is greyed out`)
    if (rest.length > 0) (item.submenu ?? refuse(`“${item.label}” has no submenu`)).clickPath(rest)
    else item.click()
  }
}

Menu satisfies Record<'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu', unknown> &
  (new () => Pick<ElectronMenu, 'closePopup'> &
    Record<'append' | 'popup' | 'getMenuItemById' | 'items', unknown>)

/** Electron parses these without a word of complaint in menus, and never fires the key. */
export function assertAccelerator(text: string): void {
  const parts = text.split('+')
  const key = parts.pop() ?? ''
  const isKnown = /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|[!-/:-@[-`{-~])$/i.test(key) || keys.has(key.toLowerCase())
  if (!isKnown || !parts.every((each) => modifiers.has(each.toLowerCase())))
    refuse(`not an accelerator: ${text}`)
}

const modifiers = new Set([
  'command',
  'cmd',
  'control',
  'ctrl',
  'commandorcontrol',
  'cmdorctrl',
  'alt',
  'option',
  'altgr',
  'shift',
  'super',
  'meta',
])
const keys = new Set([
  'plus',
  'space',
  'tab',
  'capslock',
  'backspace',
  'delete',
  'insert',
  'return',
  'enter',
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
  'escape',
  'esc',
])
const roles = new Set([
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'pasteandmatchstyle',
  'delete',
  'selectall',
  'reload',
  'forcereload',
  'toggledevtools',
  'resetzoom',
  'zoomin',
  'zoomout',
  'togglefullscreen',
  'window',
  'minimize',
  'close',
  'help',
  'about',
  'services',
  'hide',
  'hideothers',
  'unhide',
  'quit',
  'appmenu',
  'filemenu',
  'editmenu',
  'viewmenu',
  'windowmenu',
  'front',
  'zoom',
])

function doRole(role: string): void {
  if (role === 'quit') app.quit()
  if (role === 'close') BrowserWindow.getFocusedWindow()?.close()
  if (role === 'minimize') BrowserWindow.getFocusedWindow()?.minimize()
}

function asMenu(given: Menu | object): Menu {
  return given instanceof Menu ? given : Menu.buildFromTemplate(given as MenuItemConstructorOptions[])
}
