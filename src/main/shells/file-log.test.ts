import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openFileLog } from './file-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tuntas-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const noon = Date.UTC(2026, 4, 1, 12)
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

test('a line says when, what and the facts, and line breaks in a fact cannot start a new line', () => {
  const file = openFileLog(folder, () => noon)
  file.log('sync.failed', { host: 'support.example.com\nfaked', status: 502 })
  file.log('app.started')
  file.close()
  expect(read('main.log')).toBe(
    '2026-05-01T12:00:00.000Z sync.failed {"host":"support.example.com\\nfaked","status":502}\n2026-05-01T12:00:00.000Z app.started\n',
  )
})

test.skipIf(process.platform === 'win32')(
  'only this user may read it, even where an older file was open to all',
  () => {
    writeFileSync(path.join(folder, 'main.log'), 'old\n')
    chmodSync(path.join(folder, 'main.log'), 0o644)
    openFileLog(folder, () => noon).close()
    expect(statSync(path.join(folder, 'main.log')).mode & 0o777).toBe(0o600)
  },
)

test('a full file moves aside, one older file is kept, and nothing is cut in the middle', () => {
  const file = openFileLog(folder, () => noon, 120)
  for (let i = 1; i <= 6; i++) file.log(`event-${i}`, { padding: 'x'.repeat(20) })
  file.close()
  expect(read('main.old.log').match(/event-\d/g)).toEqual(['event-5'])
  expect(read('main.log').match(/event-\d/g)).toEqual(['event-6'])
  expect(read('main.log').endsWith('\n')).toBe(true)
})

test('what is already in the file counts towards its size', () => {
  writeFileSync(path.join(folder, 'main.log'), 'y'.repeat(110))
  const file = openFileLog(folder, () => noon, 120)
  file.log('event-1')
  file.close()
  expect(read('main.old.log')).toBe('y'.repeat(110))
})

test('a log that cannot be written to does not fail its caller', () => {
  const file = openFileLog(folder, () => noon)
  file.close()
  expect(() => file.log('event-1')).not.toThrow()
})

describe('a line that comes again and again', () => {
  const broke = { error: 'TypeError', at: 'sync.ts:1:1' }
  const lines = (): string[] => read('main.log').trimEnd().split('\n')

  test('is written once, and how often it came is said once it is old', () => {
    let at = noon
    const file = openFileLog(folder, () => at)
    for (let i = 0; i < 38; i++) file.log('sync.broke', broke)
    file.log('sync.broke', { ...broke, at: 'sync.ts:2:2' })
    expect(lines()).toHaveLength(2)
    at += 601_000
    file.log('app.stopped')
    expect(lines().slice(2)).toEqual([
      '2026-05-01T12:10:01.000Z sync.broke {"error":"TypeError","at":"sync.ts:1:1"} again, 37 times',
      '2026-05-01T12:10:01.000Z app.stopped',
    ])
    file.close()
  })

  test('is told before the app ends', () => {
    const file = openFileLog(folder, () => noon)
    for (let i = 0; i < 3; i++) file.log('sync.broke', broke)
    file.close()
    expect(lines().at(-1)).toMatch(/ again, 2 times$/)
  })

  test('keeps the file small through an hour of it, and many different lines are not kept in mind for ever', () => {
    let at = noon
    const file = openFileLog(folder, () => at)
    for (let i = 0; i < 3_600; i++) {
      at += 1_000
      file.log('sync.broke', broke)
    }
    expect(lines().length).toBeLessThanOrEqual(14)
    for (let i = 0; i < 1_000; i++) file.log(`event-${i}`)
    file.log('event-0')
    expect(lines().filter((each) => each.endsWith(' event-0'))).toHaveLength(2)
    file.close()
  })
})
