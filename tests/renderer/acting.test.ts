import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Input } from '../../src/shared/contract/contract.ts'
import { say as words } from '../../src/shared/words/words.ts'
import { launchBrowser } from '../support/browser.ts'
import { change, changeAccount } from './canned-answers.ts'
import { cannedWorld, failure } from './canned-world.ts'
import { lookEveryWay } from './looks.ts'
import { startPreview, type Preview } from './preview.ts'

/** What is ordered of conversations, as an agent does it: by keys, by mouse, one at a time and many at once. */
let browser: Browser
let preview: Preview
let page: Page

beforeAll(async () => {
  ;[browser, preview] = await Promise.all([launchBrowser(), startPreview(60)])
})
afterAll(async () => {
  await browser.close()
  preview.close()
})
afterEach(async () => {
  await page.context().close()
  Object.assign(preview.world, cannedWorld(Date.now(), 60))
  preview.refuse.clear()
  preview.calls.length = 0
})

async function show(options: BrowserContextOptions = {}): Promise<void> {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ viewport, bypassCSP: true, ...options })
  page = await context.newPage()
  await page.goto(preview.url)
  await page.locator('.row').first().waitFor()
  await page.locator('.sidebar-account').first().waitFor()
  await page.keyboard.press('4')
  await row('Marta').waitFor()
}

function row(name: string): Locator {
  return page.getByRole('row').filter({ hasText: name }).first()
}

async function open(name: string): Promise<void> {
  await row(name).click()
  await page.getByRole('group', { name: words('thread.messages') }).waitFor()
}

/** The list to pick from, once its field has the focus. */
async function picker(name: string): Promise<Locator> {
  const field = page.getByRole('combobox', { name })
  await field.waitFor()
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  return page.getByRole('listbox', { name })
}

function ordered(): Input<'conversation.act'>[] {
  return called('conversation.act') as Input<'conversation.act'>[]
}

/** Orders but for the reading marks that opening a thread leaves. */
function actions(): Input<'conversation.act'>['action'][] {
  return ordered()
    .map(({ action }) => action)
    .filter(({ kind }) => kind !== 'markRead')
}

function called(name: string): unknown[] {
  return preview.calls.filter((call) => call.name === name).map((call) => call.input)
}

function focused(): Promise<string | null> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? null,
  )
}

describe('snoozing', () => {
  test('takes a typed time, says what it understood, and gives the focus back', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('z')
    const list = await picker(words('snooze.title'))
    await page.keyboard.type('tomorrow 14:00')
    const tomorrow = new Date()
    tomorrow.setDate(tomorrow.getDate() + 1)
    tomorrow.setHours(14, 0, 0, 0)
    await expect.poll(() => list.getByRole('option').first().innerText()).toMatch(/2:00\sPM|14:00/)
    await page.keyboard.press('Enter')
    await expect.poll(() => actions()).toEqual([{ kind: 'snooze', until: tomorrow.getTime() }])
    await expect.poll(focused).toBe('grid')
    await page.getByRole('status').getByText('Snoozed:').waitFor()
  })

  test('says so when it is over, or makes no sense, and orders nothing', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('z')
    const list = await picker(words('snooze.title'))
    await page.keyboard.type('1 jan 2020')
    await expect.poll(() => list.getByRole('option').first().getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox').fill('some day')
    await page.getByText(words('snooze.unknown')).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('grid')
    expect(actions()).toEqual([])
  })

  test('offers to wait for the customer only where the account can', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('z')
    const list = await picker(words('snooze.title'))
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect.poll(() => actions()).toEqual([{ kind: 'snooze', until: null }])
    for (const account of preview.world.facts.accounts)
      changeAccount(preview, { ...account, can: { ...account.can, snoozeUntilReply: false } })
    await page.keyboard.press('j')
    await page.keyboard.press('z')
    await picker(words('snooze.title'))
    await expect.poll(() => list.getByText(words('snooze.untilReply')).count()).toBe(0)
  })
})

