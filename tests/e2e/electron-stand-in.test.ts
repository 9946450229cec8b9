import { rmSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { runStandIn, type StandIn } from '../support/electron-stand-in/run-stand-in.ts'
import { tinyApp } from '../support/electron-stand-in/tiny-app.ts'

let browser: Browser
let running: StandIn[] = []
let folders: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await Promise.all(running.map((each) => each.close()))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  running = []
  folders = []
})

test('a window is a real page at the app’s own address, under the policy its handler sends', async () => {
  const app = await start({
    whenReady: opens,
    page: '<script>window.inline = true</script><script src="/page.js"></script>',
  })
  const page = await app.firstPage()
  await page.waitForFunction('window.ran === true')
  expect(await page.evaluate('window.inline')).toBeUndefined()
  expect(
    await page.evaluate(() =>
      fetch('https://elsewhere.example/').then(
        () => 'got through',
        () => 'blocked',
      ),
    ),
  ).toBe('blocked')
  expect(app.host.requests).toEqual(['app://tiny/index.html', 'app://tiny/page.js'])
})

test('what the preload exposes is frozen, copies values and passes functions both ways', async () => {
  const app = await start({
    whenReady: `ipcMain.handle('call', (event, name, input) => ({ name, input, from: event.senderFrame.origin, same: event.senderFrame === event.sender.mainFrame }))
      ipcMain.on('listening', (event) => { event.sender.send('event', { at: new Date(5), list: [1, undefined] }) })
      ${opens}`,
  })
  const page = await app.firstPage()
  await page.waitForFunction('typeof window.tiny === "object"')
  const heard = await page.evaluate(async () => {
    const { tiny } = window as unknown as {
      tiny: {
        call(name: string, input: unknown): Promise<unknown>
        listen(run: (value: unknown) => void): () => void
      }
    }
    const event = await new Promise<{ at: Date; list: unknown[] }>((resolve) => {
      const stop = tiny.listen((value) => resolve(value as { at: Date; list: unknown[] }))
      void stop
    })
    return {
      answer: await tiny.call('who', { deep: [1, { two: 2 }] }),
      at: event.at.getTime(),
      list: event.list.length,
      frozen: Object.isFrozen(tiny),
    }
  })
  expect(heard).toEqual({
    answer: { name: 'who', input: { deep: [1, { two: 2 }] }, from: 'app://tiny', same: true },
    at: 5,
    list: 2,
    frozen: true,
  })
})

test('the page reaches neither the preload’s world nor Node', async () => {
  const app = await start({ whenReady: opens })
  const page = await app.firstPage()
  await page.waitForFunction('typeof window.tiny === "object"')
  expect(await page.evaluate('[typeof require, typeof process, typeof standIn, typeof standInIpc]')).toEqual(
    Array(4).fill('undefined'),
  )
})

test('values that cannot be cloned are refused on the way in and on the way out', async () => {
  const app = await start({ whenReady: `ipcMain.handle('call', () => ({ run: () => 1 })); ${opens}` })
  const page = await app.firstPage()
  await page.waitForFunction('typeof window.tiny === "object"')
  const call = (input: string) =>
    page.evaluate(
      `(async () => tiny.call('x', ${input}))().then(() => 'went through', (error) => error.message)`,
    )
  expect(await call('{ a: 1 }')).toContain('could not be cloned')
  expect(await call('new WeakMap()')).toContain('could not be cloned')
  expect(app.host.violations.splice(0)).toHaveLength(1)
})

test('functions inside what is sent to main cannot be cloned either', async () => {
  const app = await start({ whenReady: `ipcMain.handle('call', () => 1); ${opens}` })
  const page = await app.firstPage()
  await page.waitForFunction('typeof window.tiny === "object"')
  expect(
    await page.evaluate(`tiny.call('x', { run() {} }).then(() => 'went through', (error) => error.message)`),
  ).toContain('could not be cloned')
})

