import { app, shell, type Session, type WebContents } from 'electron'
import path from 'node:path'
import type { Log } from '../../ports/log.ts'
import { externalLink, safeFileName } from './external-link.ts'
import { appOrigin, isOurPage } from './page-answer.ts'

/** Every page made from now on stays where it is: links open outside, and nothing else opens, moves or attaches. */
export function lockPages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => lockPage(contents, log))
}

/** What pages of this session may ask of the computer: to copy text, and to save a file where the agent says. */
export function lockSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('page.permissionDenied', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return (
      permission === 'clipboard-sanitized-write' && isOurPage(origin.endsWith('/') ? origin : `${origin}/`)
    )
  })
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    if (!isOurFile(item.getURL())) {
      log('page.downloadDenied')
      event.preventDefault()
      return
    }
    // Electron then asks where to; nothing is written before the agent has answered.
    item.setSaveDialogOptions({
      defaultPath: path.join(app.getPath('downloads'), safeFileName(item.getFilename())),
    })
  })
}

function lockPage(contents: WebContents, log: Log): void {
  const stay = (details: {
    readonly url: string
    readonly isMainFrame: boolean
    preventDefault(): void
  }): void => {
    if (details.isMainFrame && isOurPage(details.url)) return
    details.preventDefault()
    log('page.navigationDenied', { isMainFrame: details.isMainFrame })
  }
  contents.on('will-navigate', (details) => {
    if (!isOurPage(details.url)) openOutside(details.url, log)
    stay(details)
  })
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, log)
    return { action: 'deny' }
  })
}

function openOutside(text: string, log: Log): void {
  const link = externalLink(text)
  if (link === null) return log('page.linkDenied')
  shell.openExternal(link).catch(() => log('page.linkNotOpened'))
}

function isOurFile(address: string): boolean {
  if (address.startsWith(`blob:${appOrigin}/`)) return true
  return URL.canParse(address) && address.startsWith(`${appOrigin}/media/`)
}
