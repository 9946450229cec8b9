import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { EffectiveConversation } from '../../shared/domain/effective.ts'
import { accountId, conversationId, messageId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { OutboxState } from '../../shared/domain/outbox.ts'
import { emptyDraft, type Reply } from '../../shared/domain/reply.ts'
import { isInView, views, type InboxQuery } from '../../shared/domain/view.ts'
import {
  aConversation,
  aCustomer,
  action,
  aDirectory,
  aDraft,
  aMark,
  aMessage,
  anAccount,
  anOrder,
  aPerson,
  home,
  morning,
  outboxId,
  reply,
} from '../../../tests/support/builders.ts'
import { fileIds, histories, play } from '../../../tests/support/histories.ts'
import { noCounts } from './listing.ts'
import { memoryStore } from './memory-store.ts'
import { halfSentKeptMs } from './file-rules.ts'
import { FileFault, StoreFault, type Store } from './store.ts'

/** Every promise of store.ts, held against one implementation. */
export function storeConformance(name: string, open: () => Store): void {
  const fresh = (): Store => {
    const store = open()
    onTestFinished(() => store.close())
    store.putAccount(anAccount())
    return store
  }
  describe(`${name}: accounts and settings`, () => accountsAndSettings(fresh))
  describe(`${name}: what servers told us`, () => whatServersTold(fresh))
  describe(`${name}: threads`, () => threads(fresh))
  describe(`${name}: lists`, () => lists(fresh))
  describe(`${name}: search`, () => search(fresh))
  describe(`${name}: marks, drafts and what they lay over`, () => overlays(fresh))
  describe(`${name}: files`, () => files(fresh))
  describe(`${name}: files of orders`, () => orderedFiles(fresh))
  describe(`${name}: outbox`, () => outbox(fresh))
  describe(`${name}: any history`, () => anyHistory(open))
}

const first = conversationId(home, '1')
const second = conversationId(home, '2')
const other = accountId('other')
const nothing = { conversations: [], removed: [], addedMessages: [], changedMessages: [] }
const minuteMs = 60_000

function accountsAndSettings(fresh: () => Store): void {
  it('keeps accounts in the order they were added', () => {
    const store = fresh()
    const later = anAccount({ id: accountId('a-later'), addedAt: morning + 1 })
    store.putAccount(later)
    expect(store.accounts()).toEqual([anAccount(), later])
  })

  it('writes an account over and keeps all that belongs to it', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'half a thought' }))
    store.putAccount(anAccount({ name: 'Renamed', settings: { ownId: false } }))
    expect(store.accounts()).toEqual([anAccount({ name: 'Renamed', settings: { ownId: false } })])
    expect(textOf(store, first)).toBe('half a thought')
  })

  it('removes an account with everything of it and nothing of another', () => {
    const store = fresh()
    store.putAccount(anAccount({ id: other }))
    for (const account of [home, other]) {
      const id = conversationId(account, '1')
      const row = aConversation({ accountId: account })
      store.applyPage(account, page([row], [aMessage({ conversationId: id, text: 'a word to find' })]))
      store.putDraft(id, 'reply', aDraft({ text: 'draft' }))
      store.putMark(aMark({ conversationId: id }))
      store.enqueue(anOrder({ id: `of-${account}`, accountId: account }))
    }
    store.removeAccount(home)
    expect(store.accounts().map((each) => each.id)).toEqual([other])
    expect([store.said(first), store.mark(first), textOf(store, first), store.cursor(home)]).toEqual([
      null,
      null,
      '',
      null,
    ])
    expect(store.thread(first, null, 9)).toEqual([])
    expect(store.openOrders().map((row) => row.id)).toEqual(['of-other'])
    expect([...store.counts().keys()]).toEqual([other])
    expect(idsOf(store, { view: 'done' })).toEqual([conversationId(other, '1')])
    expect(idsOf(store, { find: 'find' })).toEqual([conversationId(other, '1')])
    expect(textOf(store, conversationId(other, '1'))).toBe('')
    expect(store.cursor(other)).toBe('next')
  })

  it('lets a page that comes after its account was removed go by', () => {
    const store = fresh()
    store.removeAccount(home)
    expect(store.applyPage(home, page([aConversation()]))).toEqual(nothing)
    expect([store.said(first), store.cursor(home)]).toEqual([null, null])
  })

  it('refuses to keep words for an account that is not there', () => {
    const store = fresh()
    const nowhere = conversationId(other, '1')
    for (const attempt of [
      () => store.putDraft(nowhere, 'reply', aDraft({ text: 'lost?' })),
      () => store.putMark(aMark({ conversationId: nowhere })),
      () => store.enqueue(anOrder({ accountId: other })),
    ]) {
      expect(attempt).toThrow(StoreFault)
      expect(attempt).toThrow(/no account other/)
    }
    expect(store.openOrders()).toEqual([])
  })

  it('keeps what an account offers to pick from, for as long as there is the account', () => {
    const store = fresh()
    const offered = aDirectory({ canned: [{ key: '1', code: 'hi', text: 'Hello {{contact.name}}' }] })
    expect(store.directory(home)).toBeNull()
    store.putDirectory(home, aDirectory())
    store.putDirectory(home, offered)
    store.putDirectory(other, offered)
    expect([store.directory(home), store.directory(other)]).toEqual([offered, null])
    store.removeAccount(home)
    store.putAccount(anAccount())
    expect(store.directory(home)).toBeNull()
  })

  it('keeps settings until they are taken back', () => {
    const store = fresh()
    store.putSetting('theme', 'dark')
    store.putSetting('theme', 'light')
    expect([store.setting('theme'), store.setting('never set')]).toEqual(['light', null])
    store.putSetting('theme', null)
    expect(store.setting('theme')).toBeNull()
  })
}

