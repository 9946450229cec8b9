import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { shells } from '../support/run-app.ts'
import {
  addFound,
  askedOf,
  promisedError,
  signInAsCustomer,
  ticketsAt,
} from '../support/sign-in-as-customer.ts'
import type { Tickets } from '../support/simulated-chatwoot-public.ts'
import { atServer, isOn, soon, stage, statusOf, type Actors } from '../support/stage.ts'

/**
 * POST /public/api/v1/inboxes/{inbox}/contacts/{contact}/conversations/{id}/toggle_status, through the app: it only ever
 * resolves, and its two errors are told.
 */
describe.each(shells)('a customer who resolves, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let tickets: Tickets
  let actors: Actors
  let plug = 0
  let shade = 0

  beforeAll(async () => {
    server = await on.server()
    tickets = await ticketsAt(server)
    const { rosa: contact } = tickets
    plug = server.scenario.publicTicket({ contact, text: 'The plug is loose.' }).conversation
    shade = server.scenario.publicTicket({ contact, text: 'The shade is torn.' }).conversation
    actors = await on.app({ shell })
    await signInAsCustomer(actors, { url: server.url, inbox: tickets.inbox, contacts: tickets.rosa })
    await addFound(actors)
    await actors.see.view('open').click()
    await actors.see.row(named(tickets.lamp)).waitFor()
  })
  beforeEach(() => actors.see.closeSheets())

  const json = 'application/json; charset=utf-8'
  const named = (ticket: number) => `Shop system #${ticket}`
  const host = () => new URL(server.url).host
  const resolvesOf = (ticket: number) =>
    askedOf(server, tickets).filter((each) => each.includes(`/conversations/${ticket}/toggle_status `))

  async function resolve(ticket: number): Promise<void> {
    await actors.see.select(named(ticket))
    await actors.app.page.keyboard.press('e')
  }

  test('the ticket is resolved there, once, and the helpdesk reads who did it', async () => {
    await resolve(tickets.lamp)
    await soon(() => statusOf(server, tickets.lamp)).toBe('resolved')
    await soon(() => resolvesOf(tickets.lamp)).toEqual([
      `POST /conversations/${tickets.lamp}/toggle_status 200`,
    ])
    await actors.see.row(named(tickets.lamp)).waitFor({ state: 'detached' })
    const activity = atServer(server, tickets.lamp).messages.findLast((each) => each.message_type === 2)
    expect(activity?.content).toMatch(/resolved/)
  })

  test('only a new message opens it again', async () => {
    const { app, see } = actors
    await see.view('done').click()
    await see.row(named(tickets.lamp)).click()
    await see.message('Since when?').waitFor()
    await see.composer(named(tickets.lamp)).fill('It flickers again.')
    await isOn(see.composer(named(tickets.lamp)))
    await app.page.keyboard.press('Control+Enter')
    await soon(() => statusOf(server, tickets.lamp)).toBe('open')
    expect(atServer(server, tickets.lamp).messages).toContainEqual(
      expect.objectContaining({ message_type: 0, content: 'It flickers again.' }),
    )
    await see.button(say('command.refresh')).click()
    await see.view('open').click()
    await see.row(named(tickets.lamp)).waitFor()
  })

  test('of one that was resolved there meanwhile it is a quiet yes', async () => {
    server.scenario.fault({ kind: 'latency', delayMs: 400, jitterMs: 0 }, { path: '/public/**' })
    server.scenario.agentSets({ conversation: plug, as: 'ada', status: 'resolved' })
    const before = atServer(server, plug).messages.length
    await resolve(plug)
    await actors.see.row(named(plug)).waitFor({ state: 'detached' })
    server.scenario.clearFaults()
    expect([statusOf(server, plug), atServer(server, plug).messages.length]).toEqual(['resolved', before])
  })

  test.each([
    [422, 'is locked', () => say('failure.rejected', { host: host(), reason: 'conversation: is locked' })],
    [404, 'is not there', () => say('failure.gone', { host: host() })],
  ])('the error its page promises, with %i, is told and leaves it open', async (status, why, sentence) => {
    const { see } = actors
    const body = promisedError(why)
    server.scenario.fault(
      { kind: 'status', status, contentType: json, body },
      { method: 'POST', path: '/public/**', count: 1 },
    )
    await resolve(shade)
    await see.row(named(shade)).click()
    await see.thread(named(shade)).getByText(sentence(), { exact: false }).first().waitFor()
    expect(statusOf(server, shade)).toBe('open')
    await see
      .thread(named(shade))
      .getByRole('button', { name: say('act.letGo') })
      .click()
    await see
      .thread(named(shade))
      .getByText(sentence(), { exact: false })
      .first()
      .waitFor({ state: 'detached' })
  })

  test('a yes that does nothing is told, and it is done on this computer', async () => {
    const { see } = actors
    server.scenario.server({ ignoresResolveByCustomer: true })
    await resolve(shade)
    await soon(() => resolvesOf(shade).at(-1)).toBe(`POST /conversations/${shade}/toggle_status 200`)
    await see.row(named(shade)).waitFor({ state: 'detached' })
    expect(statusOf(server, shade)).toBe('open')
    await see.view('done').click()
    await see.row(named(shade)).waitFor()
  })
})
