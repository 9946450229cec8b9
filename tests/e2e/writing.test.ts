import { readFileSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, doneAt, isOn, soon, stage, type Actors } from '../support/stage.ts'

/** Notes, ready-made replies, templates, files, answers to one message, copies: by keys and by mouse. */
describe.each(shells)('what an agent writes, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let vera = 0
  let phone = 0

  beforeAll(async () => {
    server = await on.server()
    vera = server.scenario.customerWrites({
      name: 'Vera Novak',
      text: 'Do you have it in blue?',
    }).conversation
    phone = server.scenario.customerWrites({
      name: 'Aiko Mori',
      text: 'Is it ready?',
      inbox: whatsapp,
    }).conversation
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    for (const name of ['Vera Novak', 'Aiko Mori', 'Ines Duarte', 'Bram de Wit'])
      await actors.see.row(name).waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('a note calls a colleague by keys and a team by mouse, and only the team sees it', async () => {
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('n')
    await isOn(noteBox('Ines Duarte'))
    await app.page.keyboard.type('Ask @ad')
    await see.option('@Ada Brook').waitFor()
    await app.page.keyboard.press('Enter')
    await app.page.keyboard.type('about the parcel')
    await app.page.keyboard.press('Control+Enter')
    await soon(() => last(ines)).toMatchObject({
      private: true,
      content: expect.stringMatching(/^Ask \[@Ada Brook\]\(mention:\/\/user\/12\/[^)]+\) about the parcel$/),
    })
    await see.message('Ask @Ada Brook about the parcel').waitFor()

    await see
      .thread('Ines Duarte')
      .getByRole('tab', { name: say('compose.note') })
      .click()
    await see.button(say('compose.mention')).click()
    await see.option('@returns').click()
    await app.page.keyboard.type('please look')
    await see.button(say('compose.addNote')).click()
    await soon(() => last(ines)).toMatchObject({
      private: true,
      content: expect.stringMatching(/^\[@returns\]\(mention:\/\/team\/11\/returns\) please look$/),
    })
    await see.message('@returns please look').waitFor()
    expect(written(ines)).toHaveLength(2)
  })

  test('a ready-made reply is found at a slash and by its button, and its blanks are filled once', async () => {
    const { app, see } = actors
    await see.select('Vera Novak')
    await app.page.keyboard.press('r')
    await isOn(see.composer('Vera Novak'))
    await app.page.keyboard.type('/ship')
    await see.option('/ship_abroad').waitFor()
    await app.page.keyboard.press('ArrowDown')
    await app.page.keyboard.press('Enter')
    const [first, second] = [await see.composer('Vera Novak').inputValue(), 'We send lamps to every island']
    expect(first.startsWith('Your lamp leaves us') || first.startsWith(second)).toBe(true)
    await app.page.keyboard.press('Control+Enter')
    await soon(() => last(vera)?.content).toBe(first)

    await see.button(say('compose.canned')).click()
    await see.option('/hello').click()
    await send('Vera Novak')
    const greeting = 'Hello Vera, this is Nilo Verano at the lamp shop.'
    await soon(() => last(vera)?.content).toBe(greeting)
    await see.message(greeting).waitFor()
    await soon(() => see.composer('Vera Novak').inputValue()).toBe('')
    expect(written(vera)).toHaveLength(2)
  })

  test('where the time for a free answer is over, a template goes out with its blanks filled, or a note is left', async () => {
    const { app, see } = actors
    const bram = 2
    await see.row('Bram de Wit').click()
    await see
      .thread('Bram de Wit')
      .getByText(say('compose.closed', { inbox: 'WhatsApp' }))
      .waitFor()
    expect(await see.composer('Bram de Wit').count()).toBe(0)
    await see
      .thread('Bram de Wit')
      .getByRole('button', { name: say('compose.template') })
      .first()
      .click()
    const sheet = see.sheet(say('template.title'))
    await sheet.getByRole('button', { name: 'lamp_ready' }).click()
    const blanks = () => sheet.getByRole('textbox').all()
    await soon(async () => (await blanks()).length).toBeGreaterThanOrEqual(2)
    const boxes = await blanks()
    for (const [index, box] of boxes.entries()) await box.fill(['Bram', 'L-7', 'today'][index] ?? '')
    await sheet.getByText('Hello Bram, your lamp from order L-7', { exact: false }).first().waitFor()
    await sheet.getByRole('button', { name: say('template.send') }).click()
    await sheet.waitFor({ state: 'detached' })
    await soon(() => last(bram)?.content).toContain('Hello Bram, your lamp from order L-7 is repaired')
    expect(written(bram)).toHaveLength(1)

    // By keys alone: the find field has the focus, arrows lead into the list, Enter sends.
    await see
      .thread('Bram de Wit')
      .getByRole('button', { name: say('compose.template') })
      .first()
      .focus()
    await app.page.keyboard.press('Enter')
    await isOn(sheet.getByLabel(say('template.find')))
    await app.page.keyboard.type('ready')
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.press('Enter')
    for (const words of ['Bram', 'L-8', 'today'].slice(0, boxes.length)) {
      await app.page.keyboard.type(words)
      await app.page.keyboard.press('Tab')
    }
    await sheet.getByText('order L-8', { exact: false }).first().waitFor()
    await sheet.getByRole('textbox').first().focus()
    await app.page.keyboard.press('Enter')
    await soon(() => last(bram)?.content).toContain('order L-8')
    expect(written(bram)).toHaveLength(2)

    await see
      .thread('Bram de Wit')
      .getByRole('button', { name: say('compose.writeNote') })
      .click()
    await isOn(noteBox('Bram de Wit'))
    await app.page.keyboard.type('He wants it by Friday.')
    await app.page.keyboard.press('Control+Enter')
    await soon(() => last(bram)).toMatchObject({ private: true, content: 'He wants it by Friday.' })
  })

  test('files go up whole, from the chooser and from the clipboard', async () => {
    const { app, see } = actors
    await see.row('Vera Novak').click()
    await see.composer('Vera Novak').waitFor()
    const chooser = app.page.waitForEvent('filechooser')
    await see.button(say('compose.attach')).click()
    await (
      await chooser
    ).setFiles({ name: 'plan.bin', mimeType: 'application/octet-stream', buffer: largeFile })
    await see.thread('Vera Novak').getByText('plan.bin').first().waitFor()
    await see.composer('Vera Novak').fill('Here is the plan.')
    await send('Vera Novak')
    await soon(() => last(vera)?.content).toBe('Here is the plan.')
    await isWhole(largeFile)

    await see.composer('Vera Novak').focus()
    await app.page.evaluate(pasteFile, { name: 'blue.txt', text: 'A blue lamp.' })
    await see
      .thread('Vera Novak')
      .getByRole('button', { name: say('files.drop', { name: 'blue.txt' }) })
      .waitFor()
    const button = see.thread('Vera Novak').getByRole('button', { name: say('act.send'), exact: true })
    await soon(() => button.isEnabled()).toBe(true)
    const before = written(vera).length
    await app.page.keyboard.press('Control+Enter')
    await soon(() => written(vera).length).toBe(before + 1)
    await isWhole(Buffer.from('A blue lamp.'))
    await soon(() => see.messages().getByText('blue.txt').count()).toBe(1)

    async function isWhole(bytes: Buffer): Promise<void> {
      const [attached] = last(vera)?.attachments ?? []
      expect(attached?.file_size).toBe(bytes.length)
      const stored = await fetch(attached?.data_url ?? '')
      expect(Buffer.compare(Buffer.from(await stored.arrayBuffer()), bytes)).toBe(0)
    }
  })

  test('a file that came is saved as it was sent', async () => {
    const { app, see } = actors
    server.scenario.customerWrites({ conversation: vera, text: 'My letter', file: 'paper' })
    await see.row('Vera Novak').click()
    await see.button(say('command.refresh')).click()
    const card = see.messages().getByRole('link', { name: 'letter.pdf' })
    await card.waitFor()
    const [sent] = atServer(server, vera).messages.at(-1)?.attachments ?? []
    const original = Buffer.from(await (await fetch(sent?.data_url ?? '')).arrayBuffer())
    expect(await card.getAttribute('download')).toBe('letter.pdf')
    expect(Buffer.compare(await saved(), original)).toBe(0)

    /** The stand-in serves its page by interception, which a browser lets nothing be downloaded through. */
    async function saved(): Promise<Buffer> {
      if (shell === 'electron') {
        const bytes = await card.evaluate(async (link) => [
          ...new Uint8Array(await (await fetch((link as HTMLAnchorElement).href)).arrayBuffer()),
        ])
        return Buffer.from(bytes)
      }
      const download = app.page.waitForEvent('download')
      await card.click()
      return readFileSync(await (await download).path())
    }
  })

  test('an answer to one message says which, from the keys and from its menu', async () => {
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('Enter')
    await see.message('Any news?').waitFor()
    const answered = atServer(server, ines).messages.find(({ content }) => content === 'Any news?')
    await app.page.keyboard.press('ArrowUp')
    for (let step = 0; step < 12 && !(await focusHolds('Any news?')); step++)
      await app.page.keyboard.press('ArrowUp')
    await app.page.keyboard.press('Enter')
    await see.sheet(say('message.menu')).waitFor()
    await app.page.keyboard.press('Enter')
    await isOn(see.composer('Ines Duarte'))
    await see
      .thread('Ines Duarte')
      .getByText(say('quote.answers', { name: 'Ines Duarte' }))
      .waitFor()
    await app.page.keyboard.type('There is, tomorrow at ten.')
    await app.page.keyboard.press('Control+Enter')
    await soon(() => last(ines)).toMatchObject({
      content: 'There is, tomorrow at ten.',
      content_attributes: { in_reply_to: answered?.id },
    })

    await menuOf('I have guests tonight 😅')
    await see
      .sheet(say('message.menu'))
      .getByRole('menuitem', { name: say('message.reply') })
      .click()
    await see.button(say('quote.drop')).click()
    await menuOf('I have guests tonight 😅')
    await see
      .sheet(say('message.menu'))
      .getByRole('menuitem', { name: say('message.reply') })
      .click()
    await see.composer('Ines Duarte').fill('They will have light.')
    await send('Ines Duarte')
    await soon(() => last(ines)?.content).toBe('They will have light.')
    const guests = atServer(server, ines).messages.find(
      ({ content }) => content === 'I have guests tonight 😅',
    )
    expect(last(ines)?.content_attributes['in_reply_to']).toBe(guests?.id)
    await see.messages().locator('.quoted').last().waitFor()
  })

  test('an answer by mail goes to those in copy too, and an address that is none keeps it here', async () => {
    const { app, see } = actors
    const tomas = 3
    await see.row('Tomas Okoro').first().click()
    await see.composer('Tomas Okoro').fill('A new shade is on its way.')
    await see
      .thread('Tomas Okoro')
      .getByLabel(say('mailLine.cc'), { exact: true })
      .fill('shop@example.com, nobody')
    await see.button(say('mailLine.bcc')).click()
    await app.page.keyboard.type('ada@example.com')
    await app.page.keyboard.press('Control+Enter')
    await see
      .thread('Tomas Okoro')
      .getByText(say('failure.badEmail', { email: 'nobody' }))
      .waitFor()
    expect(written(tomas)).toHaveLength(0)

    await see.thread('Tomas Okoro').getByLabel(say('mailLine.cc'), { exact: true }).fill('shop@example.com')
    await send('Tomas Okoro')
    await soon(() => last(tomas)).toMatchObject({
      content: 'A new shade is on its way.',
      content_attributes: { cc_emails: ['shop@example.com'], bcc_emails: ['ada@example.com'] },
    })
    expect(written(tomas)).toHaveLength(1)
  })

  test('a message is deleted only after a yes, by mouse and by keys', async () => {
    const { app, see } = actors
    await see.row('Vera Novak').click()
    await see.composer('Vera Novak').fill('Meant for somebody else.')
    await send('Vera Novak')
    await soon(() => last(vera)?.content).toBe('Meant for somebody else.')
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    const wrong = last(vera)?.id ?? 0
    const asked = see.sheet(say('message.deleteTitle'))
    await menuOf('Meant for somebody else.')
    await see
      .sheet(say('message.menu'))
      .getByRole('menuitem', { name: say('message.delete') })
      .click()
    await asked.waitFor()
    await app.page.keyboard.press('Escape')
    await asked.waitFor({ state: 'detached' })
    expect(doneAt(server, vera)).not.toContain(`delete_message ${wrong}`)

    await menuOf('Meant for somebody else.')
    await app.page.keyboard.press('End')
    await app.page.keyboard.press('Enter')
    await asked.getByRole('button', { name: say('message.delete') }).focus()
    await app.page.keyboard.press('Enter')
    await soon(() => doneAt(server, vera)).toContain(`delete_message ${wrong}`)
    await see.messages().getByText(say('thread.deleted')).waitFor()
    expect(doneAt(server, vera).filter((each) => each.startsWith('delete_message'))).toHaveLength(1)
  })

  test('what the channel refused is told with its reason and delivered again', async () => {
    const { see } = actors
    await see.row('Aiko Mori').click()
    await see.composer('Aiko Mori').fill('It is ready.')
    await send('Aiko Mori')
    await soon(() => last(phone)?.content).toBe('It is ready.')
    const failed = last(phone)?.id ?? 0
    server.scenario.messageMoves({
      conversation: phone,
      message: failed,
      status: 'failed',
      externalError: 'Number is not on WhatsApp',
    })
    await see.button(say('command.refresh')).click()
    await see
      .messages()
      .getByText(say('delivery.failedWhy', { reason: 'Number is not on WhatsApp' }))
      .waitFor()
    await see
      .messages()
      .getByRole('button', { name: say('message.retry') })
      .click()
    await soon(() => doneAt(server, phone)).toContain(`retry ${failed}`)
    expect(written(phone)).toHaveLength(1)
  })

  test('how they rated it stands in the thread', async () => {
    const { see } = actors
    server.scenario.customerRates({ conversation: vera, rating: 4, feedback: 'Quick, and very blue.' })
    await see.row('Vera Novak').click()
    await see.button(say('command.refresh')).click()
    await see
      .messages()
      .getByRole('img', { name: say('rating.stars', { stars: 4 }) })
      .waitFor()
    await see.messages().getByText('Quick, and very blue.').waitFor()
  })

  function last(conversation: number) {
    return atServer(server, conversation).messages.findLast(({ message_type }) => message_type === 1)
  }
  /** What our requests truly wrote there. */
  function written(conversation: number) {
    return server.accepted.messages.filter((each) => each.conversation === conversation && each.account === 1)
  }
  async function send(name: string): Promise<void> {
    const button = actors.see.thread(name).getByRole('button', { name: say('act.send'), exact: true })
    await button.click()
  }
  function noteBox(name: string) {
    return actors.app.page.getByRole('textbox', { name: say('compose.noteAbout', { name }) })
  }
  async function menuOf(text: string): Promise<void> {
    await actors.see.message(text).click({ button: 'right' })
    await actors.see.sheet(say('message.menu')).waitFor()
  }
  async function focusHolds(text: string): Promise<boolean> {
    return await actors.app.page.evaluate(
      (wanted) => document.activeElement?.textContent.includes(wanted) ?? false,
      text,
    )
  }
})

/** Numbers at the server. */
const ines = 5
const whatsapp = 23
/** Several pieces long, and no two of them alike. */
const largeFile = Buffer.from(
  Array.from({ length: 1_500_000 }, (_, index) => (index * 31 + (index >> 11)) & 255),
)

/** Runs in the page: what a browser does when a file was copied and the keys to paste are pressed. */
function pasteFile({ name, text }: { name: string; text: string }): void {
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File([text], name, { type: 'text/plain' }))
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
}
