import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A made-up app of three small files in the shape of a build, to prove the stand-in itself. */
export function tinyApp(given: {
  beforeReady?: string
  whenReady?: string
  preload?: string
  page?: string
}): { bundle: string; home: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tiny-app-'))
  mkdirSync(join(folder, 'out', 'main'), { recursive: true })
  mkdirSync(join(folder, 'out', 'preload'), { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'tiny', productName: 'Tiny', version: '1.2.3', type: 'module' }),
  )
  writeFileSync(join(folder, 'out', 'preload', 'index.cjs'), given.preload ?? simplePreload)
  const bundle = join(folder, 'out', 'main', 'index.js')
  writeFileSync(
    bundle,
    mainSource(given.beforeReady ?? '', given.whenReady ?? '', given.page ?? '<h1>Tiny</h1>'),
  )
  return { bundle, folder, home: mkdtempSync(join(tmpdir(), 'tiny-home-')) }
}

const simplePreload = `
const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('tiny', {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  listen: (run) => { const pass = (_event, value) => run(value); ipcRenderer.on('event', pass); ipcRenderer.send('listening'); return () => { ipcRenderer.off('event', pass) } },
})`

function mainSource(beforeReady: string, whenReady: string, page: string): string {
  return `
import { app, BrowserWindow, clipboard, dialog, globalShortcut, ipcMain, Menu, MenuItem, nativeImage, nativeTheme, net, Notification, powerMonitor, protocol, screen, session, shell, Tray } from 'electron'
import { join } from 'node:path'
const preload = join(import.meta.dirname, '../preload/index.cjs')
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'"
const openWindow = (options = {}) => {
  const { webPreferences = {}, ...rest } = options
  const win = new BrowserWindow({ width: 700, height: 500, ...rest, webPreferences: { preload, ...webPreferences } })
  globalThis.win = win
  return win
}
const told = (run) => { try { run(); return 'nothing' } catch (error) { return error.message } }
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
${beforeReady}
app.whenReady().then(async () => {
  protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/page.js') return new Response('window.ran = true', { headers: { 'content-type': 'text/javascript' } })
    if (pathname !== '/index.html') return new Response('no', { status: 404 })
    return new Response(${JSON.stringify(page)}, { headers: { 'content-type': 'text/html', 'content-security-policy': policy } })
  })
  ${whenReady}
}).catch((error) => { console.error(error); app.exit(9) })
`
}
