import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { change, say } from './canned-answers.ts'
import { failure } from './canned-world.ts'
import { lookEveryWay } from './looks.ts'
import { startPreview, type Preview } from './preview.ts'

/** What only a real browser can show of the window: places kept while scrolling, focus, width, and what axe says. */
let browser: Browser
let preview: Preview
let page: Page
let fresh: string

beforeAll(async () => {
  ;[browser, preview] = await Promise.all([launchBrowser(), startPreview(9000)])
  fresh = JSON.stringify({
    rows: preview.world.rows,
    threads: [...preview.world.threads],
    facts: preview.world.facts,
  })
})
afterAll(async () => {
  await browser.close()
  preview.close()
})
afterEach(async () => {
  await page.context().close()
  const { rows, threads, facts } = JSON.parse(fresh) as Pick<Preview['world'], 'rows' | 'facts'> & {
    threads: []
  }
  Object.assign(preview.world, { rows, facts, threads: new Map(threads), drafts: new Map() })
  preview.refuse.clear()
  preview.calls.length = 0
  preview.isGone = false
})

async function show(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
    ...options,
  })
  page = await context.newPage()
  await page.goto(preview.url)
  await page.locator('.row, .welcome, .blank').first().waitFor()
  await page.locator('.sidebar-account, .welcome').first().waitFor({ state: 'attached' })
}

async function open(name: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: name }).first().click()
  await messages().waitFor()
}

function messages() {
  return page.getByRole('group', { name: words('thread.messages') })
}

function called(name: string): unknown[] {
  return preview.calls.filter((call) => call.name === name).map((call) => call.input)
}

describe('the list', () => {
  test('holds only a stretch of thousands of rows, down and up again', async () => {
    await show()
    await page.keyboard.press('4')
    const grid = page.getByRole('grid')
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toMatch(/^4\d\d\d$/)
    // the end of the list: row after row of pages
    await expect
      .poll(
        async () => {
          await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight))
          return Number(await page.getByRole('row').last().getAttribute('aria-rowindex'))
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(4000)
    expect(await page.getByRole('row').count()).toBeLessThan(60)
    await expect
      .poll(
        async () => {
          await grid.evaluate((element) => element.scrollTo(0, 0))
          return Number(await page.getByRole('row').first().getAttribute('aria-rowindex'))
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    await page.getByRole('row').filter({ hasText: 'Marta Kowalczyk' }).waitFor()
  }, 60_000)

  test('keeps the selection, seen and told, while rows come and go', async () => {
    await show()
    for (const key of ['j', 'j', 'j']) await page.keyboard.press(key)
    const selected = page.locator('[role="row"][aria-selected="true"]')
    const name = await selected.locator('.row-name').innerText()
    say(preview, 'acme:3', 'One more thing', 'them')
    await expect.poll(() => page.locator('.row-name').first().innerText()).toContain('Konstantinos')
    expect(await selected.locator('.row-name').innerText()).toBe(name)
    const pointed = await page.getByRole('grid').getAttribute('aria-activedescendant')
    expect(pointed).toBe(await selected.getAttribute('id'))
  })

  test('goes on to the next row when one is resolved, and offers the way back', async () => {
    await show()
    await page.keyboard.press('j')
    const second = await page.locator('.row-name').nth(1).innerText()
    await page.keyboard.press('e')
    await expect.poll(() => page.locator('[aria-selected="true"] .row-name').innerText()).toBe(second)
    await page
      .getByRole('status')
      .getByRole('button', { name: words('act.reopen') })
      .click()
    await expect.poll(() => called('conversation.act').at(-1)).toMatchObject({ action: { kind: 'reopen' } })
  })

  test('keeps the conversation that is being read, though reading it means it needs nobody', async () => {
    await show()
    await open('Ayu')
    await expect
      .poll(() => called('conversation.act'))
      .toEqual([{ conversationId: 'acme:1', action: { kind: 'markRead' } }])
    await expect.poll(() => page.getByRole('navigation').getByText('4', { exact: true }).count()).toBe(1)
    expect(await page.getByRole('row').filter({ hasText: 'Ayu' }).count()).toBe(1)
    await open('Dewi')
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'Ayu' }).count()).toBe(0)
  })
})

