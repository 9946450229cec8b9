import { afterEach, describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { jsonAnswer, pathOf, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import type { Page } from '../provider.ts'
import { chatwoot } from './chatwoot.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'

const never = new AbortController().signal
const hourMs = 3_600_000
const dayMs = 24 * hourMs
let here: Simulated

afterEach(() => here.close())

describe('the first load', () => {
  it('brings open, then pending, then snoozed, then recently resolved conversations, and says how far it is', async () => {
    here = await startSimulated()
    const pages = await loadAll()
    const told = pages.map((page) => page.conversations.map((each) => each.status.kind))
    expect(told).toEqual([['open', 'open', 'open'], ['pending'], ['snoozed'], ['done']])
    expect(pages.map((page) => page.progress)).toEqual([
      { done: 3, total: 5 },
      { done: 4, total: 5 },
      { done: 5, total: null },
      null,
    ])
    expect(pages.map((page) => page.more)).toEqual([true, true, true, false])
  })

  it('names the inboxes', async () => {
    here = await startSimulated()
    const [page] = await loadAll()
    expect(page?.conversations.map((each) => each.inbox.name).sort()).toEqual(['Post', 'Website', 'WhatsApp'])
  })

  it('does without the names where they are not to be had', async () => {
    here = await startSimulated()
    here.simulator.scenario.fault({ kind: 'refused', why: 'denied' }, { path: '/api/v1/accounts/*/inboxes' })
    const [page] = await loadAll()
    expect(page?.conversations.map((each) => each.inbox.name)).toEqual(['', '', ''])
  })

  it.each([25, 10, 7])('reads every page whatever its size (%i)', async (pageSize) => {
    here = await startSimulated({ conversations: 60 })
    here.simulator.scenario.server({ pageSize })
    const keys = (await loadAll()).flatMap((page) => page.conversations.map((each) => each.key))
    const listed = await statusCounts()
    expect(keys).toHaveLength(listed.open + listed.pending + listed.snoozed + listed.resolvedLately)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('goes on after a restart where it was', async () => {
    here = await startSimulated({ conversations: 60 })
    const first = await here.session.pull(null, never)
    const second = await here.reopened().pull(first.cursor, never)
    const both = [...first.conversations, ...second.conversations].map((each) => each.key)
    expect(new Set(both).size).toBe(both.length)
    expect(second.progress?.done).toBe(both.length)
  })

  it('misses nothing that happened while it ran', async () => {
    here = await startSimulated()
    const first = await here.session.pull(null, never)
    await pass(20_000)
    here.simulator.scenario.customerWrites({ conversation: 5, text: 'While you were loading' })
    await pass(20_000)
    const last = (await loadAll(first.cursor)).at(-1)
    const { conversations } = await here.session.pull(last?.cursor ?? null, never)
    expect(conversations.find((each) => each.key === '5')?.preview?.text).toBe('While you were loading')
  })
})

describe('later pulls', () => {
  it('ask only for what was touched since, a little more than that', async () => {
    here = await startSimulated()
    const cursor = await loaded()
    await pass(30_000)
    here.asked()
    await here.session.pull(cursor, never)
    expect(here.asked()).toEqual(['/conversations?status=all&updated_within=45'])
  })

  it('tell what changed, whatever became of it', async () => {
    here = await startSimulated()
    const cursor = await loaded()
    await pass(30_000)
    here.simulator.scenario.agentSets({ conversation: 5, status: 'resolved' })
    const page = await here.session.pull(cursor, never)
    expect(page.conversations.map((each) => [each.key, each.status.kind])).toEqual([['5', 'done']])
  })

  it('go by the server’s clock, however ours is set', async () => {
    here = await startSimulated()
    const cursor = await loaded()
    await pass(60_000)
    here.simulator.scenario.customerWrites({ conversation: 5, text: 'One hour is gone' })
    await pass(hourMs)
    here.clock.jump(-2 * hourMs)
    here.asked()
    const page = await here.session.pull(cursor, never)
    expect(page.conversations.map((each) => each.key)).toEqual(['5'])
    expect(here.asked()).toEqual([
      '/conversations?status=all&updated_within=15',
      `/conversations?status=all&updated_within=${3600 + 60 + 15}`,
    ])
  })

  it('read in pages again after a long absence, back to where they were', async () => {
    here = await startSimulated()
    const cursor = await loaded()
    await pass(hourMs)
    here.simulator.scenario.agentSets({ conversation: 5, status: 'resolved' })
    await pass(45 * dayMs)
    const pages = await loadAll(cursor)
    expect(pages.length).toBeGreaterThan(1)
    const told = pages.flatMap((page) => page.conversations).find((each) => each.key === '5')
    expect(told?.status).toEqual({ kind: 'done' })
  })

  it('stop at an answer that says the same as the last', async () => {
    const rows = [{ id: 1, status: 'open', inbox_id: 3, last_activity_at: 1_772_000_000 }]
    const { session } = scripted(() => ({ data: { meta: { all_count: 1 }, payload: rows } }))
    here = await startSimulated('empty')
    const first = await session.pull(steady, never)
    const second = await session.pull(first.cursor, never)
    expect([first.conversations.length, second.conversations.length]).toEqual([1, 0])
  })

  it('but tell it again where the page before was never stored', async () => {
    const rows = [{ id: 1, status: 'open', inbox_id: 3, last_activity_at: 1_772_000_000 }]
    const { session } = scripted(() => ({ data: { meta: { all_count: 1 }, payload: rows } }))
    here = await startSimulated('empty')
    await session.pull(steady, never)
    expect((await session.pull(steady, never)).conversations).toHaveLength(1)
  })

  it('notice before long what a colleague has read', async () => {
    here = await startSimulated()
    let cursor = await loaded()
    here.simulator.scenario.agentReads({ conversation: 5 })
    const told: Conversation[] = []
    for (let turn = 0; turn < 4; turn++) {
      await pass(30_000)
      const page = await here.session.pull(cursor, never)
      told.push(...page.conversations.filter((each) => each.key === '5'))
      cursor = page.cursor
    }
    expect(told.at(-1)?.unread).toEqual({ kind: 'exact', count: 0 })
  })

  it('notice it of a conversation far down the list too', async () => {
    here = await startSimulated({ conversations: 200 })
    here.simulator.scenario.server({ pageSize: 5 })
    const pages = await loadAll()
    const unread = pages
      .flatMap((page) => page.conversations)
      .filter((each) => each.status.kind === 'open' && isUnread(each))
      .at(-1)
    here.simulator.scenario.agentReads({ conversation: Number(unread?.key) })
    let cursor = pages.at(-1)?.cursor ?? ''
    let isNoticed = false
    for (let turn = 0; turn < 4 * 40 && !isNoticed; turn++) {
      await pass(10_000)
      const page = await here.session.pull(cursor, never)
      cursor = page.cursor
      isNoticed = page.conversations.some((each) => each.key === unread?.key && !isUnread(each))
    }
    expect(isNoticed).toBe(true)
  })

  it('ask one by one for the unread that are on no page read anyway', async () => {
    here = await startSimulated()
    let cursor = await loaded()
    for (let turn = 0; turn < 4; turn++) {
      await pass(30_000)
      cursor = (await here.session.pull(cursor, never)).cursor
    }
    // Pending and unread: the pages of open conversations never show it.
    expect(here.asked()).toContain('/conversations/7')
  })

  it('tell which of those are no longer there, once', async () => {
    here = await startSimulated()
    const loadedCursor = JSON.parse(await loaded()) as object
    const deleted = JSON.stringify({ ...loadedCursor, turn: 3, unread: ['4711'] })
    const page = await here.session.pull(deleted, never)
    expect(page.gone).toEqual(['4711'])
    expect(JSON.parse(page.cursor)).not.toHaveProperty('unread', expect.arrayContaining(['4711']))
  })

  it('never send an empty value', async () => {
    here = await startSimulated()
    await here.session.pull(await loaded(), never)
    expect(here.asked().filter((path) => /=(&|$)/.test(path))).toEqual([])
  })
})

const steady = JSON.stringify({
  version: 1,
  kind: 'steady',
  asOf: 1_772_000_000_000,
  aheadMs: 0,
  turn: 0,
  sweepPage: 2,
  unread: [],
})

/** A session at a server whose list always answers the same; the Date header says our own time. */
function scripted(list: () => unknown) {
  const clock = handClock(1_772_000_030_000)
  const http = scriptedHttp((request) => {
    const body = pathOf(request).endsWith('/inboxes') ? { payload: [{ id: 3, name: 'Website' }] } : list()
    return jsonAnswer(body, 200, { date: new Date(clock.now()).toUTCString() })
  })
  const account = {
    id: accountId('home'),
    key: '1',
    baseUrl: 'https://desk.example.com',
    settings: { userId: '7' },
  }
  return { http, session: chatwoot.open(account, 'a-token', { http, clock, log: () => {} }) }
}

async function loadAll(from: string | null = null): Promise<Page[]> {
  const pages = [await here.session.pull(from, never)]
  while (pages.at(-1)?.more === true) pages.push(await here.session.pull(pages.at(-1)?.cursor ?? null, never))
  return pages
}

async function loaded(): Promise<string> {
  return (await loadAll()).at(-1)?.cursor ?? ''
}

async function pass(ms: number): Promise<void> {
  await here.clock.advance(ms)
  await here.serverClock.advance(ms)
}

function isUnread({ unread }: Conversation): boolean {
  return unread.kind !== 'exact' || unread.count > 0
}

/** Counted at the server itself, through its own unpaged question. */
async function statusCounts() {
  const since = here.serverClock.now() - 30 * dayMs
  const counts = { open: 0, pending: 0, snoozed: 0, resolvedLately: 0 }
  const answer = await fetch(
    `${here.simulator.url}/api/v1/accounts/1/conversations?status=all&updated_within=999999999`,
    {
      headers: { 'Api-Access-Token': here.simulator.token },
    },
  )
  const { data }: { data: { payload: { status: string; last_activity_at: number }[] } } = JSON.parse(
    await answer.text(),
  )
  for (const { status, last_activity_at } of data.payload) {
    if (status === 'open' || status === 'pending' || status === 'snoozed') counts[status] += 1
    else if (last_activity_at * 1000 >= since) counts.resolvedLately += 1
  }
  return counts
}
