import { describe, expect, test } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { change } from './canned-answers.ts'
import { workOf } from './canned-work.ts'
import { failure } from './canned-world.ts'
import { shownWindow } from './shown-window.ts'

const { show, page, preview, called, open } = shownWindow()

const box = (name: string) => page().getByRole('textbox', { name: words('compose.to', { name }) })
const noteBox = (name: string) => page().getByRole('textbox', { name: words('compose.noteAbout', { name }) })
const send = (label: 'act.send' | 'compose.addNote' = 'act.send') =>
  page().getByRole('button', { name: words(label), exact: true })

describe('replies and notes', () => {
  test('are two drafts, changed between by key, and each is kept and comes back', async () => {
    await show()
    await open('Ayu')
    await page().keyboard.press('r')
    await box('Ayu Wulandari').fill('To Ayu')
    await page().keyboard.press('Escape')
    await page().keyboard.press('n')
    await expect.poll(() => noteBox('Ayu Wulandari').evaluate((e) => e === document.activeElement)).toBe(true)
    await page().keyboard.type('Among us')
    await expect
      .poll(() => [...workOf(preview().world).drafts].map(([at, draft]) => [at, draft.text]))
      .toEqual([
        ['reply acme:1', 'To Ayu'],
        ['note acme:1', 'Among us'],
      ])
    await open('Dewi')
    await open('Ayu')
    await expect.poll(() => box('Ayu Wulandari').inputValue()).toBe('To Ayu')
    await page()
      .getByRole('tab', { name: words('compose.note') })
      .click()
    await expect.poll(() => noteBox('Ayu Wulandari').inputValue()).toBe('Among us')
    await page().keyboard.press('Control+Enter')
    await expect.poll(() => called('reply.send').at(-1)).toMatchObject({ isNote: true, text: 'Among us' })
    await expect.poll(() => noteBox('Ayu Wulandari').inputValue()).toBe('')
    await page()
      .getByRole('tab', { name: words('compose.reply') })
      .click()
    expect(await box('Ayu Wulandari').inputValue()).toBe('To Ayu')
  })

  test('call colleagues by name: picked with the keys, told with the note, forgotten when taken out', async () => {
    await show()
    await open('Ayu')
    await page().keyboard.press('n')
    await noteBox('Ayu Wulandari').pressSequentially('Ask @b')
    await page()
      .getByRole('option', { name: /Budi Santoso/ })
      .waitFor()
    await page().keyboard.press('Enter')
    await expect.poll(() => noteBox('Ayu Wulandari').inputValue()).toBe('Ask @Budi Santoso ')
    await page().keyboard.type('and @')
    await page().keyboard.press('Escape')
    expect(await page().getByRole('option').count()).toBe(0)
    await page().keyboard.press('Control+Enter')
    await expect
      .poll(() => called('reply.send').at(-1))
      .toMatchObject({ mentions: [{ kind: 'agent', key: '2', name: 'Budi Santoso' }] })
  })

  test('take ready-made words, the best code first, without leaving the keys', async () => {
    await show()
    await open('Ayu')
    await page().keyboard.press('r')
    await box('Ayu Wulandari').pressSequentially('Hi /refund')
    await expect.poll(() => page().locator('.offer-title').allInnerTexts()).toEqual(['/refund', '/no-refund'])
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('ArrowUp')
    await page().keyboard.press('Tab')
    await expect.poll(() => box('Ayu Wulandari').inputValue()).toMatch(/^Hi Your refund is on its way/)
    await page()
      .getByRole('button', { name: words('compose.signature') })
      .click()
    expect(await box('Ayu Wulandari').inputValue()).toContain('\n\nAri Lestari')
    expect(
      await page()
        .getByRole('button', { name: words('compose.signature') })
        .count(),
    ).toBe(0)
  })

  test('answer a message: chosen by key, seen above the words, let go again', async () => {
    await show()
    await open('Ayu')
    const log = page().getByRole('group', { name: words('thread.messages') })
    await log.focus()
    await log.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await expect
      .poll(async () => {
        await page().keyboard.press('ArrowUp')
        return page().evaluate(() => document.activeElement?.textContent)
      })
      .toContain('torn zip, see')
    await page().keyboard.press('Enter')
    await page()
      .getByRole('menuitem', { name: words('message.reply') })
      .press('Enter')
    await page().locator('.quoting').filter({ hasText: 'torn zip' }).waitFor()
    await box('Ayu Wulandari').fill('Which one?')
    await page().keyboard.press('Control+Enter')
    await expect.poll(() => (called('reply.send').at(-1) as { replyTo: string }).replyTo).toMatch(/^acme:1\//)
    await expect.poll(() => page().locator('.quoting').count()).toBe(0)
  })

  test('are counted against what the channel takes', async () => {
    await show()
    await open('Oliver')
    await box('Oliver Bennett').fill('x'.repeat(150))
    await page()
      .getByText(words('compose.left', { count: 10 }))
      .waitFor()
    await box('Oliver Bennett').fill('x'.repeat(162))
    await page()
      .getByText(words('compose.tooLong', { count: 2 }))
      .waitFor()
    expect(await send().isDisabled()).toBe(true)
  })

  test('tell that somebody writes, once, and that they stopped', async () => {
    await show()
    await open('Ayu')
    await box('Ayu Wulandari').pressSequentially('Hello')
    await page().keyboard.press('Control+Enter')
    await expect
      .poll(() => called('typing.tell').map((each) => (each as { isTyping: boolean }).isTyping))
      .toEqual([true, false])
  })

  test('tell again every few seconds while the keys come', async () => {
    await show()
    await page().clock.install()
    await open('Ayu')
    for (const letter of 'slow hand') {
      await box('Ayu Wulandari').press(letter === ' ' ? 'Space' : letter)
      await page().clock.runFor(1000)
    }
    expect(called('typing.tell').map((each) => (each as { isTyping: boolean }).isTyping)).toEqual([
      true,
      true,
    ])
    await page().clock.runFor(5000)
    await expect.poll(() => (called('typing.tell').at(-1) as { isTyping: boolean }).isTyping).toBe(false)
  })
})

describe('files', () => {
  const two = [
    { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2_000_000, 1) },
    { name: 'b.png', mimeType: 'image/png', buffer: Buffer.alloc(1000, 2) },
  ]

  test('are kept in pieces, survive a fresh page, and go with the reply', async () => {
    await show()
    await open('Oliver')
    await page().locator('input[type="file"]').setInputFiles(two)
    await page().getByText(words('files.oneEach')).waitFor()
    await expect.poll(() => page().locator('[data-copy="done"]').count()).toBe(2)
    const pieces = called('file.append') as { offset: number; base64: string }[]
    expect(pieces.map((piece) => piece.offset)).toEqual([0, 921_600, 1_843_200, 0])
    expect(Math.max(...pieces.map((piece) => piece.base64.length))).toBeLessThanOrEqual(1_400_000)
    expect([...workOf(preview().world).files.values()].map((file) => file.receivedBytes)).toEqual([
      2_000_000, 1000,
    ])
    await page().reload()
    await page().locator('.row').first().waitFor()
    await open('Oliver')
    await page().getByText('a.pdf').waitFor()
    await page()
      .getByRole('button', { name: words('files.drop', { name: 'b.png' }) })
      .click()
    await box('Oliver Bennett').fill('Here it is')
    await box('Oliver Bennett').press('Control+Enter')
    await expect.poll(() => (called('reply.send').at(-1) as { files: string[] }).files.length).toBe(1)
    await expect.poll(() => page().locator('.held-file').count()).toBe(0)
  })

  test('pasted or dropped on the thread are attached as well', async () => {
    await show()
    await open('Ayu')
    const files = await page().evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['picture'], 'zip.png', { type: 'image/png' }))
      return transfer
    })
    await page().locator('.messages-scroll').dispatchEvent('dragenter', { dataTransfer: files })
    await page().getByText(words('compose.drop')).waitFor()
    await page().locator('.messages-scroll').dispatchEvent('drop', { dataTransfer: files })
    await page().getByText('zip.png').waitFor()
    await box('Ayu Wulandari').evaluate((element) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File(['picture'], 'pasted.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await page().getByText('pasted.png').waitFor()
    // Files alone are a message, too.
    await expect.poll(() => send().isEnabled()).toBe(true)
  })

  test('too large are named with what can be sent, and keep nothing else from going', async () => {
    await show()
    preview().refuse.set('file.begin', failure('fileTooLarge', { name: 'a.pdf', most: '40 MB' }))
    await open('Ayu')
    await page().locator('input[type="file"]').setInputFiles(two.slice(0, 1))
    await page()
      .getByText(words('failure.fileTooLarge', { name: 'a.pdf', most: '40 MB' }))
      .waitFor()
    await box('Ayu Wulandari').fill('Without it then')
    expect(await send().isDisabled()).toBe(true)
    await page()
      .getByRole('button', { name: words('files.drop', { name: 'a.pdf' }) })
      .click()
    await expect.poll(() => send().isEnabled()).toBe(true)
  })
})

