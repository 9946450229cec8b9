import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, soon, stage, statusOf, type Actors } from '../support/stage.ts'

/** What everybody has who did not choose otherwise: a few seconds to take back what was just done. */
describe.each(shells)('taking back, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let conversation: number

  beforeAll(async () => {
    server = await on.server()
    conversation = server.scenario.customerWrites({ name: 'Vera Novak', text: 'Is it ready?' }).conversation
    actors = await on.app({ shell, undoes: true })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    await actors.see.row('Vera Novak').waitFor()
  })
  beforeEach(() => actors.see.closeSheets())

  const box = () => actors.app.page.getByRole('textbox', { name: say('compose.to', { name: 'Vera Novak' }) })
  const press = (key: string) => actors.app.page.keyboard.press(key)
  const sent = () => atServer(server, conversation).messages.filter((each) => each.message_type === 1)

  test('a reply taken back by key is in its box again and never leaves', async () => {
    await actors.see.row('Vera Novak').click()
    await box().fill('Yes, it si')
    await press('Control+Enter')
    await soon(() => box().inputValue()).toBe('')
    await press('Control+z')
    await soon(() => box().inputValue()).toBe('Yes, it si')
    await actors.see.toast(say('undo.done')).waitFor()
    expect(sent()).toEqual([])
  })

  test('mended and sent again, it arrives once, after its time', async () => {
    await box().fill('Yes, it is')
    await press('Control+Enter')
    await expect.poll(() => sent().map((each) => each.content), { timeout: 20_000 }).toEqual(['Yes, it is'])
  })

  test('a resolve is taken back by mouse', async () => {
    await press('Escape')
    await press('Escape')
    await actors.see.select('Vera Novak')
    await press('e')
    await actors.app.page.getByRole('button', { name: say('undo.now') }).click()
    await actors.see.row('Vera Novak').waitFor()
    await actors.see.toast(say('undo.done')).waitFor()
    expect(statusOf(server, conversation)).toBe('open')
  })

  test('what was ordered leaves after a restart within its time', async () => {
    await actors.see.select('Vera Novak')
    await press('e')
    await actors.see.row('Vera Novak').waitFor({ state: 'detached' })
    await actors.app.restart({ signal: 'SIGKILL' })
    await expect.poll(() => statusOf(server, conversation), { timeout: 20_000 }).toBe('resolved')
    expect(sent()).toHaveLength(1)
  })
})
