import { describe, expect, it, onTestFinished } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import {
  aConversation,
  action,
  aDirectory,
  aDraft,
  aMark,
  aMessage,
  anAccount,
  anOrder,
  home,
  morning,
  outboxId,
  reply,
} from '../../../tests/support/builders.ts'
import { aFolder, storeOnSmallDisk, whyOf } from '../../../tests/support/store-folders.ts'
import { halfSentKeptMs } from './file-rules.ts'
import { openDatabases, type Databases } from './open-databases.ts'
import { isSealed, sealedTables } from './seals.ts'
import type { Database } from './sqlite-database.ts'
import { sqliteStoreOver } from './sqlite-store.ts'
import { StoreFault, type Store } from './store.ts'

type Reading =
  | ('accounts' | 'setting' | 'cursor' | 'hasWholeThread' | 'threadsBehind' | 'threadFilledTo' | 'said')
  | ('conversation' | 'inboxPage' | 'counts' | 'thread' | 'mark' | 'dueMarks' | 'draft' | 'drafts')
  | ('draftFiles' | 'halfFiles' | 'file' | 'fileBytes' | 'directory' | 'outboxRow' | 'openOrders' | 'nextDue')
  | ('nextDueAt' | 'claimedKeys' | 'unsentCount' | 'close')

const first = conversationId(home, '1')
const second = conversationId(home, '2')
const page = (words: string) => ({
  conversations: [aConversation({ subject: words }), aConversation({ key: '9', subject: words })],
  messages: [aMessage({ text: words }), aMessage({ key: '2', text: words })],
  cursor: 'page 2',
})
const aFile = {
  name: 'a.txt',
  contentType: 'text/plain',
  sizeBytes: 300_000,
  conversationId: second,
  kind: 'reply',
} as const

/** Each call that writes, with words as long as a test wants them; a new one has to be added here. */
const writes: Readonly<Record<Exclude<keyof Store, Reading>, (store: Store, words: string) => unknown>> = {
  putAccount: (store, words) => store.putAccount(anAccount({ name: words })),
  removeAccount: (store) => store.removeAccount(home),
  putSetting: (store, words) => store.putSetting('theme', words),
  applyPage: (store, words) => store.applyPage(home, page(words)),
  applyRows: (store, words) => store.applyRows(page(words)),
  putThreadStart: (store, words) => store.putThreadStart(first, words),
  putThreadFilled: (store, words) => store.putThreadFilled(first, words),
  putMark: (store) => store.putMark(aMark({ seenAt: 9 })),
  removeMark: (store) => store.removeMark(first),
  rekey: (store) => store.rekey(second, conversationId(home, '9')),
  putDraft: (store, words) => store.putDraft(first, 'reply', aDraft({ text: words })),
  putFile: (store, words) => store.putFile({ ...aFile, id: 'new', name: words }),
  appendFile: (store, words) => store.appendFile('half', 1000, new TextEncoder().encode(words)),
  removeFile: (store) => store.removeFile('half'),
  putDirectory: (store, words) =>
    store.putDirectory(home, aDirectory({ teams: [{ key: '1', name: words, isMine: true }] })),
  enqueue: (store, words) => store.enqueue(anOrder({ id: 'new', order: reply(words) })),
  enqueueAll: (store, words) =>
    store.enqueueAll([
      anOrder({ id: 'new', order: action('markUnread') }),
      anOrder({ id: 'newer', order: reply(words) }),
    ]),
  moveOrder: (store, words) =>
    store.moveOrder(outboxId('with-file'), { kind: 'sent', at: morning, remoteKey: words }, 1),
  removeOrder: (store) => store.removeOrder(outboxId('with-file')),
  takeBack: (store) => store.takeBack(outboxId('with-file')),
  takeOut: (store) => store.takeOut(outboxId('failed')),
  recoverSending: (store) => store.recoverSending(),
  tidy: (store) => store.tidy(morning + 2 * halfSentKeptMs),
}
const names = Object.keys(writes) as (keyof typeof writes)[]
/** Over both files, the cache first: cut short it is done again. */
const overBoth: readonly string[] = ['removeAccount', 'tidy']

