import { describe, expect, test } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { canLittle } from './canned-world.ts'
import { lookEveryWay } from './looks.ts'
import { shownWindow } from './shown-window.ts'

const { show, page, preview, called, open } = shownWindow()

type Kind = keyof typeof canLittle
/** The desk with its accounts as systems that can this much. */
async function showWith(acme: Kind, kopi: Kind = acme): Promise<void> {
  const { facts } = preview().world
  facts.accounts = facts.accounts.map((account) => ({
    ...account,
    ...canLittle[account.id === 'acme' ? acme : kopi],
  }))
  await show()
}
const button = (name: string) => page().getByRole('button', { name, exact: true })
const head = () => page().locator('.thread-acts')
const dialog = () => page().getByRole('dialog')
const helped = async (): Promise<string[]> => {
  await page().keyboard.press('?')
  await dialog().locator('dt').first().waitFor()
  const lines = await dialog().locator('dt').allTextContents()
  await page().keyboard.press('Escape')
  return lines
}
const actions = () =>
  (called('conversation.act') as { action: { kind: string } }[])
    .map(({ action }) => action)
    .filter(({ kind }) => kind !== 'markRead')

describe('what can be done is called what it is', () => {
  test.each([
    ['closer', 'act.close', 'toast.close'],
    ['customer', 'act.resolveSeen', 'toast.resolveSeen'],
    ['local', 'act.resolveHere', 'toast.resolveHere'],
  ] as const)('%s: on the button and in the toast', async (kind, act, toast) => {
    await showWith(kind)
    await open('Ayu Wulandari')
    await head()
      .getByRole('button', { name: words(act) })
      .click()
    await page()
      .getByText(words(toast, { name: 'Ayu Wulandari' }))
      .waitFor()
    expect(actions()).toEqual([{ kind: 'resolve', answers: {} }])
    // Only where it can be undone is there a way back; where only they can, that is said.
    const hasBack = await button(words('act.reopen')).first().isVisible()
    expect(hasBack).toBe(kind !== 'customer')
    expect(await page().getByText(words('toast.onlyTheyReopen')).count()).toBe(kind === 'customer' ? 1 : 0)
  })

  test('several that call it differently get a word that is true of all', async () => {
    await showWith('closer', 'customer')
    await page().keyboard.press('4')
    await page().getByRole('row').nth(1).waitFor()
    await page().keyboard.press('Control+a')
    const bar = page().getByRole('toolbar', { name: words('bulk.label') })
    await bar.getByRole('button', { name: words('act.done'), exact: true }).waitFor()
    expect(await bar.getByRole('button', { name: words('act.snoozeHere') }).count()).toBe(1)
    expect(await bar.getByRole('button', { name: words('act.label') }).count()).toBe(0)
    expect(await bar.getByRole('button', { name: words('act.prioritise') }).count()).toBe(0)
  })

  test('what is done on this computer only can be opened again, whatever the server can', async () => {
    const { rows } = preview().world
    const index = rows.findIndex(({ id }) => id === 'acme:1')
    const row = rows[index]
    if (row !== undefined) rows[index] = { ...row, status: { kind: 'done' }, isLocal: true }
    await showWith('customer')
    await page().keyboard.press('7')
    await page().getByRole('row').filter({ hasText: 'Ayu Wulandari' }).first().click()
    await head()
      .getByRole('button', { name: words('act.reopen') })
      .click()
    await expect.poll(actions).toEqual([{ kind: 'reopen' }])
  })
})

describe('closing with answers', () => {
  test('is offered where something may be filled in, and sends what was', async () => {
    await showWith('asker')
    await open('Ayu Wulandari')
    await page().keyboard.press('Control+Shift+E')
    await dialog()
      .getByRole('heading', { name: `${words('act.close')}: Ayu Wulandari` })
      .waitFor()
    await dialog()
      .getByLabel(/^Reason/)
      .waitFor()
    await dialog()
      .getByLabel(/^Reason/)
      .selectOption('Refund')
    await dialog()
      .getByLabel(/^Order number/)
      .fill('12')
    await dialog()
      .getByLabel(/^Tracking page/)
      .fill('https://example.com/t/1')
    await dialog()
      .getByLabel(/^What was done/)
      .fill('Refunded')
    await dialog()
      .getByRole('button', { name: words('act.close'), exact: true })
      .click()
    await expect.poll(actions).toMatchObject([{ kind: 'resolve', answers: { reason: 'Refund' } }])
  })

  test('is absent where nothing may be', async () => {
    await showWith('closer')
    await open('Ayu Wulandari')
    await page().keyboard.press('Control+Shift+E')
    expect(await dialog().count()).toBe(0)
    expect(await helped()).not.toContain(words('with.close'))
  })
})

