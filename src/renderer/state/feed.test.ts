import { beforeEach, describe, expect, it } from 'vitest'
import { aMessage, aRow } from '../../../tests/renderer/rows.ts'
import type { Bridge } from '../../shared/contract/bridge.ts'
import type { AnyEvent, ConversationRow, Counts, Query } from '../../shared/contract/contract.ts'
import { createFeed, type Feed } from './feed.ts'
import { createMirror, type MirrorStore } from './mirror.ts'

const query: Query = { view: 'open', accountId: null, find: null, sort: 'newest', folder: null, terms: null }
const none = { needsYou: 0, mine: 0, unassigned: 0, open: 0, pending: 0, snoozed: 0, done: 0 }

describe('the feed', () => {
  let desk: TestDesk
  beforeEach(() => {
    desk = testDesk()
  })

  it('listens before it asks for the snapshot', () => {
    desk.feed.start()
    expect(desk.asked[0]).toBe('listen')
    expect(desk.asked).toContain('app.snapshot')
  })

  it('writes all events of a frame at once', async () => {
    await desk.showing([aRow({ id: 'a:1' })])
    let writes = 0
    desk.mirror.subscribe(() => (writes += 1))
    desk.tell(changed(2, [aRow({ id: 'a:2' })]))
    desk.tell(changed(3, [aRow({ id: 'a:3' })]))
    expect(desk.shown()).toEqual(['a:1'])
    desk.frame()
    expect(desk.shown()).toEqual(['a:1', 'a:2', 'a:3'])
    expect(writes).toBe(1)
  })

  it('leaves out an event it cannot make out, shows the others, and asks how things are', async () => {
    await desk.showing([aRow({ id: 'a:1' })])
    desk.asked.length = 0
    const garbage = { name: 'inbox.changed', payload: { revision: 2, upserted: 7 } } as unknown as AnyEvent
    desk.tell(garbage)
    desk.tell({} as AnyEvent)
    desk.tell(changed(3, [aRow({ id: 'a:3' })]))
    expect(() => desk.frame()).not.toThrow()
    expect(desk.shown()).toEqual(['a:1', 'a:3'])
    expect(desk.asked).toEqual(expect.arrayContaining(['app.snapshot', 'inbox.page']))
  })

  it('brings a late answer up to date with what was heard while it was on its way', async () => {
    desk.feed.start()
    desk.refuse('inbox.page')
    const shown = desk.feed.show(query)
    desk.tell(changed(8, [aRow({ id: 'a:1', status: { kind: 'done' } })]))
    desk.frame()
    desk.answer('inbox.page', { revision: 7, rows: [aRow({ id: 'a:1' }), aRow({ id: 'a:2' })], next: null })
    await shown
    expect(desk.shown()).toEqual(['a:2'])
  })

  it('drops events the answer already holds', async () => {
    await desk.showing([aRow({ id: 'a:1' })], 9)
    desk.tell(changed(8, [aRow({ id: 'a:1', status: { kind: 'done' } })]))
    desk.frame()
    expect(desk.shown()).toEqual(['a:1'])
  })

  it('asks for everything again after a gap, and forgets events of the engine before', async () => {
    await desk.showing([aRow({ id: 'a:1' })], 50)
    desk.tell(changed(51, [aRow({ id: 'a:9' })]))
    desk.frame()
    desk.asked.length = 0
    desk.gap()
    expect(desk.asked).toEqual(expect.arrayContaining(['app.snapshot', 'inbox.page']))
    desk.answer('inbox.page', { revision: 1, rows: [aRow({ id: 'a:2' })], next: null })
    await settled()
    expect(desk.shown()).toEqual(['a:2'])
  })

  it('keeps the rows in sight when reading them again fails', async () => {
    await desk.showing([aRow({ id: 'a:1' })])
    desk.gap()
    desk.refuse('inbox.page')
    await settled()
    expect(desk.shown()).toEqual(['a:1'])
    expect(desk.mirror.getState().list.phase).toBe('ready')
  })

  it('does not show the answer to a list that is no longer asked for', async () => {
    desk.feed.start()
    desk.refuse('inbox.page')
    void desk.feed.show(query)
    void desk.feed.show({ ...query, view: 'done' })
    desk.answer('inbox.page', { revision: 1, rows: [aRow({ id: 'a:1' })], next: null })
    await settled()
    expect(desk.shown()).toEqual([])
  })

  it('asks an open search again when something comes, one question at a time', async () => {
    await desk.showing([])
    const found = desk.feed.show({ ...query, find: 'island' })
    desk.answer('inbox.page', { revision: 2, rows: [], next: null })
    await found
    const questions = (): number => desk.asked.filter((each) => each === 'inbox.page').length
    const before = questions()
    for (const revision of [3, 4, 5]) {
      desk.tell(changed(revision, []))
      desk.frame()
    }
    expect(questions()).toBe(before + 1)
    desk.answer('inbox.page', { revision: 3, rows: [aRow({ id: 'a:1' })], next: null })
    await settled()
    expect(desk.shown()).toEqual(['a:1'])
    expect(questions()).toBe(before + 2)
  })

  it('shows a thread with the messages that came while it was being read', async () => {
    desk.feed.start()
    const opened = desk.feed.openThread('a:1')
    const late = aMessage({ id: 'm2', conversationId: 'a:1', sentAt: 2 })
    desk.tell({
      name: 'thread.changed',
      payload: { revision: 6, conversationId: 'a:1', upserted: [late], removed: [], stranded: [] },
    })
    desk.frame()
    const row = aRow({ id: 'a:1', unread: { kind: 'exact', count: 1 } })
    const first = aMessage({ id: 'm1', conversationId: 'a:1', sentAt: 1 })
    desk.answer('thread.open', {
      revision: 5,
      conversation: row,
      messages: [first],
      stranded: [],
      hasOlder: false,
    })
    await opened
    const { thread } = desk.mirror.getState()
    expect(thread?.messages.map((each) => each.id)).toEqual(['m1', 'm2'])
    expect(thread?.unreadFrom).toBe('m1')
  })

  it('says that a thread could not be read, and why', async () => {
    const opened = desk.feed.openThread('a:1')
    desk.refuse('thread.open')
    await opened
    expect(desk.mirror.getState().thread).toMatchObject({ phase: 'failed', failure: { code: 'timeout' } })
  })
})