describe('a thread', () => {
  test('stays where it is read while older messages come in above', async () => {
    await show()
    await open('Ayu')
    await messages().evaluate((element) => element.scrollTo(0, 0))
    await page.getByText('Earlier message 1', { exact: true }).waitFor()
    const seen = page.getByText('Conversation was opened by Ayu Wulandari')
    expect(await seen.isVisible()).toBe(true)
    expect(await messages().evaluate((element) => element.scrollTop)).toBeGreaterThan(300)
  })

  test('follows the end, and counts what comes below somebody who reads above', async () => {
    await show()
    await open('Ayu')
    await messages().evaluate((element) => element.scrollTo(0, element.scrollHeight))
    say(preview, 'acme:1', 'Are you there?', 'them')
    await page.getByText('Are you there?').last().waitFor()
    await expect
      .poll(() => messages().evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight))
      .toBeLessThan(4)
    await messages().evaluate((element) => element.scrollTo(0, 320))
    await expect.poll(() => page.locator('.messages-new').count()).toBe(0)
    say(preview, 'acme:1', 'Hello?', 'them')
    await page.getByRole('button', { name: words('thread.newBelow', { count: 1 }) }).click()
    await expect
      .poll(() => messages().evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight))
      .toBeLessThan(4)
  })

  test('does not read again what was marked unread by hand', async () => {
    await show()
    await open('Ayu')
    await page
      .getByRole('region', { name: 'Ayu Wulandari' })
      .getByRole('button', { name: words('act.markUnread') })
      .waitFor()
    await page.keyboard.press('u')
    await expect.poll(() => called('conversation.act').length).toBe(2)
    change(preview, 'acme:1', { labels: ['again'] })
    await page.getByRole('region', { name: 'Ayu Wulandari' }).getByText('again', { exact: true }).waitFor()
    expect(
      called('conversation.act').map((each) => (each as { action: { kind: string } }).action.kind),
    ).toEqual(['markRead', 'markUnread'])
  })

  test('that cannot be read says why, and tries again', async () => {
    await show()
    preview.refuse.set('thread.open', failure('timeout', { host: 'acme.example.com' }))
    await page.getByRole('row').filter({ hasText: 'Dewi' }).click()
    await page.getByText(words('failure.timeout', { host: 'acme.example.com' })).waitFor()
    preview.refuse.clear()
    await page.getByRole('button', { name: words('act.tryAgain') }).click()
    await messages().waitFor()
  })
})

describe('what is being written', () => {
  test('is kept, comes back, and stays when sending fails', async () => {
    await show()
    await openInAll('Ayu')
    await page.keyboard.press('r')
    await page.keyboard.type('We are on it')
    await expect.poll(() => preview.world.drafts.get('acme:1')).toBe('We are on it')
    await open('Dewi')
    await open('Ayu')
    const box = page.getByRole('textbox', { name: words('compose.to', { name: 'Ayu Wulandari' }) })
    await expect.poll(() => box.inputValue()).toBe('We are on it')
    preview.refuse.set('reply.send', failure('diskFull'))
    await box.press('Control+Enter')
    await page
      .getByRole('alert')
      .filter({ hasText: words('failure.diskFull') })
      .waitFor()
    expect(await box.inputValue()).toBe('We are on it')
    preview.refuse.clear()
    await box.press('Control+Enter')
    await expect.poll(() => box.inputValue()).toBe('')
    const [first, second] = called('reply.send') as { clientKey: string }[]
    expect(second?.clientKey).toBe(first?.clientKey)
  })
})

describe('a part that cannot be loaded', () => {
  test('leaves a mail readable as text', async () => {
    await show()
    await page.route('**/mail-body-*.js', (route) => route.abort())
    await open('Konstantinos')
    await page.getByText('see html', { exact: true }).waitFor()
  })

  test('says so, and a fresh page is one press away', async () => {
    await show()
    await page.route('**/dialogs-*.js', (route) => route.abort())
    await page.keyboard.press('?')
    await page.getByText(words('window.broken')).waitFor()
    await page.unroute('**/dialogs-*.js')
    await page.getByRole('button', { name: words('window.reload') }).click()
    await page.locator('.row').first().waitFor()
  })
})

describe('Escape', () => {
  test('leads from writing to reading, from reading to the list', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName)
    await expect.poll(focused).toBe('TEXTAREA')
    await messages().waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('group')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('grid')
    await page.getByText(words('thread.none')).waitFor()
  })
})