function whatServersTold(fresh: () => Store): void {
  it('takes rows and cursor together and says what is new', () => {
    const store = fresh()
    const message = aMessage()
    const changes = store.applyPage(
      home,
      page([aConversation(), aConversation({ key: '2' })], [message], 'page 2'),
    )
    expect(changes).toEqual({ ...nothing, conversations: [first, second], addedMessages: [message] })
    expect(store.cursor(home)).toBe('page 2')
    expect(store.said(second)).toEqual(aConversation({ key: '2' }))
  })

  it('moves the cursor of a page that says nothing new', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], [], 'page 1'))
    expect(store.applyPage(home, page([aConversation()], [], 'page 2'))).toEqual(nothing)
    expect(store.cursor(home)).toBe('page 2')
  })

  it('says that nothing changed when a page is replayed, also after its messages moved the row on', () => {
    const store = fresh()
    const told = page(
      [aConversation({ lastActivityAt: morning, waitingSince: morning })],
      [
        aMessage({ key: '1', sentAt: morning }),
        aMessage({ key: '2', sentAt: morning + minuteMs, side: 'me', text: 'Here I am.' }),
      ],
    )
    store.applyPage(home, told)
    const kept = store.said(first)
    expect(store.applyPage(home, told)).toEqual(nothing)
    expect(store.said(first)).toEqual(kept)
  })

  it('keeps an older copy from overwriting a newer one', () => {
    const store = fresh()
    const newer = aConversation({ status: { kind: 'done' }, updatedAt: 20 })
    store.applyPage(home, page([newer]))
    expect(store.applyPage(home, page([aConversation({ updatedAt: 10 })]))).toEqual(nothing)
    expect(store.said(first)).toEqual(newer)
  })

  it('lets the last copy in one page win', () => {
    const store = fresh()
    const last = aConversation({ team: 'B' })
    expect(store.applyPage(home, page([aConversation({ team: 'A' }), last])).conversations).toEqual([first])
    expect(store.said(first)).toEqual(last)
  })

  it('advances a conversation by a message of theirs', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()]))
    const message = aMessage({ sentAt: morning + minuteMs })
    expect(store.applyRows({ conversations: [], messages: [message] })).toEqual({
      ...nothing,
      conversations: [first],
      addedMessages: [message],
    })
    expect(store.conversation(first)).toMatchObject({
      lastTheirsAt: morning + minuteMs,
      lastMessageKey: '1',
      needsYou: true,
      preview: { text: message.text },
    })
  })

  it('keeps the preview of the newest message when an older one of the same second comes again', () => {
    const store = fresh()
    const earlier = aMessage({ key: '1', sequence: 1, text: 'first' })
    const later = aMessage({ key: '2', sequence: 2, text: 'second' })
    store.applyPage(home, page([aConversation()], [earlier, later]))
    store.applyRows({ conversations: [aConversation()], messages: [{ ...earlier, text: 'first, mended' }] })
    expect(store.said(first)?.preview?.text).toBe('second')
  })

  it('tells a changed message from an added one', () => {
    const store = fresh()
    const sent = aMessage({ side: 'me', ownId: 'order-1' })
    store.applyPage(home, page([aConversation()], [sent]))
    const read: Message = { ...sent, ownId: null, delivery: { kind: 'read' } }
    const changes = store.applyRows({ conversations: [], messages: [read] })
    expect(changes.changedMessages).toEqual([{ ...read, ownId: 'order-1' }])
    expect(changes.addedMessages).toEqual([])
    expect(store.thread(first, null, 9)).toEqual(changes.changedMessages)
  })

  it('says once that a conversation is gone, and takes it from every list', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], [aMessage({ text: 'still findable?' })]))
    const gone = page([aConversation({ status: { kind: 'gone' } })])
    expect(store.applyPage(home, gone)).toEqual({ ...nothing, removed: [first] })
    expect(store.applyPage(home, gone)).toEqual(nothing)
    expect(store.applyPage(home, page([aConversation({ key: '2', status: { kind: 'gone' } })]))).toEqual(
      nothing,
    )
    for (const view of views) expect(idsOf(store, { view })).toEqual([])
    expect(idsOf(store, { find: 'findable' })).toEqual([])
    expect(store.counts().get(home)).toEqual({ ...store.counts().get(home), open: 0, done: 0, needsYou: 0 })
  })

  it('leaves out messages of a conversation nobody told of', () => {
    const store = fresh()
    expect(store.applyPage(home, page([], [aMessage()]))).toEqual(nothing)
    expect(store.thread(first, null, 9)).toEqual([])
  })

  it('gives back every kind of character as it came', () => {
    const store = fresh()
    const text = 'emoji 🏳️‍🌈, مرحبا, 東京, "quotes" \' % _ \\ \u0000 and\nlines'
    const row = aConversation({ customer: aCustomer({ name: text }), subject: text, labels: [text, ''] })
    store.applyPage(home, page([row], [aMessage({ text, sentAt: morning - 1 })]))
    expect(store.said(first)).toEqual({ ...row, lastTheirsAt: morning - 1 })
    expect(store.thread(first, null, 1)[0]?.text).toBe(text)
  })
}

function threads(fresh: () => Store): void {
  const messages = [1, 2, 3, 4, 5].map((n) =>
    aMessage({ key: `m${n}`, sentAt: morning + Math.ceil(n / 2), sequence: n }),
  )
  const key = (message: Message): string => message.key

  it('gives the newest messages, oldest first, whatever order they came in', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], [...messages].reverse()))
    expect(store.thread(first, null, 3).map(key)).toEqual(['m3', 'm4', 'm5'])
    expect(store.thread(first, null, 99).map(key)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5'])
  })

  it('gives what came before a message, down to the first', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation(), aConversation({ key: '2' })], messages))
    expect(store.thread(first, messageId(first, 'm4'), 2).map(key)).toEqual(['m2', 'm3'])
    expect(store.thread(first, messageId(first, 'm2'), 2).map(key)).toEqual(['m1'])
    expect(store.thread(first, messageId(first, 'm1'), 2)).toEqual([])
    expect(store.thread(first, messageId(first, 'never heard of'), 2)).toEqual([])
    expect(store.thread(second, null, 2)).toEqual([])
  })

  it('moves a message whose moment was corrected', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], messages))
    store.applyRows({ conversations: [], messages: [aMessage({ key: 'm1', sentAt: morning + 100 })] })
    expect(store.thread(first, null, 2).map(key)).toEqual(['m5', 'm1'])
  })

  it('knows a whole thread only once the server said where it starts', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], messages))
    expect(store.hasWholeThread(first)).toBe(false)
    store.putThreadStart(first, 'm1')
    expect([store.hasWholeThread(first), store.hasWholeThread(second)]).toEqual([true, false])
    store.applyPage(home, page([aConversation({ team: 'B' })]))
    expect(store.hasWholeThread(first)).toBe(true)
  })

  it('names the threads that miss something, newest activity first', () => {
    const store = fresh()
    const rows = ['1', '2', '3'].map((n) =>
      aConversation({ key: n, lastActivityAt: morning + Number(n), lastMessageKey: `last of ${n}` }),
    )
    store.applyPage(home, page([...rows, aConversation({ key: 'gone', status: { kind: 'gone' } })]))
    expect(store.threadsBehind(home, 9)).toEqual(['3', '2', '1'].map((n) => conversationId(home, n)))
    expect(store.threadsBehind(home, 1)).toEqual([conversationId(home, '3')])
    store.putThreadFilled(conversationId(home, '3'), 'last of 3')
    store.putThreadFilled(second, 'something before')
    expect(store.threadsBehind(home, 9)).toEqual([second, first])
    expect(store.threadsBehind(other, 9)).toEqual([])
  })

  it('counts a thread as behind when a message came that it was not filled up to, as others may have come between', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()], messages.slice(0, 2)))
    store.putThreadFilled(first, 'm2')
    expect([store.threadsBehind(home, 9), store.threadFilledTo(first)]).toEqual([[], 'm2'])
    store.applyRows({ conversations: [], messages: messages.slice(-1) })
    expect(store.threadsBehind(home, 9)).toEqual([first])
  })

  it('counts an empty thread as filled once it was looked at', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation()]))
    expect(store.threadFilledTo(first)).toBeNull()
    store.putThreadFilled(first, null)
    expect([store.threadsBehind(home, 9), store.threadFilledTo(first)]).toEqual([[], null])
  })
}

