import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'
import type { PublicKeys } from './scenario-public.ts'

/** The half for customers, with its own traps (docs/providers/chatwoot-public.md §1, §2, §3). */
let asking: Asking
let rosa: PublicKeys
let base = ''
beforeEach(async () => {
  asking = await startAsking()
  rosa = asking.sim.scenario.publicContact({ name: 'Rosa Lind', identifier: 'rosa@example.com' })
  base = `/public/api/v1/inboxes/${rosa.inbox}/contacts/${rosa.contact}`
})
afterEach(() => asking.sim.close())

const accepting = { accept: 'application/json' }

test('needs no token, and misses are the framework’s own: JSON to who accepts it, else a page', async () => {
  expect((await asking.ask('GET', base, { headers: accepting })).status).toBe(200)
  const missed = await asking.ask('GET', `${base}x`, { headers: accepting })
  expect([missed.status, missed.json]).toEqual([404, { status: 404, error: 'Not Found' }])
  expect((await asking.ask('GET', `${base}x`, { headers: {} })).json).toBeNull()
})

test('the identifier is the one agents see beside the inbox', async () => {
  const { json } = await asking.ask('GET', '/api/v1/accounts/1/inboxes/24')
  expect(at(json, 'inbox_identifier')).toBe(rosa.inbox)
})

test('a list is bare and holds every message a customer may see, and the contact as a row', async () => {
  const { conversation } = asking.sim.scenario.publicTicket({ contact: rosa.contact, text: 'Hello' })
  asking.sim.scenario.agentWrites({ conversation, as: 'ada', text: 'Shh', isPrivate: true })
  asking.sim.scenario.agentWrites({ conversation, as: 'ada', text: 'Hello!' })
  const { json } = await asking.ask('GET', `${base}/conversations`, { headers: accepting })
  expect(at(json, '*.messages.*.content')).toEqual([['Hello', 'Hello!']])
  expect(at(json, '0.contact.account_id')).toBe(1)
})

describe('toggle_status', () => {
  test('resolves, and says yes to what is resolved', async () => {
    const { conversation } = asking.sim.scenario.publicTicket({ contact: rosa.contact, text: 'Hello' })
    for (const _ of [1, 2]) {
      const { json, status } = await asking.ask(
        'POST',
        `${base}/conversations/${conversation}/toggle_status`,
        { headers: accepting },
      )
      expect([status, at(json, 'status')]).toEqual([200, 'resolved'])
    }
  })
})

test('messages in another inbox are open to the contact, though the conversation is not; where there is none, writing breaks it', async () => {
  const { json: contact } = await asking.ask('GET', base, { headers: accepting })
  const begun = await asking.ask('POST', '/api/v1/accounts/1/conversations', {
    body: { inbox_id: 21, contact_id: at(contact, 'id'), message: { content: 'From the web site' } },
  })
  const elsewhere = `${base}/conversations/${String(at(begun.json, 'id'))}`
  expect((await asking.ask('GET', elsewhere, { headers: accepting })).status).toBe(404)
  const read = await asking.ask('GET', `${elsewhere}/messages`, { headers: accepting })
  expect(at(read.json, '*.content')).toEqual(['From the web site'])
  const nowhere = `${base}/conversations/999/messages`
  expect((await asking.ask('GET', nowhere, { headers: accepting })).json).toEqual([])
  const lost = await asking.ask('POST', nowhere, { headers: accepting, body: { content: 'x' } })
  expect(lost.status).toBe(500)
})

test('changing a contact answers with the bare row, without what the other routes tell', async () => {
  const { json } = await asking.ask('PATCH', base, { headers: accepting, body: { name: 'Rosa L.' } })
  expect([at(json, 'name'), at(json, 'source_id'), at(json, 'account_id')]).toEqual(['Rosa L.', undefined, 1])
})

test('a hash that does not fit breaks it, one that fits is remembered', async () => {
  const shown = (query: string) => asking.ask('GET', `${base}?${query}`, { headers: accepting })
  expect((await shown('identifier_hash=ab')).status).toBe(500)
  const fitting = `identifier=rosa%40example.com&identifier_hash=${rosa.identifierHash}`
  expect((await shown(fitting)).status).toBe(200)
  asking.sim.scenario.server({ breaksListOfVerified: true })
  expect((await asking.ask('GET', `${base}/conversations`, { headers: accepting })).status).toBe(500)
})

test('a contact is made with a source id of their own, and is the same person by their address', async () => {
  const made = await asking.ask('POST', `/public/api/v1/inboxes/${rosa.inbox}/contacts`, {
    headers: accepting,
    body: { source_id: 'from-outside', email: 'ines@example.org', name: 'Ines D.' },
  })
  expect([at(made.json, 'source_id'), at(made.json, 'name')]).toEqual(['from-outside', 'Ines D.'])
})

test('the scenario does the same over HTTP', async () => {
  const { json } = await asking.ask('POST', '/_scenario/public-contact', { body: { name: 'Milo Arce' } })
  const contact = String(at(json, 'contact'))
  const opened = await asking.ask('POST', '/_scenario/public-ticket', { body: { contact, text: 'Hi' } })
  const keys = await asking.ask('POST', '/_scenario/public-keys', {
    body: { conversation: at(opened.json, 'conversation') },
  })
  expect(at(keys.json, 'contact')).toBe(contact)
})
