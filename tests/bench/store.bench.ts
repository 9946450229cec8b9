import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import { conversationId, messageId } from '../../src/shared/domain/ids.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import { aConversation, aMessage, anAccount, home, morning } from '../support/builders.ts'
import { measure, report } from './measure.ts'

/**
 * What the store promises of speed, on a desk with many conversations: the list's first page, counting, search, a pulled
 * page that says nothing new, and one that does. Medians and 99th percentiles in milliseconds; `TUNTAS_BENCH_ROWS` says how many.
 */

const rows = Number(process.env['TUNTAS_BENCH_ROWS'] ?? 20_000)
const pageSize = 25
const folder = mkdtempSync(join(tmpdir(), 'tuntas-bench-'))
const store = openSqliteStore(folder)
store.putAccount(anAccount())

const fillMs = measure(1, () => {
  for (let first = 0; first < rows; first += pageSize) store.applyPage(home, page(first, 0))
})
const query = { view: 'open', accountId: null, find: null, sort: 'newest' } as const
let round = 0

report(`${rows} conversations, 2 messages each`, {
  'first load, whole': fillMs,
  'first page of the list (50)': measure(200, () => store.inboxPage(query, null, 50)),
  'longest wait first (50)': measure(200, () =>
    store.inboxPage({ ...query, view: 'needsYou', sort: 'longestWait' }, null, 50),
  ),
  'one account, one view (50)': measure(200, () =>
    store.inboxPage({ ...query, accountId: home, view: 'unassigned' }, null, 50),
  ),
  'counts of every view': measure(200, () => store.counts()),
  'search, a rare word': measure(50, () => store.inboxPage({ ...query, find: 'parcel77' }, null, 50)),
  'search, a common word': measure(50, () => store.inboxPage({ ...query, find: 'hello' }, null, 50)),
  'pulled page, nothing new (25)': measure(200, () => store.applyPage(home, page(0, 0))),
  'pulled page, all new (25)': measure(200, () => store.applyPage(home, page(0, ++round))),
})
store.close()
rmSync(folder, { recursive: true, force: true })

function page(
  first: number,
  version: number,
): { conversations: Conversation[]; messages: Message[]; cursor: string } {
  const keys = Array.from({ length: Math.min(pageSize, rows - first) }, (_, i) => first + i)
  return {
    conversations: keys.map((n) => conversation(n, version)),
    messages: keys.flatMap((n) => [message(n, 1), message(n, 2 + version)]),
    cursor: `${first}:${version}`,
  }
}

function conversation(n: number, version: number): Conversation {
  const at = morning + n * 1_000 + version * 60_000_000
  return aConversation({
    key: String(n),
    status: n % 5 === 0 ? { kind: 'done' } : { kind: 'open' },
    lastTheirsAt: at,
    waitingSince: at,
    lastActivityAt: at,
    updatedAt: at,
    lastMessageKey: `${n}-${2 + version}`,
    preview: { side: 'them', author: 'Tomasz Lindqvist', text: `Where is parcel${n}?`, isNote: false },
  })
}

function message(n: number, turn: number): Message {
  const conversation = conversationId(home, String(n))
  const key = `${n}-${turn}`
  return {
    ...aMessage({
      conversationId: conversation,
      key,
      sentAt: morning + n * 1_000 + turn,
      text: `Hello, where is parcel${n}?`,
    }),
    id: messageId(conversation, key),
  }
}