function lists(fresh: () => Store): void {
  const me = aPerson({ key: '1', isMe: true })
  const rows: Record<string, Partial<Conversation>> = {
    needs: { lastTheirsAt: morning },
    answered: { lastTheirsAt: morning, lastReplyAt: morning + 1 },
    mine: { assignee: me },
    theirs: { assignee: aPerson() },
    bots: { assignee: aPerson({ kind: 'bot' }) },
    strange: { status: { kind: 'unknown', raw: 'parked' } },
    pending: { status: { kind: 'pending' }, lastTheirsAt: morning },
    snoozed: { status: { kind: 'snoozed', until: null } },
    done: { status: { kind: 'done' }, lastTheirsAt: morning },
    gone: { status: { kind: 'gone' } },
  }
  const all = Object.entries(rows).map(([key, given], index) =>
    aConversation({ key, lastActivityAt: morning - index, ...given }),
  )
  const ids = (...keys: string[]): ConversationId[] => keys.map((key) => conversationId(home, key))

  it('puts each conversation into the views it belongs to', () => {
    const store = fresh()
    store.applyPage(home, page(all))
    expect(idsOf(store, { view: 'needsYou' })).toEqual(ids('needs'))
    expect(idsOf(store, { view: 'mine' })).toEqual(ids('mine'))
    expect(idsOf(store, { view: 'unassigned' })).toEqual(ids('needs', 'answered', 'bots', 'strange'))
    expect(idsOf(store, { view: 'open' })).toEqual(
      ids('needs', 'answered', 'mine', 'theirs', 'bots', 'strange'),
    )
    expect(idsOf(store, { view: 'pending' })).toEqual(ids('pending'))
    expect(idsOf(store, { view: 'snoozed' })).toEqual(ids('snoozed'))
    expect(idsOf(store, { view: 'done' })).toEqual(ids('done'))
    const counts = { needsYou: 1, mine: 1, unassigned: 4, open: 6, pending: 1, snoozed: 1, done: 1 }
    expect(store.counts()).toEqual(new Map([[home, counts]]))
  })

  it('moves a conversation from view to view as the server says', () => {
    const store = fresh()
    store.applyPage(home, page([aConversation({ lastTheirsAt: morning })]))
    store.applyPage(home, page([aConversation({ lastTheirsAt: morning, status: { kind: 'done' } })]))
    expect([idsOf(store, { view: 'open' }), idsOf(store, { view: 'needsYou' })]).toEqual([[], []])
    expect(store.counts().get(home)).toMatchObject({ open: 0, needsYou: 0, unassigned: 0, done: 1 })
  })

  it('counts an account that has nothing, and lists one account alone', () => {
    const store = fresh()
    store.putAccount(anAccount({ id: other }))
    store.putAccount(anAccount({ id: accountId('empty') }))
    store.applyPage(home, page([aConversation()]))
    store.applyPage(
      other,
      page([aConversation({ accountId: other }), aConversation({ accountId: other, key: '2' })]),
    )
    expect([...store.counts()].map(([id, counts]) => [id, counts.open])).toEqual(
      expect.arrayContaining([
        [home, 1],
        [other, 2],
        ['empty', 0],
      ]),
    )
    expect(idsOf(store, { accountId: home })).toEqual([first])
    expect(idsOf(store, {})).toHaveLength(3)
  })

  it('sorts newest first, equal moments by id', () => {
    const store = fresh()
    store.applyPage(
      home,
      page(['b', 'a', 'c'].map((key) => aConversation({ key, lastActivityAt: key === 'c' ? 2 : 1 }))),
    )
    expect(idsOf(store, {})).toEqual(ids('c', 'a', 'b'))
  })

  it('sorts by who waits longest, then those nobody waits in by id', () => {
    const store = fresh()
    const waits = { b: 30, c: 10, d: null, a: null, e: 20 }
    store.applyPage(
      home,
      page(
        Object.entries(waits).map(([key, at]) => aConversation({ key, waitingSince: at, lastTheirsAt: at })),
      ),
    )
    expect(idsOf(store, { sort: 'longestWait' })).toEqual(ids('c', 'e', 'b', 'a', 'd'))
  })

  it('takes nobody for waiting who was answered, whatever the server still says', () => {
    const store = fresh()
    const waiting = { waitingSince: 20, lastTheirsAt: 20 }
    const answered = { waitingSince: 10, lastTheirsAt: 10, lastReplyAt: 15 }
    store.applyPage(
      home,
      page([aConversation({ key: 'a', ...answered }), aConversation({ key: 'b', ...waiting })]),
    )
    expect(idsOf(store, { sort: 'longestWait' })).toEqual(ids('b', 'a'))
    store.enqueue(anOrder({ conversationId: conversationId(home, 'b'), order: reply('On it.', 20) }))
    expect(idsOf(store, { sort: 'longestWait' })).toEqual(ids('a', 'b'))
  })

  it('moves a row when nothing but the wait in it changed', () => {
    const store = fresh()
    const row = (key: string, waitingSince: number): Conversation =>
      aConversation({ key, waitingSince, lastTheirsAt: 50 })
    store.applyPage(home, page([row('a', 10), row('b', 20)]))
    store.applyPage(home, page([row('a', 30)]))
    expect(idsOf(store, { sort: 'longestWait' })).toEqual(ids('b', 'a'))
  })

  it('gives page after page without repeating or losing a row', () => {
    const store = fresh()
    const keys = Array.from({ length: 23 }, (_, n) => String(n))
    store.applyPage(home, page(keys.map((key) => aConversation({ key, lastActivityAt: Number(key) % 4 }))))
    for (const sort of ['newest', 'longestWait'] as const) {
      const whole = store.inboxPage(query({ sort }), null, 100)
      expect([whole.rows.length, whole.next]).toEqual([23, null])
      for (const limit of [1, 5, 23]) expect(allPages(store, query({ sort }), limit)).toEqual(whole.rows)
    }
  })

  it('neither repeats rows of earlier pages nor stumbles when rows move between pages', () => {
    const store = fresh()
    const row = (key: string, at: number): Conversation => aConversation({ key, lastActivityAt: at })
    store.applyPage(home, page([row('a', 50), row('b', 40), row('c', 30), row('d', 20), row('e', 10)]))
    const top = store.inboxPage(query({}), null, 2)
    expect(top.rows.map((each) => each.id)).toEqual(ids('a', 'b'))
    store.applyPage(home, page([row('d', 90), aConversation({ key: 'b', status: { kind: 'done' } })]))
    const rest = store.inboxPage(query({}), top.next, 2)
    expect(rest).toMatchObject({ rows: [{ key: 'c' }, { key: 'e' }], next: null })
  })

  it('says so when asked to go on from nowhere', () => {
    const store = fresh()
    expect(() => store.inboxPage(query({}), 'page two, please', 2)).toThrow(/no place in a list/)
  })
}

function search(fresh: () => Store): void {
  function stocked(): Store {
    const store = fresh()
    const named = (key: string, at: number, given: Partial<Conversation>): Conversation =>
      aConversation({ key, lastActivityAt: at, ...given })
    store.applyPage(
      home,
      page(
        [
          named('zoe', 40, {
            customer: aCustomer({
              name: 'Zoë Åkesson',
              email: 'zoe.a@mail.example.com',
              phone: '+1 (202) 555-0111',
            }),
            status: { kind: 'done' },
          }),
          named('ken', 30, {
            customer: aCustomer({ name: '東京 太郎', email: null, phone: '+12025550122' }),
            subject: 'Damaged parcel',
          }),
          named('sam', 20, {
            customer: aCustomer({ name: 'سامي', email: null, phone: null }),
            status: { kind: 'pending' },
          }),
        ],
        [
          aMessage({
            conversationId: conversationId(home, 'zoe'),
            key: '1',
            sentAt: 1,
            text: 'The parcel never came',
          }),
          aMessage({
            conversationId: conversationId(home, 'zoe'),
            key: '2',
            sentAt: 2,
            text: 'Order TX-4471',
          }),
          aMessage({
            conversationId: conversationId(home, 'sam'),
            key: '1',
            sentAt: 3,
            text: '返金をお願いします',
          }),
          aMessage({
            conversationId: conversationId(home, 'sam'),
            key: '2',
            sentAt: 3,
            text: 'zoom link',
            side: 'me',
          }),
          aMessage({
            conversationId: conversationId(home, 'sam'),
            key: '3',
            sentAt: 3,
            text: 'wiped',
            isDeleted: true,
          }),
          aMessage({
            conversationId: conversationId(home, 'sam'),
            key: '4',
            sentAt: 3,
            text: 'autolabelled',
            kind: 'activity',
          }),
        ],
      ),
    )
    return store
  }
  const found = (store: Store, find: string): string[] =>
    idsOf(store, { find, sort: 'longestWait' }).map((id) => id.slice(`${home}:`.length))

  it.each([
    ['zoe', ['zoe']],
    ['AKES', ['zoe']],
    ['zoe.a@mail.example.com', ['zoe']],
    ['example', ['zoe']],
    ['0122', ['ken']],
    ['202-555-0122', ['ken']],
    ['2025550111', ['zoe']],
    ['سام', ['sam']],
    ['京', ['ken']],
    ['お願い', ['sam']],
    ['願お', []],
    ['parcel', ['zoe', 'ken']],
    ['parc', ['zoe', 'ken']],
    ['arcel', []],
    ['parcel ken', []],
    ['zoë parcel 4471', ['zoe']],
    ['tx-4471', ['zoe']],
    ['zo', ['zoe', 'sam']],
    ['wiped', []],
    ['autolabelled', []],
    ['"', []],
    ['zoe" OR "x', []],
    ['NOT zoe*', []],
  ])('finds by %s, in every view, newest first', (words, keys) => {
    expect(found(stocked(), words)).toEqual(keys)
  })

  it('looks for a single letter in names and addresses only', () => {
    expect(found(stocked(), 'z')).toEqual(['zoe'])
  })

  it('takes blank words for no search', () => {
    expect(found(stocked(), '  ')).toEqual(['ken'])
  })

  it('finds in one account alone, and in pages', () => {
    const store = stocked()
    store.putAccount(anAccount({ id: other }))
    store.applyPage(other, page([aConversation({ accountId: other, subject: 'parcel', lastActivityAt: 35 })]))
    const sought = query({ find: 'parcel' })
    expect(allPages(store, sought, 1)).toEqual(store.inboxPage(sought, null, 9).rows)
    expect(idsOf(store, { find: 'parcel' })).toHaveLength(3)
    expect(idsOf(store, { find: 'parcel', accountId: other })).toEqual([conversationId(other, '1')])
  })

  it('follows what is renamed and rewritten', () => {
    const store = stocked()
    const renamed = aConversation({
      key: 'ken',
      customer: aCustomer({ name: 'Ken Ito' }),
      lastActivityAt: 30,
    })
    const rewritten = aMessage({
      conversationId: conversationId(home, 'zoe'),
      key: '1',
      sentAt: 1,
      text: 'It came!',
    })
    store.applyRows({ conversations: [renamed], messages: [rewritten] })
    expect([found(store, 'ito'), found(store, '京'), found(store, 'parcel'), found(store, 'it')]).toEqual([
      ['ken'],
      [],
      [],
      ['zoe', 'ken'],
    ])
  })

  it('does not find by words of what was removed with its account', () => {
    const store = stocked()
    store.removeAccount(home)
    store.putAccount(anAccount())
    const plain = ['a', 'b', 'c'].map((key) => aConversation({ key }))
    const silent = plain.map((row) => aMessage({ conversationId: row.id, text: '' }))
    store.applyPage(home, page(plain, silent))
    expect(['parcel', '4471', 'zoe'].flatMap((find) => found(store, find))).toEqual([])
  })

  it('shows what is laid over in what it finds', () => {
    const store = stocked()
    store.enqueue(anOrder({ conversationId: conversationId(home, 'ken'), order: action('resolve') }))
    expect(store.inboxPage(query({ find: 'damaged' }), null, 9).rows).toMatchObject([
      { status: { kind: 'done' }, pending: ['resolve'] },
    ])
  })
}

