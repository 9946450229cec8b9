import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aReply,
  aSought,
  assignOf,
  byHand,
  doneOf,
  failureOf,
  never,
  readOf,
  there,
} from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { Page } from '../provider.ts'
import { asObject } from '../../foreign/read.ts'

/** The ten consequences that shape everything else (docs/providers/chatwoot.md §0), each by its number. */
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('0.1 the API sends no CORS headers', () => {
  it('so every request goes out by the host’s own HTTP, and none names an origin', async () => {
    await exercise()
    const sent = here.sent()
    expect(sent.map((each) => each.path)).toEqual(here.asked())
    expect(sent.flatMap((each) => Object.keys(each.headers)).filter((name) => /origin/i.test(name))).toEqual(
      [],
    )
  })
})

describe('0.2 proxies drop headers with underscores', () => {
  it('so the token goes with dashes, and only so', async () => {
    here.simulator.scenario.server({ strips: 'underscores' })
    await exercise()
    for (const { headers } of here.sent()) {
      const names = Object.keys(headers).filter((name) => /access.token/i.test(name))
      expect(names).toEqual(['Api-Access-Token'])
    }
  })

  it('and where a proxy drops either, the failure says just that', async () => {
    here.simulator.scenario.server({ strips: 'all' })
    expect(await failureOf(pull(null))).toMatchObject({ kind: 'auth', code: 'headerStripped' })
  })
})

describe('0.3 a 401 is not "logged out"', () => {
  it.each([
    ['denied', 'forbidden', 'forbidden'],
    ['notMember', 'forbidden', 'forbidden'],
    ['suspended', 'auth', 'suspended'],
    ['bot', 'auth', 'botToken'],
    ['signIn', 'auth', 'headerStripped'],
    ['invalidToken', 'auth', 'auth'],
  ] as const)('%s is %s', async (why, kind, code) => {
    here.simulator.scenario.fault({ kind: 'refused', why })
    expect(await failureOf(here.session.look('5', never))).toMatchObject({ kind, code })
  })
})

describe('0.4 a read mark is everybody’s, and nobody is told of it', () => {
  it('so no question for changes finds it, and a re-read now and then does', async () => {
    let page = await seeded()
    here.simulator.scenario.agentReads({ conversation: 5, as: 'Ada' })
    page = await pull(page.cursor)
    expect(unreadOf(page, '5')).toBeNull()
    for (let turn = 0; turn < 4; turn++) {
      await here.serverClock.advance(30_000)
      await here.clock.advance(30_000)
      page = await pull(page.cursor)
      if (unreadOf(page, '5') === 0) return
    }
    throw new Error('it was never noticed')
  })

  it('and ours counts for the whole team', () => {
    expect(readOf(here.session).scope).toBe('everyone')
  })
})

describe('0.5 to 0.7 the realtime channel answers presence to oneself only, forgets it within 20 s, and is silent to a wrong token', () => {
  it('so it is not in use: no socket is opened, and its path is never asked for', async () => {
    await exercise()
    const names = here.simulator.requests.flatMap((each) => each.headerNames)
    expect(names.filter((name) => /upgrade|sec-websocket/i.test(name))).toEqual([])
    expect(here.asked().filter((path) => path.includes('cable'))).toEqual([])
  })

  it('and the token of that channel is kept nowhere', async () => {
    const profile = asObject(await byHand(here, '/api/v1/profile'))
    expect(profile['pubsub_token']).toEqual(expect.any(String))
    const told = await Promise.all([seeded(), here.session.look('5', never), thread('5')])
    expect(JSON.stringify(told)).not.toContain(profile['pubsub_token'])
  })
})

describe('0.8 one token reaches every account of its owner', () => {
  it('so every request of a session names its account, and nothing of another comes in', async () => {
    await exercise()
    const account = /^\/api\/v1\/accounts\/1\//
    expect(here.simulator.requests.slice(2).filter((each) => !account.test(each.path))).toEqual([])
    const page = await seeded()
    expect(page.conversations.map((each) => each.inbox.name)).not.toContain('Tea shop')
  })
})