describe('what a system cannot do is not there', () => {
  test('words, assigning and closing: nothing else', async () => {
    await showWith('closer')
    await open('Ayu Wulandari')
    const shown = [await head().getByRole('button').count(), await page().getByRole('tab').count()]
    for (const word of ['panel.open', 'act.label', 'compose.attach', 'links.attach'] as const)
      expect(await button(words(word)).count(), word).toBe(0)
    expect(shown).toEqual([4, 0])
    for (const word of ['command.filter', 'start.open', 'news.title'] as const)
      expect(await button(words(word)).count(), word).toBe(0)
    const keys = await helped()
    expect(keys).toContain(words('command.close'))
    expect(keys).toContain(words('act.assign'))
    for (const word of [
      'act.macro',
      'act.label',
      'act.prioritise',
      'act.pend',
      'command.note',
      'panel.open',
      'command.filter',
      'command.notifications',
      'start.open',
    ] as const)
      expect(keys, word).not.toContain(words(word))
  })

  test('as the customer: no assigning, nobody it could be assigned to, and nobody to choose', async () => {
    await showWith('customer')
    await open('Priya Raghunathan')
    await open('שרה לוי')
    expect(await page().locator('.thread-assignee').count()).toBe(0)
    for (const view of ['mine', 'unassigned', 'pending'] as const)
      expect(
        await page()
          .locator('.sidebar')
          .getByText(words(`view.${view}`))
          .count(),
        view,
      ).toBe(0)
    expect(await helped()).not.toContain(words('act.assign'))
    await page().keyboard.press('Escape')
    await button(words('start.open')).click()
    await dialog().getByText(words('start.own')).waitFor()
    expect(await dialog().getByText(words('start.who')).count()).toBe(0)
    await dialog().getByLabel(words('start.text')).fill('My parcel is lost.')
    await dialog()
      .getByRole('button', { name: words('start.begin') })
      .click()
    await expect
      .poll(() => called('start.begin'))
      .toMatchObject([{ customer: { kind: 'own' }, text: 'My parcel is lost.' }])
  })
})

describe('writing', () => {
  test('a file goes along by its address, once that is one', async () => {
    await showWith('asker')
    await open('Ayu Wulandari')
    await button(words('links.attach')).click()
    const address = page().getByLabel(words('links.address'))
    await address.fill('http://files.example.com/price.pdf')
    await page().keyboard.press('Enter')
    await page().getByText(words('links.needsHttps')).waitFor()
    await address.fill('https://files.example.com/price.pdf')
    await page().keyboard.press('Enter')
    await page()
      .getByRole('list', { name: words('links.label') })
      .getByText('price.pdf')
      .waitFor()
    await button(words('act.send')).click()
    await expect
      .poll(() => called('reply.send'))
      .toMatchObject([{ text: '', files: [], links: ['https://files.example.com/price.pdf'] }])
    await page()
      .getByRole('list', { name: words('links.label') })
      .waitFor({ state: 'detached' })
  })

  test('what the server would take for its own is said, and can be sent', async () => {
    await showWith('asker')
    await open('Ayu Wulandari')
    await page().locator('.composer-text').fill('Hello {{name}}')
    await page()
      .getByText(words('compose.placeholder', { sign: '{{', host: 'acme.example.com' }))
      .waitFor()
    expect(await button(words('act.send')).isEnabled()).toBe(true)
    await page()
      .getByRole('tab', { name: words('compose.note') })
      .click()
    await page()
      .getByText(words('compose.noteEcho', { host: 'acme.example.com' }))
      .waitFor()
  })
})

describe('a part that breaks', () => {
  test('leaves the rest standing, keeps the draft, and comes back', async () => {
    await show()
    await open('Ayu Wulandari')
    await page().locator('.composer-text').fill('Half a thought')
    const { rows } = preview().world
    const row = rows.find(({ id }) => id === 'acme:1')
    if (row === undefined) throw new Error('no row')
    // No engine tells such a row: it stands for whatever a screen cannot bear.
    const broken = { ...row, inbox: null } as unknown as typeof row
    const say = (one: typeof row) => {
      const { counts } = preview().world.facts
      const payload = { revision: ++preview().world.revision, upserted: [one], removed: [], counts }
      preview().tell({ name: 'inbox.changed', payload })
    }
    say(broken)
    await page().getByText(words('window.partBroken')).first().waitFor()
    await page().locator('.sidebar').getByText(words('view.done')).waitFor()
    await expect.poll(() => called('draft.keep').at(-1)).toMatchObject({ draft: { text: 'Half a thought' } })
    await page()
      .getByRole('button', { name: words('window.reload') })
      .first()
      .click()
    await page().getByText(words('window.partBroken')).first().waitFor({ state: 'detached' })
    await page().getByRole('row').first().waitFor()
    await open('Ayu Wulandari')
    await expect.poll(() => page().locator('.composer-text').inputValue()).toBe('Half a thought')
  })

  test('behind a key is told, and the window stays', async () => {
    await show()
    await page().evaluate(() => setTimeout(() => Promise.reject(new Error('planted'))))
    await page().getByText(words('failure.internal')).waitFor()
    await page().getByRole('row').first().waitFor()
  })
})

test('an account is renamed, and signed in to again before it has to be', async () => {
  await show()
  await button(words('account.details', { name: 'Acme Outdoor' })).click()
  await dialog().getByLabel(words('account.name')).fill('Outdoor, evenings')
  await page().keyboard.press('Enter')
  await expect
    .poll(() => called('accounts.rename'))
    .toEqual([{ accountId: 'acme', name: 'Outdoor, evenings' }])
  await dialog()
    .getByRole('button', { name: words('account.unlock') })
    .click()
  await dialog()
    .getByRole('heading', { name: words('account.unlockTitle', { name: 'Acme Outdoor' }) })
    .waitFor()
})

test('rows of several systems say which, and nothing sticks out', async () => {
  await showWith('closer', 'customer')
  const marks = await page().locator('.row .system-mark').allTextContents()
  expect(new Set(marks)).toEqual(new Set(['Wa', 'Ch']))
  await open('Ayu Wulandari')
  await lookEveryWay(page())
})