function overlays(fresh: () => Store): void {
  function asked(): Store {
    const store = fresh()
    store.applyPage(
      home,
      page([
        aConversation({ lastTheirsAt: morning }),
        aConversation({ key: '2', lastTheirsAt: morning - 1 }),
      ]),
    )
    return store
  }
  const counted = (store: Store): unknown => store.counts().get(home)

  it('lays a mark over the server word without touching it', () => {
    const store = asked()
    store.putMark(aMark({ local: { kind: 'done' }, seenAt: morning }))
    expect(store.conversation(first)).toMatchObject({
      status: { kind: 'done' },
      isLocal: true,
      needsYou: false,
    })
    expect(store.said(first)).toEqual(aConversation({ lastTheirsAt: morning }))
    expect([idsOf(store, { view: 'done' }), idsOf(store, { view: 'needsYou' })]).toEqual([[first], [second]])
    expect(counted(store)).toMatchObject({ needsYou: 1, open: 1, unassigned: 1, done: 1 })
    store.removeMark(first)
    expect(store.mark(first)).toBeNull()
    expect(counted(store)).toMatchObject({ needsYou: 2, open: 2, done: 0 })
  })

  it('lifts a mark once the customer writes again', () => {
    const store = asked()
    store.putMark(aMark({ seenAt: morning }))
    expect(counted(store)).toMatchObject({ needsYou: 1, done: 1 })
    store.applyRows({ conversations: [], messages: [aMessage({ sentAt: morning + minuteMs })] })
    expect(store.conversation(first)).toMatchObject({ status: { kind: 'open' }, needsYou: true })
    expect(counted(store)).toMatchObject({ needsYou: 2, done: 0 })
  })

  it('moves orders, drafts, files and a mark to what a conversation is called now', () => {
    const store = asked()
    putWhole(store, { ...aFile('f', 'Hello'), kind: 'note' }, 'Hello')
    store.putDraft(first, 'reply', aDraft({ text: 'Half', cc: 'a@example.com' }))
    store.putDraft(second, 'reply', aDraft({ text: 'a thought' }))
    store.enqueue(anOrder({ id: 'r1', order: action('resolve') }))
    store.putMark(aMark())
    store.rekey(first, second)
    expect(textOf(store, second)).toBe('Half\na thought')
    expect(store.draft(second, 'reply').cc).toBe('a@example.com')
    expect([textOf(store, first), store.mark(first), store.openOrders(first)]).toEqual(['', null, []])
    expect(store.openOrders(second).map((row) => row.id)).toEqual(['r1'])
    expect(store.mark(second)).toEqual(aMark({ conversationId: second }))
    expect([store.draftFiles(first, 'note'), store.draftFiles(second, 'note')]).toEqual([
      [],
      [fileRef('f', 'Hello')],
    ])
  })

  it('leaves the mark of the one they are moved to, and moves nothing where nothing is', () => {
    const store = asked()
    store.putMark(aMark())
    store.putMark(aMark({ conversationId: second, local: { kind: 'snoozed', until: 9 } }))
    store.rekey(first, second)
    expect([store.mark(first), store.mark(second)?.local]).toEqual([null, { kind: 'snoozed', until: 9 }])
    expect(() => store.rekey(first, second)).not.toThrow()
  })

  it('names what was put to sleep here until now', () => {
    const store = asked()
    store.putMark(aMark({ local: { kind: 'snoozed', until: morning } }))
    store.putMark(aMark({ conversationId: second, local: { kind: 'done' } }))
    expect([store.dueMarks(morning - 1), store.dueMarks(morning)]).toEqual([[], [first]])
    store.putMark(aMark({ local: null }))
    expect(store.dueMarks(morning)).toEqual([])
  })

  it('keeps marks of conversations that are not known yet', () => {
    const store = fresh()
    const mark = aMark({ local: null, unreadByHand: true })
    store.putMark(mark)
    expect(store.mark(first)).toEqual(mark)
    store.applyPage(home, page([aConversation()]))
    expect(idsOf(store, { view: 'needsYou' })).toEqual([first])
  })

  it('shows an order at once, and no page can undo it while it is open', () => {
    const store = asked()
    const order = store.enqueue(anOrder({ order: action('resolve', morning) }))
    store.applyPage(home, page([aConversation({ lastTheirsAt: morning, team: 'B' })]))
    expect(store.conversation(first)).toMatchObject({
      status: { kind: 'done' },
      pending: ['resolve'],
      team: 'B',
    })
    expect(counted(store)).toMatchObject({ needsYou: 1, open: 1, done: 1 })
    store.moveOrder(order.id, { kind: 'sent', at: morning, remoteKey: null }, 1)
    expect(store.conversation(first)).toMatchObject({ status: { kind: 'open' }, pending: [], needsYou: true })
    expect(counted(store)).toMatchObject({ needsYou: 2, open: 2, done: 0 })
  })

  it('takes back what it showed when an order is refused or discarded', () => {
    const store = asked()
    const order = store.enqueue(anOrder({ order: action('resolve', morning) }))
    store.moveOrder(order.id, { kind: 'failed', reason: 'no', code: 'rejected' }, 1)
    expect(store.conversation(first)?.status).toEqual({ kind: 'open' })
    store.moveOrder(order.id, { kind: 'queued', notBefore: null }, 1)
    expect(store.conversation(first)?.status).toEqual({ kind: 'done' })
    store.removeOrder(order.id)
    expect(store.conversation(first)?.status).toEqual({ kind: 'open' })
  })

  it('counts a customer as answered while the reply is on its way, and not once its fate is asked about', () => {
    const store = asked()
    const order = store.enqueue(anOrder({ order: reply('On it.', morning) }))
    const unsure = { kind: 'unsure', startedAt: morning, asked: false, finding: null } as const
    const seen: unknown[] = [store.conversation(first)?.needsYou]
    store.moveOrder(order.id, unsure, 1)
    seen.push(store.conversation(first)?.needsYou)
    store.moveOrder(order.id, { ...unsure, asked: true, finding: 'absent' }, 1)
    seen.push(store.conversation(first)?.needsYou)
    expect(seen).toEqual([false, false, true])
  })

  it('puts laid-over rows where they belong in the order, on whatever page that is', () => {
    const store = fresh()
    const keys = ['a', 'b', 'c', 'd', 'e']
    store.applyPage(
      home,
      page(
        keys.map((key, n) =>
          aConversation({
            key,
            lastActivityAt: morning - n,
            status: { kind: key === 'c' || key === 'e' ? 'open' : 'done' },
          }),
        ),
      ),
    )
    for (const key of ['c', 'e']) {
      store.enqueue(anOrder({ id: key, conversationId: conversationId(home, key), order: action('resolve') }))
    }
    const pages = allPages(store, query({ view: 'done' }), 2)
    expect(pages.map((row) => row.key)).toEqual(keys)
  })

  it('does not count a customer as answered by a note', () => {
    const store = asked()
    store.enqueue(anOrder({ order: reply('Have a look?', morning, { isNote: true }) }))
    expect(store.conversation(first)?.needsYou).toBe(true)
    store.enqueue(anOrder({ id: 'order-2', order: reply('On it.', morning) }))
    expect(store.conversation(first)?.needsYou).toBe(false)
  })

  it('keeps all of a draft, and one to the customer apart from one among colleagues', () => {
    const store = fresh()
    const mentions = [{ kind: 'agent' as const, key: '2', name: 'Priya Nair' }]
    const [letter, note] = [
      aDraft({ text: 'Dear', replyTo: '5', cc: 'a@example.com', bcc: 'b@example.com' }),
      aDraft({ text: '@Priya Nair, look', mentions }),
    ]
    store.putDraft(first, 'reply', letter)
    store.putDraft(first, 'note', note)
    expect([store.draft(first, 'reply'), store.draft(first, 'note')]).toEqual([letter, note])
    store.enqueue(anOrder({ order: reply('@Priya Nair, look', null, { isNote: true, mentions }) }))
    expect([store.draft(first, 'reply'), store.draft(first, 'note')]).toEqual([letter, emptyDraft])
  })

  it('keeps drafts until they are emptied', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'Dear' }))
    store.putDraft(first, 'reply', aDraft({ text: 'Dear Tomasz' }))
    expect([textOf(store, first), textOf(store, second)]).toEqual(['Dear Tomasz', ''])
    store.putDraft(first, 'reply', emptyDraft)
    expect(textOf(store, first)).toBe('')
  })
}

