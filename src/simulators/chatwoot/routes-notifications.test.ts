import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askAs } from './asking-people.ts'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'
const path = `${account}/notifications`
const mentionOfMe = '[@Nilo Verano](mention://user/11/Nilo%20Verano) look at this'

describe('§1.8 the list of notifications', () => {
  test('without being asked for more: what is unread and not snoozed', async () => {
    const { json } = await asking.ask('GET', path)
    expect(at(json, 'data.meta')).toEqual({ unread_count: 1, count: 1, current_page: 1 })
    expect(at(json, 'data.payload.*.notification_type')).toEqual(['assigned_conversation_new_message'])
  })

  test('with read and snoozed ones where they are included', async () => {
    const { json } = await asking.ask('GET', `${path}?includes[]=read&includes[]=snoozed&page=1`)
    expect(at(json, 'data.meta')).toEqual({ unread_count: 1, count: 2, current_page: '1' })
    expect(conversationsOf(json)).toEqual([5, 1])
    const ascending = await asking.ask('GET', `${path}?includes[]=read&sort_order=asc`)
    expect(conversationsOf(ascending.json)).toEqual([1, 5])
  })

  test('primary_actor_id is the database id, primary_actor.id the display id', async () => {
    const { json } = await asking.ask('GET', path)
    expect(at(json, 'data.payload.0.primary_actor.id')).toBe(5)
    expect(at(json, 'data.payload.0.primary_actor_id')).toBeGreaterThan(4000)
    expect(at(json, 'data.payload.0.primary_actor_type')).toBe('Conversation')
    expect(at(json, 'data.payload.0.primary_actor.meta.assignee.name')).toBe('Nilo Verano')
    expect(keys(at(json, 'data.payload.0.primary_actor'))).not.toContain('uuid')
  })

  test('tells who said what, and its times in their three ways', async () => {
    const { json } = await asking.ask('GET', path)
    expect(at(json, 'data.payload.0.push_message_body')).toBe('Ines Duarte: I have guests tonight 😅')
    expect(at(json, 'data.payload.0.secondary_actor.content')).toBe('I have guests tonight 😅')
    expect(at(json, 'data.payload.0.created_at')).toEqual(expect.any(Number))
    expect(at(json, 'data.payload.0.read_at')).toBeNull()
  })

  test('pages by fifteen', async () => {
    for (let index = 0; index < 16; index += 1) {
      const { conversation } = asking.sim.scenario.customerWrites({ inbox: 21, text: 'hello' })
      asking.sim.scenario.agentAssigns({ conversation, to: 'me' })
    }
    const first = await asking.ask('GET', path)
    const second = await asking.ask('GET', `${path}?page=2`)
    expect(at(first.json, 'data.payload')).toHaveLength(15)
    expect(at(second.json, 'data.payload')).toHaveLength(2)
    expect(at(second.json, 'data.meta')).toEqual({ unread_count: 17, count: 17, current_page: '2' })
  })

  test('the unread count is a bare number', async () => {
    const { text } = await asking.ask('GET', `${path}/unread_count`)
    expect(text).toBe('1')
  })
})

