import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'
import type { Page } from '../provider.ts'

/** How news come, over real HTTP at the simulator (docs/providers/wapikit.md §1, §6.1, §15). */
let here: SimulatedWapikit

describe.each(['main', 'newer', 'hosted'] as const)('a pull, on %s', (dialect) => {
  beforeEach(async () => {
    here = await startSimulatedWapikit({ dialect })
  })
  afterEach(() => here.close())

  it('brings nothing of another organization', async () => {
    const names = (await pullAll()).flatMap(({ conversations }) =>
      conversations.map((each) => each.customer.name),
    )
    expect(names).toContain('Amara Nwosu')
    expect(names).not.toContain('Piet Holm')
  })

  it('calls whom nobody named by their number', async () => {
    const pages = await pullAll()
    const found = conversationsOf(pages).find((each) => each.customer.phone === '+15550100103')
    expect(found?.customer.name).toBe('+15550100103')
  })

  it('shows whoever sent what is not kept as somebody who waits', async () => {
    const found = conversationsOf(await pullAll()).find((each) => each.customer.phone === '+15550100104')
    expect(found).toMatchObject({ preview: null, unread: { kind: 'some' } })
    expect(found?.lastTheirsAt).toBe(found?.createdAt)
  })

  it('brings closed and resolved ones as done', async () => {
    const done = conversationsOf(await pullAll()).filter((each) => each.status.kind === 'done')
    expect(done.map((each) => each.customer.name).sort()).toEqual(['Ilse Marrow', 'Yosef Adar'])
  })

  it('tells whose turn it is without a number', async () => {
    const rows = conversationsOf(await pullAll())
    const by = (name: string) => rows.find((each) => each.customer.name === name)
    expect(by('Amara Nwosu')).toMatchObject({ unread: { kind: 'some' }, readScope: 'device', readAt: null })
    expect(by('佐々木 凛')).toMatchObject({ unread: { kind: 'exact', count: 0 }, waitingSince: null })
    // Of the two they wrote since, the first.
    expect(by('Amara Nwosu')?.waitingSince).toBeLessThan(by('Amara Nwosu')?.lastTheirsAt ?? 0)
  })

  it('asks for the first page alone while nothing is new', async () => {
    const cursor = await settled()
    here.asked()
    const page = await here.session.pull(cursor, never)
    expect(here.asked()).toEqual(['GET /conversations?page=1&per_page=50'])
    expect([page.conversations, page.messages, page.more]).toEqual([[], [], false])
  })

  it('tells what somebody new writes', async () => {
    const cursor = await settled()
    here.simulator.scenario.customerWrites({ phone: '15550100190', text: 'Is this the right number?' })
    const page = await here.session.pull(cursor, never)
    expect(page.conversations.map((each) => each.customer.phone)).toContain('+15550100190')
  })

  it('tells the newest of a conversation that fills the first page, although the page has only its oldest', async () => {
    const key = await here.keyOf('Amara Nwosu')
    for (let count = 1; count <= 60; count++) await write(key, `Number ${count}`)
    const cursor = await settled()
    const known = await here.session.pull(cursor, never)
    await write(key, 'The newest of all')
    const page = await here.session.pull(known.cursor, never)
    const told = page.conversations.find((each) => each.key === key)
    expect(told?.preview?.text).toBe('The newest of all')
    expect(page.messages.at(-1)?.text).toBe('The newest of all')
  })

  it('goes on from page to page after an absence, until it meets what it knows', async () => {
    const cursor = await settled()
    const keys = new Set<string>()
    for (let count = 0; count < 70; count++) {
      here.serverClock.jump(1_000)
      const phone = String(15_550_100_200 + count)
      keys.add(there(here.simulator.scenario.customerWrites({ phone, text: 'Hello' }).conversation))
    }
    const pages = await pullAll(cursor)
    const told = new Set(conversationsOf(pages).map((each) => each.key))
    expect([...keys].filter((each) => !told.has(each))).toEqual([])
    expect(here.asked().filter((each) => each.includes('page=3'))).toEqual([])
  })

  it('shows what WhatsApp brought twice once where its id is told, and otherwise both', async () => {
    const key = await here.keyOf('Amara Nwosu')
    here.simulator.scenario.redelivers({ conversation: key })
    const messages = (await pullAll()).flatMap((page) => page.messages)
    const texts = messages.filter((each) => each.conversationId.endsWith(key)).map((each) => each.text)
    const last = texts.filter((text) => text.startsWith('My sister')).length
    expect(last).toBe(dialect === 'hosted' ? 1 : 2)
  })

  it('asks for nothing until the limit ends, and half as often after it', async () => {
    const cursor = await settled()
    const usual = (await here.session.pull(cursor, never)).minDelayMs
    here.simulator.scenario.fault({ kind: 'rateLimited', resetInMs: 120_000 }, { count: 1 })
    expect(await failureOf(here.session.pull(cursor, never))).toMatchObject({
      kind: 'rateLimited',
      retryAt: here.clock.now() + 120_000,
    })
    expect((await here.session.pull(cursor, never)).minDelayMs).toBe(usual * 2)
    await here.clock.advance(3_600_001)
    expect((await here.session.pull(cursor, never)).minDelayMs).toBe(usual)
  })

  it('brings what changed without a message in the long run', async () => {
    const key = await here.keyOf('Amara Nwosu')
    let cursor = await settled()
    here.simulator.scenario.colleagueSets({ conversation: key, status: 'Closed' })
    const seen: string[] = []
    for (let turn = 0; turn < 12; turn++) {
      const pages = await pullAll(cursor)
      cursor = pages.at(-1)?.cursor ?? ''
      seen.push(
        ...conversationsOf(pages)
          .filter((each) => each.key === key)
          .map((each) => each.status.kind),
      )
    }
    expect(seen).toContain('done')
  })
})

it('reads every conversation of a long list once, whatever its pages cut', async () => {
  here = await startSimulatedWapikit({ dialect: 'main', data: { conversations: 120 } })
  try {
    const pages = await pullAll()
    const rows = conversationsOf(pages)
    expect(new Set(rows.map((each) => each.key)).size).toBeGreaterThanOrEqual(120)
    // Whole: what is told last of each is what the server has as its newest.
    for (const row of rows.slice(0, 20)) {
      const shown = here.simulator.scenario.look({ conversation: row.key }) as {
        messages: { uniqueId: string }[]
      }
      expect(shown.messages.map((each) => each.uniqueId)).toContain(row.lastMessageKey)
      expect(shown.messages.at(-1)?.uniqueId).toBe(row.lastMessageKey)
    }
  } finally {
    await here.close()
  }
})

async function write(conversation: string, text: string): Promise<void> {
  here.serverClock.jump(1_000)
  here.simulator.scenario.customerWrites({ conversation, text })
  await Promise.resolve()
}

async function pullAll(from: string | null = null): Promise<Page[]> {
  const pages = [await here.session.pull(from, never)]
  while (pages.at(-1)?.more === true) pages.push(await here.session.pull(pages.at(-1)?.cursor ?? null, never))
  return pages
}

async function settled(): Promise<string> {
  return (await pullAll()).at(-1)?.cursor ?? ''
}

function conversationsOf(pages: readonly Page[]): Page['conversations'] {
  return pages.flatMap((page) => page.conversations)
}
