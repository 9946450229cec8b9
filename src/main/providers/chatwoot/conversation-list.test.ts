import { expect, it } from 'vitest'
import { aConversation, aMessage } from '../../../../tests/support/builders.ts'
import { joined } from './conversation-list.ts'

it('keeps the newer of two words about one conversation, and every message once', () => {
  const older = {
    conversation: aConversation({ updatedAt: 1_000, subject: 'older' }),
    messages: [aMessage({ key: '1' })],
  }
  const newer = {
    conversation: aConversation({ updatedAt: 2_000, subject: 'newer' }),
    messages: [aMessage({ key: '1' }), aMessage({ key: '2' })],
  }
  for (const told of [
    [older, newer],
    [newer, older],
  ]) {
    const { conversations, messages } = joined(told)
    expect(conversations.map((each) => each.subject)).toEqual(['newer'])
    expect(messages.map((each) => each.key)).toEqual(['1', '2'])
  }
})
