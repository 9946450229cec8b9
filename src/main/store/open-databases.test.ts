import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import type { OutboxOrder, OutboxRow, OutboxState } from '../../shared/domain/outbox.ts'
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
import { noCounts } from './listing.ts'
import { cache1 } from './migrations/cache-1.ts'
import { desk1 } from './migrations/desk-1.ts'
import { openDatabases, provenSqlite, type Databases, type OpenOptions } from './open-databases.ts'
import { cacheIn } from './sqlite-cache.ts'
import { databaseOver } from './sqlite-database.ts'
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
  expect(after.draft(conversationId(home, '3'), 'reply').text).toBe('half a thought')
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

it('salvages what can be read around the damage, counts it, and goes on with it at the next start', () => {
  const folder = aFolder()
  const before = stocked(open(folder))
  for (let n = 100; n < 400; n += 1)
    before.putDraft(conversationId(home, `${n}`), 'reply', aDraft({ text: `Draft ${n} ${'.'.repeat(200)}` }))
  before.moveOrder(outboxId('order-1'), { kind: 'queued', notBefore: 5 }, 1)
  before.close()
  const path = join(folder, 'desk.db')
  const bytes = readFileSync(path)
  const spot = bytes.indexOf('Draft 250')
  const start = spot - (spot % 4096)
  writeFileSync(path, bytes.fill(0xa5, start, start + 4096))
  expect(() => openSqliteStore(folder)).toThrow(
    /desk-damaged-1\.db.*what could be read of it: accounts: 1 of 1, drafts: 2\d\d of 302, replies and orders: 2 of 2, files: 1 of 1\./,
  )
  const store = open(folder)
  const textOf = (n: number): string => store.draft(conversationId(home, `${n}`), 'reply').text.slice(0, 9)
  expect([100, 250, 399].map(textOf)).toEqual(['Draft 100', '', 'Draft 399'])
  expect([store.accounts(), store.setting('theme'), store.fileBytes('f')]).toEqual([
    [anAccount()],
    'dark',
    new Uint8Array([1, 2, 3]),
  ])
  // The reply may have left after what was read of it was written; a state may be set twice.
  expect(store.openOrders().map(({ id, state }) => [id, state.kind])).toEqual([
    ['order-1', 'unsure'],
    ['order-2', 'queued'],
  ])
  expect(store.nextDue(morning).map((row) => row.id)).toEqual(['order-2'])
})

it.each([1, 24, 1000, 4000])(
  'goes on from the last whole commit where the log is torn %i bytes short',
  (missing) => {
    const folder = aFolder()
    const store = stocked(open(folder))
    const whole = store.openOrders()
    store.enqueue(anOrder({ id: 'torn', conversationId: conversationId(home, '4') }))
    const asLeft = aFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(asLeft, name))
    truncateSync(join(asLeft, 'desk.db-wal'), statSync(join(asLeft, 'desk.db-wal')).size - missing)
    const after = open(asLeft)
    expect(after.openOrders()).toEqual(whole)
    expect(after.accounts()).toEqual([anAccount()])
  },
)

it('opens a desk of the first release and finds what was in it', () => {
  const folder = aFolder()
  const dump = readFileSync(join(import.meta.dirname, '../../../tests/fixtures/store/desk-1.sql'), 'utf8')
  const old = new DatabaseSync(join(folder, 'desk.db'))
  old.exec(dump)
  old.close()
  const store = open(folder)
  expect(store.accounts()).toEqual([anAccount()])
  expect([store.setting('theme'), store.draft(conversationId(home, '3'), 'reply')]).toEqual([
    'dark',
    aDraft({ text: 'half a thought' }),
  ])
  expect(store.mark(first)).toEqual(aMark({ unreadByHand: true }))
  expect(store.openOrders()).toEqual([
    anOrder({ id: 'r1', state: { kind: 'sending', startedAt: 5 }, attempts: 1 }),
    anOrder({ id: 'a1', order: action('resolve', 7) }),
  ])
  expect(store.claimedKeys(conversationId(home, '2'))).toEqual(['77'])
})

