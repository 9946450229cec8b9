import { describe, expect, test } from 'vitest'
import { aConversation, aMessage } from '../../../tests/support/builders.ts'
import { mergeConversation, mergeMessage, withMessages } from './merge.ts'

describe('a conversation told once more', () => {
  const kept = aConversation({
    updatedAt: 5,
    lastActivityAt: 50,
    lastTheirsAt: 50,
    lastReplyAt: 40,
    lastMessageKey: 'b',
  })

  test('is taken whole the first time', () => {
    expect(mergeConversation(null, kept)).toEqual({ kind: 'changed', conversation: kept })
  })
  test('changes nothing when it says the same', () => {
    expect(mergeConversation(kept, { ...kept })).toEqual({ kind: 'unchanged' })
  })
  test('is dropped when it is an older copy', () => {
    expect(mergeConversation(kept, { ...kept, updatedAt: 4, status: { kind: 'done' } })).toEqual({
      kind: 'stale',
    })
  })
  test('is taken when the stamp is equal but the read mark moved, since reading bumps no stamp', () => {
    expect(mergeConversation(kept, { ...kept, readAt: 50 })).toMatchObject({
      kind: 'changed',
      conversation: { readAt: 50 },
    })
  })
  test('never moves its newest message or activity backwards', () => {
    const said = {
      ...kept,
      updatedAt: 6,
      lastActivityAt: 30,
      lastTheirsAt: null,
      lastReplyAt: 20,
      lastMessageKey: 'a',
    }
    expect(mergeConversation(kept, said)).toMatchObject({
      kind: 'changed',
      conversation: {
        updatedAt: 6,
        lastActivityAt: 50,
        lastTheirsAt: 50,
        lastReplyAt: 40,
        lastMessageKey: 'b',
      },
    })
  })
})

describe('messages advance their conversation', () => {
  const start = aConversation({ lastActivityAt: 10, lastTheirsAt: 10, waitingSince: 10 })

  test('a reply of a human answers them and ends the wait', () => {
    const reply = aMessage({ side: 'colleague', sentAt: 20, key: 'r', text: 'Done.' })
    expect(withMessages(start, [reply])).toMatchObject({
      lastReplyAt: 20,
      waitingSince: null,
      lastActivityAt: 20,
      lastMessageKey: 'r',
      preview: { side: 'colleague', text: 'Done.', isNote: false },
    })
  })
  test.each([
    ['a bot', aMessage({ side: 'bot', sentAt: 20 })],
    ['a note', aMessage({ side: 'me', kind: 'note', sentAt: 20 })],
    ['a reply that failed', aMessage({ side: 'me', sentAt: 20, delivery: { kind: 'failed', reason: null } })],
    ['a deleted reply', aMessage({ side: 'me', sentAt: 20, isDeleted: true })],
  ])('%s answers nobody', (_, message) => {
    expect(withMessages(start, [message])).toMatchObject({ lastReplyAt: null, waitingSince: 10 })
  })
  test('an activity moves the order but not the preview', () => {
    const activity = aMessage({ side: 'system', kind: 'activity', sentAt: 20, key: 'a' })
    expect(withMessages(start, [activity])).toMatchObject({
      lastActivityAt: 20,
      preview: null,
      lastMessageKey: 'a',
    })
  })
  test('an old message read later changes no preview', () => {
    expect(withMessages(start, [aMessage({ sentAt: 5 })])).toEqual(start)
  })
})

describe('a message told once more', () => {
  test('keeps our own id when the server has wiped it', () => {
    const kept = aMessage({ ownId: 'mine' })
    expect(mergeMessage(kept, aMessage({ ownId: null }))).toEqual({ kind: 'unchanged' })
    expect(mergeMessage(kept, aMessage({ text: 'edited' }))).toMatchObject({
      kind: 'changed',
      message: { ownId: 'mine', text: 'edited' },
    })
  })

  test('stays ours where the server does not tell which agent wrote, and nobody else’s becomes so', () => {
    const kept = aMessage({ side: 'me', ownId: 'mine', author: null })
    const said = aMessage({ side: 'colleague', ownId: null, author: null })
    expect(mergeMessage(kept, said)).toEqual({ kind: 'unchanged' })
    const named = { ...said, author: { key: '7', name: 'Ada', avatarUrl: null } }
    expect(mergeMessage(kept, named)).toMatchObject({ message: { side: 'colleague' } })
    expect(mergeMessage({ ...kept, ownId: null }, said)).toMatchObject({ message: { side: 'colleague' } })
  })
})

test.each([
  ['of theirs opens what a lapsed window had closed', { replyWindowMs: 10 }, { side: 'them' as const }, true],
  ['of ours does not', { replyWindowMs: 10 }, { side: 'me' as const }, false],
  ['does not open what no window closed', { replyWindowMs: null }, { side: 'them' as const }, false],
])('a newer message %s', (_, row, message, expected) => {
  const closed = aConversation({ canReply: false, lastTheirsAt: 10, ...row })
  expect(withMessages(closed, [aMessage({ sentAt: 20, ...message })]).canReply).toBe(expected)
})