/** Where something is kept, and how many files. */
const places = (store: Store): string[] =>
  store.drafts().map(({ conversationId: id, kind, fileCount }) => `${id} ${kind} ${String(fileCount)}`)

function files(fresh: () => Store): void {
  it('names every draft with something in it: the newest words first, then files alone', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'Dear' }))
    store.putDraft(second, 'note', aDraft({ text: 'Look' }))
    store.putDraft(first, 'reply', aDraft({ text: 'Dear Tomasz' }))
    putWhole(store, aFile('f', 'Hello'), 'Hello')
    store.putFile(aFile('half', 'Hello'))
    putWhole(store, aFile('n', 'Hello', { kind: 'note' }), 'Hello')
    const kept = [`${first} reply 2`, `${second} note 0`, `${first} note 1`]
    expect(places(store)).toEqual(kept)
    expect(store.drafts()[0]?.draft).toEqual(aDraft({ text: 'Dear Tomasz' }))
    store.enqueue(anOrder({ order: reply('Dear', null, { files: [fileRef('f', 'Hello')] }) }))
    expect(places(store)).toEqual([`${second} note 0`, `${first} reply 1`, `${first} note 1`])
    store.removeFile('half')
    store.removeAccount(home)
    expect(places(store)).toEqual([])
  })

  it('names apart the files of a draft whose copying was never finished', () => {
    const store = fresh()
    store.putFile(aFile('half', 'Hello'))
    store.appendFile('half', 0, bytesOf('Hel'))
    putWhole(store, aFile('f', 'Hello'), 'Hello')
    expect(store.halfFiles(first, 'reply')).toEqual([fileRef('half', 'Hello')])
    expect(store.halfFiles(first, 'note')).toEqual([])
    store.appendFile('half', 3, bytesOf('lo'))
    expect(store.halfFiles(first, 'reply')).toEqual([])
  })

  it('keeps a file piece by piece and names it with its draft once it is whole', () => {
    const store = fresh()
    store.putFile(aFile('f', 'Hello'))
    expect(store.appendFile('f', 0, bytesOf('Hel'))).toBe(3)
    expect([store.draftFiles(first, 'reply'), store.fileBytes('f')]).toEqual([[], null])
    expect(store.appendFile('f', 3, bytesOf('lo'))).toBe(5)
    expect(store.draftFiles(first, 'reply')).toEqual([fileRef('f', 'Hello')])
    expect(store.file('f')).toEqual(fileRef('f', 'Hello'))
    expect(wordsIn(store, 'f')).toBe('Hello')
  })

  it('leaves alone what is there already and takes the rest of a piece that is half there', () => {
    const store = fresh()
    store.putFile(aFile('f', 'Hello'))
    store.appendFile('f', 0, bytesOf('Hel'))
    expect(store.appendFile('f', 0, bytesOf('XX'))).toBe(3)
    expect(store.appendFile('f', 1, bytesOf('XXlo'))).toBe(5)
    expect(store.appendFile('f', 0, bytesOf('XXXXX'))).toBe(5)
    expect(wordsIn(store, 'f')).toBe('Hello')
  })

  it.each([
    ['leaves a hole', 4, 'o'],
    ['is more than was announced', 3, 'lo!'],
  ])('refuses a piece that %s and keeps what it has', (_, offset, words) => {
    const store = fresh()
    store.putFile(aFile('f', 'Hello'))
    store.appendFile('f', 0, bytesOf('Hel'))
    expect(fileFaultOf(() => store.appendFile('f', offset, bytesOf(words)))).toBe('misfit')
    store.appendFile('f', 3, bytesOf('lo'))
    expect(wordsIn(store, 'f')).toBe('Hello')
  })

  it('refuses a piece of a file nobody announced', () => {
    expect(fileFaultOf(() => fresh().appendFile('f', 0, bytesOf('Hello')))).toBe('missing')
  })

  it('keeps a file as it is when it is announced once more', () => {
    const store = fresh()
    putWhole(store, aFile('f', 'Hello'), 'Hello')
    store.putFile(aFile('f', 'Hello you', { conversationId: second, kind: 'note' }))
    expect([store.draftFiles(first, 'reply'), store.draftFiles(second, 'note')]).toEqual([
      [fileRef('f', 'Hello')],
      [],
    ])
    expect(wordsIn(store, 'f')).toBe('Hello')
  })

  it('keeps the files of each draft apart, in the order they were attached', () => {
    const store = fresh()
    store.putFile(aFile('z', 'slow'))
    putWhole(store, aFile('n', 'note', { kind: 'note' }), 'note')
    putWhole(store, aFile('a', 'quick'), 'quick')
    putWhole(store, aFile('s', 'second', { conversationId: second }), 'second')
    store.appendFile('z', 0, bytesOf('slow'))
    const named = (id: ConversationId, kind: 'reply' | 'note'): string[] =>
      store.draftFiles(id, kind).map((file) => file.id)
    expect([named(first, 'reply'), named(first, 'note'), named(second, 'reply')]).toEqual([
      ['z', 'a'],
      ['n'],
      ['s'],
    ])
  })

  it('takes a file without bytes for whole', () => {
    const store = fresh()
    store.putFile(aFile('f', ''))
    expect([store.draftFiles(first, 'reply').length, store.fileBytes('f')]).toEqual([1, new Uint8Array()])
  })

  it('keeps bytes of every value', () => {
    const store = fresh()
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    store.putFile({ ...aFile('f', ''), sizeBytes: 256 })
    store.appendFile('f', 0, bytes)
    expect(store.fileBytes('f')).toEqual(bytes)
  })

  it('drops a file, whole or not, and takes its id again', () => {
    const store = fresh()
    putWhole(store, aFile('f', 'Hello'), 'Hello')
    store.putFile(aFile('half', 'Hello'))
    for (const id of ['f', 'half', 'never here']) store.removeFile(id)
    expect([store.file('f'), store.file('half'), store.fileBytes('f')]).toEqual([null, null, null])
    putWhole(store, aFile('f', 'Again'), 'Again')
    expect(wordsIn(store, 'f')).toBe('Again')
  })

  it('leaves files to a draft that is emptied', () => {
    const store = fresh()
    putWhole(store, aFile('f', 'Hello'), 'Hello')
    store.putDraft(first, 'reply', aDraft({ text: 'Dear' }))
    store.putDraft(first, 'reply', emptyDraft)
    expect(store.draftFiles(first, 'reply')).toHaveLength(1)
  })

  it('keeps files for no account but one that is there, and only as long as it is', () => {
    const store = fresh()
    const theirs = { conversationId: conversationId(other, '1') }
    expect(() => store.putFile(aFile('f', 'Hello', theirs))).toThrow(/no account other/)
    store.putAccount(anAccount({ id: other }))
    putWhole(store, aFile('f', 'Hello', theirs), 'Hello')
    putWhole(store, aFile('mine', 'Hello'), 'Hello')
    store.removeAccount(other)
    expect([store.file('f'), store.fileBytes('f'), wordsIn(store, 'mine')]).toEqual([null, null, 'Hello'])
  })

  it('lets a half-sent file go after an idle week, and no other', () => {
    const store = fresh()
    for (const id of ['idle', 'resumed']) {
      store.putFile(aFile(id, 'Hello'))
      store.appendFile(id, 0, bytesOf('Hel'))
    }
    putWhole(store, aFile('whole', 'Hello'), 'Hello')
    store.tidy(morning)
    store.tidy(morning + halfSentKeptMs)
    expect([store.file('idle'), store.file('resumed')]).not.toContain(null)
    store.appendFile('resumed', 3, bytesOf('l'))
    store.tidy(morning + halfSentKeptMs + 1)
    expect(['idle', 'resumed', 'whole'].map((id) => store.file(id)?.id)).toEqual([
      undefined,
      'resumed',
      'whole',
    ])
  })
}