it('brings a desk of the first release forward with every order in the state it was in', () => {
  const folder = aFolder()
  const states: OutboxState[] = [
    { kind: 'queued', notBefore: null },
    { kind: 'queued', notBefore: 7 },
    { kind: 'sending', startedAt: 5 },
    { kind: 'sent', at: 9, remoteKey: '77' },
    { kind: 'failed', code: 'rejected', reason: '{"reason":"Too long"}' },
    { kind: 'unsure', startedAt: 5, asked: false, finding: null },
    { kind: 'unsure', startedAt: 5, asked: true, finding: 'absent' },
  ]
  const orders: [unknown, OutboxOrder][] = [
    [{ kind: 'reply', text: 'Say "yes" – ça va?\n東京', seenAt: 3 }, reply('Say "yes" – ça va?\n東京', 3)],
    [{ kind: 'reply', text: 'Hello', seenAt: null }, reply('Hello')],
    ...(['resolve', 'reopen', 'markRead', 'markUnread'] as const).map((kind): [unknown, OutboxOrder] => [
      { kind: 'action', action: kind, seenAt: kind === 'resolve' ? null : 4 },
      action(kind, kind === 'resolve' ? null : 4),
    ]),
  ]
  const rows = orders.flatMap(([old, order], o) =>
    states.map((state, s) => ({ old, row: anOrder({ id: `${o}-${s}`, order, state, attempts: s }) })),
  )
  const old = new DatabaseSync(join(folder, 'desk.db'))
  old.exec(desk1)
  const keep = (table: string, ...values: (string | number)[]): void =>
    void old.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values)
  keep('account', home, morning, JSON.stringify(anAccount()))
  keep('draft', first, home, 'to "Tomasz" – 東京')
  keep('setting', 'theme', 'dark')
  keep('mark', first, home, JSON.stringify(aMark()))
  const into = 'outbox (id, account_id, conversation_id, order_json, state_json, created_at, attempts)'
  for (const { old: written, row } of rows) {
    const json = [JSON.stringify(written), JSON.stringify(row.state)] as const
    keep(into, row.id, home, row.conversationId, ...json, row.createdAt, row.attempts)
  }
  old.exec('PRAGMA user_version = 1')
  old.close()

  const store = open(folder)
  expect(rows.map(({ row }) => store.outboxRow(row.id))).toEqual(rows.map(({ row }) => row))
  expect(store.openOrders().map((row) => row.id)).toEqual(
    rows.flatMap(({ row }) => (row.state.kind === 'sent' ? [] : [row.id])),
  )
  expect(store.draft(first, 'reply')).toEqual(aDraft({ text: 'to "Tomasz" – 東京' }))
  expect(store.draft(first, 'note')).toEqual(aDraft())
  expect([store.accounts(), store.setting('theme'), store.mark(first)]).toEqual([
    [anAccount()],
    'dark',
    aMark(),
  ])
  store.putFile({ ...aFile, conversationId: first })
  store.removeAccount(home)
  expect([store.openOrders(), store.draft(first, 'reply'), store.file('f')]).toEqual([[], aDraft(), null])
})

it('empties a cache of the first release, cursors and all, and takes everything anew', () => {
  const folder = aFolder()
  const before = open(folder)
  before.putAccount(anAccount())
  before.close()
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `cache.db${ending}`), { force: true })
  const old = databaseOver(new DatabaseSync(join(folder, 'cache.db')), 'cache.db')
  old.exec(cache1)
  const written = { conversations: [aConversation()], messages: [aMessage({ text: 'a parcel' })] }
  cacheIn(old).write(
    { ...written, changes: { conversations: [], removed: [], addedMessages: [], changedMessages: [] } },
    { accountId: home, cursor: 'page 9' },
  )
  old.exec('PRAGMA user_version = 1')
  old.close()

  const dropped: string[] = []
  const store = open(folder, { onCacheDropped: (why) => dropped.push(why) })
  const parcel = { view: 'open', accountId: null, find: 'parcel', sort: 'newest' } as const
  expect(dropped).toEqual([])
  expect([store.cursor(home), store.said(first), store.thread(first, null, 9)]).toEqual([null, null, []])
  expect([store.counts().get(home), store.inboxPage(parcel, null, 9).rows]).toEqual([noCounts(), []])
  store.applyPage(home, { ...written, cursor: 'page 1' })
  expect([store.counts().get(home)?.open, store.inboxPage(parcel, null, 9).rows.length]).toEqual([1, 1])
  expect(store.thread(first, null, 9)).toHaveLength(1)
})