describe.each(names)('%s, where the disk has room for only some of it', (name) => {
  it('keeps nothing of it, and does all of it once there is room', () => {
    const whole = stocked()
    writes[name](whole.store, 'words')
    const goal = contentsOf(whole)
    // One write after the other is the one too many, until there is room for all of them.
    for (let room = 0; ; room += 1) {
      const tried = stocked()
      const before = contentsOf(tried)
      tried.limit(room)
      const why = whyOf(() => writes[name](tried.store, 'words'))
      tried.limit(Infinity)
      expect(unsealedIn(tried), 'every row has its seal').toEqual([])
      if (why === 'no fault') {
        expect(room, 'it writes at all').toBeGreaterThan(0)
        break
      }
      expect(why).toBe('full')
      if (!overBoth.includes(name)) expect(contentsOf(tried)).toEqual(before)
      expect(tried.store.counts()).toEqual(freshCounts(tried))
      writes[name](tried.store, 'words')
      expect(contentsOf(tried)).toEqual(goal)
      expect(tried.store.counts()).toEqual(freshCounts(tried))
    }
  })

  it('keeps nothing of it where SQLite itself finds no page, and does all of it once there is room', () => {
    const { store, databases, fill, free } = storeOnSmallDisk()
    stock(store)
    const before = contentsOf(databases)
    fill()
    const words = 'many words '.repeat(20_000)
    const why = whyOf(() => writes[name](store, words))
    // What needs no room is done all the same: a row that shrinks, one that goes.
    expect(why).toBe(growing.includes(name) ? 'full' : 'no fault')
    if (why === 'full' && !overBoth.includes(name)) expect(contentsOf(databases)).toEqual(before)
    free()
    writes[name](store, words)
    const whole = stocked()
    writes[name](whole.store, words)
    expect(contentsOf(databases)).toEqual(contentsOf(whole))
  })
})

const growing: readonly string[] = [
  ...['putAccount', 'putSetting', 'applyPage', 'applyRows', 'putThreadStart', 'putThreadFilled', 'putDraft'],
  ...['putFile', 'appendFile', 'putDirectory', 'enqueue', 'enqueueAll', 'moveOrder', 'tidy'],
]

/** A store whose writes stop after so many. */
function stocked(): Databases & { store: Store; limit(writes: number): void } {
  const databases = openDatabases(aFolder())
  // Nobody pulls the plug here.
  databases.desk.get('PRAGMA synchronous = OFF')
  let left = Infinity
  const spend = (): void => {
    left -= 1
    if (left < 0) throw new StoreFault('full', 'The disk is full.')
  }
  const limited = (half: Database): Database => ({
    ...half,
    run(sql, ...values) {
      spend()
      return half.run(sql, ...values)
    },
    exec(sql) {
      spend()
      half.exec(sql)
    },
    // Its end is a write too.
    transaction: (steps) =>
      half.transaction(() => {
        const result = steps()
        spend()
        return result
      }),
  })
  const store = sqliteStoreOver({ desk: limited(databases.desk), cache: limited(databases.cache) })
  onTestFinished(() => store.close())
  stock(store)
  return { ...databases, store, limit: (count) => (left = count) }
}

function stock(store: Store): void {
  store.putAccount(anAccount())
  store.putSetting('theme', 'dark')
  store.applyPage(home, { conversations: [aConversation()], messages: [aMessage()], cursor: 'page 1' })
  store.putThreadFilled(first, '1')
  store.putDirectory(home, aDirectory())
  store.putMark(aMark())
  store.putFile({ ...aFile, id: 'f', sizeBytes: 3 })
  store.appendFile('f', 0, new Uint8Array([1, 2, 3]))
  store.putFile({ ...aFile, id: 'half' })
  store.appendFile('half', 0, new Uint8Array(1000))
  store.putDraft(second, 'note', aDraft({ text: 'among us' }))
  const files = [{ id: 'f', name: 'a.txt', contentType: 'text/plain', sizeBytes: 3 }]
  store.enqueue(anOrder({ id: 'old', conversationId: second }))
  store.moveOrder(outboxId('old'), { kind: 'sent', at: morning, remoteKey: '8' }, 1)
  store.enqueue(
    anOrder({ id: 'with-file', conversationId: second, order: reply('See this.', null, { files }) }),
  )
  store.putDraft(second, 'reply', aDraft({ text: 'half a thought' }))
  store.enqueue(anOrder({ id: 'away' }))
  store.enqueue(anOrder({ id: 'behind', order: action('markUnread') }))
  store.moveOrder(outboxId('away'), { kind: 'sending', startedAt: 5 }, 1)
  store.enqueue(anOrder({ id: 'failed', conversationId: conversationId(home, '3') }))
  store.moveOrder(outboxId('failed'), { kind: 'failed', code: 'rejected', reason: '{}' }, 1)
}

/** Every row of every table, however it is indexed. */
function contentsOf({ desk, cache }: Databases): unknown {
  return [desk, cache].map((half) => {
    const tables = half.all(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    return tables.map(({ name }) => [
      name,
      half.all(`SELECT * FROM ${String(name)} ORDER BY 1, 2`).map((row) => ({ ...row })),
    ])
  })
}

function unsealedIn({ desk }: Databases): unknown[] {
  return sealedTables.flatMap((table) =>
    desk.all(`SELECT * FROM ${table}`).flatMap((row) => (isSealed(table, row) ? [] : [{ table, ...row }])),
  )
}

/** As a store that was opened only now counts. */
function freshCounts(databases: Databases): unknown {
  return sqliteStoreOver(databases).counts()
}
