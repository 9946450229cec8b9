import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, isOn, soon, stage, type Actors } from '../support/stage.ts'

/** A reply that stopped holds back what comes after it, is written on or given up, and never loses its words unasked. */
describe.each(shells)('a reply that stopped, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let conversation: number

  beforeAll(async () => {
    server = await on.server()
    conversation = server.scenario.customerWrites({ name: 'Vera Novak', text: 'Is it ready?' }).conversation
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    await actors.see.row('Vera Novak').click()
    await box().waitFor()
  })
  beforeEach(() => actors.see.closeSheets())

  const box = () => actors.see.composer('Vera Novak')
  const press = (key: string) => actors.app.page.keyboard.press(key)
  const way = (word: 'edit' | 'discard' | 'toDraft' | 'throwAway' | 'leave') =>
    actors.see
      .messages()
      .getByRole('button', { name: say(`delivery.${word}`), exact: true })
      .first()
  const there = () =>
    atServer(server, conversation)
      .messages.filter((each) => each.message_type === 1)
      .map((each) => each.content)
  async function send(text: string): Promise<void> {
    await box().fill(text)
    await press('Control+Enter')
    await soon(() => box().inputValue()).toBe('')
  }
  const refuse = () =>
    server.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { method: 'POST', path: '**/messages', count: 1 },
    )

  test('says what waits for it, and lets that go in order once it is written on, by keys alone', async () => {
    refuse()
    await send('Yes, it si')
    await way('edit').waitFor()
    await send('Come by today')
    await send('Until six')
    await actors.see
      .messages()
      .getByText(say('delivery.holdsMessages', { count: 2 }))
      .waitFor()
    await soon(() => actors.see.messages().getByText(say('delivery.waitsFor')).count()).toBe(2)
    await actors.see.row(say('row.waits', { count: 2 })).waitFor()
    expect(there()).toEqual([])
    await way('edit').focus()
    await press('Enter')
    await soon(() => box().inputValue()).toBe('Yes, it si')
    await isOn(box())
    await soon(there).toEqual(['Come by today', 'Until six'])
    await box().fill('Yes, it is')
    await press('Control+Enter')
    await soon(there).toEqual(['Come by today', 'Until six', 'Yes, it is'])
  })

  test('is not thrown away without a yes, and Escape is none', async () => {
    refuse()
    await send('Never mind')
    await way('discard').click()
    await way('toDraft').waitFor()
    await press('Escape')
    await isOn(way('discard'))
    await actors.see.message('Never mind').waitFor()
    await way('discard').click()
    await way('throwAway').click()
    await actors.see.message('Never mind').waitFor({ state: 'detached' })
    expect(await box().inputValue()).toBe('')
  })

  test('that may have arrived gives its words back only when asked for, and is not sent by itself', async () => {
    server.scenario.fault({ kind: 'resetBeforeAccept' }, { method: 'POST', path: '**/messages', count: 1 })
    await send('One way or the other')
    await way('discard').waitFor()
    expect(await way('edit').count()).toBe(0)
    await way('discard').click()
    await actors.see.messages().getByText(say('delivery.sureUnsure')).waitFor()
    await way('toDraft').click()
    await soon(() => box().inputValue()).toBe('One way or the other')
    expect(await actors.see.message('One way or the other').count()).toBe(0)
    expect(there()).not.toContain('One way or the other')
    await box().fill('')
  })
})
