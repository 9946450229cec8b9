import { describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { conversationOf, soon, stage, type Actors } from '../support/stage.ts'
import { startTracker } from '../support/tracker.ts'

const on = stage()

describe.each(shells)('what comes from outside does nothing, on the %s shell', (shell) => {
  test('hostile mail runs no script, asks no server and shows no form, frame or style of its own', async () => {
    const server = await on.server()
    const tracker = on.closing(await startTracker())
    const tomas = await conversationOf(server, 'Tomas Okoro')
    await poison(server, tomas, hostileMail(tracker.url))
    // The parser the mail is cleaned in stands under the same policy and complains of what it meets.
    const { app, see } = await on.app({ shell, mayComplain: true })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.view('open').click()
    await see.row('Tomas').first().click()
    await see.messages().getByText('The end of the mail.').waitFor()

    const foreign = see
      .messages()
      .locator(
        'script, iframe, form, input, style, link, meta, base, object, embed, video, audio, svg[onload], .mail img',
      )
    expect(await foreign.count()).toBe(0)
    expect(
      await see
        .messages()
        .locator('[onerror], [onload], [onclick], [style*="url("], [href^="javascript:"], #root')
        .count(),
    ).toBe(0)
    await see
      .messages()
      .getByText(say('mail.imagesOff', { count: 2 }))
      .waitFor()
    for (const link of await see.messages().getByRole('link').all()) {
      expect(await link.getAttribute('rel')).toContain('noopener')
      expect(await link.getAttribute('href')).toMatch(/^https?:/)
    }
    await see.messages().getByText('press me').click()
    expect(await app.page.evaluate('window.pwned')).toBeUndefined()
    expect(tracker.hits).toEqual([])
    const origin = await app.page.evaluate(() => location.origin)
    const ours = (address: string) =>
      address.startsWith('app://tuntas/') || address.startsWith(`${origin}/`) || address.startsWith('blob:')
    expect(app.requests().filter((each) => !ours(each))).toEqual([])
  })

  test('the page’s policy lets nothing in that is not ours', async () => {
    const tracker = on.closing(await startTracker())
    const { app, see } = await on.app({ shell, mayComplain: true })
    await see.button(say('welcome.add')).waitFor()
    const tried = await app.page.evaluate(tryEverything, tracker.url)
    expect(tried).toEqual({
      inlineScript: 'blocked',
      remoteScript: 'blocked',
      eval: 'EvalError',
      remoteFetch: 'blocked',
      webSocket: 'blocked',
      remoteImage: 'blocked',
      dataImage: 'blocked',
      frame: 'blocked',
      worker: 'blocked',
      inlineStyle: 'blocked',
    })
    expect(tracker.hits).toEqual([])
  })

  test('every answer to the page carries the policy', async () => {
    const { app, see } = await on.app({ shell })
    await see.button(say('welcome.add')).waitFor()
    for (const path of [await app.page.evaluate('location.href'), '/media/unknown']) {
      const headers = await app.page.evaluate(
        async (given) => Object.fromEntries((await fetch(given)).headers),
        String(path),
      )
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';/)
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test('nothing outside the built page can be read through its address', async () => {
    const { app, see } = await on.app({ shell })
    await see.button(say('welcome.add')).waitFor()
    const paths = [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '//etc/passwd',
      '/assets/..%5c..%5cpackage.json',
      '/.env',
    ]
    for (const path of paths) {
      const status = await app.page.evaluate(
        async (given) => (await fetch(location.origin + location.pathname.replace(/\/$/, '') + given)).status,
        path,
      )
      expect(status, path).toBeGreaterThanOrEqual(400)
    }
  })
})

/** The server's answer for a conversation, but with a mail in it that means harm. */
async function poison(server: ChatwootSimulator, conversation: number, html: string): Promise<void> {
  const path = `/api/v1/accounts/1/conversations/${conversation}/messages`
  const answer = await fetch(server.url + path, { headers: { 'api-access-token': server.token } })
  const body = (await answer.json()) as { payload: Record<string, unknown>[] }
  const mail = {
    html_content: { full: html, reply: html, quoted: '' },
    text_content: { full: 'text', reply: 'text' },
    subject: '<img src=x onerror="window.pwned=1">',
  }
  for (const message of body.payload) {
    if (message['message_type'] === 0)
      Object.assign(message, { content_type: 'incoming_email', content_attributes: { email: mail } })
  }
  const fault = {
    kind: 'status',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(body),
  } as const
  server.scenario.fault(fault, { method: 'GET', path })
}

function hostileMail(to: string): string {
  return `
    <base href="${to}/base/"><meta http-equiv="refresh" content="0;url=${to}/refresh"><link rel="stylesheet" href="${to}/sheet.css">
    <style>@import url(${to}/import.css); * { background: url(${to}/style.png) !important }</style>
    <script>window.pwned = 'inline'</script><script src="${to}/script.js"></script>
    <img src="${to}/wide.png" width="600" height="300"><img src="${to}/pixel.gif" width="1" height="1"><img src=x onerror="window.pwned='onerror'">
    <img srcset="${to}/set.png 2x" src="//127.0.0.1:${new URL(to).port}/schemeless.png"><picture><source srcset="${to}/source.png"></picture>
    <svg onload="window.pwned='svg'"><image href="${to}/svg.png"/><script>window.pwned='svg script'</script></svg>
    <iframe src="${to}/frame"></iframe><iframe srcdoc="<script>parent.pwned='srcdoc'</script>"></iframe>
    <object data="${to}/object"></object><embed src="${to}/embed"><video src="${to}/video" autoplay></video><audio src="${to}/audio" autoplay></audio>
    <form id="root" action="${to}/form"><input name="token" autofocus onfocus="window.pwned='focus'"><button>Send</button></form>
    <div style="background-image:url(${to}/inline.png);position:fixed;inset:0" onclick="window.pwned='click'">cover</div>
    <details open ontoggle="window.pwned='toggle'"><summary>more</summary></details>
    <math><mtext><table><mglyph><style><img src=x onerror="window.pwned='mxss'"></style></mglyph></table></mtext></math>
    <a href="javascript:window.pwned='link'">press me</a> <a href="data:text/html,<script>window.pwned='data'</script>">or me</a>
    <a href="https://elsewhere.example.com/" ping="${to}/ping">https://bank.example.com</a>
    <p>The end of the mail.</p>`
}

/** Runs in the page: everything its policy should forbid, and what came of it. */
async function tryEverything(to: string): Promise<Record<string, string>> {
  const page = window as unknown as Record<string, unknown>
  const element = (name: string, given: Record<string, string>) =>
    Object.assign(document.createElement(name), given)
  const loads = (made: HTMLElement): Promise<string> =>
    new Promise((resolve) => {
      made.onload = () => resolve('loaded')
      made.onerror = () => resolve('blocked')
      document.body.append(made)
    })
  document.body.append(element('script', { textContent: 'window.inlineRan = true' }))
  document.body.append(element('style', { textContent: '#root { --injected: yes }' }))
  const socket = (): Promise<string> =>
    new Promise((resolve) => {
      try {
        const made = new WebSocket(to.replace('http', 'ws'))
        made.onopen = () => resolve('opened')
        made.onerror = () => resolve('blocked')
      } catch {
        resolve('blocked')
      }
    })
  const framed = async (): Promise<string> => {
    const made = document.createElement('iframe')
    made.src = `${to}/frame`
    await loads(made)
    try {
      // A frame that was refused shows an error page of its own origin; one that loaded would be somebody else's.
      return made.contentDocument === null ? 'blocked' : 'empty'
    } catch {
      return 'loaded'
    }
  }
  const evaluated = (): Promise<string> =>
    new Promise((resolve) =>
      setTimeout(() => {
        try {
          Reflect.construct(Function, ['return 1'])
          resolve('made')
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'threw')
        }
      }),
    )
  const worker = (): Promise<string> =>
    new Promise((resolve) => {
      try {
        const made = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))
        made.onmessage = () => resolve('ran')
        made.onerror = () => resolve('blocked')
      } catch {
        resolve('blocked')
      }
    })
  return {
    inlineScript: page['inlineRan'] === undefined ? 'blocked' : 'ran',
    remoteScript: await loads(element('script', { src: `${to}/script.js` })),
    eval: await evaluated(),
    remoteFetch: await fetch(`${to}/fetch`).then(
      () => 'got through',
      () => 'blocked',
    ),
    webSocket: await socket(),
    remoteImage: await loads(element('img', { src: `${to}/image.png` })),
    dataImage: await loads(
      element('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==' }),
    ),
    frame: await framed(),
    worker: await worker(),
    inlineStyle:
      getComputedStyle(document.querySelector('#root') ?? document.body).getPropertyValue('--injected') === ''
        ? 'blocked'
        : 'applied',
  }
}