describe('§1.8 marking', () => {
  test('reading and unreading answer the bare row with ISO times', async () => {
    const read = await asking.ask('PATCH', `${path}/${await firstId()}`, { body: { ignored: true } })
    expect(at(read.json, 'read_at')).toBe('2026-03-14T12:00:00.000Z')
    expect(at(read.json, 'created_at')).toMatch(/^\d{4}-.*Z$/)
    expect(await unread()).toBe('0')
    await asking.ask('POST', `${path}/${String(at(read.json, 'id'))}/unread`)
    expect(await unread()).toBe('1')
  })

  test('snoozing takes unix seconds and answers ISO; it comes back with the five-minute job', async () => {
    const until = Math.floor(asking.now() / 1000) + 60
    const body = { snoozed_until: until }
    const { json } = await asking.ask('POST', `${path}/${await firstId()}/snooze`, { body })
    expect(at(json, 'snoozed_until')).toBe('2026-03-14T12:01:00.000Z')
    expect(await unread()).toBe('0')
    asking.turn(299_000)
    asking.sim.scenario.tick()
    expect(await unread()).toBe('0')
    asking.turn(1000)
    asking.sim.scenario.tick()
    expect(await unread()).toBe('1')
  })

  test('a date in words breaks the original', async () => {
    const body = { snoozed_until: '2026-03-15T12:00:00Z' }
    expect((await asking.ask('POST', `${path}/${await firstId()}/snooze`, { body })).status).toBe(500)
  })

  test('all of one conversation by its database id, or all there are', async () => {
    asking.sim.scenario.agentAssigns({ conversation: 3, to: 'me' })
    const list = await asking.ask('GET', path)
    const primary_actor_id = at(list.json, 'data.payload.0.primary_actor_id')
    const body = { primary_actor_type: 'Conversation', primary_actor_id }
    const { text } = await asking.ask('POST', `${path}/read_all`, { body })
    expect([text, await unread()]).toEqual(['', '1'])
    await asking.ask('POST', `${path}/read_all`)
    expect(await unread()).toBe('0')
  })

  test('a deleted one is gone, and somebody else’s was never there', async () => {
    const one = `${path}/${await firstId()}`
    const ada = await ofAda()
    expect((await askAs(asking, ada, { method: 'DELETE', path: one })).status).toBe(404)
    expect((await asking.ask('DELETE', one)).text).toBe('')
    expect((await asking.ask('PATCH', one)).status).toBe(404)
  })

  test('destroy_all happens later and across all of my accounts', async () => {
    asking.sim.scenario.customerWrites({ account: 2, conversation: 1, text: 'Hello?' })
    asking.sim.scenario.agentAssigns({ account: 2, conversation: 1, to: 'me', as: 'me' })
    asking.sim.scenario.customerWrites({ account: 2, conversation: 1, text: 'Still there?' })
    const elsewhere = () => asking.ask('GET', '/api/v1/accounts/2/notifications/unread_count')
    expect((await elsewhere()).text).toBe('1')
    await asking.ask('POST', `${path}/destroy_all`, { body: { type: 'all' } })
    expect(await unread()).toBe('1')
    asking.turn(1000)
    asking.sim.scenario.tick()
    expect([await unread(), (await elsewhere()).text]).toEqual(['0', '0'])
  })

  test('destroy_all of the read ones leaves the others', async () => {
    await asking.ask('POST', `${path}/destroy_all`, { body: { type: 'read' } })
    asking.turn(1000)
    asking.sim.scenario.tick()
    const { json } = await asking.ask('GET', `${path}?includes[]=read`)
    expect(conversationsOf(json)).toEqual([5])
  })
})

