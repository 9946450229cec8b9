import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Answer, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const speak = (dialect: 'newer' | 'hosted') => asking.sim.scenario.server({ dialect })
const list = (query: string) => asking.ask('GET', `/conversations?${query}`)
const names = async (query: string) => at((await list(query)).json, 'conversations.*.contact.name')
const read = async (name: string) => asking.ask('GET', `/conversation/${await asking.called(name)}`)
const update = async (name: string, body: unknown) =>
  asking.ask('POST', `/conversation/${await asking.called(name)}`, { body })
const refused = ({ status, json }: Answer) => [status, json]

describe('the list of conversations', () => {
  test('puts who has no message first, then whoever wrote last, without the closed ones', async () => {
    expect(await names('page=1&per_page=50')).toEqual(['', 'Amara Nwosu', '', '佐々木 凛', 'Yosef Adar'])
  })

  test('counts rows, so that a page ends inside a conversation and holds its oldest messages', async () => {
    const { json } = await list('page=1&per_page=4')
    expect(at(json, 'conversations.*.messages.*.messageData.text')).toEqual([
      [],
      [
        'Hello! Is the night market tour still on for Saturday?',
        'It is, Amara. We start at seven by the old gate.',
        'Lovely. Could we be five instead of four?',
      ],
    ])
    const next = await list('page=2&per_page=4')
    expect(at(next.json, 'conversations.0.messages.*.messageData.text')).toEqual(['My sister just landed 😊'])
  })

  test('counts a conversation with two tags twice for each message', async () => {
    const tags = async (page: number) =>
      at((await list(`page=${page}&per_page=1`)).json, 'conversations.0.tags.*.name')
    expect([await tags(7), await tags(8), await tags(9)]).toEqual([['booking'], ['refund'], ['booking']])
    expect(await names('page=10&per_page=1')).toEqual(['佐々木 凛'])
    expect(await names('page=11&per_page=1')).toEqual(['Yosef Adar'])
  })

  test('ends with an empty page and never tells how many there are, nor how many are unread', async () => {
    const { json } = await list('page=1&per_page=50')
    expect(at(json, 'paginationMeta')).toEqual({ page: 1, per_page: 50, total: 0 })
    expect(at(json, 'conversations.*.numberOfUnreadMessages')).toEqual([0, 0, 0, 0, 0])
    expect(await names('page=2&per_page=50')).toEqual([])
    expect(await names('page=1&per_page=0')).toEqual([])
  })

  test('counts what is unanswered, where a server has learned to', async () => {
    asking.sim.scenario.server({ countsUnread: true })
    const { json } = await list('page=1&per_page=50')
    expect(at(json, 'conversations.*.numberOfUnreadMessages')).toEqual([0, 2, 1, 0, 0])
  })

  test('shows one status where it is asked for, also the one that no page names', async () => {
    expect(await names('page=1&per_page=50&status=Closed')).toEqual(['Ilse Marrow'])
    expect(await names('page=1&per_page=50&status=Resolved')).toEqual(['Yosef Adar'])
  })

  test('refuses pages that are missing or too long, and falls over what the database cannot read', async () => {
    const oddPage = [400, { message: 'Invalid page or perPage value' }]
    expect(refused(await list('page=0&per_page=10'))).toEqual(oddPage)
    expect(refused(await list('page=1&per_page=51'))).toEqual(oddPage)
    expect((await list('per_page=10')).status).toBe(400)
    expect(refused(await list('page=-1&per_page=10'))).toEqual([
      500,
      { message: 'jet: pq: OFFSET must not be negative' },
    ])
    expect((await list('page=1&per_page=10&status=Open')).text).toContain('invalid input value for enum')
    await expect(list('page=1&per_page=10&campaign_id=7')).rejects.toThrow('socket hang up')
  })

  test('puts who is in one list into every list of the server, and loses the status, on main', async () => {
    const { json } = await list('page=1&per_page=50&status=Closed')
    expect(at(json, 'conversations.0.contact.lists.*.name')).toEqual(['Spring', 'Autumn', 'Newsletter'])
    expect(at(json, 'conversations.0.contact.status')).toBe('')
  })
})

