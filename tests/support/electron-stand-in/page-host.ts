import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, CDPSession, Page, Route } from 'playwright-core'
import { schemeOf, toApp, toPage } from './addresses.ts'
import type { AppCalls, HostCalls, PageEvent, SecondInstance, WindowToOpen } from './calls.ts'
import { cloneCodec } from './clone-codec.ts'
import type { Answers, Ask } from './duplex.ts'
import { ipcBinding, mainWorldScript, preloadScript, preloadWorld } from './page-scripts.ts'

/**
 * The half of the stand-in that lives with the test: every BrowserWindow of the app is a real Chromium page here, its
 * preload runs in a real isolated world, and its requests are answered by the app's own protocol handler.
 */
export async function openPageHost(browser: Browser, report: HostReport): Promise<PageHost> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
  const windows = new Map<number, HostedWindow>()
  const requests: string[] = []
  const violations: string[] = []
  const told: string[] = []
  let ask: Ask<AppCalls> = () => Promise.reject(new Error('the app has not started'))
  let opening = Promise.resolve()
  let isOpeningOwn = false

  context.on('request', (request) => requests.push(toApp(request.url())))
  context.on('page', (page) => {
    // Nobody asked us for it: a link with a target, a middle click. Electron would never have made it.
    if (!isOpeningOwn) void page.close().catch(ignoreGone)
  })

  await context.route('**/*', (route) => answer(route).catch(ignoreGone))

  async function answer(route: Route): Promise<void> {
    const page = pageOf(route)
    const hosted = [...windows.values()].find((each) => each.page === page)
    if (hosted !== undefined) return answerRoute(hosted, route)
    const [opener] = windows.values()
    if (opener !== undefined) await mayOpen(opener, route.request().url())
    await route.abort('aborted')
  }

  async function mayOpen(from: HostedWindow, url: string): Promise<void> {
    const { allowed } = await ask('page.opens', {
      windowId: from.id,
      url: toApp(url),
      disposition: 'new-window',
    })
    if (allowed) violations.push(`a new window was allowed: ${toApp(url)}`)
  }

  async function openWindow(wanted: WindowToOpen): Promise<void> {
    isOpeningOwn = true
    const page = await context.newPage()
    isOpeningOwn = false
    const cdp = await context.newCDPSession(page)
    const hosted: HostedWindow = {
      id: wanted.windowId,
      page,
      cdp,
      scheme: wanted.scheme,
      preloadContext: null,
      expected: null,
      state: { visible: false, focused: false },
    }
    windows.set(wanted.windowId, hosted)
    await page.setViewportSize({ width: wanted.width, height: wanted.height })
    await context.grantPermissions([...wanted.permissions])
    watchPage(hosted)
    await installScripts(hosted, wanted.preload)
    report.opened(wanted.windowId, page)
  }

  function watchPage(hosted: HostedWindow): void {
    const tell = (name: PageEvent, detail = '') =>
      void ask('page.event', { windowId: hosted.id, name, detail }).catch(ignoreGone)
    const { page } = hosted
    page.on('domcontentloaded', () => tell('dom-ready'))
    page.on('load', () => tell('did-finish-load', toApp(page.url())))
    page.on('crash', () => tell('render-process-gone', 'crashed'))
    page.on('pageerror', (error) => report.pageError(error.stack ?? error.message))
    page.on('console', (message) => report.console(`${message.type()}: ${message.text()}`))
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) tell('did-navigate', toApp(frame.url()))
    })
    page.on('download', (download) => {
      const input = {
        windowId: hosted.id,
        url: toApp(download.url()),
        filename: download.suggestedFilename(),
      }
      void ask('page.downloads', input).then(
        ({ cancelled }) => (cancelled ? download.cancel() : undefined),
        ignoreGone,
      )
    })
  }

  async function installScripts(hosted: HostedWindow, preload: string | null): Promise<void> {
    const { cdp } = hosted
    const secret = randomUUID()
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      void fromPreload(hosted, JSON.parse(payload) as PreloadNote, executionContextId).catch(ignoreGone)
    })
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: ipcBinding, executionContextName: preloadWorld })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secret) })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(secret, preload ?? '', process.platform),
      worldName: preloadWorld,
    })
  }

  async function fromPreload(hosted: HostedWindow, note: PreloadNote, contextId: number): Promise<void> {
    const from = { windowId: hosted.id, frame: { url: toApp(hosted.page.url()), isMainFrame: true } }
    switch (note.kind) {
      case 'hello':
        hosted.preloadContext = contextId
        return runInPreload(hosted, `standIn.window(${JSON.stringify(hosted.state)})`)
      case 'open':
        return mayOpen(hosted, note.url)
      case 'preload-error':
        violations.push(`the preload failed: ${note.text}`)
        return
      case 'send':
        await ask('ipc.send', { ...from, channel: note.channel, args: codec.decode(note.args) as unknown[] })
        return
      case 'invoke': {
        const answer = await ask('ipc.invoke', {
          ...from,
          channel: note.channel,
          args: codec.decode(note.args) as unknown[],
        })
        const value = codec.encode('error' in answer ? answer.error : answer.value)
        told.push(value)
        return runInPreload(
          hosted,
          `standIn.answer(${note.id}, ${String(!('error' in answer))}, ${JSON.stringify(value)})`,
        )
      }
    }
  }

  async function runInPreload(hosted: HostedWindow, expression: string): Promise<void> {
    if (hosted.preloadContext === null) return
    await hosted.cdp
      .send('Runtime.evaluate', { expression, contextId: hosted.preloadContext })
      .catch(ignoreGone)
  }

  async function answerRoute(hosted: HostedWindow, route: Route): Promise<void> {
    const request = route.request()
    const url = request.url()
    const isMainFrame = request.isNavigationRequest() && request.frame() === hosted.page.mainFrame()
    if (request.isNavigationRequest() && !(isMainFrame && isExpected(hosted, url))) {
      const { prevented } = await ask('page.wants', { windowId: hosted.id, url: toApp(url), isMainFrame })
      if (prevented) return route.abort('aborted')
    }
    if (toApp(url) === url) return route.continue()
    if (schemeOf(url) !== hosted.scheme?.name) return route.abort('failed')
    if (request.resourceType() === 'fetch' && !hosted.scheme.supportFetchAPI) return route.abort('failed')
    if (request.resourceType() === 'media' && !hosted.scheme.stream) return route.abort('failed')
    const { status, headers, body } = await ask('serve', {
      windowId: hosted.id,
      url: toApp(url),
      method: request.method(),
      headers: request.headers(),
      body: request.postDataBuffer(),
    })
    await route.fulfill({ status, headers, body: Buffer.from(body) }).catch(ignoreGone)
  }

  function windowOf(windowId: number): HostedWindow {
    const found = windows.get(windowId)
    if (found === undefined) throw new Error(`window ${windowId} is destroyed`)
    return found
  }

  const answers: Answers<HostCalls> = {
    /** One after the other, so that a page we did not ask for can be told from one we did. */
    'window.open': async (wanted) => {
      opening = opening.then(() => openWindow(wanted))
      await opening
      return null
    },
    'window.load': async ({ windowId, url }) => {
      const hosted = windowOf(windowId)
      hosted.expected = toPage(url)
      try {
        await hosted.page.goto(toPage(url), { waitUntil: 'load' })
        return { error: null }
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    },
    'window.destroy': async ({ windowId }) => {
      const hosted = windows.get(windowId)
      windows.delete(windowId)
      await hosted?.page.close()
      return null
    },
    'window.show': async ({ windowId, visible, focused }) => {
      const hosted = windowOf(windowId)
      hosted.state = { visible, focused }
      await runInPreload(hosted, `standIn.window(${JSON.stringify(hosted.state)})`)
      return null
    },
    'window.resize': async ({ windowId, width, height }) => {
      await windowOf(windowId).page.setViewportSize({ width, height })
      return null
    },
    'window.run': async ({ windowId, code }) => await windowOf(windowId).page.evaluate(code),
    'window.send': async ({ windowId, channel, args }) => {
      told.push(codec.encode(args))
      const text = JSON.stringify(codec.encode(args))
      await runInPreload(windowOf(windowId), `standIn.deliver(${JSON.stringify(channel)}, ${text})`)
      return null
    },
    theme: async ({ dark }) => {
      for (const { page } of windows.values())
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      return null
    },
    'second.instance': (given) => {
      report.secondInstance(given)
      return null
    },
    violation: ({ text }) => {
      violations.push(text)
      return null
    },
    ready: ({ userData }) => {
      report.ready(userData)
      return null
    },
  }

  return {
    answers,
    requests,
    told,
    violations,
    connect: (given) => {
      ask = given
    },
    page: (windowId) => windowOf(windowId).page,
    pages: () => [...windows.values()].map((each) => each.page),
    close: () => context.close(),
    context,
  }
}

