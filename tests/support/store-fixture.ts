import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import type { Store } from '../../src/main/store/store.ts'
import { conversationId } from '../../src/shared/domain/ids.ts'
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
} from './builders.ts'

/**
 * Writes what the store of today leaves on the disk as SQL, for every later one to prove that it opens it:
 * `node tests/support/store-fixture.ts`, once for each new step, before anything else is changed. Files of steps that
 * were released are never written again.
 */
function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-fixture-'))
  stock(openSqliteStore(folder)).close()
  for (const name of ['desk', 'cache']) {
    const database = new DatabaseSync(join(folder, `${name}.db`))
    const { user_version: step } = database.prepare('PRAGMA user_version').get() ?? {}
    const path = join(import.meta.dirname, `../fixtures/store/${name}-${String(step)}.sql`)
    writeFileSync(path, dumpOf(database, Number(step)))
    database.close()
  }
  rmSync(folder, { recursive: true })
}

/** A little of everything, and an order in every state. */
function stock(store: Store): Store {
  const [first, second, third] = ['1', '2', '3'].map((key) => conversationId(home, key))
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were made')
  store.putAccount(anAccount())
  store.putSetting('theme', 'dark')
  store.applyPage(home, {
    conversations: [aConversation()],
    messages: [aMessage({ text: 'a parcel' })],
    cursor: 'page 9',
  })
  store.putThreadFilled(first, '1')
  store.putDirectory(home, aDirectory())
  store.putMark(aMark({ local: { kind: 'done' }, unreadByHand: true }))
  store.putDraft(third, 'reply', aDraft({ text: 'half a thought' }))
  store.putDraft(third, 'note', aDraft({ text: 'to "Tomasz" – 東京' }))
  for (const id of ['draft', 'order']) {
    const [conversation, kind] = id === 'draft' ? [third, 'note' as const] : [second, 'reply' as const]
    store.putFile({
      id,
      conversationId: conversation,
      kind,
      name: `${id}.txt`,
      contentType: 'text/plain',
      sizeBytes: 6,
    })
    store.appendFile(id, 0, new TextEncoder().encode('abc'))
    store.appendFile(id, 3, new TextEncoder().encode('def'))
  }
  const files = [{ id: 'order', name: 'order.txt', contentType: 'text/plain', sizeBytes: 6 }]
  store.enqueue(anOrder({ id: 'sent', conversationId: second }))
  store.enqueue(anOrder({ id: 'sending' }))
  store.enqueue(anOrder({ id: 'behind', order: action('resolve', 7) }))
  store.enqueue(anOrder({ id: 'file', conversationId: second, order: reply('See this.', null, { files }) }))
  store.enqueue(anOrder({ id: 'failed', conversationId: conversationId(home, '4') }))
  store.moveOrder(outboxId('sent'), { kind: 'sent', at: morning, remoteKey: '77' }, 1)
  store.moveOrder(outboxId('sending'), { kind: 'sending', startedAt: 5 }, 1)
  store.moveOrder(
    outboxId('failed'),
    { kind: 'failed', code: 'rejected', reason: '{"reason":"Too long"}' },
    1,
  )
  return store
}

function dumpOf(database: DatabaseSync, step: number): string {
  const all = (sql: string): string[][] =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row).map(String))
  const tables =
    all(`SELECT l.name, l.type, s.sql FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
    WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite_schema' ORDER BY s.rowid`)
  const rowsOf = (table: string): string[] => {
    const columns = all(`SELECT name FROM pragma_table_info('${table}')`).flat()
    const values = columns.map((name) => `quote(${name})`).join(` || ', ' || `)
    return all(`SELECT ${values} FROM ${table}`).map(
      ([row]) => `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${row ?? ''});`,
    )
  }
  const lines = [
    `-- As the store left it at this step; never changed, so that every later one is proven to open it.`,
  ]
  for (const [name, type, sql] of tables)
    if (type !== 'shadow' && name !== 'sqlite_sequence') lines.push(`${sql};`)
  for (const [name = '', type] of tables) {
    if (type === 'virtual') continue
    // Full-text tables come with rows of their own.
    if (type === 'shadow') lines.push(`DELETE FROM ${name};`)
    if (name === 'sqlite_sequence') lines.push(`DELETE FROM ${name};`)
    lines.push(...rowsOf(name))
  }
  const later = all(
    "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
  ).flat()
  return [...lines, ...later.map((sql) => `${sql};`), `PRAGMA user_version = ${step};`, ''].join('\n')
}

main()
