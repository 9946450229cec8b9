import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import {
  aConversation,
  action,
  aMark,
  aMessage,
  anAccount,
  anOrder,
  home,
  morning,
  outboxId,
} from '../../../tests/support/builders.ts'
import { openDatabases, provenSqlite, type Databases, type OpenOptions } from './open-databases.ts'
import { openSqliteStore, sqliteStoreOver } from './sqlite-store.ts'
import { StoreFault, type Store } from './store.ts'

const first = conversationId(home, '1')

it('finds everything again after a restart', () => {
  const folder = aFolder()
  const before = stocked(open(folder))
  const seen = everythingIn(before)
  before.close()
  expect(everythingIn(open(folder))).toEqual(seen)
})

it('finds every order and draft again after the process died without closing', () => {
  const folder = aFolder()
  const store = stocked(open(folder))
  store.moveOrder(outboxId('order-1'), { kind: 'sending', startedAt: 5 }, 1)
  const asLeft = aFolder()
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(asLeft, name))
  const after = open(asLeft)
  expect(after.openOrders()).toEqual(store.openOrders())
  expect(after.draft(conversationId(home, '3'))).toBe('half a thought')
  expect(after.recoverSending().map((row) => row.id)).toEqual(['order-1'])
})

it.each([
  ['missing', () => {}],
  ['no database at all', (path: string) => writeFileSync(path, 'this was a cache once'.repeat(999))],
  ['cut short', (path: string, bytes: Buffer) => writeFileSync(path, bytes.subarray(0, 5000))],
  ['written by a newer Tuntas', (path: string, bytes: Buffer) => withVersion(path, bytes, 99)],
])('starts with an empty cache when it is %s, and keeps the desk', (_, spoil) => {
  const folder = aFolder()
  const cache = join(folder, 'cache.db')
  stocked(open(folder)).close()
  const bytes = readFileSync(cache)
  rmSync(cache)
  spoil(cache, bytes)
  const dropped: string[] = []
  const store = open(folder, { onCacheDropped: (why) => dropped.push(why) })
  expect([store.said(first), store.cursor(home)]).toEqual([null, null])
  expect(store.openOrders().map((row) => row.id)).toEqual(['order-1', 'order-2'])
  expect(dropped).toHaveLength(spoil.length === 0 ? 0 : 1)
  store.applyPage(home, { conversations: [aConversation()], messages: [], cursor: 'again' })
  expect(store.conversation(first)?.pending).toEqual(['resolve'])
})

it('rebuilds a cache at the next start when damage is met while it is in use', () => {
  const folder = aFolder()
  stocked(open(folder)).close()
  const path = join(folder, 'cache.db')
  const bytes = readFileSync(path)
  // A page of messages; the schema and the roots of the tables, which the start looks at, stay whole.
  const spot = bytes.lastIndexOf('Hello, is anybody')
  const start = spot - (spot % 4096)
  writeFileSync(path, bytes.fill(0xa5, start, start + 4096))
  const store = open(folder)
  expect(faultOf(() => store.thread(first, null, 99))).toBe('corrupt')
  store.close()
  const dropped: string[] = []
  const next = open(folder, { onCacheDropped: (why) => dropped.push(why) })
  expect([next.said(first), next.accounts().length, dropped.length]).toEqual([null, 1, 1])
})

it('moves a damaged desk aside whole, says where, and starts empty the next time', () => {
  const folder = aFolder()
  stocked(open(folder)).close()
  const path = join(folder, 'desk.db')
  const spoilt = readFileSync(path).fill(0xa5, 4096)
  writeFileSync(path, spoilt)
  expect(() => openSqliteStore(folder)).toThrow(join(folder, 'desk-damaged-1.db'))
  expect(readFileSync(join(folder, 'desk-damaged-1.db')).equals(spoilt)).toBe(true)
  const store = open(folder)
  expect([store.accounts(), store.said(first), store.cursor(home)]).toEqual([[], null, null])
  store.close()
  writeFileSync(path, 'not a desk')
  expect(faultOf(() => openSqliteStore(folder))).toBe('corrupt')
  expect(readFileSync(join(folder, 'desk-damaged-2.db'), 'utf8')).toBe('not a desk')
})