test.each([
  ['a tray', 'new Tray(nativeImage.createEmpty())', 'Cannot create Tray before app is ready'],
  ['a window', 'new BrowserWindow({})', 'Cannot create BrowserWindow before app is ready'],
  ['a notification', 'new Notification({ title: "x" })', 'Cannot create Notification before app is ready'],
  [
    'a global key',
    'globalShortcut.register("Ctrl+K", () => {})',
    'globalShortcut cannot be used before the app is ready',
  ],
  [
    'a protocol handler',
    'protocol.handle("app", () => new Response(""))',
    'protocol.handle cannot be used before app is ready',
  ],
  [
    'the screen',
    'screen.getPrimaryDisplay()',
    "The 'screen' module can't be used before the app 'ready' event",
  ],
  ['a session', 'session.defaultSession', 'Session can only be received when app is ready'],
])('%s before the app is ready is refused', async (_what, code, sentence) => {
  const app = await start({ beforeReady: `console.log('told:', told(() => { ${code} }))`, whenReady: opens })
  await expect.poll(() => app.log.join('')).toContain(`told: ${sentence}`)
  expect(app.host.violations.splice(0)).toEqual([sentence])
})

test.each([
  [
    'registering the scheme once ready',
    'protocol.registerSchemesAsPrivileged([])',
    'should be called before app is ready',
  ],
  ['an unknown window option', 'openWindow({ tittle: "x" })', 'BrowserWindow has no option “tittle”'],
  [
    'an unknown web preference',
    'openWindow({ webPreferences: { sandboxed: true } })',
    'webPreferences has no option “sandboxed”',
  ],
  ['an unknown notification option', 'new Notification({ text: "x" })', 'Notification has no option “text”'],
  [
    'an unknown menu option',
    'Menu.buildFromTemplate([{ label: "a", onClick() {} }])',
    'MenuItem has no option “onClick”',
  ],
  ['an unknown path', 'app.getPath("appdata")', "Failed to get 'appdata' path"],
  ['an empty tray icon', 'new Tray(nativeImage.createEmpty())', 'an empty tray icon'],
  ['a picture that is none', 'nativeImage.createFromBuffer(Buffer.from("x"))', 'holds no PNG'],
  [
    'a window that gives Node to pages',
    'openWindow({ webPreferences: { nodeIntegration: true } })',
    'gives Node to pages',
  ],
  ['a window without a sandbox', 'openWindow({ webPreferences: { sandbox: false } })', 'without a sandbox'],
  [
    'a preload at a relative path',
    'openWindow({ webPreferences: { preload: "preload.cjs" } })',
    'absolute path',
  ],
  ['a key that is none', 'globalShortcut.register("Ctrl+Nope", () => {})', 'not an accelerator'],
  [
    'a file for an address',
    'openWindow().loadURL("file:///etc/hosts").catch((error) => { throw error })',
    'loads file://',
  ],
  [
    'sending a function to a page',
    'openWindow().webContents.send("event", () => 1)',
    'Failed to serialize arguments',
  ],
])('%s is refused', async (_what, code, sentence) => {
  const app = await start({ whenReady: `console.log('told:', told(() => { ${code} })); ${opens}` })
  await app.firstPage()
  await expect.poll(() => app.host.violations.join()).toContain(sentence)
  app.host.violations.length = 0
})

test('a preload that is an ES module is refused', async () => {
  const app = await start({
    preload: "import { contextBridge } from 'electron'",
    whenReady: `console.log('told:', told(() => { openWindow() })); globalThis.done = true`,
  })
  await expect.poll(() => app.log.join('')).toContain('told: the sandboxed preload is not CommonJS')
  app.host.violations.length = 0
})

test('a preload that asks for a Node module is refused', async () => {
  const app = await start({ preload: "require('node:fs')", whenReady: opens })
  await app.firstPage()
  await expect.poll(() => app.host.violations.join()).toContain('module not found: node:fs')
  app.host.violations.length = 0
})

test('going elsewhere and opening windows are asked of the app, and denied as it says', async () => {
  const app = await start({
    whenReady: `${opens}
      win.webContents.on('will-navigate', (event) => { console.log('wants', event.url); event.preventDefault() })
      win.webContents.setWindowOpenHandler(({ url }) => { console.log('opens', url); return { action: 'deny' } })`,
    page: '<a href="https://elsewhere.example/a">go</a><a href="https://elsewhere.example/b" target="_blank">new</a>',
  })
  const page = await app.firstPage()
  await page.getByText('go').click()
  await expect.poll(() => app.log.join('')).toContain('wants https://elsewhere.example/a')
  expect(await page.evaluate(() => window.open('https://elsewhere.example/c'))).toBeNull()
  await expect.poll(() => app.log.join('')).toContain('opens https://elsewhere.example/c')
  await page.getByText('new').click()
  await expect.poll(() => app.log.join('')).toContain('opens https://elsewhere.example/b')
  expect(await page.evaluate('location.href')).toBe('https://tiny.app-scheme.test/index.html')
})

