import { describe, expect, test } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { failure } from './canned-world.ts'
import { shownWindow } from './shown-window.ts'

const { show, page, preview, called, open } = shownWindow()

const panel = () => page().getByRole('complementary', { name: words('panel.label') })
const wide = { viewport: { width: 1600, height: 900 } }

describe('the panel about a customer', () => {
  test('stands beside the thread, goes along to the next one, and away by its key', async () => {
    await show(wide)
    await open('Ayu')
    await page().keyboard.press('i')
    await panel().getByText('ayu.wulandari@example.com').waitFor()
    await panel().getByText('Outdoor Plus').waitFor()
    await page().getByRole('row').filter({ hasText: 'Oliver' }).click()
    await panel().getByText(words('panel.blocked')).waitFor()
    await page().keyboard.press('i')
    await panel().waitFor({ state: 'detached' })
  })

  test('lies over a narrow thread, holds the focus, and Escape leads back into the thread', async () => {
    await show({ viewport: { width: 420, height: 800 } })
    await open('Ayu')
    await page()
      .getByRole('button', { name: words('panel.open') })
      .click()
    const title = panel().getByRole('heading', { name: words('panel.title') })
    await expect.poll(() => title.evaluate((e) => e === document.activeElement)).toBe(true)
    await page().keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
    const messages = page().getByRole('group', { name: words('thread.messages') })
    await expect.poll(() => messages.evaluate((e) => e === document.activeElement)).toBe(true)
  })

  test('keeps a note that could not be written, takes it once it can, and asks before removing one', async () => {
    await show(wide)
    await open('Ayu')
    await page().keyboard.press('i')
    const box = panel().getByRole('textbox', { name: words('panel.newNote') })
    await box.fill('Allergic to wool')
    preview().refuse.set('panel.addNote', failure('timeout', { host: 'acme.example.com' }))
    await box.press('Control+Enter')
    await panel().getByRole('alert').waitFor()
    expect(await box.inputValue()).toBe('Allergic to wool')
    await page().keyboard.press('Escape')
    await page().keyboard.press('Escape')
    await page().keyboard.press('i')
    await expect.poll(() => box.inputValue()).toBe('Allergic to wool')
    preview().refuse.clear()
    await box.press('Control+Enter')
    const card = panel().locator('.panel-note').filter({ hasText: 'Allergic' })
    await card.waitFor()
    expect(await box.inputValue()).toBe('')
    await card.getByRole('button', { name: words('panel.removeNote') }).click()
    expect(called('panel.removeNote')).toEqual([])
    await page().keyboard.press('Enter')
    await card.waitFor({ state: 'detached' })
  })

  test('adds and removes who follows along, by keys', async () => {
    await show(wide)
    await open('Ayu')
    await page().keyboard.press('i')
    const people = panel().getByRole('region', { name: words('panel.participants') })
    await people.getByText('Budi Santoso').waitFor()
    await people.getByRole('button', { name: words('panel.change') }).press('Enter')
    await page().keyboard.type('budi')
    await page().keyboard.press('Space')
    await page().getByRole('combobox').fill('nadia')
    await page().keyboard.press('Space')
    await page().keyboard.press('Enter')
    await expect
      .poll(() => called('panel.participants'))
      .toEqual([{ conversationId: 'acme:1', add: ['3'], remove: ['2'] }])
    await people.getByText(/Nadia/).waitFor()
  })

  test('says which parts could not be read, and reads all of it again when asked', async () => {
    await show(wide)
    await open('Priya')
    await page().keyboard.press('i')
    await expect.poll(() => panel().getByText(words('panel.missing')).count()).toBe(2)
    preview().refuse.set('panel.read', failure('offline'))
    await open('Ayu')
    await panel().getByText(words('failure.offline')).waitFor()
    await panel().getByText('ayu.wulandari@example.com').waitFor()
    preview().refuse.clear()
    await panel()
      .getByRole('button', { name: words('act.tryAgain') })
      .click()
    await panel().getByText('Outdoor Plus').waitFor()
  })

  test('says yes or no of what is ticked at the server', async () => {
    await show(wide)
    await open('Priya')
    await page().keyboard.press('i')
    const fact = panel().locator('.panel-fact').filter({ hasText: 'Member' })
    await expect.poll(() => fact.innerText()).toContain(words('yesNo.true'))
  })

  test('leads to what was before', async () => {
    await show(wide)
    await open('Ayu')
    await page().keyboard.press('i')
    const earlier = panel().locator('.panel-earlier').first()
    await earlier.click()
    await expect.poll(() => called('thread.open').length).toBe(2)
  })

  test.each(['light', 'dark'] as const)('axe has nothing to say of it: %s', async (colorScheme) => {
    await show({ ...wide, colorScheme })
    await open('Priya')
    await page().keyboard.press('i')
    await panel().getByText('Outdoor Plus').waitFor()
    expect(await violationsOn(page())).toEqual([])
  })
})

