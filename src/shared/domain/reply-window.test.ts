import { describe, expect, it } from 'vitest'
import { mayReply, replyUntil } from './reply-window.ts'

const hourMs = 3_600_000
const row = { canReply: true, replyWindowMs: 24 * hourMs, lastTheirsAt: 1000 }

describe('the time to reply in', () => {
  it('runs from their last message, and lapses by itself', () => {
    expect(replyUntil(row)).toBe(1000 + 24 * hourMs)
    expect(mayReply(row, 24 * hourMs)).toBe(true)
    expect(mayReply(row, 1000 + 24 * hourMs)).toBe(false)
  })

  it('is never longer than the server says', () => {
    expect(mayReply({ ...row, canReply: false }, 2000)).toBe(false)
  })

  it('has no end where the channel has none', () => {
    expect(replyUntil({ ...row, replyWindowMs: null })).toBeNull()
  })

  it('is as the server says where it is not known when they wrote', () => {
    expect(mayReply({ ...row, lastTheirsAt: null }, 2000)).toBe(true)
    expect(mayReply({ ...row, lastTheirsAt: null, canReply: false }, 2000)).toBe(false)
  })
})