describe('a mail', () => {
  test('goes on being read by whoever read along, and names an address that is none', async () => {
    await show()
    await open('Konstantinos')
    const cc = page().getByLabel(words('mailLine.cc'), { exact: true })
    await expect.poll(() => cc.inputValue()).toBe('accounting@example.com')
    await cc.fill('accounting@example.com, boss@')
    const name = 'Konstantinos Papadopoulos-Theodorakopoulos von Hohenstein'
    await box(name).fill('Done.')
    await box(name).press('Control+Enter')
    await page()
      .getByRole('alert')
      .filter({ hasText: words('failure.badEmail', { email: 'boss@' }) })
      .waitFor()
    expect(called('reply.send')).toEqual([])
    await cc.fill('boss@example.com')
    await cc.press('Control+Enter')
    await expect.poll(() => called('reply.send').at(-1)).toMatchObject({ cc: ['boss@example.com'], bcc: [] })
  })
})

describe('a reply window', () => {
  test('says how long it is open; once it is over a template or a note can still be written', async () => {
    await show()
    const name = 'أحمد المنصوري'
    await open(name)
    await page()
      .getByText(words('window.hours', { count: 2 }))
      .waitFor()
    await box(name).fill('Almost there')
    change(preview(), 'acme:2', { replyUntil: Date.now() - 120_000 })
    await page().getByText(words('compose.closedTemplate')).waitFor()
    expect(await page().getByLabel(words('compose.stuck')).inputValue()).toBe('Almost there')
    await page()
      .getByRole('button', { name: words('compose.template') })
      .click()
    await page().getByLabel(words('template.find')).press('ArrowDown')
    const shipped = page().getByRole('button', { name: /order_shipped/ })
    expect(await shipped.evaluate((row) => row === document.activeElement)).toBe(true)
    await page().keyboard.press('ArrowUp')
    await page().keyboard.type('shipped')
    await page().keyboard.press('Enter')
    const open1 = page().getByLabel(words('template.blank', { key: 'order' }))
    await open1.fill('88412')
    await page()
      .getByLabel(words('template.blank', { key: '1' }))
      .fill('Ahmad')
    await page().getByText('Order 88412').waitFor()
    await page()
      .getByLabel(words('template.blank', { key: '2' }))
      .fill('Friday')
    preview().refuse.set('reply.send', failure('diskFull'))
    const dialog = page().getByRole('dialog')
    await dialog.getByRole('button', { name: words('template.send') }).click()
    await dialog.getByText(words('failure.diskFull'), { exact: false }).waitFor()
    expect(await open1.inputValue()).toBe('88412')
    preview().refuse.clear()
    await dialog.getByRole('button', { name: words('template.send') }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(called('reply.send').at(-1)).toMatchObject({
      text: 'Order 88412\n\nHello Ahmad, your parcel left today and arrives on Friday.\n\nAcme Outdoor',
      template: { key: 't1', values: { order: '88412', '1': 'Ahmad', '2': 'Friday' } },
    })
    await page()
      .getByRole('button', { name: words('compose.writeNote') })
      .click()
    await expect.poll(() => noteBox(name).evaluate((e) => e === document.activeElement)).toBe(true)
  })
})

describe('a message', () => {
  test('is deleted only after saying that nothing is recalled', async () => {
    await show()
    await open('Priya')
    await page().locator('[data-message]').first().click({ button: 'right' })
    await page()
      .getByRole('menuitem', { name: words('message.delete') })
      .click()
    const dialog = page().getByRole('dialog')
    await dialog.getByText(words('message.deleteWords', { name: 'Priya Raghunathan' })).waitFor()
    expect(called('message.delete')).toEqual([])
    await dialog.getByRole('button', { name: words('message.delete') }).click()
    await expect.poll(() => called('message.delete').length).toBe(1)
  })

  test('that failed is delivered again, after saying what is lost', async () => {
    await show()
    await open('Priya')
    await page()
      .locator('.delivery')
      .getByRole('button', { name: words('message.retry') })
      .click()
    await page().getByRole('dialog').getByText(words('message.retryWords')).waitFor()
    await page()
      .getByRole('dialog')
      .getByRole('button', { name: words('message.retry') })
      .click()
    await expect.poll(() => called('message.retry').length).toBe(1)
  })

  test('leads to the one it answers, and gives the focus back when its menu closes', async () => {
    await show()
    await open('Priya')
    await page().locator('.quoted').last().click()
    const first = page().locator('[data-message]').first()
    await expect.poll(() => first.evaluate((e) => e === document.activeElement)).toBe(true)
    await page().keyboard.press('Enter')
    await page().getByRole('menu').waitFor()
    await page().keyboard.press('Escape')
    await expect.poll(() => first.evaluate((e) => e === document.activeElement)).toBe(true)
    await page()
      .getByRole('img', { name: words('rating.stars', { stars: 4 }) })
      .waitFor()
    await page().locator('.called', { hasText: '@Returns' }).waitFor()
  })
})

test.each([
  [
    'a note that calls somebody',
    'Priya',
    async () => {
      await page().keyboard.press('n')
      await noteBox('Priya Raghunathan').pressSequentially('@')
      await page().getByRole('option').first().waitFor()
    },
  ],
  [
    'a message and its menu',
    'Priya',
    async () => {
      await page().locator('[data-message]').first().click({ button: 'right' })
      await page().getByRole('menu').waitFor()
    },
  ],
  [
    'a mail with its copies',
    'Konstantinos',
    async () => {
      await page()
        .getByRole('button', { name: words('mailLine.bcc') })
        .click()
    },
  ],
  [
    'files and too many words',
    'Oliver',
    async () => {
      await page()
        .locator('input[type="file"]')
        .setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') }])
      await box('Oliver Bennett').fill('x'.repeat(170))
    },
  ],
])('axe has nothing to say of %s, light and dark', async (_, name, act) => {
  await show()
  await open(name)
  await act()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violationsOn(page()), colorScheme).toEqual([])
  }
})

describe('a message nobody signed', () => {
  test('goes by what sent it', async () => {
    await show()
    await open('Priya')
    const run = page().locator('.run').filter({ hasText: 'How did we do?' })
    expect(await run.locator('.run-head').innerText()).toMatch(new RegExp(`^${words('thread.bot')}\\s+\\d`))
  })
})
