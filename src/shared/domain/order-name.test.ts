import { describe, expect, test } from 'vitest'
import { orderName, type Named } from './order-name.ts'

const resolves: Named = { done: 'resolve', snooze: 'snooze', read: 'everyone' }
const closes: Named = { done: 'close', snooze: 'snoozeHere', read: 'device' }
const here: Named = { done: 'resolveHere', snooze: 'snoozeHere', read: 'device' }

describe('what an order is called', () => {
  test('is the word of its account', () => {
    expect([resolves, closes, here].map((each) => orderName('resolve', [each]))).toEqual([
      'resolve',
      'close',
      'resolveHere',
    ])
    expect(orderName('snooze', [closes])).toBe('snoozeHere')
    expect(orderName('markRead', [here])).toBe('markReadHere')
    expect(orderName('markUnread', [here])).toBe('markUnreadHere')
  })

  test('stays theirs where several agree, and is nobody’s where they do not', () => {
    expect(orderName('resolve', [closes, closes])).toBe('close')
    expect(orderName('resolve', [closes, resolves])).toBe('done')
    expect(orderName('snooze', [closes, here])).toBe('snoozeHere')
    expect(orderName('snooze', [closes, resolves])).toBe('snooze')
    expect(orderName('markRead', [resolves, here])).toBe('markRead')
  })

  test('is neutral where nobody is meant', () => {
    expect(orderName('resolve', [])).toBe('done')
    expect(orderName('assign', [])).toBe('assign')
  })
})