function orderedFiles(fresh: () => Store): void {
  const withFile = (store: Store, id = 'f', given: Partial<Reply> = {}): Parameters<Store['enqueue']>[0] => {
    putWhole(store, aFile(id, 'Hello'), 'Hello')
    return anOrder({ order: reply('See this.', null, { files: [fileRef(id, 'Hello')], ...given }) })
  }
  const sent = { kind: 'sent', at: morning, remoteKey: '77' } as const

  it('hands the files of a draft over to its reply and keeps them until the server has them', () => {
    const store = fresh()
    const row = store.enqueue(withFile(store))
    expect([store.draftFiles(first, 'reply'), wordsIn(store, 'f')]).toEqual([[], 'Hello'])
    store.removeFile('f')
    store.moveOrder(row.id, { kind: 'sending', startedAt: 5 }, 1)
    store.recoverSending()
    store.tidy(morning + 2 * halfSentKeptMs)
    expect(wordsIn(store, 'f')).toBe('Hello')
    store.moveOrder(row.id, sent, 1)
    expect([store.file('f'), store.fileBytes('f')]).toEqual([null, null])
    expect(store.outboxRow(row.id)?.order).toEqual(row.order)
  })

  it('leaves a file to the draft that the reply does not name', () => {
    const store = fresh()
    putWhole(store, aFile('later', 'Hello'), 'Hello')
    store.enqueue(withFile(store))
    expect(store.draftFiles(first, 'reply')).toEqual([fileRef('later', 'Hello')])
  })

  it('lets files go with an order that is discarded', () => {
    const store = fresh()
    const row = store.enqueue(withFile(store))
    store.removeOrder(row.id)
    expect(store.file('f')).toBeNull()
  })

  it('gives a sent reply back when it comes again, though its files are gone', () => {
    const store = fresh()
    const row = store.enqueue(withFile(store))
    store.moveOrder(row.id, sent, 1)
    expect(store.enqueue(row)).toEqual({ ...row, state: sent, attempts: 1 })
  })

  const unusable: [string, (store: Store) => void][] = [
    ['is not here', () => {}],
    ['is not whole', (store) => store.putFile(aFile('f', 'Hello'))],
    ['was dropped', (store) => (putWhole(store, aFile('f', 'Hello'), 'Hello'), store.removeFile('f'))],
    [
      'belongs to another conversation',
      (store) => putWhole(store, aFile('f', 'Hello', { conversationId: second }), 'Hello'),
    ],
    ['belongs to a note', (store) => putWhole(store, aFile('f', 'Hello', { kind: 'note' }), 'Hello')],
    [
      'left with another reply',
      (store) => void store.enqueue({ ...withFile(store), id: outboxId('before') }),
    ],
  ]
  it.each(unusable)('keeps nothing of a reply one file of which %s', (_, spoil) => {
    const store = fresh()
    spoil(store)
    const before = store.openOrders()
    putWhole(store, aFile('good', 'Hello'), 'Hello')
    store.putDraft(first, 'reply', aDraft({ text: 'See these.' }))
    const files = ['good', 'f'].map((id) => fileRef(id, 'Hello'))
    expect(fileFaultOf(() => store.enqueue(anOrder({ order: reply('See these.', null, { files }) })))).toBe(
      'missing',
    )
    expect([store.openOrders(), textOf(store, first)]).toEqual([before, 'See these.'])
    expect(store.draftFiles(first, 'reply')).toContainEqual(fileRef('good', 'Hello'))
  })

  it('keeps several rows in their order, or none of them', () => {
    const store = fresh()
    const rows = ['f1', 'f2'].map((id) => ({ ...withFile(store, id), id: outboxId(`order ${id}`) }))
    store.enqueue(anOrder({ id: 'resolve', order: action('resolve') }))
    store.putDraft(first, 'reply', aDraft({ text: 'See these.' }))
    const last = anOrder({ id: 'last', order: reply('', null, { files: [fileRef('missing', 'x')] }) })
    expect(fileFaultOf(() => store.enqueueAll([...rows, last]))).toBe('missing')
    expect([store.openOrders().map((row) => row.id), textOf(store, first)]).toEqual([
      ['resolve'],
      'See these.',
    ])
    expect(store.draftFiles(first, 'reply').map((file) => file.id)).toEqual(['f1', 'f2'])
    expect(store.enqueueAll(rows)).toEqual(rows)
    expect(store.enqueueAll(rows)).toEqual(rows)
    expect(store.openOrders().map((row) => row.id)).toEqual(['resolve', 'order f1', 'order f2'])
    expect([store.draftFiles(first, 'reply'), wordsIn(store, 'f2')]).toEqual([[], 'Hello'])
  })
}

function aFile(
  id: string,
  words: string,
  given: Partial<Parameters<Store['putFile']>[0]> = {},
): Parameters<Store['putFile']>[0] {
  return { ...fileRef(id, words), conversationId: first, kind: 'reply', ...given }
}

function fileRef(id: string, words: string): Reply['files'][number] {
  return { id, name: `${id}.txt`, contentType: 'text/plain', sizeBytes: bytesOf(words).length }
}

function putWhole(store: Store, file: ReturnType<typeof aFile>, words: string): void {
  store.putFile(file)
  store.appendFile(file.id, 0, bytesOf(words))
}

function bytesOf(words: string): Uint8Array {
  return new TextEncoder().encode(words)
}

function wordsIn(store: Store, id: string): string {
  return new TextDecoder().decode(store.fileBytes(id) ?? bytesOf('no such file'))
}

function fileFaultOf(step: () => unknown): string {
  try {
    step()
  } catch (error) {
    return error instanceof FileFault ? error.why : String(error)
  }
  return 'no fault'
}

