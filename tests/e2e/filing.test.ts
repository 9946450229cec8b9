import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, doneAt, soon, stage, type Actors } from '../support/stage.ts'

const people = [
  'Vera Novak',
  'Piet Hofstra',
  'Aiko Mori',
  'Sol Arden',
  'Ida Berg',
  'Remy Roux',
  'Lotte Vos',
  'Noor Haddad',
  'Gil Castro',
] as const
type Person = (typeof people)[number]

/** Once by keys and once by mouse each; what counts is how the server has it afterwards. */
describe.each(shells)('what an agent orders of a conversation, on the %s shell', (shell) => {
  const on = stage('afterAll')
  const at = new Map<string, number>()
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    for (const name of people)
      at.set(name, server.scenario.customerWrites({ name, text: `I am ${name}.` }).conversation)
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    for (const name of people) await actors.see.row(name).waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('snoozed by keys for an hour, and by mouse until a time that was typed', async () => {
    const { app, see } = actors
    await see.select('Vera Novak')
    await app.page.keyboard.press('z')
    await see.option(say('snooze.hour')).waitFor()
    const from = Date.now()
    await app.page.keyboard.press('Enter')
    await soon(() => here('Vera Novak').status).toBe('snoozed')
    isAbout(here('Vera Novak').snoozed_until, from + 3_600_000)
    await see.row('Vera Novak').waitFor({ state: 'detached' })
    await see.toast(say('toast.snooze', { name: 'Vera Novak' })).waitFor()

    await see.row('Piet Hofstra').click()
    await see
      .thread('Piet Hofstra')
      .getByRole('button', { name: say('act.snooze') })
      .first()
      .click()
    await see.sheet(say('snooze.title')).getByRole('combobox').fill('3h')
    const typed = Date.now()
    await see.option('').click()
    await soon(() => here('Piet Hofstra').status).toBe('snoozed')
    isAbout(here('Piet Hofstra').snoozed_until, typed + 3 * 3_600_000)
    expect(doneAt(server, numberOf('Piet Hofstra'))).toEqual(['toggle_status snoozed'])
    await see.view('snoozed').click()
    for (const name of ['Vera Novak', 'Piet Hofstra']) await see.row(name).waitFor()
  })

  test('snoozed anew until they write, the old time is gone, and their word brings it back', async () => {
    const { app, see } = actors
    await see.view('snoozed').click()
    await see.select('Vera Novak')
    await app.page.keyboard.press('z')
    await see.pick(say('snooze.title'), say('snooze.untilReply'))
    await soon(() => [here('Vera Novak').status, here('Vera Novak').snoozed_until]).toEqual(['snoozed', null])
    // By way of “open” the server would have given it to whoever snoozes.
    expect(here('Vera Novak').meta.assignee).toBeUndefined()
    await see.row('Vera Novak').click()
    await see.thread('Vera Novak').getByText(say('status.untilReply')).waitFor()

    server.scenario.customerWrites({ conversation: numberOf('Vera Novak'), text: 'Still here!' })
    expect(here('Vera Novak').status).toBe('open')
    await see.view('open').click()
    await see.button(say('command.refresh')).click()
    await see.row('Vera Novak').waitFor()
    await soon(() => see.row('Vera Novak').innerText()).toContain('Still here!')
  })

  test('given to a colleague, a team, oneself and nobody', async () => {
    const { app, see } = actors
    await open()
    const holder = () => here('Aiko Mori').meta.assignee?.name
    await see.select('Aiko Mori')
    await app.page.keyboard.press('a')
    await see.pick(say('assign.title'), 'Ada')
    await soon(holder).toBe('Ada Brook')
    await app.page.keyboard.press('a')
    await see.pick(say('assign.title'), 'returns')
    await soon(() => here('Aiko Mori').meta.team?.name).toBe('returns')
    expect(holder()).toBe('Ada Brook')

    await see.row('Aiko Mori').click()
    await assignButton('Aiko Mori').click()
    await see.option(say('assign.me', { name: 'Nilo Verano' })).click()
    await soon(holder).toBe('Nilo Verano')
    await see
      .thread('Aiko Mori')
      .getByRole('button', { name: `${say('act.assign')}: ${say('assignee.toYou')}` })
      .waitFor()
    await assignButton('Aiko Mori').click()
    await see.option(say('assign.nobody')).click()
    await soon(holder).toBeUndefined()
    await assignButton('Aiko Mori').click()
    await see.option(say('assign.noTeam')).click()
    await soon(() => here('Aiko Mori').meta.team).toBeUndefined()
    await soon(() => doneAt(server, numberOf('Aiko Mori')).length).toBe(5)
  })

  test('labelled and unlabelled; what a colleague labelled meanwhile stays', async () => {
    const { app, see } = actors
    await open()
    await see.select('Sol Arden')
    await app.page.keyboard.press('l')
    await see.pick(say('label.title'), 'broken')
    await soon(() => here('Sol Arden').labels).toEqual(['broken'])
    server.scenario.labels({ conversation: numberOf('Sol Arden'), labels: ['broken', 'from-ada'] })

    await see.row('Sol Arden').click()
    await see
      .thread('Sol Arden')
      .getByRole('button', { name: say('act.label') })
      .first()
      .click()
    await see.option('delivery').click()
    await see.option('broken').click()
    await see
      .sheet(say('label.title'))
      .getByRole('button', { name: say('label.apply') })
      .click()
    await soon(() => [...here('Sol Arden').labels].sort()).toEqual(['delivery', 'from-ada'])
  })

  test('made urgent, and of no priority again', async () => {
    const { app, see } = actors
    await open()
    await see.select('Ida Berg')
    await app.page.keyboard.press('p')
    await see.pick(say('priority.title'), say('priority.urgent'))
    await soon(() => here('Ida Berg').priority).toBe('urgent')
    await soon(() => see.row('Ida Berg').innerText()).toContain(say('priority.urgent'))

    await see.row('Ida Berg').click()
    await see
      .thread('Ida Berg')
      .getByRole('button', { name: say('priority.urgent') })
      .click()
    await see.option(say('priority.none')).click()
    await soon(() => here('Ida Berg').priority).toBeNull()
  })

  test('set to pending by its key, and from the menu of everything', async () => {
    const { app, see } = actors
    await open()
    await see.select('Remy Roux')
    await app.page.keyboard.press('Shift+e')
    await soon(() => here('Remy Roux').status).toBe('pending')
    await see.row('Remy Roux').waitFor({ state: 'detached' })

    await see.row('Lotte Vos').click()
    await more('Lotte Vos').click()
    await see.option(say('act.pend')).click()
    await soon(() => here('Lotte Vos').status).toBe('pending')
    await see.view('pending').click()
    for (const name of ['Remy Roux', 'Lotte Vos']) await see.row(name).waitFor()
  })

  test('muted only after a yes; Escape leaves everything as it was', async () => {
    const { app, see } = actors
    await open()
    const title = say('mute.title', { name: 'Noor Haddad' })
    await see.select('Noor Haddad')
    await app.page.keyboard.press('o')
    await see.pick(say('more.title'), say('act.mute'))
    await see.sheet(title).waitFor()
    await app.page.keyboard.press('Escape')
    await see.sheet(title).waitFor({ state: 'detached' })

    await app.page.keyboard.press('o')
    await see.pick(say('more.title'), say('act.mute'))
    await see
      .sheet(title)
      .getByRole('button', { name: say('mute.no') })
      .focus()
    await app.page.keyboard.press('Enter')
    await see.sheet(title).waitFor({ state: 'detached' })
    expect(doneAt(server, numberOf('Noor Haddad'))).toEqual([])

    await see.row('Noor Haddad').click()
    await more('Noor Haddad').click()
    await see.option(say('act.mute')).click()
    await see
      .sheet(title)
      .getByText(say('mute.hint', { account: 'Lantern Lamps' }))
      .waitFor()
    await see
      .sheet(title)
      .getByRole('button', { name: say('mute.yes') })
      .click()
    await soon(() => [here('Noor Haddad').muted, here('Noor Haddad').status]).toEqual([true, 'resolved'])
    await see.thread('Noor Haddad').getByText(say('status.muted'), { exact: true }).waitFor()

    await more('Noor Haddad').click()
    await see.option(say('act.unmute')).click()
    await soon(() => here('Noor Haddad').muted).toBe(false)
    expect(doneAt(server, numberOf('Noor Haddad'))).toEqual(['mute', 'unmute'])
  })

  test('an order the server refuses is told, and nothing pretends it was done', async () => {
    const { app, see } = actors
    await open()
    server.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { method: 'POST', path: '**/toggle_priority', count: 1 },
    )
    await see.select('Gil Castro')
    await app.page.keyboard.press('p')
    await see.pick(say('priority.title'), say('priority.high'))
    await see.row('Gil Castro').click()
    const said = say('stranded.prioritise', { why: '' }).trim()
    await see.thread('Gil Castro').getByText(said).first().waitFor()
    expect(here('Gil Castro').priority).toBeNull()
  })

  function numberOf(name: Person): number {
    return at.get(name) ?? -1
  }
  function here(name: Person) {
    return atServer(server, numberOf(name))
  }
  async function open(): Promise<void> {
    await actors.see.view('open').click()
    await actors.see.row('Gil Castro').waitFor()
  }
  function assignButton(name: Person) {
    return actors.see.thread(name).getByRole('button', { name: `${say('act.assign')}:` })
  }
  function more(name: Person) {
    return actors.see.thread(name).getByRole('button', { name: say('act.more'), exact: true })
  }
})

/** The server counts in seconds; a slow machine may take its time between the key and the order. */
function isAbout(said: string | null, expected: number): void {
  const late = Date.parse(said ?? '') - expected
  expect(late).toBeGreaterThan(-2000)
  expect(late).toBeLessThan(60_000)
}
