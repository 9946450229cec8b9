import type {
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  Privileges,
  WebPreferences,
} from 'electron'
import { refuse } from './link.ts'

/**
 * Electron ignores an option it does not know, so a typing mistake (or an option that was removed) stays silent.
 * These lists are held to the true types by the compiler: one name too many or too few is an error.
 */
export function onlyKnown(what: keyof typeof known, given: object | undefined): void {
  for (const name of Object.keys(given ?? {})) {
    if (!(name in known[what])) refuse(`${what} has no option “${name}”`)
  }
}

type All<T> = Record<keyof T, 1>

const windowOptions: All<BrowserWindowConstructorOptions> = {
  paintWhenInitiallyHidden: 1, webPreferences: 1, accentColor: 1, acceptFirstMouse: 1, alwaysOnTop: 1, appShim: 1,
  autoHideMenuBar: 1, backgroundColor: 1, backgroundMaterial: 1, center: 1, closable: 1, darkTheme: 1,
  disableAutoHideCursor: 1, enableLargerThanScreen: 1, focusable: 1, frame: 1, fullscreen: 1, fullscreenable: 1,
  hasShadow: 1, height: 1, hiddenInMissionControl: 1, icon: 1, kiosk: 1, maxHeight: 1, maximizable: 1, maxWidth: 1,
  minHeight: 1, minimizable: 1, minWidth: 1, modal: 1, movable: 1, name: 1, opacity: 1, parent: 1, resizable: 1,
  roundedCorners: 1, show: 1, simpleFullscreen: 1, skipTaskbar: 1, tabbingIdentifier: 1, thickFrame: 1, title: 1,
  titleBarOverlay: 1, titleBarStyle: 1, trafficLightPosition: 1, transparent: 1, type: 1, useContentSize: 1,
  vibrancy: 1, visualEffectState: 1, width: 1, windowStatePersistence: 1, x: 1, y: 1, zoomToPageWidth: 1,
}

const webPreferences: All<WebPreferences> = {
  accessibleTitle: 1, additionalArguments: 1, allowRunningInsecureContent: 1, autoplayPolicy: 1,
  backgroundThrottling: 1, contextIsolation: 1, defaultEncoding: 1, defaultFontFamily: 1, defaultFontSize: 1,
  defaultMonospaceFontSize: 1, devTools: 1, disableBlinkFeatures: 1, disableDialogs: 1,
  disableHtmlFullscreenWindowResize: 1, disableWakeLocks: 1, enableBlinkFeatures: 1, enableDeprecatedPaste: 1,
  enablePreferredSizeMode: 1, enableWebSQL: 1, experimentalFeatures: 1, focusOnNavigation: 1,
  imageAnimationPolicy: 1, images: 1, javascript: 1, minimumFontSize: 1, navigateOnDragDrop: 1, nodeIntegration: 1,
  nodeIntegrationInSubFrames: 1, nodeIntegrationInWorker: 1, offscreen: 1, partition: 1, plugins: 1, preload: 1,
  safeDialogs: 1, safeDialogsMessage: 1, sandbox: 1, scrollBounce: 1, session: 1, spellcheck: 1,
  textAreasAreResizable: 1, transparent: 1, v8CacheOptions: 1, webgl: 1, webSecurity: 1, webviewTag: 1,
  zoomFactor: 1, zoomMode: 1,
}

const notification: All<NotificationConstructorOptions> = {
  id: 1, groupId: 1, groupTitle: 1, title: 1, subtitle: 1, body: 1, silent: 1, icon: 1, hasReply: 1, timeoutType: 1,
  replyPlaceholder: 1, sound: 1, urgency: 1, actions: 1, closeButtonText: 1, toastXml: 1,
}

const menuItem: All<MenuItemConstructorOptions> = {
  click: 1, role: 1, type: 1, label: 1, accessibilityLabel: 1, sublabel: 1, toolTip: 1, accelerator: 1, icon: 1,
  enabled: 1, acceleratorWorksWhenHidden: 1, visible: 1, checked: 1, registerAccelerator: 1, sharingItem: 1,
  submenu: 1, id: 1, before: 1, after: 1, beforeGroupContaining: 1, afterGroupContaining: 1, badge: 1,
}

const privileges: All<Privileges> = {
  standard: 1, secure: 1, bypassCSP: 1, allowServiceWorkers: 1, supportFetchAPI: 1, corsEnabled: 1, stream: 1,
  codeCache: 1, allowExtensions: 1,
}

const known = {
  BrowserWindow: windowOptions,
  webPreferences,
  Notification: notification,
  MenuItem: menuItem,
  'scheme privileges': privileges,
} as const