export interface PageHost {
  readonly answers: Answers<HostCalls>
  readonly context: BrowserContext
  /** Every address any page asked for, as the app names it. */
  readonly requests: readonly string[]
  /** Every value the main process gave to a page: answers and events. */
  readonly told: readonly string[]
  readonly violations: string[]
  connect(ask: Ask<AppCalls>): void
  page(windowId: number): Page
  pages(): Page[]
  close(): Promise<void>
}

export interface HostReport {
  opened(windowId: number, page: Page): void
  ready(userData: string): void
  pageError(text: string): void
  console(text: string): void
  secondInstance(given: SecondInstance): void
}

interface HostedWindow {
  readonly id: number
  readonly page: Page
  readonly cdp: CDPSession
  readonly scheme: WindowToOpen['scheme']
  preloadContext: number | null
  /** Where the app itself sends the window; going there asks nobody. */
  expected: string | null
  state: { visible: boolean; focused: boolean }
}

type PreloadNote =
  | { kind: 'hello' }
  | { kind: 'open'; url: string }
  | { kind: 'preload-error'; text: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'invoke'; id: number; channel: string; args: string }

const codec = cloneCodec()

/** Null while the page it is for does not exist yet: the first request of a page nobody asked us for. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page()
  } catch {
    return null
  }
}

function isExpected(hosted: HostedWindow, url: string): boolean {
  return url === hosted.expected || url === hosted.page.url()
}

/** A page or the app may be gone before an answer arrives; the spec notices by what it waits for. */
function ignoreGone(): void {
  return undefined
}