describe('assigning', () => {
  test('has oneself first and goes by typing', async () => {
    await show()
    await open('Ayu')
    await page.keyboard.press('a')
    const list = await picker(words('assign.title'))
    expect(await list.getByRole('option').first().innerText()).toContain('Ari Lestari')
    await page.keyboard.type('budi')
    await page.keyboard.press('Enter')
    const to = { key: '2', name: 'Budi Santoso', isMe: false }
    await expect.poll(() => actions()).toEqual([{ kind: 'assign', to }])
    await page.getByRole('button', { name: /Assigned to Budi/ }).click()
    await picker(words('assign.title'))
    await page.keyboard.type('returns')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => actions().at(-1))
      .toEqual({ kind: 'assignTeam', to: { key: '8', name: 'Returns' } })
  })

  test('draws of hundreds of people only those in sight, and reaches the last by key', async () => {
    const directory = preview.world.directories['acme']
    const crowd = Array.from({ length: 400 }, (_, n) => ({
      key: String(100 + n),
      name: `Person ${String(n).padStart(3, '0')}`,
      email: null,
      avatar: null,
      availability: null,
      isMe: false,
    }))
    if (directory !== undefined)
      preview.world.directories['acme'] = { ...directory, agents: crowd, teams: [] }
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    const list = await picker(words('assign.title'))
    await list.getByRole('option', { name: 'Person 000' }).waitFor()
    expect(await list.getByRole('option').count()).toBeLessThan(60)
    // Nobody is the last of them while somebody has it.
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await list.getByRole('option', { name: 'Person 399' }).waitFor()
    await page.keyboard.press('Enter')
    const to = { key: '499', name: 'Person 399', isMe: false }
    await expect.poll(() => actions()).toEqual([{ kind: 'assign', to }])
  })

  test('says that the people are as last heard when the server cannot be asked', async () => {
    preview.world.isFresh = false
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await picker(words('assign.title'))
    await page.getByText(words('picker.old', { host: 'acme.example.com' })).waitFor()
  })
})

describe('labels', () => {
  test('are ticked with Space, and only the difference is ordered', async () => {
    await show()
    await open('Ayu')
    await page.keyboard.press('l')
    const list = await picker(words('label.title'))
    expect(await list.getByRole('option', { selected: true }).allInnerTexts()).toEqual(['returns', 'tents'])
    await page.keyboard.press('Space')
    await page.keyboard.type('vip')
    await page.keyboard.press('Space')
    await page.keyboard.type('brand-new')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => actions())
      .toEqual([{ kind: 'label', add: ['vip', 'brand-new'], remove: ['returns'] }])
    await page.getByRole('button', { name: 'brand-new' }).waitFor()
  })

  test('say why there is nothing to choose', async () => {
    preview.refuse.set('directory.read', failure('timeout', { host: 'acme.example.com' }))
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('l')
    await picker(words('label.title'))
    await page
      .getByRole('alert')
      .getByText(words('failure.timeout', { host: 'acme.example.com' }))
      .waitFor()
  })

  test('stay as they are when the list is only looked at', async () => {
    await show()
    await open('Ayu')
    for (const way of ['Enter', 'Escape']) {
      await page.keyboard.press('l')
      await picker(words('label.title'))
      await page.keyboard.press(way)
      await page.getByRole('combobox', { name: words('label.title') }).waitFor({ state: 'detached' })
    }
    expect(actions()).toEqual([])
  })
})

