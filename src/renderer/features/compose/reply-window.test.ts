import { expect, test } from 'vitest'
import { replyWindow, timeLeft } from './reply-window.ts'

const nowAt = 1_000_000

test.each([
  ['a channel without an end', { canReply: true, replyUntil: null }, { kind: 'open' }],
  ['time left', { canReply: true, replyUntil: nowAt + 5 }, { kind: 'closing', until: nowAt + 5, leftMs: 5 }],
  ['its moment is over, whatever was said last', { canReply: true, replyUntil: nowAt }, { kind: 'closed' }],
  ['the server says no', { canReply: false, replyUntil: nowAt + 5 }, { kind: 'closed' }],
])('free text may go out: %s', (_, row, expected) => {
  expect(replyWindow(row, nowAt)).toEqual(expected)
})

test('the time left is never promised longer than it is, and never said to be nothing', () => {
  const minute = 60_000
  expect(timeLeft(119 * minute)).toEqual({ unit: 'hours', count: 1 })
  expect(timeLeft(60 * minute - 1)).toEqual({ unit: 'minutes', count: 59 })
  expect(timeLeft(10)).toEqual({ unit: 'minutes', count: 1 })
})
