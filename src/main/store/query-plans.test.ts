import { expect, it } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import { aDraft, anAccount, anOrder, home, morning, outboxId } from '../../../tests/support/builders.ts'
import { aFolder } from '../../../tests/support/store-folders.ts'
import { openDatabases } from './open-databases.ts'
import type { Database } from './sqlite-database.ts'
import { sqliteStoreOver } from './sqlite-store.ts'

it('looks at what was sent and at other drafts for nothing that is done while the agent works', () => {
  const { desk, cache } = openDatabases(aFolder())
  const asked = new Set<string>()
  const store = sqliteStoreOver({ desk: listening(desk, asked), cache })
  const first = conversationId(home, '1')
  store.putAccount(anAccount())
  store.enqueue(anOrder())
  store.moveOrder(outboxId('order-1'), { kind: 'sending', startedAt: 5 }, 1)
  store.recoverSending()
  store.nextDue(morning)
  store.nextDueAt(morning)
  store.openOrders()
  store.openOrders(first)
  store.outboxRow(outboxId('order-1'))
  store.claimedKeys(first)
  store.unsentCount(home)
  store.putDraft(first, 'reply', aDraft({ text: 'half a thought' }))
  store.draft(first, 'reply')
  store.takeBack(outboxId('order-1'))
  store.conversation(first)
  store.counts()
  store.tidy(morning)
  const statements = [...asked].filter((sql) => /^\s*(SELECT|UPDATE|DELETE)/.test(sql))
  expect(statements.length).toBeGreaterThan(12)
  for (const sql of statements) {
    const blanks = sql.split('?').length - 1
    const plan = desk.all(`EXPLAIN QUERY PLAN ${sql}`, ...Array<string>(blanks).fill('1'))
    for (const { detail } of plan)
      expect(`${sql}: ${String(detail)}`).not.toMatch(
        /SCAN (outbox|draft)(?! USING (COVERING )?INDEX outbox_open)/,
      )
  }
  cache.close()
  desk.close()
})

function listening(database: Database, asked: Set<string>): Database {
  const heard = <T>(sql: string, step: () => T): T => {
    asked.add(sql)
    return step()
  }
  return {
    ...database,
    get: (sql, ...values) => heard(sql, () => database.get(sql, ...values)),
    all: (sql, ...values) => heard(sql, () => database.all(sql, ...values)),
    run: (sql, ...values) => heard(sql, () => database.run(sql, ...values)),
  }
}