describe('§1.8 what notifies', () => {
  test('being assigned by somebody else; not by oneself', async () => {
    asking.sim.scenario.agentAssigns({ conversation: 3, to: 'me', as: 'me' })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 5])
    asking.sim.scenario.agentAssigns({ conversation: 3, to: null })
    asking.sim.scenario.agentAssigns({ conversation: 3, to: 'me', as: 'ada' })
    expect(await newest()).toEqual(['conversation_assignment', 3])
  })

  test('a message in a conversation of mine, from the customer or from a colleague', async () => {
    asking.turn(1000)
    asking.sim.scenario.agentWrites({ conversation: 4, text: 'We have pictures.', as: 'ada' })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 4])
  })

  test('not what I write myself', async () => {
    asking.turn(1000)
    await asking.ask('POST', `${account}/conversations/4/messages`, { body: { content: 'Hello' } })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 5])
  })

  test('a message where I only take part', async () => {
    await asking.ask('POST', `${account}/conversations/2/participants`, { body: { user_ids: [11] } })
    asking.turn(1000)
    asking.sim.scenario.customerWrites({ conversation: 2, text: 'The green one.' })
    expect(await newest()).toEqual(['participating_conversation_new_message', 2])
  })

  test('a mention in a note, by name or by team, even where the customer is blocked', async () => {
    asking.turn(1000)
    await asking.ask('PATCH', `${account}/contacts/1502`, { body: { blocked: true } })
    asking.sim.scenario.agentWrites({ conversation: 3, text: mentionOfMe, isPrivate: true, as: 'ada' })
    expect(await newest()).toEqual(['conversation_mention', 3])
    asking.turn(1000)
    const text = '[@returns](mention://team/11/returns) who takes it?'
    asking.sim.scenario.agentWrites({ conversation: 2, text, isPrivate: true, as: 'otto' })
    expect(await newest()).toEqual(['conversation_mention', 2])
  })

  test('a mention in words the customer reads notifies nobody', async () => {
    asking.turn(1000)
    asking.sim.scenario.agentWrites({ conversation: 3, text: mentionOfMe, as: 'ada' })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 5])
  })

  test('nothing of a blocked customer', async () => {
    await asking.ask('PATCH', `${account}/contacts/1501`, { body: { blocked: true } })
    await asking.ask('POST', `${path}/read_all`)
    asking.sim.scenario.customerWrites({ conversation: 5, text: 'Hello?' })
    expect(await unread()).toBe('0')
  })

  test('no assignment of a pending conversation', async () => {
    asking.sim.scenario.agentAssigns({ conversation: 7, to: 'me', as: 'ada' })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 5])
  })

  test('new conversations only for who subscribed to them', async () => {
    asking.sim.scenario.customerWrites({ inbox: 21, text: 'hello' })
    expect(await newest()).toEqual(['assigned_conversation_new_message', 5])
    const flags = { selected_email_flags: [], selected_push_flags: ['push_conversation_creation'] }
    await asking.ask('PATCH', `${account}/notification_settings`, { body: { notification_settings: flags } })
    const { conversation } = asking.sim.scenario.customerWrites({ inbox: 21, text: 'hello' })
    expect(await newest()).toEqual(['conversation_creation', conversation])
  })

  test('only the newest of a conversation survives', async () => {
    const former = await firstId()
    asking.turn(1000)
    asking.sim.scenario.customerWrites({ conversation: 5, text: 'Hello?' })
    expect(await unread()).toBe('1')
    expect(await firstId()).not.toBe(former)
    expect((await asking.ask('PATCH', `${path}/${former}`)).status).toBe(404)
  })

  test('§8.2 a conversation deleted takes its notifications along', async () => {
    asking.sim.scenario.membership({ account: 1, role: 'administrator' })
    await asking.ask('DELETE', `${account}/conversations/5`)
    asking.turn(1000)
    asking.sim.scenario.tick()
    expect(await unread()).toBe('0')
  })
})

describe('§1.8 notification settings', () => {
  test('begin with assignment alone', async () => {
    const { json } = await asking.ask('GET', `${account}/notification_settings`)
    expect(at(json, 'selected_email_flags')).toEqual(['email_conversation_assignment'])
    expect(at(json, 'selected_push_flags')).toEqual(['push_conversation_assignment'])
    expect(at(json, 'all_push_flags')).toContain('push_conversation_mention')
  })

  test('a change replaces both lists: the one not sent is empty afterwards', async () => {
    const body = { notification_settings: { selected_push_flags: ['push_conversation_mention'] } }
    const { json } = await asking.ask('PATCH', `${account}/notification_settings`, { body })
    expect(at(json, 'selected_push_flags')).toEqual(['push_conversation_mention'])
    expect(at(json, 'selected_email_flags')).toEqual([])
  })
})

test('§1.8 notifications of the demo stand as its past left them', async () => {
  const demo = await startAsking({ data: 'demo' })
  const shop = await demo.ask('GET', `${path}?includes[]=read`)
  expect(at(shop.json, 'data.meta.count')).toBeGreaterThan(8)
  const hotel = await demo.ask('GET', '/api/v1/accounts/2/notifications')
  expect(at(hotel.json, 'data.payload.*.notification_type')).toContain('conversation_mention')
  await demo.sim.close()
})

async function ofAda(): Promise<string> {
  const headers = { accept: 'application/json' }
  const body = { email: 'ada@example.com', password: 'ada-opens-1!' }
  const first = await asking.ask('POST', '/auth/sign_in', { body, headers })
  const second = { mfa_token: at(first.json, 'mfa_token'), otp_code: '246810' }
  const { json } = await asking.ask('POST', '/auth/sign_in', { body: second, headers })
  return String(at(json, 'data.access_token'))
}

async function firstId(): Promise<number> {
  return Number(at((await asking.ask('GET', path)).json, 'data.payload.0.id'))
}

async function newest(): Promise<unknown> {
  const { json } = await asking.ask('GET', path)
  return [at(json, 'data.payload.0.notification_type'), at(json, 'data.payload.0.primary_actor.id')]
}

async function unread(): Promise<string> {
  return (await asking.ask('GET', `${path}/unread_count`)).text
}

function conversationsOf(json: unknown): unknown {
  return at(json, 'data.payload.*.primary_actor.id')
}