describe('one conversation', () => {
  test('comes with every message, oldest first, in the words of main', async () => {
    const { json } = await read('佐々木 凛')
    expect(at(json, 'conversation.messages.*.direction')).toEqual(['InBound', 'OutBound'])
    expect(at(json, 'conversation.messages.0')).toMatchObject({
      message_type: 'Text',
      messageData: { text: '領収書を送っていただけますか？' },
      createdAt: '2026-03-14T09:00:00+02:00',
    })
    expect(at(json, 'conversation.messages.1.createdAt')).toBe('2026-03-14T09:10:00.250417+02:00')
    expect(at(json, 'conversation.tags.*.name')).toEqual(['booking', 'refund'])
    expect(at(json, 'conversation.assignedTo')).toBeUndefined()
  })

  test('can be read whosever it is', async () => {
    const { status, json } = await read('Piet Holm')
    expect(status).toBe(200)
    expect(at(json, 'conversation.organizationId')).not.toBe(asking.sim.organizationId)
  })

  test('is refused where the id is none, and where nobody has it', async () => {
    expect(refused(await asking.ask('GET', '/conversation/5'))).toEqual([
      400,
      { message: 'invalid conversation id' },
    ])
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(refused(await asking.ask('GET', `/conversation/${nobody}`))).toEqual([
      404,
      { message: 'conversation not found' },
    ])
  })

  test('cannot be deleted: 400, and null for a reason', async () => {
    const answer = await asking.ask('DELETE', `/conversation/${await asking.called('Amara Nwosu')}`)
    expect(refused(answer)).toEqual([400, null])
    expect(answer.text).toBe('null')
  })
})

describe('the messages of a conversation', () => {
  const messages = async () =>
    asking.ask('GET', `/conversation/${await asking.called('Amara Nwosu')}/messages?page=1&per_page=2`)

  test('are a mistake in the database on main and on the newer branch', async () => {
    const what = 'jet: pq: missing FROM-clause entry for table "Contact"'
    expect(refused(await messages())).toEqual([500, { message: what }])
    speak('newer')
    expect(refused(await messages())).toEqual([500, what])
  })

  test('come in pages where it is hosted', async () => {
    speak('hosted')
    const { json } = await messages()
    expect(at(json, 'messages.*.messageType')).toEqual(['Text', 'Text'])
    expect(at(json, 'paginationMeta.total')).toBe(4)
  })
})

describe('setting the status', () => {
  test('is answered with an empty 200, and nothing has changed', async () => {
    expect(await update('Amara Nwosu', { status: 'Closed' })).toMatchObject({ status: 200, text: '' })
    expect(at((await read('Amara Nwosu')).json, 'conversation.status')).toBe('Active')
    expect(asking.sim.accepted.actions).toEqual([])
  })

  test('is answered with the conversation where it works', async () => {
    speak('hosted')
    const { json } = await update('Amara Nwosu', { status: 'Closed' })
    expect(at(json, 'conversation.status')).toBe('Closed')
    expect(at(json, 'conversation.totalMessages')).toBe(4)
    expect(await names('page=1&per_page=50')).not.toContain('Amara Nwosu')
    expect(asking.sim.accepted.actions).toMatchObject([{ action: 'status', value: 'Closed' }])
    expect(refused(await update('Amara Nwosu', { status: 'Open' }))).toEqual([400, 'Invalid status value'])
  })

  test('can be made to work, and its refusals to come as a list, on any of them', async () => {
    asking.sim.scenario.server({ update: 'works', errorBody: 'listed' })
    expect((await update('Amara Nwosu', { status: 'Closed' })).status).toBe(200)
    const { status, json } = await update('Amara Nwosu', {})
    expect([status, at(json, 'errors.*.field')]).toEqual([400, ['status']])
  })
})

describe('the dialects', () => {
  test('of the newer branch: labels, no lists, and one entry for each assignment there ever was', async () => {
    speak('newer')
    const { json } = await list('page=1&per_page=50')
    expect(at(json, 'conversations.3.tags.*.label')).toEqual(['booking', 'refund'])
    expect(at(json, 'conversations.3.contact.lists')).toBeUndefined()
    expect(at(json, 'conversations.3.assignedTo.email')).toBe('teo@example.com')
    const conversation = await asking.called('佐々木 凛')
    asking.sim.scenario.colleagueAssigns({ conversation, to: 'Miro' })
    const again = await list('page=1&per_page=50')
    expect(at(again.json, 'conversations.*.assignedTo.name')).toEqual([
      undefined,
      undefined,
      undefined,
      'Teo Varga',
      'Miro Castell',
      undefined,
    ])
    expect(at((await read('佐々木 凛')).json, 'conversation.assignedTo')).toBeUndefined()
  })

  test('of the hosted one: the page’s names, and who has it, in lists and alone', async () => {
    speak('hosted')
    const { json } = await list('page=1&per_page=50')
    expect(at(json, 'paginationMeta.total')).toBe(5)
    expect(at(json, 'conversations.3.messages.0')).toMatchObject({
      messageType: 'Text',
      replyToMessageId: '',
    })
    expect(at(json, 'conversations.3.assignedTo.name')).toBe('Teo Varga')
    expect(at((await read('佐々木 凛')).json, 'conversation.assignedTo.name')).toBe('Teo Varga')
  })
})