describe('a new conversation', () => {
  const dialog = () => page().getByRole('dialog', { name: words('start.open') })
  const start = () => dialog().getByRole('button', { name: words('start.begin') })

  test('with somebody found: by keys alone, and the text stays when it fails', async () => {
    await show()
    await page().keyboard.press('c')
    const search = dialog().getByPlaceholder(words('start.find'))
    await search.waitFor()
    await expect.poll(() => search.evaluate((e) => e === document.activeElement)).toBe(true)
    await page().keyboard.type('ayu')
    await dialog()
      .getByRole('button', { name: /Ayu Wulandari/ })
      .waitFor()
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('Enter')
    await dialog().getByLabel(words('start.subject')).waitFor()
    await page().keyboard.type('Your tent')
    await dialog().getByLabel(words('start.text')).fill('It is ready.')
    preview().refuse.set('start.begin', failure('timeout', { host: 'acme.example.com' }))
    await page().keyboard.press('Control+Enter')
    await dialog().getByRole('alert').waitFor()
    expect(await dialog().getByLabel(words('start.text')).inputValue()).toBe('It is ready.')
    preview().refuse.clear()
    await page().keyboard.press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    const [first, second] = called('start.begin') as { clientKey: string }[]
    expect(second?.clientKey).toBe(first?.clientKey)
    expect(second).toMatchObject({
      customer: { kind: 'known', key: 'k1' },
      inboxKey: 'i1',
      subject: 'Your tent',
      text: 'It is ready.',
    })
    await page().getByRole('region', { name: 'Priya Raghunathan' }).waitFor()
  })

  test('with somebody new: what was looked for is filled in, what the inbox needs is asked for', async () => {
    await show()
    await page()
      .getByRole('button', { name: words('start.open') })
      .click()
    await dialog().getByPlaceholder(words('start.find')).fill('new@example.com')
    await dialog()
      .getByText(words('start.nobody', { words: 'new@example.com' }))
      .waitFor()
    await dialog()
      .getByRole('button', { name: new RegExp(words('start.new')) })
      .click()
    const email = dialog().getByLabel(words('start.email'))
    expect(await email.inputValue()).toBe('new@example.com')
    await email.fill('')
    await dialog().getByLabel(words('start.text')).fill('Hello')
    await start().click()
    await dialog().getByText(words('start.needsEmail')).waitFor()
    expect(called('start.begin')).toEqual([])
    await dialog().getByLabel(words('start.inbox')).selectOption('i3')
    await dialog().getByLabel(words('start.name')).fill('Noor')
    await start().click()
    await expect
      .poll(() => called('start.begin').at(-1))
      .toMatchObject({ customer: { kind: 'new', name: 'Noor', email: null, phone: null }, inboxKey: 'i3' })
  })

  test('begins with a template where nothing else may begin', async () => {
    await show()
    await page().keyboard.press('c')
    await dialog().getByPlaceholder(words('start.find')).fill('ayu')
    await dialog()
      .getByRole('button', { name: /Ayu Wulandari/ })
      .click()
    await dialog().getByLabel(words('start.inbox')).selectOption('i2')
    await dialog()
      .getByText(words('start.onlyTemplates', { inbox: 'WhatsApp' }))
      .waitFor()
    await dialog()
      .getByRole('button', { name: words('start.pickTemplate') })
      .click()
    expect(
      await dialog()
        .getByRole('button', { name: /summer_video/ })
        .getAttribute('aria-disabled'),
    ).toBe('true')
    await dialog()
      .getByRole('button', { name: /welcome/ })
      .click()
    await dialog()
      .getByRole('button', { name: words('template.use') })
      .click()
    await start().click()
    await expect
      .poll(() => called('start.begin').at(-1))
      .toMatchObject({ template: { key: 't2', values: {} }, text: 'Selamat datang!' })
  })

  test('axe has nothing to say of it', async () => {
    await show()
    await page().keyboard.press('c')
    await dialog().getByPlaceholder(words('start.find')).fill('ayu')
    await dialog()
      .getByRole('button', { name: /Ayu Wulandari/ })
      .waitFor()
    expect(await violationsOn(page())).toEqual([])
    await dialog()
      .getByRole('button', { name: new RegExp(words('start.new')) })
      .click()
    await dialog().getByLabel(words('start.text')).waitFor()
    expect(await violationsOn(page())).toEqual([])
  })
})
