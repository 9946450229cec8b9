import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'
const [ines, tomas, yael] = [1501, 1502, 1503]

describe('§1.4 writing to somebody first', () => {
  test('a telephone is reached by its number, and the conversation waits for a template', async () => {
    const { status, json } = await start({ inbox_id: 23, contact_id: ines, message: { content: 'Hello' } })
    expect([status, at(json, 'status'), at(json, 'can_reply')]).toEqual([200, 'open', false])
    expect(at(json, 'messages.0.conversation.contact_inbox.source_id')).toBe('447700900141')
  })

  test('a subject goes along for letters', async () => {
    const { json } = await start({
      inbox_id: 22,
      contact_id: ines,
      additional_attributes: { mail_subject: 'Your lamp' },
    })
    expect(at(json, 'additional_attributes')).toEqual({ mail_subject: 'Your lamp' })
    expect(at(json, 'messages')).toEqual([])
  })

  test('who has no number or address cannot be reached there', async () => {
    const noNumber = await start({ inbox_id: 23, contact_id: tomas })
    expect([noNumber.status, keys(noNumber.json)]).toEqual([422, ['error']])
    const noAddress = await start({ inbox_id: 22, contact_id: 1505 })
    expect(noAddress.status).toBe(422)
  })

  test('a messenger where nobody is written to first breaks the original', async () => {
    expect((await start({ inbox_id: 25, contact_id: ines })).status).toBe(500)
  })

  test('with somebody who is blocked it begins resolved, whatever is asked for', async () => {
    await asking.ask('PATCH', `${account}/contacts/${yael}`, { body: { blocked: true } })
    const { json } = await start({ inbox_id: 22, contact_id: yael, status: 'open' })
    expect(at(json, 'status')).toBe('resolved')
  })

  test('an assignee, a team and attributes of one’s own go along', async () => {
    const { json } = await start({
      inbox_id: 24,
      contact_id: ines,
      assignee_id: 12,
      team_id: 11,
      custom_attributes: { lamp: 'desk' },
    })
    expect(at(json, 'meta.assignee.name')).toBe('Ada Brook')
    expect(at(json, 'meta.team.name')).toBe('returns')
    expect(at(json, 'custom_attributes')).toEqual({ lamp: 'desk' })
  })

  test('the source id found among contactable inboxes is good for starting', async () => {
    const found = await asking.ask('GET', `${account}/contacts/${ines}/contactable_inboxes`)
    const source_id = at(found.json, 'payload.2.source_id')
    expect((await start({ inbox_id: 24, contact_id: ines, source_id })).status).toBe(200)
    const again = await start({ inbox_id: 24, contact_id: tomas, source_id })
    expect([again.status, again.json]).toEqual([422, { error: 'source_id should be unique' }])
  })

  test('a contact made with an inbox is known there before the first conversation', async () => {
    const body = { name: 'Nora Lind', inbox_id: 21, email: 'nora@example.com' }
    const made = await asking.ask('POST', `${account}/contacts`, { body })
    const id = Number(at(made.json, 'payload.contact.id'))
    const source = at(made.json, 'payload.contact_inbox.source_id')
    const reachable = await asking.ask('GET', `${account}/contacts/${id}/contactable_inboxes`)
    expect(at(reachable.json, 'payload.0.source_id')).toBe(source)
    const { json } = await start({ inbox_id: 21, contact_id: id, message: { content: 'Welcome' } })
    expect(at(json, 'messages.0.conversation.contact_inbox.source_id')).toBe(source)
  })
})

function start(body: Record<string, unknown>) {
  return asking.ask('POST', `${account}/conversations`, { body })
}
