import { app, nativeImage, type BrowserWindow } from 'electron'
import path from 'node:path'
import type { Attention } from '../../engine/engine.ts'
import { countIcon, trayLook } from './tray-look.ts'

/** The number on the dock or launcher, and on Windows the mark on the taskbar button with its words for screen readers. */
export function showBadge(
  attention: Attention,
  window: BrowserWindow | null,
  iconsFolder: string,
  now: number,
): void {
  app.setBadgeCount(attention.badge)
  if (process.platform !== 'win32' || window === null) return
  const name = attention.state === 'trouble' ? 'trouble' : countIcon(attention.badge)
  if (name === null) window.setOverlayIcon(null, '')
  else {
    const image = nativeImage.createFromPath(path.join(iconsFolder, 'overlay', `${name}.png`))
    window.setOverlayIcon(image, trayLook(attention, now).headline)
  }
}
