import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { startPreview, type Preview } from './preview.ts'

/** One window over canned data for the tests of a file: built once, and as good as new for each of them. */
export function shownWindow(rowCount = 60): ShownWindow {
  let browser: Browser
  let preview: Preview
  let page: Page
  let fresh: string
  beforeAll(async () => {
    ;[browser, preview] = await Promise.all([launchBrowser(), startPreview(rowCount)])
    const { rows, facts, threads } = preview.world
    fresh = JSON.stringify({ rows, facts, threads: [...threads] })
  })
  afterAll(async () => {
    await browser.close()
    preview.close()
  })
  afterEach(async () => {
    await page.context().close()
    const { rows, facts, threads } = JSON.parse(fresh) as Pick<Preview['world'], 'rows' | 'facts'> & {
      threads: []
    }
    Object.assign(preview.world, { rows, facts, threads: new Map(threads), drafts: new Map() })
    preview.refuse.clear()
    preview.calls.length = 0
    preview.delayMs = 0
  })
  async function show(options: BrowserContextOptions = {}): Promise<void> {
    const viewport = { width: 1280, height: 800 }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
    page = await context.newPage()
    await page.goto(preview.url)
    await page.locator('.row').first().waitFor()
    await page.locator('.sidebar-account').first().waitFor({ state: 'attached' })
  }
  return {
    show,
    page: () => page,
    preview: () => preview,
    called: (name) => preview.calls.filter((call) => call.name === name).map((call) => call.input),
    open: async (name) => {
      // A letter typed now would go into whatever is being written.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await page.keyboard.press('4')
      await page.getByRole('row').filter({ hasText: name }).first().click()
      await page.getByRole('group', { name: words('thread.messages') }).waitFor()
    },
  }
}

export interface ShownWindow {
  readonly show: (options?: BrowserContextOptions) => Promise<void>
  readonly page: () => Page
  readonly preview: () => Preview
  /** What the page asked of the engine under this name, in order. */
  readonly called: (name: string) => unknown[]
  /** Opens somebody's conversation from the list of all. */
  readonly open: (name: string) => Promise<void>
}