describe('0.9 the server does not check enumerations: an unknown one breaks it', () => {
  it('so only statuses and priorities it knows are ever sent', async () => {
    await exercise()
    const bodies = here.sent().map((each) => asObject(each.body))
    const statuses = new Set(bodies.flatMap((body) => body['status'] ?? []))
    expect(statuses).toEqual(new Set(['open', 'pending', 'resolved', 'snoozed']))
    const priorities = new Set(bodies.filter((body) => 'priority' in body).map((body) => body['priority']))
    expect([...priorities]).toEqual(['urgent', null])
  })

  it('and times are sent as whole seconds, since words break it too', async () => {
    await there(here.session.snooze).snooze('5', Date.UTC(2027, 0, 1) + 7, never)
    const times = here.sent().flatMap((each) => asObject(each.body)['snoozed_until'] ?? [])
    expect(times).toEqual([Date.UTC(2027, 0, 1) / 1000])
  })

  it('and a server that broke all the same is busy, not lost', async () => {
    here.simulator.scenario.fault({ kind: 'serverError' }, { method: 'POST', count: 1 })
    expect(await failureOf(doneOf(here.session).pend('5', never))).toMatchObject({ kind: 'busy' })
  })
})

describe('0.10 white labels diverge', () => {
  const foreign = {
    id: 5,
    inbox_id: 21,
    status: 'parked',
    priority: 'whenever',
    meta: { channel: 'Channel::Pigeon', sender: { id: 1, name: 'Ines' } },
    messages: [
      {
        id: 9,
        conversation_id: 5,
        content: 'Coo',
        message_type: 7,
        content_type: 'feather',
        created_at: 1_767_600_000,
        content_attributes: { is_reaction: true, is_edited: true, previous_content: 'Co' },
        attachments: [{ id: 1, file_type: 'hologram', data_url: 'https://files.example.com/x' }],
      },
    ],
    typing_status: 'recording',
    whatever: { else: [] },
  }

  it('so what is unknown is shown for what it can be, never lost and never an error', async () => {
    const body = JSON.stringify(foreign)
    const answer = { kind: 'status', status: 200, contentType: 'application/json', body } as const
    here.simulator.scenario.fault(answer, { count: 1 })
    const { conversation, messages } = await here.session.look('5', never)
    expect(conversation).toMatchObject({
      status: { kind: 'unknown', raw: 'parked' },
      priority: null,
      inbox: { channel: 'other' },
      preview: { text: 'Coo' },
    })
    expect(messages).toMatchObject([
      {
        key: '9',
        kind: 'other',
        text: 'Coo',
        attachments: [{ kind: 'other', url: 'https://files.example.com/x' }],
      },
    ])
  })
})

/** Everything a session orders and asks at least once. */
async function exercise(): Promise<void> {
  const { session } = here
  const done = doneOf(session)
  await seeded()
  await thread('5')
  await session.send(aReply(), never)
  await session.findSent(aSought({ startedAt: here.clock.now() }), never)
  await there(session.priority).set('5', 'urgent', never)
  await there(session.priority).set('5', null, never)
  await there(session.labels).change('5', { add: ['broken'], remove: [] }, never)
  await there(session.snooze).snooze('5', null, never)
  await done.pend('5', never)
  await done.resolve('5', { lamp: 'desk' }, never)
  const { conversation } = await done.reopen('5', never)
  const [agent] = await assignOf(session).candidates(conversation.inbox.key, never)
  await assignOf(session).assign(conversation, there(agent), never)
  await readOf(session).markRead('5', never)
  await readOf(session).markUnread('5', never)
  await there(session.mute).mute('5', never)
  await there(session.mute).unmute('5', never)
}

async function seeded(): Promise<Page> {
  let page = await pull(null)
  const conversations = [...page.conversations]
  while (page.more) {
    page = await pull(page.cursor)
    conversations.push(...page.conversations)
  }
  return { ...page, conversations }
}

function pull(cursor: string | null): Promise<Page> {
  return here.session.pull(cursor, never)
}

function thread(key: string) {
  return here.session.thread(key, null, never)
}

/** How many the page says are unread; null where it says nothing of this conversation. */
function unreadOf(page: Page, key: string): number | null {
  const unread = page.conversations.find((each) => each.key === key)?.unread
  return unread?.kind === 'exact' ? unread.count : null
}