it('opens a desk of the first release and finds what was in it', () => {
  const folder = aFolder()
  const dump = readFileSync(join(import.meta.dirname, '../../../tests/fixtures/store/desk-1.sql'), 'utf8')
  const old = new DatabaseSync(join(folder, 'desk.db'))
  old.exec(dump)
  old.close()
  const store = open(folder)
  expect(store.accounts()).toEqual([anAccount()])
  expect([store.setting('theme'), store.draft(conversationId(home, '3'))]).toEqual(['dark', 'half a thought'])
  expect(store.mark(first)).toEqual(aMark({ unreadByHand: true }))
  expect(store.openOrders()).toEqual([
    anOrder({ id: 'r1', state: { kind: 'sending', startedAt: 5 }, attempts: 1 }),
    anOrder({ id: 'a1', order: action('resolve', 7) }),
  ])
  expect(store.claimedKeys(conversationId(home, '2'))).toEqual(['77'])
})

it('refuses a desk written by a newer Tuntas and leaves it as it is', () => {
  const folder = aFolder()
  stocked(open(folder)).close()
  const path = join(folder, 'desk.db')
  withVersion(path, readFileSync(path), 99)
  const bytes = readFileSync(path)
  expect(faultOf(() => openSqliteStore(folder))).toBe('tooNew')
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

it('lets nobody else read the files, whatever the folder allowed before', () => {
  const folder = aFolder()
  chmodSync(folder, 0o755)
  stocked(open(folder))
  const modes = readdirSync(folder).map((name) => [
    name,
    (statSync(join(folder, name)).mode & 0o777).toString(8),
  ])
  expect(Object.fromEntries(modes)).toEqual({
    'cache.db': '600',
    'cache.db-shm': '600',
    'cache.db-wal': '600',
    'desk.db': '600',
    'desk.db-wal': '600',
  })
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('700')
})

it('belongs to one process at a time', () => {
  const folder = aFolder()
  const store = open(folder)
  expect(() => openSqliteStore(folder, { busyTimeoutMs: 1 })).toThrow(/in use by another Tuntas/)
  expect(faultOf(() => openSqliteStore(folder, { busyTimeoutMs: 1 }))).toBe('locked')
  store.close()
  open(folder)
})

it('says so when the folder cannot be written', () => {
  const parent = aFolder()
  chmodSync(parent, 0o500)
  // Modes do not hold root back; the kernel's own tree does.
  const folder = process.getuid?.() === 0 ? '/sys/tuntas' : join(parent, 'tuntas')
  expect(faultOf(() => openSqliteStore(folder))).toBe('readOnly')
})

it('says so when a file lies where the folder should be', () => {
  const path = join(aFolder(), 'tuntas')
  writeFileSync(path, '')
  expect(faultOf(() => openSqliteStore(path))).toBe('other')
})

it('says so when a database turns read-only while it is open', () => {
  const { store, desk } = opened()
  desk.exec('PRAGMA query_only = 1')
  expect(faultOf(() => store.putDraft(first, 'lost?'))).toBe('readOnly')
})

it('keeps nothing of a page that the disk has no room for, and takes it once there is', () => {
  const { store, cache } = opened()
  const pages = Number(cache.get('PRAGMA page_count')?.['page_count'])
  cache.get(`PRAGMA max_page_count = ${pages + 20}`)
  const messages = Array.from({ length: 25 }, (_, n) => aMessage({ key: `${n}`, text: 'word '.repeat(2000) }))
  const page = { conversations: [aConversation()], messages, cursor: 'full' }
  expect(faultOf(() => store.applyPage(home, page))).toBe('full')
  expect([store.said(first), store.cursor(home), store.thread(first, null, 9)]).toEqual([null, null, []])
  expect(store.counts().get(home)?.open).toBe(0)
  cache.get('PRAGMA max_page_count = 100000')
  expect(store.applyPage(home, page).addedMessages).toHaveLength(25)
  expect([store.cursor(home), store.counts().get(home)?.open]).toEqual(['full', 1])
})

it('keeps the draft when the reply finds no room', () => {
  const { store, desk } = opened()
  store.putDraft(first, 'A long answer')
  const pages = Number(desk.get('PRAGMA page_count')?.['page_count'])
  desk.get(`PRAGMA max_page_count = ${pages}`)
  const long = anOrder({ order: { kind: 'reply', text: 'A long answer'.repeat(9999), seenAt: null } })
  expect(faultOf(() => store.enqueue(long))).toBe('full')
  expect([store.openOrders(), store.draft(first)]).toEqual([[], 'A long answer'])
})

it('writes the desk through to the disk and leaves the cache to be synced later', () => {
  const { desk, cache } = opened()
  expect([desk, cache].map((each) => each.get('PRAGMA synchronous'))).toMatchObject([
    { synchronous: 2 },
    { synchronous: 1 },
  ])
  for (const each of [desk, cache]) {
    expect(each.get('PRAGMA mmap_size') ?? { mmap_size: 0 }).toMatchObject({ mmap_size: 0 })
    expect(each.get('PRAGMA foreign_keys')).toMatchObject({ foreign_keys: 1 })
  }
})

it('writes nothing when a page says nothing new, and nothing into the cache for what only this computer knows', () => {
  const { store, cache } = opened()
  const page = { conversations: [aConversation()], messages: [aMessage()], cursor: 'same' }
  store.applyPage(home, page)
  const written = (): unknown => cache.get('SELECT total_changes() AS n')?.['n']
  const before = written()
  store.applyPage(home, page)
  store.enqueue(anOrder({ order: action('resolve') }))
  store.putMark(aMark())
  expect(store.conversation(first)?.status.kind).toBe('done')
  expect(written()).toBe(before)
})

it('lists by index alone, without sorting', () => {
  const { cache } = opened()
  for (const rank of ['newest_rank', 'wait_rank']) {
    for (const account of ['', 'account_id = ? AND']) {
      const plan = cache.all(
        `EXPLAIN QUERY PLAN SELECT listed.id, json FROM listed CROSS JOIN said USING (num)
         WHERE ${account} view = ? AND (${rank}, id) > (?, ?) ORDER BY ${rank}, id`,
        ...(account === '' ? [] : [home]),
        'open',
        0,
        '',
      )
      const steps = plan.map((row) => String(row['detail'])).join('\n')
      expect(steps).toMatch(
        /SEARCH listed USING COVERING INDEX listed_\w+ \(.*view=\? AND \(\w+,id\)>\(\?,\?\)\)/,
      )
      expect(steps).not.toMatch(/SCAN|TEMP B-TREE/)
    }
  }
})

it('says that it is closed', () => {
  const store = openSqliteStore(aFolder())
  store.close()
  store.close()
  expect(faultOf(() => store.accounts())).toBe('other')
})

it('says so when SQLite or its full-text search is missing', () => {
  expect(() => provenSqlite(undefined)).toThrow(/no SQLite built in.*Node 24/)
  class WithoutSearch extends DatabaseSync {
    override exec(sql: string): void {
      if (sql.includes('fts5')) throw new Error('no such module: fts5')
      super.exec(sql)
    }
  }
  expect(() => provenSqlite({ DatabaseSync: WithoutSearch })).toThrow(
    /cannot search text \(no such module: fts5\)/,
  )
})

it('drops the cache of an account that is not on the desk', () => {
  const folder = aFolder()
  stocked(open(folder)).close()
  rmSync(join(folder, 'desk.db'))
  const store = open(folder)
  expect([store.said(first), store.cursor(home), existsSync(join(folder, 'cache.db'))]).toEqual([
    null,
    null,
    true,
  ])
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function open(folder: string, options: OpenOptions = {}): Store {
  const store = openSqliteStore(folder, options)
  onTestFinished(() => store.close())
  return store
}

function opened(): Databases & { store: Store } {
  const databases = openDatabases(join(aFolder(), 'made', 'by us'))
  const store = sqliteStoreOver(databases)
  onTestFinished(() => store.close())
  store.putAccount(anAccount())
  return { ...databases, store }
}

function stocked(store: Store): Store {
  store.putAccount(anAccount())
  store.putSetting('theme', 'dark')
  const messages = Array.from({ length: 40 }, (_, n) => aMessage({ key: `${n}`, sentAt: morning + n }))
  store.applyPage(home, { conversations: [aConversation()], messages, cursor: 'page 1' })
  store.putThreadFilled(first, '39')
  store.putDraft(conversationId(home, '3'), 'half a thought')
  store.putMark(aMark({ local: null, unreadByHand: true }))
  store.enqueue(anOrder({ id: 'order-1', conversationId: conversationId(home, '2') }))
  store.enqueue(anOrder({ id: 'order-2', order: action('resolve') }))
  return store
}

function everythingIn(store: Store): unknown {
  const inbox = store.inboxPage({ view: 'done', accountId: null, find: null, sort: 'newest' }, null, 9)
  return [
    store.accounts(),
    store.setting('theme'),
    store.cursor(home),
    store.said(first),
    store.conversation(first),
    store.thread(first, null, 99),
    store.threadFilledTo(first),
    store.counts(),
    inbox,
    store.mark(first),
    store.draft(conversationId(home, '3')),
    store.openOrders(),
  ]
}

function faultOf(step: () => unknown): string {
  try {
    step()
  } catch (error) {
    return error instanceof StoreFault ? error.why : String(error)
  }
  return 'no fault'
}

function withVersion(path: string, bytes: Buffer, version: number): void {
  writeFileSync(path, bytes, { mode: 0o600 })
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA user_version = ${version}`)
  database.close()
}