describe('more that can be done', () => {
  test('is in the menu of a row, for that row', async () => {
    await show()
    await row('Luca').hover()
    await row('Luca')
      .getByRole('button', { name: words('act.more') })
      .click()
    await picker(words('more.title'))
    await page.keyboard.type('pending')
    await page.keyboard.press('Enter')
    await expect.poll(ordered).toEqual([{ conversationId: 'acme:9', action: { kind: 'pend' } }])
  })

  test('asks before it mutes, and says what muting does', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('Control+k')
    await picker(words('palette.title'))
    await page.keyboard.type('mute')
    await page.keyboard.press('Enter')
    await page.getByText(words('mute.hint', { account: 'Acme Outdoor' })).waitFor()
    expect(actions()).toEqual([])
    await page.getByRole('button', { name: words('mute.yes') }).click()
    await expect.poll(() => actions()).toEqual([{ kind: 'mute' }])
  })

  test('shows what a macro does before it runs, and whether something changed', async () => {
    await show()
    await open('Ayu')
    await page.keyboard.press('m')
    await picker(words('macro.pick'))
    await page.keyboard.press('Enter')
    await page.getByText('Thank you for your patience').waitFor()
    expect(called('macro.run')).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => called('macro.run')).toEqual([{ conversationId: 'acme:1', macroKey: '1' }])
    await page.getByText(words('toast.macroDone', { macro: 'Close with thanks' })).waitFor()
  })

  test('sends a transcript to the address of the customer, or another', async () => {
    await show()
    await open('Ayu')
    await page.keyboard.press('o')
    await picker(words('more.title'))
    await page.keyboard.type('transcript')
    await page.keyboard.press('Enter')
    const to = page.getByRole('textbox', { name: words('transcript.email'), exact: true })
    await expect.poll(() => to.inputValue()).toBe('ayu.wulandari@example.com')
    await to.fill('nobody')
    await to.press('Enter')
    await page.getByText(words('failure.badEmail', { email: 'nobody' })).waitFor()
    await to.fill('archive@example.com')
    await to.press('Enter')
    await expect
      .poll(() => called('transcript.send'))
      .toEqual([{ conversationId: 'acme:1', email: 'archive@example.com' }])
  })
})

describe('resolving what asks for answers', () => {
  test('opens the sheet, names what is missing, and resolves with the answers', async () => {
    await show()
    preview.refuse.set('conversation.act', failure('needsAnswers', { fields: 'Reason' }))
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    const sheet = page.getByRole('dialog')
    const reason = sheet.getByLabel(/^Reason/)
    await expect.poll(() => reason.evaluate((element) => element === document.activeElement)).toBe(true)
    preview.refuse.clear()
    const resolve = sheet.getByRole('button', { name: words('act.resolve') })
    await resolve.click()
    expect(await sheet.getByText(words('resolve.missing')).count()).toBe(4)
    await reason.selectOption('Refund')
    await sheet.getByLabel(/^Order number/).fill('12')
    await sheet.getByLabel(/^Tracking page/).fill('https://example.com/t/1')
    await sheet.getByLabel(/^What was done/).fill('Refunded')
    await sheet.getByLabel('Told the account manager').check()
    await sheet.getByLabel(words('resolve.remember')).check()
    await resolve.click()
    const answers = {
      reason: 'Refund',
      order: 12,
      closedOn: '2026-11-20',
      tracking: 'https://example.com/t/1',
      note: 'Refunded',
      isVip: true,
    }
    await expect.poll(() => actions().at(-1)).toEqual({ kind: 'resolve', answers })
    await expect.poll(() => called('resolve.remember')).toEqual([{ accountId: 'acme', answers }])
    await sheet.waitFor({ state: 'detached' })
  })

  test('asks too when the tray or a notification could not resolve it', async () => {
    await show()
    preview.tell({
      name: 'attention.asked',
      payload: { revision: ++preview.world.revision, conversationId: 'acme:1', purpose: 'resolve' },
    })
    await page
      .getByRole('dialog', {
        name: words('resolve.title', { act: words('act.resolve'), name: 'Ayu Wulandari' }),
      })
      .waitFor()
  })
})

