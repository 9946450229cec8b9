import { expect, test } from 'vitest'
import { mayReply, replyUntil } from './reply-window.ts'

const hourMs = 3_600_000

test.each([
  ['a channel without a limit', { canReply: true, replyWindowMs: null, lastTheirsAt: 0 }, true],
  ['within the window', { canReply: true, replyWindowMs: hourMs, lastTheirsAt: 1_000 }, true],
  ['at its end', { canReply: true, replyWindowMs: hourMs, lastTheirsAt: 0 }, false],
  [
    'not known when they wrote, by the word of the server',
    { canReply: true, replyWindowMs: hourMs, lastTheirsAt: null },
    true,
  ],
  [
    'closed by the server for another reason',
    { canReply: false, replyWindowMs: null, lastTheirsAt: 0 },
    false,
  ],
])('%s', (_, row, expected) => {
  expect(mayReply(row, hourMs)).toBe(expected)
})

test('the end of the window is reckoned from their last message, where there are both', () => {
  expect(replyUntil({ canReply: true, replyWindowMs: hourMs, lastTheirsAt: 5 })).toBe(hourMs + 5)
  expect(replyUntil({ canReply: true, replyWindowMs: null, lastTheirsAt: 5 })).toBeNull()
  expect(replyUntil({ canReply: true, replyWindowMs: hourMs, lastTheirsAt: null })).toBeNull()
})
