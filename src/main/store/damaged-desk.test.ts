import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountId, conversationId } from '../../shared/domain/ids.ts'
import type { OutboxRow } from '../../shared/domain/outbox.ts'
import { aDraft, anAccount, anOrder, home, reply } from '../../../tests/support/builders.ts'
import { aFolder, copyOf, openAfterDamage, openIn, whyOf } from '../../../tests/support/store-folders.ts'
import { openDatabases } from './open-databases.ts'
import { sqliteStoreOver } from './sqlite-store.ts'
import { putSetting } from './sqlite-desk.ts'
import type { Store } from './store.ts'

it('keeps of a damaged desk only what was there, as it was and in its order, and sends nothing of it unasked', () => {
  const { bytes, written } = busyDesk()
  const pages = bytes.length / 4096
  const damage = fc.record({
    page: fc.nat(pages - 1),
    how: fc.constantFrom('zeroed', 'overwritten', 'of another page', 'bits turned'),
    at: fc.array(fc.nat(4095), { minLength: 1, maxLength: 5 }),
  })
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (places) => {
      const spoilt = Buffer.from(bytes)
      for (const { page, how, at } of places) {
        const start = page * 4096
        if (how === 'zeroed') spoilt.fill(0, start, start + 4096)
        if (how === 'overwritten') spoilt.fill(0xa5, start, start + 4096)
        if (how === 'of another page')
          bytes.copy(spoilt, start, ((page + 7) % pages) * 4096, ((page + 7) % pages) * 4096 + 4096)
        // Not of the header, which says of what kind and step the file is.
        for (const spot of at.map((each) => start + Math.max(each, 100)))
          if (how === 'bits turned') spoilt[spot] = (spoilt[spot] ?? 0) ^ 0x21
      }
      const folder = aFolder()
      writeFileSync(join(folder, 'desk.db'), spoilt)
      const { store, said } = openAfterDamage(folder)
      needOnlyWhatWas(store, written, said !== null)
      store.close()
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('tells how much it could not keep, and keeps whole what hangs on an account whose own page is gone', () => {
  const { bytes, written } = busyDesk()
  const folder = aFolder()
  const spot = bytes.indexOf(JSON.stringify(anAccount()))
  writeFileSync(
    join(folder, 'desk.db'),
    Buffer.from(bytes).fill(0, spot - (spot % 4096), spot - (spot % 4096) + 4096),
  )
  const { store, said } = openAfterDamage(folder)
  expect(said).toMatch(/accounts: 1 of 1, drafts: 40 of 40, replies and orders: 60 of 60/)
  expect(store.accounts()).toEqual([anAccount()])
  expect(store.openOrders()).toHaveLength(written.orders.length)
})

it('does not let through a letter that changed on the disk, though SQLite finds nothing wrong', () => {
  const { bytes } = busyDesk()
  const folder = aFolder()
  bytes[bytes.indexOf('Reply 30 ') + 6] = '4'.charCodeAt(0)
  writeFileSync(join(folder, 'desk.db'), bytes)
  const { store, said } = openAfterDamage(folder)
  expect(said).toMatch(/replies and orders: 59 of 60/)
  expect(store.openOrders().map((row) => row.id)).not.toContain('30')
})

it('does not send a file whose bytes changed on the disk', () => {
  const folder = aFolder()
  const store = openIn(folder)
  store.putAccount(anAccount())
  const file = { id: 'f', name: 'a.txt', contentType: 'text/plain', sizeBytes: 9, kind: 'reply' } as const
  store.putFile({ ...file, conversationId: conversationId(home, '1') })
  store.appendFile('f', 0, new TextEncoder().encode('nine long'))
  store.close()
  const path = join(folder, 'desk.db')
  const bytes = readFileSync(path)
  bytes[bytes.indexOf('nine long')] = 'N'.charCodeAt(0)
  writeFileSync(path, bytes)
  expect(openIn(folder).fileBytes('f')).toBeNull()
})

it('salvages again after a crash, or for want of room, at any step of it, and says it once', () => {
  const { bytes } = busyDesk()
  const spot = bytes.indexOf('Reply 30 ')
  const spoilt = Buffer.from(bytes).fill(0xa5, spot - (spot % 4096), spot - (spot % 4096) + 4096)
  const done = aFolder()
  writeFileSync(join(done, 'desk.db'), spoilt)
  expect(whyOf(() => openIn(done))).toBe('corrupt')
  const kept = openIn(copyOf(done)).openOrders()
  // Half of what is salvaged was written, and the damaged one still lies where it lay.
  const early = aFolder()
  writeFileSync(join(early, 'desk.db'), spoilt)
  writeFileSync(join(early, 'desk-salvaged.db'), bytes.subarray(0, 5000))
  // All of it was, and the damaged one was moved already.
  const late = cutShort(done, spoilt)
  // A folder where the file should be: nothing can be written there.
  const full = aFolder()
  writeFileSync(join(full, 'desk.db'), spoilt)
  mkdirSync(join(full, 'desk-salvaged.db', 'in the way'), { recursive: true })
  expect(whyOf(() => openIn(full))).not.toBe('no fault')
  expect([
    readFileSync(join(full, 'desk.db')).equals(spoilt),
    existsSync(join(full, 'desk-damaged-1.db')),
  ]).toEqual([true, false])
  for (const folder of [early, late]) {
    const { store, said } = openAfterDamage(folder)
    expect(said).toMatch(/desk-damaged-1\.db/)
    expect(store.openOrders()).toEqual(kept)
    expect(readdirSync(folder)).not.toContain('desk-salvaged.db')
    expect(readFileSync(join(folder, 'desk-damaged-1.db')).equals(spoilt)).toBe(true)
    store.close()
    expect(openAfterDamage(folder).said).toBeNull()
  }
})

/** As a crash in the midst of the swap leaves a folder: the damaged desk is moved, and what is to be said was not yet. */
function cutShort(salvaged: string, spoilt: Buffer): string {
  const whole = copyOf(salvaged)
  const { desk, cache } = openDatabases(whole)
  putSetting(desk, 'store.salvaged', 'It was moved to desk-damaged-1.db.')
  desk.close()
  cache.close()
  const folder = aFolder()
  writeFileSync(join(folder, 'desk-salvaged.db'), readFileSync(join(whole, 'desk.db')))
  writeFileSync(join(folder, 'desk-damaged-1.db'), spoilt)
  return folder
}

interface Written {
  readonly orders: readonly OutboxRow[]
  readonly drafts: ReadonlyMap<string, string>
}

/** A desk in one file, of some fifty pages. */
function busyDesk(): { bytes: Buffer; written: Written } {
  const folder = aFolder()
  const databases = openDatabases(folder)
  databases.desk.get('PRAGMA synchronous = OFF')
  const store = sqliteStoreOver(databases)
  store.putAccount(anAccount())
  store.putAccount(anAccount({ id: accountId('other') }))
  store.removeAccount(accountId('other'))
  const drafts = new Map<string, string>()
  for (let n = 0; n < 60; n += 1) {
    const id = conversationId(home, `${n % 6}`)
    const text = `Reply ${n} ${'words, '.repeat((n * 37) % 700)}`
    store.enqueue(anOrder({ id: `${n}`, conversationId: id, order: reply(text) }))
  }
  for (let n = 0; n < 40; n += 1) {
    const id = conversationId(home, `d${n}`)
    drafts.set(id, `Draft ${n} ${'thoughts, '.repeat((n * 53) % 500)}`)
    store.putDraft(id, 'reply', aDraft({ text: drafts.get(id) ?? '' }))
  }
  const orders = store.openOrders()
  store.close()
  return { bytes: readFileSync(join(folder, 'desk.db')), written: { orders, drafts } }
}

function needOnlyWhatWas(store: Store, { orders, drafts }: Written, wasSalvaged: boolean): void {
  const kept = store.openOrders()
  const unsure = { kind: 'unsure', startedAt: anOrder().createdAt, asked: false, finding: null }
  const were = orders.map((row) => (wasSalvaged ? { ...row, state: unsure } : row))
  expect(were.filter((row) => kept.some((each) => each.id === row.id))).toEqual(kept)
  if (wasSalvaged) expect(store.nextDue(1e15)).toEqual([])
  for (const { conversationId: id, draft } of store.drafts()) expect(draft.text).toBe(drafts.get(id))
  if (!wasSalvaged) expect([kept.length, store.drafts().length]).toEqual([orders.length, drafts.size])
  expect([[], [anAccount()]]).toContainEqual(store.accounts())
}