function outbox(fresh: () => Store): void {
  const due = (store: Store, now = morning): string[] => store.nextDue(now).map((row) => row.id)
  const open = (store: Store): string[] => store.openOrders().map((row) => row.id)
  const move = (store: Store, id: string, state: OutboxState, attempts = 1): void =>
    store.moveOrder(outboxId(id), state, attempts)
  const failed = { kind: 'failed', reason: 'no', code: 'rejected' } as const
  const unsure = { kind: 'unsure', startedAt: 5, asked: true, finding: 'unknowable' } as const
  const sending = { kind: 'sending', startedAt: 5 } as const
  const sent = { kind: 'sent', at: morning, remoteKey: '77' } as const

  it('keeps an order as it was given and empties the draft of a reply', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'We are on it.' }))
    const row = anOrder({ order: reply('We are on it.', 7), createdAt: 3, attempts: 0 })
    expect(store.enqueue(row)).toEqual(row)
    expect([store.outboxRow(row.id), store.openOrders(), textOf(store, first)]).toEqual([row, [row], ''])
  })

  it('leaves the draft to a template, whose words come from elsewhere', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'half a thought' }))
    const template = { key: 't1', name: 'parcel_late', language: 'en', values: {} }
    store.enqueue(anOrder({ order: reply('Your parcel is late.', null, { template }) }))
    expect(textOf(store, first)).toBe('half a thought')
  })

  it('leaves the draft to an action', () => {
    const store = fresh()
    store.putDraft(first, 'reply', aDraft({ text: 'half a thought' }))
    store.enqueue(anOrder({ order: action('resolve') }))
    expect(textOf(store, first)).toBe('half a thought')
  })

  it('gives back the row that is there when the same order comes again, and keeps a newer draft', () => {
    const store = fresh()
    store.enqueue(anOrder())
    move(store, 'order-1', sent)
    store.putDraft(first, 'reply', aDraft({ text: 'the next one' }))
    expect(store.enqueue(anOrder({ order: reply('another text') }))).toEqual(
      anOrder({ state: sent, attempts: 1 }),
    )
    expect([open(store), textOf(store, first)]).toEqual([[], 'the next one'])
  })

  it('sends one conversation in order and the others beside it', () => {
    const store = fresh()
    for (const id of ['r1', 'r2']) store.enqueue(anOrder({ id }))
    store.enqueue(anOrder({ id: 's1', conversationId: second }))
    expect([due(store), open(store)]).toEqual([
      ['r1', 's1'],
      ['r1', 'r2', 's1'],
    ])
    move(store, 'r1', sending)
    expect(due(store)).toEqual(['s1'])
    move(store, 'r1', sent)
    expect([due(store), open(store)]).toEqual([
      ['r2', 's1'],
      ['r2', 's1'],
    ])
    expect(store.openOrders(second).map((row) => row.id)).toEqual(['s1'])
  })

  describe('taking back', () => {
    const held = { kind: 'held', until: morning + 5_000 } as const

    it('waits until its time is over, and keeps what is behind it waiting', () => {
      const store = fresh()
      store.enqueue(anOrder({ id: 'r1', state: held }))
      store.enqueue(anOrder({ id: 'r2' }))
      expect([due(store, morning + 4_999), store.nextDueAt(morning)]).toEqual([[], morning + 5_000])
      expect(due(store, morning + 5_000)).toEqual(['r1'])
    })

    it('puts a reply back into its draft, before what was written since', () => {
      const store = fresh()
      const taken = { replyTo: 'm7', mail: { cc: ['a@example.com'], bcc: [] } }
      store.enqueue(anOrder({ id: 'r1', state: held, order: reply('First words', null, taken) }))
      store.putDraft(first, 'reply', aDraft({ text: 'and more' }))
      expect(store.takeBack(outboxId('r1'))?.id).toBe('r1')
      expect(store.draft(first, 'reply')).toEqual(
        aDraft({ text: 'First words\nand more', replyTo: messageId(first, 'm7'), cc: 'a@example.com' }),
      )
      expect(open(store)).toEqual([])
    })

    it('gives a reply its files back, so that they can go with another', () => {
      const store = fresh()
      putWhole(store, aFile('f', 'Hello'), 'Hello')
      const files = store.draftFiles(first, 'reply')
      store.enqueue(anOrder({ id: 'r1', state: held, order: reply('See there', null, { files }) }))
      expect(store.draftFiles(first, 'reply')).toEqual([])
      store.takeBack(outboxId('r1'))
      expect(store.draftFiles(first, 'reply').map((each) => each.id)).toEqual(['f'])
      store.enqueue(anOrder({ id: 'r2', order: reply('See there', null, { files }) }))
      expect(store.fileBytes('f')).not.toBeNull()
    })

    it('leaves no trace of an action', () => {
      const store = fresh()
      store.applyRows({ conversations: [aConversation()], messages: [] })
      store.enqueue(anOrder({ id: 'a1', state: held, order: action('resolve') }))
      expect(store.conversation(first)?.status.kind).toBe('done')
      store.takeBack(outboxId('a1'))
      expect(store.conversation(first)?.status.kind).toBe('open')
    })

    it('is too late for what may have left, and for what is not there', () => {
      const store = fresh()
      store.enqueue(anOrder({ id: 'r1' }))
      move(store, 'r1', sending)
      expect([store.takeBack(outboxId('r1')), store.takeBack(outboxId('r9'))]).toEqual([null, null])
      move(store, 'r1', { kind: 'queued', notBefore: null })
      expect(store.takeBack(outboxId('r1'))).toBeNull()
      expect(open(store)).toEqual(['r1'])
    })

    it.each<OutboxState>([
      { kind: 'failed', code: 'rejected', reason: '{}' },
      { kind: 'unsure', startedAt: 5, asked: true, finding: null },
    ])('puts a reply that stopped back into its draft with its files: $kind', (state) => {
      const store = fresh()
      putWhole(store, aFile('f', 'Hello'), 'Hello')
      const files = store.draftFiles(first, 'reply')
      store.enqueue(anOrder({ id: 'r1', order: reply('First words', null, { files, replyTo: 'm7' }) }))
      store.putDraft(first, 'reply', aDraft({ text: 'and more' }))
      store.moveOrder(outboxId('r1'), state, 1)
      expect(store.takeOut(outboxId('r1'))?.id).toBe('r1')
      expect(store.draft(first, 'reply')).toEqual(
        aDraft({ text: 'First words\nand more', replyTo: messageId(first, 'm7') }),
      )
      expect([store.draftFiles(first, 'reply'), open(store)]).toEqual([files, []])
    })

    it('takes nothing out that may still leave by itself, nor an action', () => {
      const store = fresh()
      store.enqueue(anOrder({ id: 'r1' }))
      store.enqueue(anOrder({ id: 'a1', order: action('resolve') }))
      store.moveOrder(outboxId('a1'), { kind: 'failed', code: 'rejected', reason: '{}' }, 1)
      const takeOut = (id: string): unknown => store.takeOut(outboxId(id))
      expect([takeOut('r1'), takeOut('a1'), takeOut('r9')]).toEqual([null, null, null])
      move(store, 'r1', sending)
      expect([takeOut('r1'), open(store)]).toEqual([null, ['r1', 'a1']])
    })

    it('makes no difference to an order that replaces it', () => {
      const store = fresh()
      store.enqueue(anOrder({ id: 'a1', state: held, order: action('resolve') }))
      store.enqueue(anOrder({ id: 'a2', order: action('reopen') }))
      expect(open(store)).toEqual(['a2'])
    })
  })

  it('waits for the moment a server named, and says when that is', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'r1' }))
    store.enqueue(anOrder({ id: 'r2', state: { kind: 'queued', notBefore: morning + 1 } }))
    store.enqueue(anOrder({ id: 's1', conversationId: second }))
    move(store, 'r1', { kind: 'queued', notBefore: morning + 10 })
    move(store, 's1', { kind: 'queued', notBefore: morning + 20 })
    expect([due(store, morning + 9), due(store, morning + 10)]).toEqual([[], ['r1']])
    expect([9, 10, 20].map((ms) => store.nextDueAt(morning + ms))).toEqual([morning + 10, morning + 20, null])
    expect(store.outboxRow(outboxId('r1'))?.attempts).toBe(1)
  })

  it.each([
    ['failed', failed],
    ['unsure', unsure],
  ])('holds back everything behind a reply that is %s, and nothing elsewhere', (_, state) => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'r1' }))
    store.enqueue(anOrder({ id: 'r2' }))
    store.enqueue(anOrder({ id: 'a1', order: action('resolve') }))
    store.enqueue(anOrder({ id: 's1', conversationId: second }))
    move(store, 'r1', state)
    expect([due(store), store.nextDueAt(morning)]).toEqual([['s1'], null])
    store.removeOrder(outboxId('r1'))
    expect(due(store)).toEqual(['r2', 's1'])
  })

  it('keeps notes and replies of one conversation in one queue', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'n1', order: reply('Look', null, { isNote: true }) }))
    store.enqueue(anOrder({ id: 'r1' }))
    expect(due(store)).toEqual(['n1'])
    move(store, 'n1', unsure)
    expect(due(store)).toEqual([])
    move(store, 'n1', sent)
    expect(due(store)).toEqual(['r1'])
  })

  it.each([
    ['failed', failed],
    ['unsure', unsure],
  ])('goes on past an action that is %s', (_, state) => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'a1', order: action('resolve') }))
    store.enqueue(anOrder({ id: 'r1' }))
    move(store, 'a1', state)
    expect([due(store), open(store)]).toEqual([['r1'], ['a1', 'r1']])
  })

  it('replaces a queued or refused action of the same pair by the new one, at the end of the queue', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'resolve', order: action('resolve') }))
    store.enqueue(anOrder({ id: 'read', order: action('markRead') }))
    store.enqueue(anOrder({ id: 'elsewhere', order: action('resolve'), conversationId: second }))
    store.enqueue(anOrder({ id: 'reopen', order: action('reopen') }))
    expect(open(store)).toEqual(['read', 'elsewhere', 'reopen'])
    move(store, 'reopen', failed)
    store.enqueue(anOrder({ id: 'again', order: action('reopen') }))
    expect(open(store)).toEqual(['read', 'elsewhere', 'again'])
  })

  it('keeps every label that was put on or taken off, and a customer muted beside a status', () => {
    const store = fresh()
    const label = (id: string, add: string): void =>
      void store.enqueue(anOrder({ id, order: action({ kind: 'label', add: [add], remove: [] }) }))
    label('urgent', 'urgent')
    label('billing', 'billing')
    store.enqueue(anOrder({ id: 'mute', order: action('mute') }))
    store.enqueue(anOrder({ id: 'nobody', order: action({ kind: 'assign', to: null }) }))
    store.enqueue(anOrder({ id: 'reopen', order: action('reopen') }))
    const to = { key: '2', name: 'Priya Nair', isMe: false }
    store.enqueue(anOrder({ id: 'Priya', order: action({ kind: 'assign', to }) }))
    store.enqueue(anOrder({ id: 'snooze', order: action({ kind: 'snooze', until: null }) }))
    expect(open(store)).toEqual(['urgent', 'billing', 'mute', 'Priya', 'snooze'])
  })

  it('leaves an action alone that is under way or may have arrived', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'resolve', order: action('resolve') }))
    move(store, 'resolve', sending)
    store.enqueue(anOrder({ id: 'reopen', order: action('reopen') }))
    expect([open(store), due(store)]).toEqual([['resolve', 'reopen'], []])
    move(store, 'resolve', unsure)
    store.enqueue(anOrder({ id: 'reopen again', order: action('reopen') }))
    expect([open(store), due(store)]).toEqual([['resolve', 'reopen again'], ['reopen again']])
  })

  it('turns what was under way into unsure at start, keeping when it left', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'r1' }))
    store.enqueue(anOrder({ id: 's1', conversationId: second }))
    move(store, 'r1', sending)
    const recovered = anOrder({ id: 'r1', attempts: 1, state: { ...unsure, asked: false, finding: null } })
    expect(store.recoverSending()).toEqual([recovered])
    expect(store.outboxRow(outboxId('r1'))).toEqual(recovered)
    expect([store.recoverSending(), due(store)]).toEqual([[], ['s1']])
  })

  it('queues again at start what was under way, but of which not a byte had left', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'r1' }))
    move(store, 'r1', { ...sending, isPreparing: true })
    const recovered = anOrder({ id: 'r1', attempts: 1, state: { kind: 'queued', notBefore: null } })
    expect(store.recoverSending()).toEqual([recovered])
    expect(store.outboxRow(outboxId('r1'))).toEqual(recovered)
    move(store, 'r1', { ...sending, isPreparing: false })
    expect(store.recoverSending()[0]?.state.kind).toBe('unsure')
  })

  it('cannot send a row that was discarded meanwhile, and lets late answers to it go by', () => {
    const store = fresh()
    store.enqueue(anOrder())
    store.removeOrder(outboxId('order-1'))
    expect(() => move(store, 'order-1', sending)).toThrow(/not in the outbox/)
    move(store, 'order-1', sent)
    expect(store.outboxRow(outboxId('order-1'))).toBeNull()
  })

  it('names the server messages that sent replies have claimed, for a week', () => {
    const store = fresh()
    store.enqueue(anOrder({ id: 'r1' }))
    store.enqueue(anOrder({ id: 'r2' }))
    store.enqueue(anOrder({ id: 'a1', order: action('resolve') }))
    move(store, 'r1', sent)
    move(store, 'a1', { kind: 'sent', at: morning, remoteKey: null })
    expect([store.claimedKeys(first), store.claimedKeys(second)]).toEqual([['77'], []])
    const weekMs = 7 * 24 * 60 * minuteMs
    store.tidy(morning + weekMs)
    expect(store.claimedKeys(first)).toEqual(['77'])
    store.tidy(morning + weekMs + 1)
    expect([store.claimedKeys(first), open(store)]).toEqual([[], ['r2']])
  })

  it('counts what an account has not sent, whatever the reason', () => {
    const store = fresh()
    for (const id of ['r1', 'r2', 'r3', 'r4']) store.enqueue(anOrder({ id }))
    move(store, 'r1', sent)
    move(store, 'r2', failed)
    move(store, 'r3', unsure)
    expect([store.unsentCount(home), store.unsentCount(other)]).toEqual([3, 0])
  })
}