describe('several at once', () => {
  test('are ticked with X and Shift, and acted on together', async () => {
    await show()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+J')
    await page.keyboard.press('Shift+ArrowDown')
    const bar = page.getByRole('toolbar', { name: words('bulk.label') })
    await bar.getByText(words('bulk.count', { count: 3 })).waitFor()
    await page.keyboard.press('Shift+K')
    await bar.getByText(words('bulk.count', { count: 2 })).waitFor()
    await page.keyboard.press('p')
    await picker(words('priority.title'))
    await page.keyboard.type('low')
    await page.keyboard.press('Enter')
    await expect.poll(() => called('inbox.act')).toHaveLength(1)
    const [given] = called('inbox.act') as Input<'inbox.act'>[]
    expect(given?.conversationIds).toHaveLength(2)
    expect(given?.action).toEqual({ kind: 'prioritise', priority: 'low' })
    await page.getByText(words('did.prioritise', { count: 2 })).waitFor()
    await page.keyboard.press('Escape')
    await bar.waitFor({ state: 'detached' })
  })

  test('tell what was kept, what asks, and what was refused and why', async () => {
    await show()
    preview.world.asking.add('acme:1')
    preview.world.refusing.add('acme:7')
    await page.keyboard.press('j')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('e')
    const sheet = page.getByRole('dialog', {
      name: words('resolve.title', { act: words('act.resolve'), name: 'Ayu Wulandari' }),
    })
    await sheet.waitFor()
    await page.getByText(words('failure.forbidden', { host: 'acme.example.com' })).waitFor()
    await page.getByText(words('did.refused', { count: 1 })).waitFor()
    await page.getByText(words('did.asks', { count: 1 })).waitFor()
  })

  test('take a range with Shift and a click, and lose what leaves the list', async () => {
    await show()
    await row('Marta').getByRole('checkbox').click()
    await row('Oliver').click({ modifiers: ['Shift'] })
    const bar = page.getByRole('toolbar', { name: words('bulk.label') })
    const count = async () => Number.parseInt(await bar.locator('.bulk-count').innerText(), 10)
    const before = await count()
    expect(before).toBeGreaterThan(2)
    expect(await page.getByRole('group', { name: words('thread.messages') }).count()).toBe(0)
    change(preview, 'acme:7', { status: { kind: 'done' } })
    await expect.poll(count).toBe(before - 1)
  })
})

