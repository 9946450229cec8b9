import { afterEach, describe, expect, it } from 'vitest'
import {
  never,
  startSimulatedAelyst,
  type SimulatedAelyst,
} from '../../../../tests/support/simulated-aelyst.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { Page } from '../provider.ts'

let on: SimulatedAelyst
afterEach(async () => {
  expect(on.clock.pending()).toBe(0)
  await on.close()
})

const ines = '301'
const bram = '302'

describe('the first load', () => {
  it('asks for the open ones, then for the newest messages of mine and nobody’s, then of the rest', async () => {
    on = await startSimulatedAelyst()
    on.asked()
    const pages = await on.pull()
    const asked = on.asked()
    expect(asked[0]).toBe('POST /contact/list?limit=99')
    const tops = asked
      .filter((each) => each.includes('/message/list'))
      .map((each) => each.split('id:')[1]?.slice(0, 3))
    expect(tops.at(-1)).toBe(bram)
    expect(new Set(tops).size).toBe(tops.length)
    const rows = rowsOf(pages)
    expect(rows.get(ines)).toMatchObject({
      customer: { name: 'Ines Duarte' },
      inbox: { name: 'Lantern WhatsApp', channel: 'whatsapp' },
      assignee: { isMe: true },
      unread: { kind: 'exact', count: 2 },
      preview: { side: 'them' },
    })
    expect(pages.at(-1)).toMatchObject({ more: false, progress: null })
  })

  it('walks through everybody where the server knows no filter by status, and remembers that', async () => {
    for (const statusFilter of ['refused', 'ignored'] as const) {
      on = await startSimulatedAelyst({ manners: { statusFilter } })
      const filtered = rowsOf(await on.pull())
      expect([...filtered.values()].every((each) => each.status.kind === 'open')).toBe(true)
      expect([filtered.has(ines), filtered.has('304'), on.learned['statusFilter']]).toEqual([
        true,
        false,
        false,
      ])
      if (statusFilter === 'refused') await on.close()
    }
  })

  it('reads every page of a long list, each by the cursor of the one before', async () => {
    on = await startSimulatedAelyst({
      data: { contacts: 600 },
      manner: 'respondio',
      manners: { pagesOverlap: true },
    })
    on.asked()
    const pages = [await on.run(on.session.pull(null, never))]
    for (let n = 0; n < 2; n++) pages.push(await on.run(on.session.pull(pages.at(-1)?.cursor ?? null, never)))
    const lists = on.asked().filter((each) => each.includes('/contact/list'))
    expect(lists.length).toBeGreaterThan(1)
    expect(lists[1]).toMatch(/cursorId=\d+$/)
  })
})

describe('what happens later', () => {
  it('asks for the list again after a quarter of a minute, and for few messages', async () => {
    on = await startSimulatedAelyst()
    const cursor = await caughtUp()
    on.asked()
    const [page] = await on.pull(cursor)
    expect([on.asked(), page?.conversations]).toEqual([[], []])
    await on.clock.advance(15_000)
    await on.pull(cursor)
    expect(on.asked()[0]).toBe('POST /contact/list?limit=99')
  })

  it('tells who was assigned, and what is new on it, without a message of it', async () => {
    on = await startSimulatedAelyst()
    const cursor = await caughtUp()
    on.simulator.scenario.colleagueAssigns({ contact: Number(bram), to: 'Nilo' })
    await on.clock.advance(15_000)
    const row = rowsOf(await on.pull(cursor)).get(bram)
    expect(row).toMatchObject({ assignee: { isMe: true }, lastMessageKey: expect.stringMatching(/^\d+$/) })
  })

  it('looks once at who left the list: closed, or gone', async () => {
    on = await startSimulatedAelyst()
    const cursor = await caughtUp()
    on.simulator.scenario.colleagueSets({ contact: Number(ines), status: 'closed' })
    on.simulator.scenario.contactDeleted({ contact: Number(bram) })
    await on.clock.advance(15_000)
    const pages = await on.pull(cursor)
    expect(rowsOf(pages).get(ines)?.status).toEqual({ kind: 'done' })
    expect(pages.flatMap((each) => each.gone)).toEqual([bram])
    on.asked()
    await on.clock.advance(15_000)
    await on.pull(pages.at(-1)?.cursor)
    expect(on.asked().filter((each) => each === `GET /contact/id:${ines}`)).toEqual([])
  })

  it('follows a contact that was merged into another, where the server says into which', async () => {
    on = await startSimulatedAelyst({ manner: 'respondio' })
    const cursor = await caughtUp()
    on.simulator.scenario.merges({ one: Number(ines), other: Number(bram) })
    await on.clock.advance(300_000)
    const pages = await on.pull(cursor)
    expect(pages.flatMap((each) => each.rekeyed ?? [])).toEqual([{ from: bram, to: ines }])
  })

  it('goes on where one contact cannot be read', async () => {
    on = await startSimulatedAelyst()
    const cursor = await caughtUp()
    on.simulator.scenario.fault({ kind: 'queued' }, { path: `/v1/contact/id%3A${ines}/message/list` })
    on.simulator.scenario.fault({ kind: 'queued' }, { path: `/v1/contact/id:${ines}/message/list` })
    on.simulator.scenario.customerWrites({ contact: Number(bram), text: 'Hello?' })
    await on.clock.advance(300_000)
    const rows = rowsOf(await on.pull(cursor))
    expect(rows.get(bram)?.preview?.text).toBe('Hello?')
    expect(rows.has(ines)).toBe(false)
  })
})

describe('an agent whom the workspace restricts', () => {
  it.each([
    ['mina@example.com', 'to their own', (row: Conversation) => row.assignee?.isMe === true],
    [
      'ada@example.com',
      'to their team',
      (row: Conversation) => ['Nilo Verano', 'Ada Brook'].includes(row.assignee?.name ?? ''),
    ],
  ])('%s sees no more here, although the token does: %s', async (user, _what, isTheirs) => {
    on = await startSimulatedAelyst({ user })
    const rows = rowsOf(await on.pull())
    expect([...rows.values()].every(isTheirs)).toBe(true)
    if (user.startsWith('ada')) expect(rows.size).toBe(2)
  })

  it('loses from view what is given to somebody else', async () => {
    on = await startSimulatedAelyst({ user: 'mina@example.com' })
    on.simulator.scenario.colleagueAssigns({ contact: Number(ines), to: 'Mina' })
    const cursor = await caughtUp()
    on.simulator.scenario.colleagueAssigns({ contact: Number(ines), to: 'Otto' })
    await on.clock.advance(15_000)
    expect((await on.pull(cursor)).flatMap((each) => each.gone)).toEqual([ines])
  })
})

async function caughtUp(): Promise<string> {
  return (await on.pull()).at(-1)?.cursor ?? ''
}

/** Each conversation as it was told last. */
function rowsOf(pages: readonly Page[]): Map<string, Conversation> {
  return new Map(pages.flatMap((each) => each.conversations).map((each) => [each.key, each]))
}
