import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
