import './acts.ts'

/** The stand-in for the module `electron` in the main process: what the app uses, and nothing that would pass silently. */
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { clipboard, dialog, globalShortcut, nativeTheme, powerMonitor, screen, shell } from './desktop.ts'
export { ipcMain } from './ipc.ts'
export { Menu, MenuItem } from './menu.ts'
export { nativeImage } from './native-image.ts'
export { net } from './net.ts'
export { Notification } from './notification.ts'
export { protocol, session } from './session.ts'
export { Tray } from './tray.ts'
