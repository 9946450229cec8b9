import { beforeAll, describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { bytesUnder, shells } from '../support/run-app.ts'
import {
  addFound,
  askedOf,
  contactPath,
  promisedError,
  signInAsCustomer,
  ticketsAt,
} from '../support/sign-in-as-customer.ts'
import type { Tickets } from '../support/simulated-chatwoot-public.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/** GET /public/api/v1/inboxes/{inbox}/contacts/{contact}/conversations, through the app: its answer and its errors. */
describe.each(shells)('a customer’s list of conversations, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let tickets: Tickets
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    tickets = await ticketsAt(server)
    actors = await on.app({ shell })
  })

  const json = 'application/json; charset=utf-8'
  const list = (contact: string) => `${contactPath(tickets.inbox, contact)}/conversations`
  const row = (ticket: number) => actors.see.row(`Shop system #${ticket}`)
  const host = () => new URL(server.url).host

  async function refresh(): Promise<void> {
    const before = server.requests.length
    await actors.see.button(say('command.refresh')).click()
    await soon(() => server.requests.slice(before).some(({ path }) => path === list(tickets.rosa))).toBe(true)
  }

  test('identifiers that are not known are told apart', async () => {
    const { see } = actors
    await signInAsCustomer(actors, { url: server.url, inbox: 'nobody-s', contacts: tickets.rosa })
    await soon(() => see.alert().innerText()).toBe(say('failure.unknownInbox', { host: host() }))
    await see.field('signIn.chatwootPublic.inbox').fill(tickets.inbox)
    const contacts = see
      .dialog()
      .getByRole('textbox', { name: say('signIn.chatwootPublic.contacts'), exact: true })
    await contacts.fill(`${tickets.rosa}\nnobody-s`)
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.next') })
      .click()
    await soon(() => see.alert().innerText()).toBe(say('failure.unknownContact', { host: host(), place: 2 }))
    await contacts.fill(`${tickets.rosa}\n${tickets.milo}`)
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.next') })
      .click()
    await addFound(actors)
  })

  test('shows every ticket of each contact, open ones first seen by who answered', async () => {
    const { see } = actors
    await see.view('open').click()
    await row(tickets.lamp).getByText('Since when?').waitFor()
    await row(tickets.bulb).getByText('Which bulb fits?').waitFor()
    for (const contact of [tickets.rosa, tickets.milo])
      expect(server.requests).toContainEqual(
        expect.objectContaining({ method: 'GET', path: list(contact), status: 200 }),
      )
    await see.view('done').click()
    await row(tickets.cord).waitFor()
    await see.view('needsYou').click()
    await row(tickets.lamp).waitFor()
    expect([await row(tickets.bulb).count(), await row(tickets.cord).count()]).toEqual([0, 0])
  })

  test('an answer of the helpdesk comes up, with its author, on the other side', async () => {
    const { see } = actors
    await see.view('open').click()
    server.scenario.agentWrites({ conversation: tickets.bulb, as: 'ada', text: 'An E27 fits.' })
    await refresh()
    await row(tickets.bulb).getByText('An E27 fits.').waitFor()
    await row(tickets.bulb).click()
    await see.message('An E27 fits.').waitFor()
    await see.message('Which bulb fits?').waitFor()
  })

  test('the error its page promises is told in its words, and the list stays', async () => {
    const { app, see } = actors
    server.scenario.fault(
      { kind: 'status', status: 422, contentType: json, body: promisedError('cannot be listed') },
      { method: 'GET', path: '/public/api/v1/inboxes/*/contacts/*/conversations' },
    )
    await refresh()
    const sentence = say('failure.rejected', { host: host(), reason: 'conversation: cannot be listed' })
    const told = app.page.getByText(sentence).first()
    await told.waitFor()
    await row(tickets.lamp).waitFor()
    server.scenario.clearFaults()
    await see.button(say('act.tryNow')).first().click()
    await told.waitFor({ state: 'detached' })
  })

  test('a contact that is gone locks the account once it was the last, and the list stays', async () => {
    const { see } = actors
    server.scenario.publicContactGone({ contact: tickets.milo })
    await refresh()
    await row(tickets.bulb).waitFor()
    server.scenario.publicContactGone({ contact: tickets.rosa })
    await refresh()
    await see
      .alert()
      .filter({ hasText: say('failure.auth', { host: host() }) })
      .first()
      .waitFor()
    await row(tickets.lamp).waitFor()
    expect(askedOf(server, tickets).at(-1)).toMatch(/ 404$/)
  })

  test('neither identifier is in a page, a file, the log or an address of the app', async () => {
    const { app } = actors
    const shown = [await app.page.content(), app.log(), app.requests().join('\n')]
    const files = bytesUnder(app.dataFolder).map(({ bytes }) => bytes.toString('latin1'))
    for (const secret of [tickets.inbox, tickets.rosa, tickets.milo])
      for (const text of [...shown, ...files]) expect(text.includes(secret)).toBe(false)
  })
})