function anyHistory(open: () => Store): void {
  it('counts, lists and reports as walking over every row does', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const store = open()
        store.putAccount(anAccount())
        const twin = memoryStore()
        twin.putAccount(anAccount())
        for (const step of history) {
          expect(play(store, step)).toEqual(play(twin, step))
          expect(store.counts()).toEqual(recount(store))
          expect(store.counts()).toEqual(twin.counts())
        }
        for (const each of queries) {
          expect(allPages(store, each, 2)).toEqual(twin.inboxPage(each, null, 1000).rows)
        }
        expect(store.threadsBehind(home, 99)).toEqual(twin.threadsBehind(home, 99))
        expect([store.openOrders(), store.nextDue(50)]).toEqual([twin.openOrders(), twin.nextDue(50)])
        expect(written(store)).toEqual(written(twin))
        store.close()
      }),
      { numRuns: 40 },
    )
  })
}

/** Everything of drafts and files that histories may touch. */
function written(store: Store): unknown {
  const drafts = [home, other].flatMap((account) =>
    ['1', '2', '3', '4', '5'].flatMap((key) =>
      (['reply', 'note'] as const).map((kind) => {
        const id = conversationId(account, key)
        return [store.draft(id, kind), store.draftFiles(id, kind)]
      }),
    ),
  )
  return [drafts, fileIds.map((id) => [store.file(id), store.fileBytes(id)])]
}

/** Every list there is, for both sorts, for all accounts and for each, and some searches. */
const queries: InboxQuery[] = views.flatMap((view) =>
  [null, home, other].flatMap((account) => [
    query({ view, accountId: account }),
    query({ view, accountId: account, sort: 'longestWait' }),
  ]),
)
queries.push(
  ...['parcel', 'ref wo', 'tom', 't'].map((find) => query({ find })),
  query({ find: 'a', accountId: home }),
)

function textOf(store: Store, id: ConversationId): string {
  return store.draft(id, 'reply').text
}

function query(given: Partial<InboxQuery>): InboxQuery {
  return { view: 'open', accountId: null, find: null, sort: 'newest', ...given }
}

function page(
  conversations: readonly Conversation[],
  messages: readonly Message[] = [],
  cursor = 'next',
): Parameters<Store['applyPage']>[1] {
  return { conversations, messages, cursor }
}

function idsOf(store: Store, given: Partial<InboxQuery>): ConversationId[] {
  return store.inboxPage(query(given), null, 1000).rows.map((row) => row.id)
}

function allPages(store: Store, asked: InboxQuery, limit: number): EffectiveConversation[] {
  const rows: EffectiveConversation[] = []
  let after: string | null = null
  do {
    const next: ReturnType<Store['inboxPage']> = store.inboxPage(asked, after, limit)
    rows.push(...next.rows)
    after = next.next
  } while (after !== null)
  return rows
}

/** The counts as they come out by walking over every conversation there may be. */
function recount(store: Store): ReturnType<Store['counts']> {
  const counts = new Map(store.accounts().map(({ id }) => [id, noCounts()]))
  for (const [account, count] of counts) {
    for (const key of ['1', '2', '3', '4', '5']) {
      const row = store.conversation(conversationId(account, key))
      for (const view of views) if (row !== null && isInView(view, row)) count[view] += 1
    }
  }
  return counts
}