describe('the Electron shell keeps its window to itself', () => {
  test('pages have no Node, no second world’s objects and two functions of ours', async () => {
    const { app, see } = await on.app({ shell: 'electron' })
    await see.button(say('welcome.add')).waitFor()
    const { windows } = await app.desk.state()
    expect(windows).toHaveLength(1)
    expect(windows[0]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    })
    const names = await app.page.evaluate(
      '[Object.keys(window.tuntas), typeof require, typeof process, typeof ipcRenderer, Object.isFrozen(window.tuntas)]',
    )
    expect(names).toEqual([['call', 'listen'], 'undefined', 'undefined', 'undefined', true])
  })

  test('it goes nowhere and opens nothing; a web link opens outside', async () => {
    const { app, see } = await on.app({ shell: 'electron' })
    await see.button(say('welcome.add')).waitFor()
    const at = app.page.url()
    await app.page.evaluate(() => {
      location.href = 'https://elsewhere.example.com/away'
    })
    await soon(async () => (await app.desk.state()).opened).toEqual(['https://elsewhere.example.com/away'])
    expect(await app.page.evaluate(() => window.open('https://elsewhere.example.com/window'))).toBeNull()
    await soon(async () => (await app.desk.state()).opened.length).toBe(2)
    for (const address of [
      'file:///etc/passwd',
      'javascript:window.pwned=1',
      'smb://elsewhere.example.com/share',
      'https://user@elsewhere.example.com/',
    ]) {
      expect(await app.page.evaluate((given) => window.open(given), address)).toBeNull()
    }
    await soon(() => lines(app.log(), 'net::')).toEqual([])
    expect(app.page.url()).toBe(at)
    expect((await app.desk.state()).opened).toHaveLength(2)
    expect(app.desk.standIn.host.pages()).toHaveLength(1)
    await see.button(say('welcome.add')).waitFor()
  })

  test('it grants no page anything of the computer', async () => {
    const { app, see } = await on.app({ shell: 'electron' })
    await see.button(say('welcome.add')).waitFor()
    const states = await app.page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
      ] as PermissionName[]
      return await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'fullscreen',
      'openExternal',
      'clipboard-read',
    ]) {
      expect(await app.desk.standIn.ask('page.permission', { windowId: 1, permission })).toEqual({
        granted: false,
      })
    }
    const download = (url: string) =>
      app.desk.standIn.ask('page.downloads', { windowId: 1, url, filename: 'invoice.exe' })
    expect(await download('https://elsewhere.example.com/invoice.exe')).toEqual({ cancelled: true })
    expect(await download('app://tuntas/media/some-id')).toEqual({ cancelled: false })
  })

  test('only its own main frame is answered', async () => {
    const server = await on.server()
    const actors = await on.app({ shell: 'electron' })
    await actors.see.addAccounts({ url: server.url, token: server.token })
    await actors.see.row('Ines Duarte').waitFor()
    for (const [windowId, url, isMainFrame] of [
      [1, 'app://tuntas/', false],
      [1, 'https://elsewhere.example.com/', true],
      [1, 'app://elsewhere/', true],
      [1, 'file:///tmp/page.html', true],
      [1, 'about:srcdoc', false],
      [77, 'app://tuntas/', true],
    ] as const) {
      const refused = await snapshotFrom(actors, { windowId, url, isMainFrame })
      expect(refused, `${windowId} ${url}`).toMatchObject({
        value: { ok: false, failure: { code: 'forbidden' } },
      })
      await actors.app.desk.standIn.ask('ipc.send', {
        windowId,
        channel: 'tuntas:events',
        args: [],
        frame: { url, isMainFrame },
      })
    }
    expect(
      await snapshotFrom(actors, { windowId: 1, url: 'app://tuntas/', isMainFrame: true }),
    ).toMatchObject({ value: { ok: true } })
    server.scenario.customerWrites({ name: 'Vera Novak', text: 'Still with us?' })
    await actors.see.row('Vera Novak').waitFor()
  })
})

function snapshotFrom(
  { app }: Actors,
  from: { windowId: number; url: string; isMainFrame: boolean },
): Promise<unknown> {
  const { windowId, ...frame } = from
  return app.desk.standIn.ask('ipc.invoke', {
    windowId,
    channel: 'tuntas:call',
    args: ['app.snapshot', {}],
    frame,
  })
}

function lines(log: string, word: string): string[] {
  return log.split('\n').filter((line) => line.includes(word))
}
