/* How far the store is from the floor: `node tests/bench/store.bench.ts [conversations]`. Ratios are what counts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openDatabases } from '../../src/main/store/open-databases.ts'
import { sqliteStoreOver } from '../../src/main/store/sqlite-store.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import {
  aConversation,
  aCustomer,
  action,
  aMessage,
  anAccount,
  anOrder,
  morning,
} from '../support/builders.ts'

const size = Number(process.argv[2] ?? 50_000)
const folder = mkdtempSync(join(tmpdir(), 'tuntas-bench-'))
const store = sqliteStoreOver(openDatabases(folder))
const accounts = ['a', 'b', 'c'].map(accountId)
for (const id of accounts) store.putAccount(anAccount({ id }))

const syllables = ['ka', 'lo', 'mi', 're', 'tu', 'san', 'vel', 'no', 'pri', 'sho']
const word = (n: number): string =>
  `${syllables[n % 10]}${syllables[(n >> 3) % 10]}${syllables[(n * 7) % 10]}`
const rows = Array.from({ length: size }, (_, n) =>
  aConversation({
    accountId: accounts[n % 3] ?? accountId('a'),
    key: String(n),
    customer: aCustomer({ name: `${word(n)} ${word(n * 3)}`, email: `${word(n)}@example.com` }),
    status: { kind: n % 5 === 0 ? 'open' : 'done' },
    lastTheirsAt: n % 10 === 0 ? morning + n : null,
    lastActivityAt: morning + ((n * 7919) % size),
  }),
)

const seeded = performance.now()
for (let from = 0; from < size; from += 25) {
  const conversations = rows.slice(from, from + 25)
  const messages = conversations.map((row, n) =>
    aMessage({
      conversationId: row.id,
      text: Array.from({ length: 30 }, (_, w) => word(from * n + w * w)).join(' '),
      sentAt: row.createdAt - 1,
    }),
  )
  store.applyPage(accounts[0] ?? accountId('a'), { conversations, messages, cursor: String(from) })
  if (from % 5000 === 0) store.tidy(morning)
}
console.log(`seeded ${size} conversations in ${((performance.now() - seeded) / 1000).toFixed(1)} s`)
for (let n = 0; n < 20; n += 1) {
  const row = rows[n * 31]
  if (row === undefined) break
  store.enqueue(
    anOrder({ id: `o${n}`, accountId: row.accountId, conversationId: row.id, order: action('resolve') }),
  )
}

const bare = new DatabaseSync(':memory:').prepare('SELECT 1')
const sorted = [...rows].sort((a, b) => b.lastActivityAt - a.lastActivityAt)
const open = { view: 'open', accountId: null, find: null, sort: 'newest' } as const
const deep = store.inboxPage(open, null, 2000).next
let turn = 0
const again = rows.slice(0, 25)
const moved = (): typeof rows =>
  again.map((row) => ({ ...row, team: String(turn), lastActivityAt: morning + size + turn }))

const floor = measure('SELECT 1', () => bare.get())
const filter = measure('JS array filter, top 50 open', () =>
  firstOf(sorted, (row) => row.status.kind === 'open'),
)
compare('top 50 open', () => store.inboxPage(open, null, 50))
compare('top 50 of one account', () =>
  store.inboxPage({ ...open, accountId: conversationAccount() }, null, 50),
)
compare('top 50 by longest wait', () =>
  store.inboxPage({ ...open, view: 'needsYou', sort: 'longestWait' }, null, 50),
)
compare('50 after 2,000', () => store.inboxPage(open, deep, 50))
compare('counts', () => store.counts())
compare('find 2 letters', () => store.inboxPage({ ...open, find: 'ka' }, null, 20))
compare('find 4 letters', () => store.inboxPage({ ...open, find: 'kalo' }, null, 20))
compare('find a word and a name', () => store.inboxPage({ ...open, find: `${word(77)} tus` }, null, 20))
compare('unchanged page of 25', () =>
  store.applyRows({
    conversations: store
      .inboxPage({ ...open, view: 'done' }, null, 25)
      .rows.map((row) => store.said(row.id) ?? row),
    messages: [],
  }),
)
compare('changed page of 25', () => {
  turn += 1
  return store.applyPage(accountId('a'), { conversations: moved(), messages: [], cursor: `turn ${turn}` })
})

store.close()
rmSync(folder, { recursive: true })

function conversationAccount(): ReturnType<typeof accountId> {
  return accountId('b')
}

function firstOf(all: typeof rows, isWanted: (row: (typeof rows)[number]) => boolean): typeof rows {
  const found: typeof rows = []
  for (const row of all) if (isWanted(row) && found.push(row) === 50) break
  return found
}

/** Median of some rounds, in ms. */
function measure(name: string, step: () => unknown, rounds = 41): number {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    for (let each = 0; each < 5; each += 1) step()
    times.push((performance.now() - start) / 5)
  }
  times.sort((a, b) => a - b)
  const median = times[Math.floor(rounds / 2)] ?? 0
  console.log(`${name.padEnd(32)} ${median.toFixed(4)} ms`)
  return median
}

function compare(name: string, step: () => unknown): void {
  const median = measure(name, step)
  console.log(
    `${''.padEnd(32)} ${(median / floor).toFixed(0)} x SELECT 1, ${(median / filter).toFixed(1)} x array filter`,
  )
}
