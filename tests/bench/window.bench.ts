import { changeSettings } from '../../src/main/engine/settings.ts'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { launchBrowser } from '../support/browser.ts'
import { report } from './report.ts'

/**
 * The built window before 2,000 conversations: how long frames take while the first load runs and while scrolling,
 * and how soon a reply is seen and is on the server. Needs `npm run build`.
 */
const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'tuntas-bench-'))
const desk = openSqliteStore(folder)
// Measured is the way, not the time agents give themselves to think again.
changeSettings(desk, { undoSeconds: 0 })
desk.close()
const server = await startChatwootSimulator({ data: { conversations: 2000 } })
const fields = { url: server.url, token: server.token }
const app = spawn(process.execPath, [join(root, 'out/main/loopback.js'), '--no-open'], {
  env: {
    ...process.env,
    TUNTAS_DATA: folder,
    TUNTAS_DEMO: JSON.stringify([{ provider: 'chatwoot', method: 'token', fields }]),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = (await once(app.stdout, 'data')) as [Buffer]
const link = /http:\S+/.exec(line.toString())?.[0] ?? ''
const browser = await launchBrowser()
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()

try {
  await page.goto(link)
  await page.getByRole('row').first().waitFor()
  const loading = await framesWhile(page, () => page.waitForTimeout(8000))
  const list = page.getByRole('grid')
  const scrolling = await framesWhile(page, () => scrollThrough(page))
  const rows = await list.getByRole('row').count()
  const { seen, arrived } = await replies(page, 20)
  report('frames of the window, 2,000 conversations', {
    'while the first load runs': loading,
    'while scrolling 60,000 px': scrolling,
  })
  report('a reply, from Ctrl+Enter', { 'to its bubble painted': seen, 'to the server': arrived })
  process.stdout.write(`rows in the page at once: ${rows}\n`)
} finally {
  await browser.close()
  app.kill('SIGTERM')
  if (app.exitCode === null) await once(app, 'exit')
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}

/** How long each frame took while something went on, sorted. */
async function framesWhile(on: Page, act: () => Promise<unknown>): Promise<number[]> {
  await on.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const step = (now: number): void => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
    Object.assign(window, { benchFrames: frames })
  })
  await act()
  const frames = await on.evaluate(() =>
    (window as unknown as { benchFrames: number[] }).benchFrames.slice(2),
  )
  return frames.toSorted((a, b) => a - b)
}

async function scrollThrough(on: Page): Promise<void> {
  await on.getByRole('grid').hover()
  for (let turn = 0; turn < 100; turn++) {
    await on.mouse.wheel(0, 600)
    await on.waitForTimeout(16)
  }
}

/** Writes replies one after the other; each is timed by the page itself, and by when the server took it in. */
async function replies(on: Page, count: number): Promise<{ seen: number[]; arrived: number[] }> {
  await on.getByRole('row').filter({ hasText: 'Website' }).first().click()
  await on.locator('.composer-text').click()
  await on.evaluate(watchReplies)
  const arrivals: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const before = server.accepted.messages.length
    await on.keyboard.insertText(`Reply number ${turn}.`)
    await on.keyboard.press('Control+Enter')
    arrivals.push(await arrival(before))
    await on.waitForTimeout(250)
  }
  const { pressed, painted, origin } = await on.evaluate(() => ({
    ...(window as unknown as { benchReplies: { pressed: number[]; painted: number[] } }).benchReplies,
    origin: performance.timeOrigin,
  }))
  const since = (moments: readonly number[]): number[] =>
    moments.map((at, turn) => at - (pressed[turn] ?? 0)).toSorted((a, b) => a - b)
  return { seen: since(painted), arrived: since(arrivals.map((at) => at - origin)) }
}

/** The wall clock when the server has taken one more message in. */
async function arrival(before: number): Promise<number> {
  const deadline = Date.now() + 10_000
  while (server.accepted.messages.length === before) {
    if (Date.now() > deadline) throw new Error('The server never got the reply.')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return Date.now()
}

/** Runs in the page: notes each Ctrl+Enter, and the first frame in which that reply stands among the messages. */
function watchReplies(): void {
  const pressed: number[] = []
  const painted: number[] = []
  window.addEventListener('keydown', (event) => event.key === 'Enter' && pressed.push(event.timeStamp), true)
  const look = (now: number): void => {
    const words = `Reply number ${painted.length}.`
    if (document.querySelector('.messages-scroll')?.textContent?.includes(words) === true) painted.push(now)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  Object.assign(window, { benchReplies: { pressed, painted } })
}
