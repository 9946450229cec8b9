import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { bytesUnder, shells, type RunningApp } from '../support/run-app.ts'
import { soon, stage } from '../support/stage.ts'

const on = stage()

describe.each(shells)('the access token, on the %s shell', (shell) => {
  test('is in the keychain and in no page, file, log, address or command line', async () => {
    const token = `canary${Array.from(crypto.getRandomValues(new Uint8Array(12)), (each) => each.toString(16)).join('')}`
    const server = await on.server({ token })
    const { app, see } = await on.app({ shell })
    await see.signIn({ url: server.url, token })
    await see.dialog().getByText(say('signIn.which')).waitFor()
    await isNowhere(app, token)
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 2 }) })
      .click()
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await see.composer('Ines Duarte').fill('Nothing to hide.')
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.send') })
      .click()
    await soon(() => server.accepted.messages.length).toBe(1)
    await isNowhere(app, token)

    await app.restart()
    await see.view('open').click()
    await see.row('Ines Duarte').waitFor()
    const asked = server.requests.length
    await see.button(say('command.refresh')).click()
    await soon(() => server.requests.slice(asked).some((each) => each.status === 200)).toBe(true)
    await isNowhere(app, token)

    server.scenario.server({ mode: 'proxyPage' })
    await see.button(say('command.refresh')).click()
    await see.button(say('act.tryNow')).first().waitFor()
    await isNowhere(app, token)
  })
})

async function isNowhere(app: RunningApp, token: string): Promise<void> {
  const spellings = [
    token,
    Buffer.from(token).toString('base64').slice(0, 20),
    encodeURIComponent(token),
    [...token].reverse().join(''),
  ]
  const has = (where: string): boolean => spellings.some((each) => where.includes(each))
  expect(has(await app.page.content()), 'in the page').toBe(false)
  expect(has(await inputsOf(app)), 'in an input').toBe(false)
  expect(has(await heapOf(app)), 'in the heap of the page').toBe(false)
  expect(has(await storedBy(app)), 'in what the page stores').toBe(false)
  const files = bytesUnder(app.dataFolder)
  const names = files.map(({ path }) => path.slice(app.dataFolder.length + 1))
  for (const name of ['desk.db', 'cache.db', 'desk.db-wal', 'cache.db-wal']) expect(names).toContain(name)
  expect(names.some((name) => name.endsWith('.log'))).toBe(true)
  expect(
    files.filter(({ bytes }) => has(bytes.toString('latin1'))).map(({ path }) => path),
    'in a file',
  ).toEqual([])
  expect(has(app.log()), 'in what was printed').toBe(false)
  expect(has(app.requests().join('\n')), 'in an address').toBe(false)
  if (app.shell === 'electron') {
    const { told } = app.desk.standIn.host
    expect(told.join('\n')).toContain('Nilo Verano')
    expect(has(told.join('\n')), 'in what the main process told the page').toBe(false)
  }
  if (process.platform !== 'linux') return
  expect(has(readFileSync(`/proc/${app.pid}/cmdline`, 'latin1')), 'in the command line').toBe(false)
  expect(has(readFileSync(`/proc/${app.pid}/environ`, 'latin1')), 'in the environment').toBe(false)
}

/** Everything alive in the page's own memory once its garbage is collected, as the browser writes it down. */
async function heapOf(app: RunningApp): Promise<string> {
  const cdp = await app.page.context().newCDPSession(app.page)
  let written = ''
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (written += chunk))
  await cdp.send('HeapProfiler.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await cdp.detach()
  // A word that must be there, so that an empty snapshot cannot pass.
  expect(written).toContain('Lantern Lamps')
  return written
}

async function inputsOf(app: RunningApp): Promise<string> {
  return await app.page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')]
      .map((each) => (each as HTMLInputElement).value)
      .join('\n'),
  )
}

async function storedBy(app: RunningApp): Promise<string> {
  return await app.page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map((each) => each.name)
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      databases,
      await caches.keys(),
    ])
  })
}
