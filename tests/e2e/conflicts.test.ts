import { beforeAll, beforeEach, describe, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { openGate, type Gate } from '../support/gate.ts'
import { shells } from '../support/run-app.ts'
import { atServer, doneAt, soon, stage, statusOf, type Actors } from '../support/stage.ts'

/** Colleagues go on working while this computer has no network, and what they decided is theirs. */
describe.each(shells)('what a colleague did meanwhile, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let gate: Gate
  let actors: Actors
  let [vera, piet]: number[] = []

  beforeAll(async () => {
    server = await on.server()
    vera = server.scenario.customerWrites({ name: 'Vera Novak', text: 'Who helps me?' }).conversation
    piet = server.scenario.customerWrites({ name: 'Piet Hofstra', text: 'All fine now.' }).conversation
    gate = await openGate(server.url)
    on.closing({ close: gate.shut })
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: gate.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    await actors.see.row('Vera Novak').waitFor()
    // Whom there is to pick from is known from when there was a network.
    await actors.see.select('Vera Novak')
    await press('a')
    await actors.see.option('Ada').waitFor()
    await press('Escape')
  })
  beforeEach(() => actors.see.closeSheets())

  const press = (key: string) => actors.app.page.keyboard.press(key)
  const holder = (): unknown => atServer(server, vera ?? 0).meta.assignee?.name
  const refused = (sentence: string) => actors.see.alert().filter({ hasText: sentence }).first()

  /** Ordered without a network; then `meanwhile` happens, and the network is back. */
  async function ordered(order: () => Promise<void>, meanwhile: () => void): Promise<void> {
    await gate.shut()
    await order()
    meanwhile()
    await gate.open()
    await actors.see.button(say('command.refresh')).click()
  }

  test('who took a conversation keeps it, and the agent is told who that is', async () => {
    const { see } = actors
    await ordered(
      async () => {
        await see.row('Vera Novak').click()
        await see.messages().waitFor()
        await press('a')
        await see.pick(say('assign.title'), 'Nilo')
        await see.row('Vera Novak').getByText(say('assignee.toYou')).waitFor()
      },
      () => server.scenario.agentAssigns({ conversation: vera ?? 0, to: 'Ada', as: 'Ada' }),
    )
    const why = say('failure.takenSince', { name: 'Ada Brook' })
    await refused(say('stranded.assign', { why })).waitFor()
    await see.row('Vera Novak').getByText(say('row.notDone')).waitFor()
    await soon(holder).toBe('Ada Brook')
    await soon(() => doneAt(server, vera ?? 0)).toEqual([])
    await soon(() => violationsOn(actors.app.page)).toEqual([])
  })

  test('it is still said after a restart, and by key the agent takes it over all the same', async () => {
    const { see } = actors
    await actors.app.restart()
    await see.view('open').click()
    await see.row('Vera Novak').click()
    const anyway = see.button(say('stranded.anyway'))
    await anyway.waitFor()
    await see.composer('Vera Novak').focus()
    for (
      let step = 0;
      step < 60 && !(await anyway.evaluate((each) => each === document.activeElement));
      step++
    )
      await press('Shift+Tab')
    await press('Enter')
    await soon(holder).toBe('Nilo Verano')
    await anyway.waitFor({ state: 'detached' })
    await see.row('Vera Novak').getByText(say('row.notDone')).waitFor({ state: 'detached' })
    await soon(() => actors.app.page.evaluate(() => document.activeElement !== document.body)).toBe(true)
  })

  test('what a colleague resolved is not snoozed; letting it be takes the notice away', async () => {
    const { see } = actors
    await ordered(
      async () => {
        await see.row('Piet Hofstra').click()
        await see.messages().waitFor()
        await see
          .thread('Piet Hofstra')
          .getByRole('button', { name: say('act.snooze') })
          .first()
          .click()
        await see.option(say('snooze.tomorrow')).click()
        await see.row('Piet Hofstra').waitFor({ state: 'detached' })
      },
      () => server.scenario.agentSets({ conversation: piet ?? 0, status: 'resolved', as: 'Ada' }),
    )
    await see.view('done').click()
    await see.row('Piet Hofstra').click()
    await refused(say('stranded.snooze', { why: say('failure.resolvedSince') })).waitFor()
    await see.button(say('act.letGo')).click()
    await see.button(say('act.letGo')).waitFor({ state: 'detached' })
    await see.row('Piet Hofstra').getByText(say('row.notDone')).waitFor({ state: 'detached' })
    await soon(() => statusOf(server, piet ?? 0)).toBe('resolved')
    await soon(() => doneAt(server, piet ?? 0)).toEqual([])
  })
})
