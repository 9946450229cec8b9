import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/** What is written stays written: through crashes, switching, and a second window; and is thrown away only when asked. */
describe.each(shells)('drafts, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let vera: number

  beforeAll(async () => {
    server = await on.server()
    vera = server.scenario.customerWrites({ name: 'Vera Novak', text: 'Is it ready?' }).conversation
    server.scenario.customerWrites({ name: 'Milan Kral', text: 'Do you deliver?' })
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await open('Vera Novak')
  })
  beforeEach(() => actors.see.closeSheets())

  const box = (name: string) => actors.see.composer(name)
  async function open(name: string): Promise<void> {
    await actors.see.view('open').click()
    await actors.see.row(name).first().click()
    await box(name).waitFor()
  }
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  test('are there after a kill 300 ms after the last key, however fast the keys came', async () => {
    await box('Vera Novak').focus()
    await actors.app.page.keyboard.type('It will be ready on Friday', { delay: 30 })
    // The promise is about this very pause.
    await pause(300)
    await actors.app.restart({ signal: 'SIGKILL' })
    await open('Vera Novak')
    await soon(() => box('Vera Novak').inputValue()).toBe('It will be ready on Friday')
  })

  test('stay apart by conversation and by who reads them, and mark their line', async () => {
    await actors.see
      .thread('Vera Novak')
      .getByRole('tab', { name: say('compose.note') })
      .click()
    const note = actors.app.page.getByRole('textbox', {
      name: say('compose.noteAbout', { name: 'Vera Novak' }),
    })
    await note.fill('Ask the workshop')
    await open('Milan Kral')
    expect(await box('Milan Kral').inputValue()).toBe('')
    await actors.see.row('Vera Novak').getByText(say('row.draft'), { exact: true }).waitFor()
    server.scenario.customerWrites({ conversation: vera, text: 'Hello?' })
    await open('Vera Novak')
    await soon(() => box('Vera Novak').inputValue()).toBe('It will be ready on Friday')
    await actors.see
      .thread('Vera Novak')
      .getByRole('tab', { name: say('compose.note') })
      .click()
    await soon(() => note.inputValue()).toBe('Ask the workshop')
  })

  test('are all found in one place', async () => {
    await actors.app.page.keyboard.press('Escape')
    await actors.app.page.keyboard.press('Escape')
    await actors.app.page.keyboard.press('d')
    const sheet = actors.see.sheet(say('drafts.title'))
    await soon(() => sheet.getByRole('listitem').count()).toBe(2)
    await sheet.getByText('It will be ready on Friday').click()
    await soon(() => box('Vera Novak').inputValue()).toBe('It will be ready on Friday')
  })

  if (shell === 'loopback')
    test('of two windows are put together, and neither wipes the other', async () => {
      const link = actors.app.page.url()
      const second = await actors.app.page.context().newPage()
      await second.goto(link)
      await second
        .getByRole('navigation')
        .getByRole('button', { name: new RegExp(`^${say('view.open')}`) })
        .click()
      await second.getByRole('row').filter({ hasText: 'Milan Kral' }).first().click()
      await open('Milan Kral')
      const there = second.getByRole('textbox', { name: say('compose.to', { name: 'Milan Kral' }) })
      await there.waitFor()
      await box('Milan Kral').fill('From the first')
      await pause(400)
      await there.fill('From the second')
      await soon(() => there.inputValue()).toBe('From the first\nFrom the second')
      await second.close()
    })

  test('are counted before signing out, and kept where the agent keeps them', async () => {
    const { app, see } = actors
    await app.page.keyboard.press('Escape')
    await see.button(say('account.details', { name: 'Lantern Lamps' })).click()
    await see
      .dialog()
      .getByRole('button', { name: say('account.remove') })
      .click()
    await see
      .dialog()
      .getByRole('button', { name: say('account.removeYes'), exact: true })
      .click()
    await see
      .dialog()
      .getByText(/\d drafts/)
      .waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('account.keep') })
      .click()
    await see.closeSheets()
    await open('Vera Novak')
    await soon(() => box('Vera Novak').inputValue()).toBe('It will be ready on Friday')
  })
})
