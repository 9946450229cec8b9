import { expect, test } from 'vitest'
import type { Conversation } from './conversation.ts'
import { waitingSince } from './waiting.ts'

type Facts = Parameters<typeof waitingSince>[0]
const facts: Facts = {
  status: { kind: 'open' },
  waitingSince: null,
  lastTheirsAt: 10,
  lastReplyAt: null,
  readScope: 'everyone',
}

const table: [string, Partial<Conversation>, number | null][] = [
  ['the server says since when', { waitingSince: 4 }, 4],
  ['the server says nothing, their last message is unanswered', {}, 10],
  ['a reply came after their last message', { waitingSince: 4, lastReplyAt: 10 }, null],
  ['they wrote again after the reply', { lastReplyAt: 9 }, 10],
  ['nobody wrote yet', { lastTheirsAt: null }, null],
  ['it is done', { status: { kind: 'done' }, waitingSince: 4 }, null],
  ['we are the customer', { readScope: 'own', waitingSince: 4 }, null],
]
test.each(table)('who waits since when: %s', (_, change, expected) => {
  expect(waitingSince({ ...facts, ...change })).toBe(expected)
})