describe('signing in', () => {
  test('leaves no token on the page', async () => {
    await show()
    await page.getByRole('button', { name: words('account.add') }).click()
    await ownPlace()
    await page.getByLabel(words('signIn.chatwoot.url')).fill('https://support.example.com')
    await page.locator('input[name="token"]').fill('canary-token')
    await page.getByRole('button', { name: words('signIn.next') }).click()
    await page.getByText(words('signIn.which')).waitFor()
    expect(await page.locator('input[type="password"]').count()).toBe(0)
    expect(await page.content()).not.toContain('canary-token')
  })

  test('offers to keep the token until quitting when the keychain will not have it', async () => {
    await show()
    await page.getByRole('button', { name: words('account.add') }).click()
    await ownPlace()
    await page.getByLabel(words('signIn.chatwoot.url')).fill('https://support.example.com')
    await page.locator('input[name="token"]').fill('t')
    await page.getByRole('button', { name: words('signIn.next') }).click()
    preview.refuse.set('accounts.add', failure('keychainLocked'))
    await page.getByRole('button', { name: words('signIn.add', { count: 1 }) }).click()
    const offer = page.getByRole('button', { name: words('signIn.sessionOnly') })
    await offer.waitFor()
    preview.refuse.clear()
    await offer.click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(called('accounts.add').at(-1)).toMatchObject({ keepIn: 'session', keys: ['2'] })
  })
})

describe('an engine that is gone', () => {
  test('is said for as long as it is, and the list is read anew afterwards', async () => {
    await show()
    preview.isGone = true
    preview.drop()
    await page
      .getByRole('alert')
      .filter({ hasText: words('connection.lost') })
      .waitFor()
    change(preview, 'acme:2', { needsYou: false })
    preview.isGone = false
    await page.getByRole('alert').waitFor({ state: 'detached', timeout: 15_000 })
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'أحمد' }).count()).toBe(0)
  })
})

describe('in every size, light and dark, left to right and right to left', () => {
  test.each([
    ['the list', () => page.keyboard.press('j')],
    ['a chat', () => open('Ayu')],
    ['a mail', () => open('Konstantinos')],
    ['a reply that may have been sent', () => openInAll('Marta')],
    ['a refused reply', () => openInAll('Oliver')],
    ['a note', () => openInAll('Priya')],
    ['a channel that takes no reply', () => openInAll('שרה')],
    ['the keys', () => sheet('?')],
    ['the settings', () => sheet('Control+,')],
    ['no hits', () => findNothing()],
    ['accounts in trouble', () => trouble()],
  ])('%s: nothing sticks out, and axe has nothing to say', async (_what, act) => {
    await show()
    await act()
    await lookEveryWay(page)
  })

  test('the first run: nothing sticks out, and axe has nothing to say', async () => {
    preview.world.facts.accounts = []
    await show()
    await lookEveryWay(page)
    await page.getByRole('button', { name: words('welcome.add') }).click()
    await ownPlace()
    await lookEveryWay(page)
  })
})

/** Past the choice of a place: a server of one's own, with an access token. */
async function ownPlace(): Promise<void> {
  await page.getByRole('button', { name: /A Chatwoot of your own/ }).click()
  await page.getByText('Access token', { exact: true }).first().click()
  await page.getByLabel(words('signIn.chatwoot.url')).waitFor()
}

async function openInAll(name: string): Promise<void> {
  await page.keyboard.press('4')
  const row = page.getByRole('row').filter({ hasText: name }).first()
  await page.getByRole('row').filter({ hasText: 'Marta' }).waitFor()
  await row.click()
  await messages().waitFor()
}

async function sheet(key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}

async function findNothing(): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type('zzzz')
  await page.getByText(words('find.none', { find: 'zzzz' })).waitFor()
}

async function trouble(): Promise<void> {
  const [first, second] = preview.world.facts.accounts
  if (first === undefined || second === undefined) return
  const locked = { kind: 'locked', failure: failure('auth', { host: 'acme.example.com' }) } as const
  const resting = {
    kind: 'resting',
    failure: failure('busy', { host: 'kopi.example.com', status: '502' }),
    retryAt: Date.now(),
  } as const
  preview.tell({
    name: 'account.changed',
    payload: { revision: ++preview.world.revision, account: { ...first, syncing: locked } },
  })
  preview.tell({
    name: 'account.changed',
    payload: { revision: ++preview.world.revision, account: { ...second, syncing: resting } },
  })
  await page.getByRole('button', { name: words('account.unlock') }).waitFor()
}
