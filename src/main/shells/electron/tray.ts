import {
  Menu,
  nativeImage,
  nativeTheme,
  Tray,
  type MenuItemConstructorOptions,
  type NativeImage,
} from 'electron'
import path from 'node:path'
import { say } from '../../../shared/words/words.ts'
import type { ConversationId } from '../../../shared/domain/ids.ts'
import type { Attention } from '../../engine/engine.ts'
import { trayLook, type TrayIcon, type TrayLook } from './tray-look.ts'

/**
 * The icon beside the clock. Made once and never destroyed: on Linux a second one comes as another kind of icon. There
 * a menu is only noticed when it is set anew, and setting it closes one that is open, so it is set when it changed.
 */
export function showTray(parts: TrayParts): ShownTray {
  const icons = path.join(parts.iconsFolder, 'tray')
  let attention = parts.attention
  let look = trayLook(attention, parts.now())
  const tray = new Tray(picture(icons, look.icon))
  tray.on('click', () => {
    // macOS opens the menu by itself.
    if (process.platform !== 'darwin') parts.onClick()
  })
  nativeTheme.on('updated', () => tray.setImage(picture(icons, look.icon)))
  draw(null)

  function draw(before: TrayLook | null): void {
    if (before?.icon !== look.icon) tray.setImage(picture(icons, look.icon))
    if (before?.toolTip !== look.toolTip) tray.setToolTip(look.toolTip)
    const menu = JSON.stringify([look.headline, look.waiting])
    if (before === null || JSON.stringify([before.headline, before.waiting]) !== menu) {
      tray.setContextMenu(Menu.buildFromTemplate(template(look, parts)))
    }
  }

  return {
    show(next) {
      attention = next
      const before = look
      look = trayLook(attention, parts.now())
      draw(before)
    },
  }
}

export interface TrayParts {
  readonly iconsFolder: string
  readonly attention: Attention
  readonly now: () => number
  readonly onClick: () => void
  readonly onOpen: () => void
  readonly onConversation: (purpose: 'open' | 'reply' | 'resolve', id: ConversationId) => void
  readonly onSettings: () => void
  readonly onQuit: () => void
}

export interface ShownTray {
  show(attention: Attention): void
}

function template(look: TrayLook, parts: TrayParts): MenuItemConstructorOptions[] {
  const waiting = look.waiting.map(({ label, conversationId, done }) => {
    const act = (purpose: 'open' | 'reply' | 'resolve') => () => parts.onConversation(purpose, conversationId)
    const submenu: MenuItemConstructorOptions[] = [
      { label: say('tray.reply'), click: act('reply') },
      { label: say(`act.${done}`), click: act('resolve') },
      { label: say('tray.show'), click: act('open') },
    ]
    // A single & would mark the letter behind it as the line's key.
    return { label: label.replaceAll('&', '&&'), submenu }
  })
  return [
    { label: look.headline, enabled: false },
    ...waiting,
    { type: 'separator' },
    { label: say('tray.open'), click: parts.onOpen },
    { label: say('tray.settings'), click: parts.onSettings },
    { type: 'separator' },
    { label: say('tray.quit'), click: parts.onQuit },
  ]
}

/** Electron finds the drawing for denser screens by its name (`@2x`) beside the one that is asked for. */
function picture(folder: string, icon: TrayIcon): NativeImage {
  if (process.platform === 'darwin') {
    const image = nativeImage.createFromPath(path.join(folder, `${icon}-Template.png`))
    image.setTemplateImage(true)
    return image
  }
  const panel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light'
  return nativeImage.createFromPath(path.join(folder, `${icon}-${panel}.png`))
}