describe("a server's own lists", () => {
  async function showFolder(): Promise<void> {
    await show()
    await page
      .getByRole('button', { name: /Acme Outdoor/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Urgent tents', exact: true }).click()
    await expect.poll(() => called('inbox.page').at(-1)).toMatchObject({ accountId: 'acme', folder: '7' })
  }

  test('keep their order, take no news of others, and go on page by page', async () => {
    await showFolder()
    const names = () => page.locator('.row-name').allInnerTexts()
    await expect.poll(async () => (await names()).length).toBeGreaterThan(5)
    const before = (await names()).slice(0, 4)
    change(preview, 'acme:1', { lastActivityAt: Date.now(), preview: null })
    change(preview, 'kopi:5', { lastActivityAt: Date.now() })
    await page.waitForTimeout(300)
    expect((await names()).slice(0, 4)).toEqual(before)
    await expect
      .poll(async () => {
        await page.getByRole('grid').evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return page.getByText(words('folder.end')).count()
      })
      .toBe(1)
  })

  test('say why there is no more, and try again', async () => {
    await showFolder()
    await page.locator('.row').nth(3).waitFor()
    preview.refuse.set('inbox.page', failure('timeout', { host: 'acme.example.com' }))
    const why = words('folder.moreFailed', { why: words('failure.timeout', { host: 'acme.example.com' }) })
    await expect
      .poll(async () => {
        await page.getByRole('grid').evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return page.getByText(why).count()
      })
      .toBe(1)
    preview.refuse.clear()
    await page.getByRole('button', { name: words('act.tryAgain') }).click()
    await page.getByText(why).waitFor({ state: 'detached' })
  })

  test('are made by a filter, saved as a folder, and deleted once that is sure', async () => {
    await show()
    await page.keyboard.press('f')
    const sheet = page.getByRole('dialog', { name: words('filter.title') })
    await sheet.getByRole('button', { name: words('filter.show') }).click()
    await sheet.getByText(words('filter.valueMissing')).waitFor()
    await sheet.getByRole('button', { name: /^Value/ }).click()
    await picker(words('filter.value'))
    await page.keyboard.press('Space')
    await page.keyboard.type('pend')
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: words('filter.add') }).click()
    await sheet.getByLabel(words('filter.attribute')).nth(1).selectOption('created_at')
    await sheet.getByLabel(words('filter.operator')).nth(1).selectOption('isOlderThanDays')
    await sheet.getByRole('textbox', { name: words('filter.value') }).fill('7')
    await sheet.getByRole('button', { name: words('filter.save') }).click()
    await sheet.getByLabel(words('filter.name')).fill('Old ones')
    await sheet.getByLabel(words('filter.name')).press('Enter')
    const terms = [
      { attribute: 'status', operator: 'is', values: ['open', 'pending'], join: 'and' },
      { attribute: 'created_at', operator: 'isOlderThanDays', values: ['7'], join: 'and' },
    ]
    await expect.poll(() => called('folder.save')).toEqual([{ accountId: 'acme', name: 'Old ones', terms }])
    await page.getByRole('heading', { name: 'Old ones' }).waitFor()
    await page.getByRole('button', { name: words('folder.remove', { name: 'Old ones' }) }).click()
    await page.getByRole('button', { name: words('folder.removeYes'), exact: true }).click()
    await expect.poll(() => called('folder.remove')).toEqual([{ accountId: 'acme', key: '99' }])
    await page.getByRole('heading', { name: words('view.open') }).waitFor()
  })

  test('are asked of the account that is chosen', async () => {
    await show()
    await page.keyboard.press('f')
    const sheet = page.getByRole('dialog', { name: words('filter.title') })
    const where = sheet.getByLabel(words('filter.account'))
    await expect.poll(() => where.evaluate((select) => select === document.activeElement)).toBe(true)
    await where.selectOption('kopi')
    await sheet.getByText(words('filter.hint', { host: 'kopi.example.com' })).waitFor()
    await sheet.getByRole('button', { name: /^Value/ }).click()
    await picker(words('filter.value'))
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: words('filter.show') }).click()
    await expect.poll(() => called('inbox.page').at(-1)).toMatchObject({ accountId: 'kopi' })
  })
})