it('goes on with a file where a crash between two pieces left it', () => {
  const folder = aFolder()
  const store = open(folder)
  store.putAccount(anAccount())
  const file = { ...aFile, sizeBytes: 3_000_000 }
  const pieces = [1, 2, 3].map((n) => new Uint8Array(1_000_000).fill(n))
  const append = (to: Store, n: number): number => to.appendFile('f', n * 1_000_000, pieces[n] ?? aPiece)
  store.putFile(file)
  append(store, 0)
  append(store, 1)
  const asLeft = aFolder()
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(asLeft, name))

  const after = open(asLeft)
  expect([after.draftFiles(file.conversationId, 'reply'), after.fileBytes('f')]).toEqual([[], null])
  expect(faultOf(() => after.enqueue(replyWith(file)))).toMatch(/not here, or not all of it/)
  // The window does not know how far it came, and begins with the first piece once more.
  after.putFile(file)
  expect([0, 1, 2].map((n) => append(after, n))).toEqual([2_000_000, 2_000_000, 3_000_000])
  expect(after.draftFiles(file.conversationId, 'reply')).toHaveLength(1)
  expect(Buffer.concat(pieces).equals(after.fileBytes('f') ?? aPiece)).toBe(true)
  after.enqueue(replyWith(file))
  after.close()
  expect(open(asLeft).fileBytes('f')).toHaveLength(3_000_000)
})

it('writes one more piece without writing those before it again', () => {
  const { store, desk } = opened()
  const pages = (): number => Number(desk.get('PRAGMA page_count')?.['page_count'])
  const logged = (): number => {
    const log = statSync(`${desk.path}-wal`).size
    desk.get('PRAGMA wal_checkpoint(TRUNCATE)')
    return log
  }
  store.putFile({ ...aFile, sizeBytes: 10_000_000 })
  const costs = Array.from({ length: 10 }, (_, n) => {
    logged()
    store.appendFile('f', n * 1_000_000, new Uint8Array(1_000_000).fill(n))
    return logged()
  })
  expect(Math.max(...costs)).toBeLessThan(1_200_000)
  expect(pages() * 4096).toBeLessThan(10_500_000)
})

it('keeps nothing of a piece the disk has no room for, and leaves draft and file as they were', () => {
  const { store, desk } = opened()
  store.putDraft(aFile.conversationId, 'reply', aDraft({ text: 'See this.' }))
  store.putFile({ ...aFile, sizeBytes: 2_000_000 })
  store.appendFile('f', 0, new Uint8Array(1_000_000))
  const pages = Number(desk.get('PRAGMA page_count')?.['page_count'])
  desk.get(`PRAGMA max_page_count = ${pages + 20}`)
  expect(() => store.appendFile('f', 1_000_000, new Uint8Array(1_000_000))).toThrow(/disk is full.*desk\.db/)
  expect([store.draft(aFile.conversationId, 'reply').text, store.fileBytes('f')]).toEqual(['See this.', null])
  expect(desk.get('SELECT count(*) AS n FROM piece')).toMatchObject({ n: 1 })
  desk.get('PRAGMA max_page_count = 100000')
  expect(store.appendFile('f', 1_000_000, new Uint8Array(1_000_000))).toBe(2_000_000)
})