function changed(revision: number, upserted: ConversationRow[]): AnyEvent {
  const counts: Counts = { all: none, byAccount: {} }
  return { name: 'inbox.changed', payload: { revision, upserted, removed: [], counts } }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

describe('what the pickers offer', () => {
  const heard = (title: string) => ({ labels: [{ title, color: null, description: '' }] })

  it('is read once, and again only when asked for or after a failure', async () => {
    const desk = testDesk()
    const read = desk.feed.readDirectory('acme')
    void desk.feed.readDirectory('acme')
    desk.refuse('directory.read')
    await read
    expect(desk.mirror.getState().directories['acme']?.phase).toBe('failed')
    const again = desk.feed.readDirectory('acme')
    desk.answer('directory.read', { directory: heard('vip') })
    await again
    await desk.feed.readDirectory('acme')
    expect(desk.asked.filter((name) => name === 'directory.read')).toHaveLength(2)
    expect(desk.mirror.getState().directories['acme']?.directory).toEqual(heard('vip'))
  })

  it('is not put back to an answer older than what was heard meanwhile', async () => {
    const desk = testDesk()
    desk.feed.start()
    const read = desk.feed.readDirectory('acme')
    const payload = { revision: 5, accountId: 'acme', directory: heard('new') }
    desk.tell({ name: 'directory.changed', payload } as unknown as AnyEvent)
    desk.frame()
    desk.answer('directory.read', { directory: heard('old') })
    await read
    expect(desk.mirror.getState().directories['acme']?.directory).toEqual(heard('new'))
  })
})

interface TestDesk {
  readonly feed: Feed
  readonly mirror: MirrorStore
  readonly asked: string[]
  tell(event: AnyEvent): void
  gap(): void
  frame(): void
  answer(name: string, value: unknown): void
  refuse(name: string): void
  shown(): string[]
  showing(rows: ConversationRow[], revision?: number): Promise<void>
}

/** A bridge whose answers are given by hand, oldest question first, and whose frames are drawn by hand. */
function testDesk(): TestDesk {
  const asked: string[] = []
  const open: { name: string; settle: (result: unknown) => void }[] = []
  const frames: (() => void)[] = []
  let listener = { onEvent: (_event: AnyEvent): void => undefined, onGap: (): void => undefined }
  const bridge: Bridge = {
    call: (name) => {
      asked.push(name)
      return new Promise((settle) => open.push({ name, settle: settle as (result: unknown) => void }))
    },
    listen: (onEvent, onGap) => {
      asked.push('listen')
      listener = { onEvent, onGap }
      return () => undefined
    },
  }
  function settle(name: string, result: unknown): void {
    const index = open.findIndex((each) => each.name === name)
    open.splice(index, 1)[0]?.settle(result)
  }
  const mirror = createMirror()
  const feed = createFeed({ bridge, mirror, nextFrame: (run) => frames.push(run), onEvent: () => undefined })
  const desk: TestDesk = {
    feed,
    mirror,
    asked,
    tell: (event) => listener.onEvent(event),
    gap: () => listener.onGap(),
    frame: () => frames.splice(0).forEach((run) => run()),
    answer: (name, value) => settle(name, { ok: true, value }),
    refuse: (name) => settle(name, { ok: false, failure: { code: 'timeout', facts: {}, retryAt: null } }),
    shown: () => mirror.getState().list.entries.map((entry) => entry.row.id),
    showing: async (rows, revision = 1) => {
      feed.start()
      desk.refuse('inbox.page')
      const shown = feed.show(query)
      desk.answer('inbox.page', { revision, rows, next: null })
      await shown
    },
  }
  return desk
}