describe('searching on the server', () => {
  test('begins from the search at home, and opens what it finds by keys alone', async () => {
    await show()
    await page.keyboard.press('/')
    await page.keyboard.type('torn zip')
    await page.keyboard.press('Control+Enter')
    const sheet = page.getByRole('dialog', { name: words('search.title', { host: 'acme.example.com' }) })
    await sheet.getByText('… the torn zip arrived').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => called('conversation.fetch')).toEqual([{ accountId: 'acme', key: '1' }])
    await page.getByRole('region', { name: 'Ayu Wulandari' }).waitFor()
    await sheet.waitFor({ state: 'detached' })
  })

  test('goes on to what was written where no conversation is called so, unless told what to look for', async () => {
    await show()
    await page.keyboard.press('/')
    await page.keyboard.type('only said')
    await page.keyboard.press('Control+Enter')
    await page.getByText('… the only said arrived').waitFor()
    expect(await page.getByRole('radio', { name: words('search.messages') }).isChecked()).toBe(true)
    await page.getByText(words('search.customers')).click()
    await page.getByText(words('search.none', { words: 'only said' })).waitFor()
    expect(await page.getByRole('radio', { name: words('search.customers') }).isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('says when nothing is found, and why it could not be asked', async () => {
    await show()
    await page.keyboard.press('/')
    await page.keyboard.type('zzzz')
    const kopi = { account: 'Kopi Nusantara · Pelanggan', host: 'kopi.example.com' }
    await page.getByRole('button', { name: words('search.ofAccount', kopi) }).click()
    await page.getByText(words('search.none', { words: 'zzzz' })).waitFor()
    preview.refuse.set('search.ask', failure('busy', { host: 'kopi.example.com', status: '502' }))
    await page.getByText(words('search.messages')).click()
    await page.getByText(words('search.failed')).waitFor()
    preview.refuse.clear()
    await page.getByRole('button', { name: words('act.tryAgain') }).click()
    await page.getByText(words('search.none', { words: 'zzzz' })).waitFor()
  })
})

describe('notifications', () => {
  test('are counted, opened by keys, marked and removed', async () => {
    await show()
    await page.getByRole('button', { name: words('news.unread', { count: 3 }) }).waitFor()
    await page.keyboard.press('b')
    const sheet = page.getByRole('dialog', { name: words('news.title') })
    await sheet.getByText('Ari can you look').waitFor()
    await sheet
      .getByRole('button', { name: words('news.remove') })
      .nth(1)
      .click()
    const change = { kind: 'remove' }
    await expect.poll(() => called('notifications.change')).toEqual([{ accountId: 'acme', key: '2', change }])
    await sheet.getByText(words('news.unread', { count: 2 })).waitFor()
    await sheet.getByRole('button', { name: words('news.allRead') }).click()
    await expect
      .poll(() => called('notifications.change').at(-1))
      .toEqual({ accountId: 'acme', key: null, change: { kind: 'read' } })
    await page.keyboard.press('Escape')
    await page.keyboard.press('b')
    const newest = sheet.locator('[data-item]').first()
    await newest.waitFor()
    await expect.poll(() => newest.evaluate((item) => item === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Ayu Wulandari' }).waitFor()
  })
})

describe('how the server shows oneself', () => {
  test('is set from the account, and heard from elsewhere', async () => {
    await show()
    await page.getByRole('button', { name: /How acme.example.com shows you: Online/ }).click()
    await picker(words('availability.title', { host: 'acme.example.com' }))
    await page.keyboard.type('busy')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => called('availability.set'))
      .toEqual([{ accountId: 'acme', availability: 'busy', autoOffline: null }])
    await page.getByRole('button', { name: /How acme.example.com shows you: Busy/ }).waitFor()
  })
})

describe('in every size, light and dark, left to right and right to left', () => {
  const byKey = async (key: string, ready: () => Locator): Promise<void> => {
    await page.keyboard.press(key)
    await ready().waitFor()
  }
  const combobox = () => page.getByRole('combobox').first()
  const dialog = () => page.getByRole('dialog')
  test.each([
    ['snoozing', () => byKey('z', combobox)],
    ['assigning', () => byKey('a', combobox)],
    ['labels', () => byKey('l', combobox)],
    ['every command', () => byKey('Control+k', combobox)],
    ['ticked rows', () => byKey('x', () => page.getByRole('toolbar'))],
    ['notifications', () => byKey('b', () => page.getByText('Ari can you look'))],
    ['a filter', () => byKey('f', () => page.getByRole('button', { name: words('filter.show') }))],
    ['what resolving asks', () => asks(dialog)],
    ['a search on the server', () => search(dialog)],
    ['a folder', () => folder()],
  ])('%s: nothing sticks out, and axe has nothing to say', async (_what, act) => {
    await show()
    await page.keyboard.press('j')
    await act()
    await lookEveryWay(page)
  })

  async function asks(sheet: () => Locator): Promise<void> {
    preview.refuse.set('conversation.act', failure('needsAnswers', { fields: 'Reason' }))
    await page.keyboard.press('e')
    await sheet()
      .getByLabel(/^Reason/)
      .waitFor()
  }
  async function search(sheet: () => Locator): Promise<void> {
    await page.keyboard.press('/')
    await page.keyboard.type('tent')
    await page.keyboard.press('Control+Enter')
    await sheet().getByText('Oliver Bennett').waitFor()
  }
  async function folder(): Promise<void> {
    await page
      .getByRole('button', { name: /Acme Outdoor/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Urgent tents', exact: true }).click()
    await page.locator('.row').nth(3).waitFor()
  }
})