test('tray, menu, notification, key, power and window act through their own events', async () => {
  const app = await start({
    whenReady: `${opens}
      const tray = new Tray(nativeImage.createFromBitmap(Buffer.alloc(16 * 16 * 4, 255), { width: 16, height: 16 }))
      tray.setToolTip('3 wait'); app.setBadgeCount(3)
      tray.on('click', () => console.log('tray clicked'))
      tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Ada', submenu: [{ label: 'Resolve', click: () => console.log('resolved Ada') }] }, { label: 'Off', enabled: false }]))
      const note = new Notification({ title: 'Ada', body: 'hello' }); note.on('click', () => console.log('note clicked')); note.show()
      globalShortcut.register('CommandOrControl+Shift+T', () => console.log('key pressed'))
      powerMonitor.on('resume', () => console.log('woken'))
      let isQuitting = false; app.on('before-quit', () => { isQuitting = true })
      win.on('close', (event) => { if (isQuitting) return; event.preventDefault(); win.hide(); console.log('hidden instead') })`,
  })
  await app.firstPage()
  await app.act({ do: 'tray.emit', event: 'click' })
  await app.act({ do: 'tray.menu', path: ['Ada', 'Resolve'] })
  await expect(app.act({ do: 'tray.menu', path: ['Off'] })).rejects.toThrow('greyed out')
  await app.act({ do: 'notification', index: 0, event: 'click' })
  await app.act({ do: 'shortcut', accelerator: 'CommandOrControl+Shift+T' })
  await app.act({ do: 'power', event: 'resume' })
  await app.act({ do: 'window.close', windowId: 1 })
  for (const line of [
    'tray clicked',
    'resolved Ada',
    'note clicked',
    'key pressed',
    'woken',
    'hidden instead',
  ]) {
    await expect.poll(() => app.log.join('')).toContain(line)
  }
  const state = await app.state()
  expect(state).toMatchObject({ badge: 3, tray: { toolTip: '3 wait' }, windows: [{ isVisible: false }] })
  expect(
    Buffer.from(state.tray?.png ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('a second process on the same folder hands its arguments to the first and may end', async () => {
  const made = tinyApp({
    whenReady: `if (!app.requestSingleInstanceLock({ asks: 'open' })) app.quit()
      else { app.on('second-instance', (_event, argv, folder, data) => console.log('second', argv.at(-1), data.asks)); ${opens} }`,
  })
  folders.push(made.home, made.folder)
  const env = { PATH: process.env['PATH'] ?? '', HOME: made.home }
  const first = await runStandIn({ browser, bundle: made.bundle, env })
  running.push(first)
  await first.firstPage()
  const onSecondInstance = ({
    argv,
    workingDirectory,
    additionalData,
  }: {
    argv: readonly string[]
    workingDirectory: string
    additionalData: unknown
  }) => void first.ask('second.instance', { argv, workingDirectory, additionalData })
  const second = await runStandIn({
    browser,
    bundle: made.bundle,
    env,
    args: ['--hello'],
    onSecondInstance,
    waitForReady: false,
  })
  running.push(second)
  expect(await second.exited).toBe(0)
  await expect.poll(() => first.log.join('')).toContain('second --hello open')
})

test('permissions nobody denies are granted, as in Electron', async () => {
  const granted = await start({ whenReady: opens })
  expect(await stateOfGeolocation(granted)).toBe('granted')
  const denied = await start({
    whenReady: `session.defaultSession.setPermissionCheckHandler(() => false); ${opens}`,
  })
  expect(await stateOfGeolocation(denied)).toBe('denied')
})

const opens = "openWindow().loadURL('app://tiny/index.html').catch((error) => console.error(error))"

async function stateOfGeolocation(app: StandIn): Promise<unknown> {
  const page = await app.firstPage()
  await page.waitForFunction('typeof window.tiny === "object"')
  return await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)
}

async function start(given: Parameters<typeof tinyApp>[0]): Promise<StandIn> {
  const made = tinyApp(given)
  folders.push(made.home, made.folder)
  const app = await runStandIn({
    browser,
    bundle: made.bundle,
    env: { PATH: process.env['PATH'] ?? '', HOME: made.home },
  })
  running.push(app)
  return app
}
