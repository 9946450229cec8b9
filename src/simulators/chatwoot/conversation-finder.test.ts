import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

// The small world: 1 resolved, 2 Bram (Ada's, answered), 3 Tomas by mail, 4 snoozed, 5 Ines (mine), 7 pending; 6 is hidden.

describe('a list', () => {
  test('shows open conversations where no status is asked for, the newest first', async () => {
    expect((await asking.list('')).ids).toEqual([5, 3, 2])
  })

  test('of every status counts by assignee whatever tab is asked for', async () => {
    const { ids, meta } = await asking.list('status=all&assignee_type=me')
    expect(ids).toEqual([5, 4, 1])
    expect(meta).toEqual({ mine_count: 3, assigned_count: 4, unassigned_count: 2, all_count: 6 })
  })

  test('takes several statuses as an array', async () => {
    const { ids } = await asking.list('status[]=pending&status[]=snoozed&sort_by=created_at_asc')
    expect(ids).toEqual([4, 7])
  })

  test('finds nothing for a value that is empty or unknown', async () => {
    for (const query of ['status=', 'inbox_id=', 'labels=', 'status=asleep']) {
      expect((await asking.list(query)).ids, query).toEqual([])
    }
  })

  test('of an empty or unknown team is 404', async () => {
    for (const team of ['', '77']) {
      const { status } = await asking.ask('GET', `/api/v1/accounts/1/conversations?team_id=${team}`)
      expect(status).toBe(404)
    }
  })

  test('with words sought forgets the status and looks into messages of both sides', async () => {
    expect((await asking.list('q=ISLANDS&status=open')).ids).toEqual([1])
    expect((await asking.list('q=two%20days%20longer')).ids).toEqual([1])
  })

  test('counts a bot’s conversation as unassigned', async () => {
    asking.sim.scenario.agentAssigns({ conversation: 5, to: 'bot' })
    const { meta } = await asking.list('')
    expect(meta).toMatchObject({ mine_count: 0, unassigned_count: 2 })
  })

  test('by label matches any of the titles', async () => {
    expect((await asking.list('labels[]=broken&labels[]=delivery')).ids).toEqual([5, 3])
  })

  test('of the unattended holds those never answered and those who wait', async () => {
    expect((await asking.list('conversation_type=unattended')).ids).toEqual([5, 3])
  })
})

describe('the kinds of list', () => {
  test('participating lists what I take part in, wherever it is and whichever inbox is asked for', async () => {
    asking.sim.scenario.membership({ role: 'administrator' })
    await asking.ask('POST', '/api/v1/accounts/1/conversations/6/participants', { body: { user_ids: [11] } })
    asking.sim.scenario.membership({ role: 'agent' })
    expect((await asking.list('conversation_type=participating&inbox_id=22')).ids).toEqual([5, 6])
  })

  test('mention lists where a note named me, of what I may see', async () => {
    const text = '[@Nilo](mention://user/11/Nilo%20Verano) look'
    asking.sim.scenario.agentWrites({ conversation: 3, text, isPrivate: true })
    expect((await asking.list('conversation_type=mention')).ids).toEqual([3])
    expect((await asking.list('conversation_type=mention&inbox_id=21')).ids).toEqual([])
  })

  test('of one source is what that contact has in that inbox', async () => {
    const { conversation } = asking.sim.scenario.look({ conversation: 5 })
    const source = at(conversation, 'messages.0.conversation.contact_inbox.source_id')
    expect((await asking.list(`source_id=${String(source)}`)).ids).toEqual([5])
  })
})

describe('the older search', () => {
  test('answers conversations in short with the messages that hold the words', async () => {
    const { json } = await asking.ask('GET', '/api/v1/accounts/1/conversations/search?q=islands')
    expect(at(json, 'meta')).toEqual({ mine_count: 1, unassigned_count: 0, all_count: 1 })
    expect(at(json, 'payload.0')).toMatchObject({
      id: 1,
      contact: { name: 'Tomas Okoro' },
      inbox: { name: 'Website', channel_type: 'Channel::WebWidget' },
      messages: [{ content: 'Do you ship to islands?', sender_name: 'Tomas Okoro', message_type: 0 }],
    })
  })
})

describe('unread counts of newer trees', () => {
  const counts = () => asking.ask('GET', '/api/v1/accounts/1/conversations/unread_counts')

  test('are a conversation nobody has in 4.10, and may be switched off', async () => {
    expect((await counts()).status).toBe(404)
    asking.sim.scenario.server({ unreadCounts: 'off' })
    expect((await counts()).status).toBe(403)
  })

  test('tell how many conversations of what I see have something unread', async () => {
    asking.sim.scenario.server({ unreadCounts: 'on' })
    expect(at((await counts()).json, 'payload')).toMatchObject({ all_count: 2, inboxes: { 21: 1, 22: 1 } })
  })
})

describe('the order', () => {
  test('by priority puts those without one last, whichever way round', async () => {
    asking.sim.scenario.priority({ conversation: 2, priority: 'low' })
    expect((await asking.list('sort_by=priority_desc')).ids).toEqual([5, 2, 3])
    expect((await asking.list('sort_by=priority_asc')).ids).toEqual([2, 5, 3])
  })

  test('by waiting puts who waits longest first, and who does not wait last', async () => {
    expect((await asking.list('sort_by=waiting_since_asc')).ids).toEqual([3, 5, 2])
  })

  test('understands the older names, and falls back for unknown ones', async () => {
    expect((await asking.list('sort_by=sort_on_created_at')).ids).toEqual([2, 3, 5])
    expect((await asking.list('sort_by=by_beauty')).ids).toEqual([5, 3, 2])
  })

  test('moves with a private note, too', async () => {
    asking.sim.scenario.agentWrites({ conversation: 2, text: 'Mind the step', isPrivate: true })
    expect((await asking.list('')).ids).toEqual([2, 5, 3])
  })
})

describe('pages', () => {
  test('hold as many as the installation says, and end with a short one', async () => {
    asking.sim.scenario.server({ pageSize: 2 })
    expect((await asking.list('page=1')).ids).toEqual([5, 3])
    expect((await asking.list('page=2')).ids).toEqual([2])
    expect((await asking.list('page=3')).ids).toEqual([])
  })

  test('are forgotten where only the lately changed are asked for', async () => {
    asking.sim.scenario.server({ pageSize: 1 })
    expect((await asking.list('status=all&updated_within=90000')).ids).toEqual([5, 7, 4])
    expect((await asking.list('status=all&updated_within=1500')).ids).toEqual([5])
  })

  test('do not show that somebody read a conversation among the lately changed', async () => {
    asking.turn(3_600_000)
    asking.sim.scenario.agentReads({ conversation: 5 })
    expect((await asking.list('status=all&updated_within=600')).ids).toEqual([])
  })
})

test('the counts alone come under one key', async () => {
  const { json } = await asking.ask('GET', '/api/v1/accounts/1/conversations/meta?status=all')
  expect(json).toEqual({
    meta: { mine_count: 3, assigned_count: 4, unassigned_count: 2, all_count: 6 },
  })
})

test('ten thousand conversations are there at once and page to their end', async () => {
  const many = await startAsking({ data: { conversations: 10_000 } })
  const { rows, meta } = await many.list('status=all&page=400')
  expect(at(meta, 'all_count')).toBe(10_000)
  expect(at(rows, '*.id')).toHaveLength(25)
  await many.sim.close()
})
