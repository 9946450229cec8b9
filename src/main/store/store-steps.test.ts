import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import {
  aConversation,
  action,
  aDraft,
  aMark,
  aMessage,
  anAccount,
  anOrder,
  home,
  outboxId,
} from '../../../tests/support/builders.ts'
import { aFolder, layFixture, openAfterDamage, openIn } from '../../../tests/support/store-folders.ts'
import { deskSteps } from './open-desk.ts'
import { cacheSteps } from './open-databases.ts'
import type { Store } from './store.ts'

const first = conversationId(home, '1')
const third = conversationId(home, '3')
const fixtures = readdirSync(join(import.meta.dirname, '../../../tests/fixtures/store'))

it('has a file as each step left it, so that none is added without one (tests/support/store-fixture.ts)', () => {
  const needed = [
    ...deskSteps.map((_, n) => `desk-${n + 1}.sql`),
    ...cacheSteps.map((_, n) => `cache-${n + 1}.sql`),
  ]
  expect(fixtures.sort()).toEqual(needed.sort())
})

describe.each(deskSteps.map((_, n) => n + 1))('a desk as step %i left it', (step) => {
  it('is brought forward with everything in it', () => {
    const folder = aFolder()
    layFixture(folder, 'desk', step)
    needAll(openIn(folder), step)
  })

  it('finds at start that what was under way may have arrived, as it does not say that nothing had left', () => {
    const folder = aFolder()
    layFixture(folder, 'desk', step)
    const store = openIn(folder)
    const underWay = store.openOrders().filter((row) => row.state.kind === 'sending')
    expect(underWay.map((row) => row.state)).toEqual([{ kind: 'sending', startedAt: 5 }])
    expect(store.recoverSending().map((row) => row.state)).toEqual([
      { kind: 'unsure', startedAt: 5, asked: false, finding: null },
    ])
    expect(store.nextDue(1e15)).not.toContainEqual(expect.objectContaining({ conversationId: first }))
  })

  it('is salvaged with everything that is readable, and brought forward', () => {
    const folder = aFolder()
    layFixture(folder, 'desk', step)
    const path = join(folder, 'desk.db')
    spoilRoot(path, 'mark_account')
    const { store, said } = openAfterDamage(folder)
    expect(said).toMatch(/accounts: 1 of 1, drafts: (\d) of \1, replies and orders: (\d) of \2/)
    needAll(store, step, 'salvaged')
  })

  it('is the same in the end as one that was never of that step', () => {
    const folder = aFolder()
    layFixture(folder, 'desk', step)
    openIn(folder).close()
    const fresh = aFolder()
    openIn(fresh).close()
    expect(shapeOf(join(folder, 'desk.db'))).toEqual(shapeOf(join(fresh, 'desk.db')))
  })
})

it.each(cacheSteps.map((_, n) => n + 1))(
  'opens a cache as step %i left it, and takes everything anew',
  (step) => {
    const folder = aFolder()
    layFixture(folder, 'cache', step)
    layFixture(folder, 'desk', deskSteps.length)
    const dropped: string[] = []
    const store = openIn(folder, { onCacheDropped: (why) => dropped.push(why) })
    const page = {
      conversations: [aConversation()],
      messages: [aMessage({ text: 'a parcel' })],
      cursor: 'page 10',
    }
    store.applyPage(home, page)
    const parcel = { view: 'open', accountId: null, find: 'parcel', sort: 'newest' } as const
    expect([dropped, store.cursor(home), store.thread(first, null, 9).length]).toEqual([[], 'page 10', 1])
    expect(store.inboxPage(parcel, null, 9).rows.map((row) => row.id)).toEqual([first])
  },
)

/** What each fixture holds; later ones more than the first. */
function needAll(store: Store, step: number, how?: 'salvaged'): void {
  const unsure = { kind: 'unsure', startedAt: anOrder().createdAt, asked: false, finding: null } as const
  const sending = how === 'salvaged' ? unsure : ({ kind: 'sending', startedAt: 5 } as const)
  const [reply, done] = step === 1 ? ['r1', 'a1'] : ['sending', 'behind']
  expect(store.accounts()).toEqual([anAccount()])
  expect([store.setting('theme'), store.draft(third, 'reply')]).toEqual([
    'dark',
    aDraft({ text: 'half a thought' }),
  ])
  expect(store.mark(first)).toEqual(aMark({ unreadByHand: true }))
  expect(store.openOrders(first)).toEqual([
    anOrder({ id: reply, state: sending, attempts: 1 }),
    anOrder({ id: done, order: action('resolve', 7) }),
  ])
  expect(store.claimedKeys(conversationId(home, '2'))).toEqual(['77'])
  if (step === 1) return
  expect(store.draft(third, 'note')).toEqual(aDraft({ text: 'to "Tomasz" – 東京' }))
  expect(store.draftFiles(third, 'note').map((file) => file.id)).toEqual(['draft'])
  for (const id of ['draft', 'order'])
    expect(Buffer.from(store.fileBytes(id) ?? []).toString()).toBe('abcdef')
  expect(store.outboxRow(outboxId('file'))?.order).toMatchObject({ files: [{ id: 'order' }] })
  expect(store.outboxRow(outboxId('failed'))?.state.kind).toBe('failed')
}

/** Makes the first page of an index or a table unreadable. */
function spoilRoot(path: string, name: string): void {
  const database = new DatabaseSync(path)
  const { rootpage } = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name) ?? {}
  database.close()
  const start = (Number(rootpage) - 1) * 4096
  writeFileSync(path, readFileSync(path).fill(0xa5, start, start + 4096))
}

function shapeOf(path: string): unknown {
  const database = new DatabaseSync(path)
  const tables = database.prepare('SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name').all()
  const columns = database.prepare(
    'SELECT s.name, c.name AS column_name, c.type FROM sqlite_schema s, pragma_table_xinfo(s.name) c ORDER BY 1, 2',
  )
  const shape = [tables.map((row) => ({ ...row })), columns.all().map((row) => ({ ...row }))]
  database.close()
  return shape
}
