import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { anAccount, anOrder } from '../../../tests/support/builders.ts'
import { aFolder, copyOf, openAfterDamage, openIn, whyOf } from '../../../tests/support/store-folders.ts'

/** https://sqlite.org/fileformat2.html#the_write_ahead_log */
const [headerBytes, frameBytes] = [32, 24 + 4096]

it('goes on from the last whole commit wherever its log was cut or rotted', () => {
  const { folder, log, ends } = logged()
  for (let frame = 0; frame < (ends.at(-1) ?? 0); frame += 1) {
    const start = headerBytes + frame * frameBytes
    const whole = ends.filter((end) => end <= frame).length
    const cut = copyOf(folder)
    truncateSync(join(cut, 'desk.db-wal'), start + (frame % 2 === 0 ? 0 : frameBytes - 1))
    expect(ordersIn(cut), `cut in frame ${frame}`).toEqual(namesOf(whole))
    const rotten = copyOf(folder)
    const bytes = Buffer.from(log)
    const spot = start + ((frame * 977) % frameBytes)
    bytes[spot] = (bytes[spot] ?? 0) ^ 0x10
    writeFileSync(join(rotten, 'desk.db-wal'), bytes)
    expect(ordersIn(rotten), `a bit of frame ${frame} turned`).toEqual(namesOf(whole))
  }
})

it.each([
  ['is missing', (path: string) => rmSync(path)],
  ['is empty', (path: string) => truncateSync(path, 0)],
  [
    'is of another salt',
    (path: string, log: Buffer) => writeFileSync(path, Buffer.from(log).fill(7, 16, 24)),
  ],
  ['is no log at all', (path: string) => writeFileSync(path, 'not a log'.repeat(999))],
])('goes on from the file alone where its log %s', (_, spoil) => {
  const { folder, log } = logged()
  const copy = copyOf(folder)
  spoil(join(copy, 'desk.db-wal'), log)
  expect(ordersIn(copy)).toEqual([])
})

it('starts over the log of another desk, or puts the mixture aside and starts then', () => {
  const { folder } = logged()
  const other = aFolder()
  const store = openIn(other)
  for (let n = 0; n < 30; n += 1) store.putSetting(`${n}`, 'x'.repeat(3000))
  const mixed = copyOf(folder)
  copyFileSync(join(copyOf(other), 'desk.db-wal'), join(mixed, 'desk.db-wal'))
  expect(whyOf(() => openAfterDamage(mixed))).toBe('no fault')
})

it.each(['-wal', '-shm'])('opens a cache whose %s is missing', (ending) => {
  const { folder } = logged()
  const copy = copyOf(folder)
  rmSync(join(copy, `cache.db${ending}`))
  expect(whyOf(() => openIn(copy))).toBe('no fault')
})

/** A desk with an account in its file and orders in its log; `ends` counts the frames up to the end of each. */
function logged(): { folder: string; log: Buffer; ends: number[] } {
  const folder = aFolder()
  const before = openIn(folder)
  before.putAccount(anAccount())
  before.close()
  const store = openIn(folder)
  for (const id of namesOf(4)) store.enqueue(anOrder({ id }))
  const log = readFileSync(join(folder, 'desk.db-wal'))
  const frames = (log.length - headerBytes) / frameBytes
  const commits = Array.from({ length: frames }, (_, n) => log.readUInt32BE(headerBytes + n * frameBytes + 4))
  const ends = commits.flatMap((pages, n) => (pages > 0 ? [n + 1] : []))
  expect(ends).toHaveLength(4)
  return { folder, log, ends }
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `order-${n}`)
}

function ordersIn(folder: string): string[] {
  const store = openIn(folder)
  expect(store.accounts()).toEqual([anAccount()])
  const ids = store.openOrders().map((row) => row.id)
  store.close()
  return ids
}