it('keeps no piece the file was not told of, so that the same one can come again', () => {
  const { store, desk } = opened()
  store.putFile(aFile)
  desk.exec("CREATE TEMP TRIGGER broken BEFORE UPDATE ON file BEGIN SELECT RAISE(FAIL, 'torn'); END")
  expect(() => store.appendFile('f', 0, aPiece)).toThrow(/torn/)
  desk.exec('DROP TRIGGER broken')
  expect([store.appendFile('f', 0, aPiece), store.fileBytes('f')]).toEqual([3, aPiece])
})

it('leaves no bytes behind once their file is gone, however it went', () => {
  const { store, desk } = opened()
  const announce = (id: string): void => {
    store.putFile({ ...aFile, id })
    store.appendFile(id, 0, aPiece)
  }
  for (const id of ['sent', 'discarded', 'dropped', 'account']) announce(id)
  for (const id of ['sent', 'discarded']) store.enqueue({ ...replyWith({ ...aFile, id }), id: outboxId(id) })
  store.moveOrder(outboxId('sent'), { kind: 'sent', at: 1, remoteKey: null }, 1)
  store.removeOrder(outboxId('discarded'))
  store.removeFile('dropped')
  expect(desk.get('SELECT count(*) AS n FROM piece')).toMatchObject({ n: 1 })
  store.removeAccount(home)
  expect(desk.get('SELECT count(*) AS n FROM piece')).toMatchObject({ n: 0 })
})

it('gives the room of many sent files back to the disk when idle', () => {
  const { store, desk } = opened()
  store.putFile({ ...aFile, sizeBytes: 40_000_000 })
  store.appendFile('f', 0, new Uint8Array(40_000_000))
  store.putDraft(aFile.conversationId, 'reply', aDraft({ text: 'half a thought' }))
  store.removeFile('f')
  const pages = (): number => Number(desk.get('PRAGMA page_count')?.['page_count'])
  expect(pages()).toBeGreaterThan(9000)
  store.tidy(morning)
  expect(pages()).toBeLessThan(100)
  expect(store.draft(aFile.conversationId, 'reply').text).toBe('half a thought')
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
  expect(faultOf(() => store.putDraft(first, 'reply', aDraft({ text: 'lost?' })))).toBe('readOnly')
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
  store.putDraft(first, 'reply', aDraft({ text: 'A long answer' }))
  const pages = Number(desk.get('PRAGMA page_count')?.['page_count'])
  desk.get(`PRAGMA max_page_count = ${pages}`)
  const long = anOrder({ order: reply('A long answer'.repeat(9999)) })
  expect(faultOf(() => store.enqueue(long))).toBe('full')
  expect([store.openOrders(), store.draft(first, 'reply').text]).toEqual([[], 'A long answer'])
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

const aPiece = new Uint8Array([1, 2, 3])
const aFile = {
  id: 'f',
  name: 'photo.jpg',
  contentType: 'image/jpeg',
  sizeBytes: 3,
  conversationId: conversationId(home, '3'),
  kind: 'reply',
} as const

function replyWith({ id, name, contentType, sizeBytes, conversationId: to }: FileOfDraft): OutboxRow {
  const files = [{ id, name, contentType, sizeBytes }]
  return anOrder({ conversationId: to, order: reply('See this.', null, { files }) })
}

type FileOfDraft = Parameters<Store['putFile']>[0]

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
  store.putDraft(conversationId(home, '3'), 'reply', aDraft({ text: 'half a thought' }))
  store.putDraft(conversationId(home, '3'), 'note', aDraft({ text: 'among us' }))
  store.putDirectory(home, aDirectory({ requiredToResolve: ['reason'] }))
  store.putFile(aFile)
  store.appendFile('f', 0, new Uint8Array([1, 2, 3]))
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
    store.draft(conversationId(home, '3'), 'reply'),
    store.draft(conversationId(home, '3'), 'note'),
    store.directory(home),
    store.draftFiles(conversationId(home, '3'), 'reply'),
    store.fileBytes('f'),
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
