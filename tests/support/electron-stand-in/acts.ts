import { app, badgeShown } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import type { Act, DeskState } from './calls.ts'
import { nativeTheme, powerMonitor, seen } from './desktop.ts'
import { answerHost } from './link.ts'
import { Menu } from './menu.ts'
import { shownNotifications } from './notification.ts'
import { serve } from './session.ts'
import { currentTray } from './tray.ts'

/** What the test's person does, and what they see, turned into the events the app listens to. */
answerHost('act', (act) => {
  perform(act)
  return null
})

answerHost('state', (): DeskState => ({
  badge: badgeShown(),
  tray: currentTray()?.state() ?? null,
  applicationMenu: Menu.getApplicationMenu()?.lines() ?? [],
  notifications: shownNotifications().map((each) => each.state()),
  windows: BrowserWindow.getAllWindows().map((each) => each.state()),
  shortcuts: [...seen.shortcuts.keys()],
  opened: seen.opened,
  dialogs: seen.dialogs,
  clipboard: seen.clipboard,
  themeSource: nativeTheme.themeSource,
}))

answerHost('serve', (asked) => serve(windowOf(asked.windowId).webContents.session, asked))

answerHost('page.wants', ({ windowId, url, isMainFrame }) => ({
  prevented: windowOf(windowId).webContents.wants(url, isMainFrame),
}))

answerHost('page.opens', ({ windowId, url, disposition }) => ({
  allowed: windowOf(windowId).webContents.mayOpen(url, disposition),
}))

answerHost('page.event', ({ windowId, name, detail }) => {
  windowOf(windowId).webContents.happened(name, detail)
  return null
})

answerHost('page.permission', async ({ windowId, permission }) => {
  const { webContents } = windowOf(windowId)
  return {
    granted: await webContents.session.requestPermission(webContents, permission, webContents.getURL()),
  }
})

answerHost('page.downloads', ({ windowId, url, filename }) => {
  const { webContents } = windowOf(windowId)
  let isPrevented = false
  let isCancelled = false
  const event = { preventDefault: () => (isPrevented = true) }
  const item = {
    getURL: () => url,
    getFilename: () => filename,
    getMimeType: () => '',
    getTotalBytes: () => 0,
    setSavePath: () => undefined,
    setSaveDialogOptions: () => undefined,
    cancel: () => (isCancelled = true),
    on: () => item,
    once: () => item,
  }
  webContents.session.emit('will-download', event, item, webContents)
  return { cancelled: isPrevented || isCancelled }
})

function perform(act: Act): void {
  switch (act.do) {
    case 'tray.emit':
      trayOf().emit(act.event, {}, { x: 0, y: 0, width: 22, height: 22 }, { x: 0, y: 0 })
      return
    case 'tray.menu':
      trayOf().menu().clickPath(act.path)
      return
    case 'menu':
      menuOf().clickPath(act.path)
      return
    case 'notification':
      notificationOf(act.index).happen(act.event)
      return
    case 'window.close':
      windowOf(act.windowId).close()
      return
    case 'window.focus':
      if (act.focused) windowOf(act.windowId).focus()
      else windowOf(act.windowId).blur()
      return
    case 'power':
      powerMonitor.emit(act.event)
      return
    case 'shortcut':
      shortcutOf(act.accelerator)()
      return
    case 'activate':
      app.emit(
        'activate',
        {},
        BrowserWindow.getAllWindows().some((each) => each.isVisible()),
      )
      return
    case 'dark':
      seen.isDesktopDark = act.dark
      nativeTheme.changed()
      return
    case 'dialog.answer':
      seen.answers.push(act.response)
      return
    case 'quit':
      // After the answer has left: quitting ends the line.
      setImmediate(() => app.quit())
      return
  }
}

function windowOf(windowId: number): BrowserWindow {
  return BrowserWindow.fromId(windowId) ?? missing(`window ${windowId}`)
}

function trayOf(): NonNullable<ReturnType<typeof currentTray>> {
  return currentTray() ?? missing('tray icon')
}

function menuOf(): Menu {
  return Menu.getApplicationMenu() ?? missing('application menu')
}

function notificationOf(index: number): ReturnType<typeof shownNotifications>[number] {
  return shownNotifications()[index] ?? missing(`notification number ${index}`)
}

function shortcutOf(accelerator: string): () => void {
  return seen.shortcuts.get(accelerator) ?? missing(`key ${accelerator}`)
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`)
}
