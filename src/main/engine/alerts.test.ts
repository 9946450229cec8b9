import { describe, expect, test } from 'vitest'
import { aConversation, aMessage } from '../../../tests/support/builders.ts'
import { effective, noOverlay } from '../../shared/domain/effective.ts'
import { accountId, conversationId } from '../../shared/domain/ids.ts'
import { isWorthTelling, type AlertFacts } from './alerts.ts'
import { attentionOf, type AttentionFacts } from './attention.ts'

const conversation = effective(aConversation({ lastTheirsAt: 20 }), noOverlay)
const away = { visible: false, focused: false, conversationId: null }
const facts: AlertFacts = {
  message: aMessage({ sentAt: 20 }),
  conversation,
  announceAfter: 10,
  looking: away,
  isOn: true,
}
const here = { visible: true, focused: true, conversationId: conversation.id }

const table: [string, Partial<AlertFacts>, boolean][] = [
  ['a new message of theirs', {}, true],
  [
    'the window shows another thread',
    { looking: { ...here, conversationId: conversationId(accountId('x'), '9') } },
    true,
  ],
  ['the thread is open but the window has no focus', { looking: { ...here, focused: false } }, true],
  ['the thread is in front of the agent', { looking: here }, false],
  ['notifications are off', { isOn: false }, false],
  ['the account is still loading for the first time', { announceAfter: null }, false],
  ['it was there before the account was added', { announceAfter: 20 }, false],
  ['our own words', { message: aMessage({ sentAt: 20, side: 'me' }) }, false],
  ['a colleague’s words', { message: aMessage({ sentAt: 20, side: 'colleague' }) }, false],
  ['an activity', { message: aMessage({ sentAt: 20, kind: 'activity', side: 'system' }) }, false],
  ['a deleted message', { message: aMessage({ sentAt: 20, isDeleted: true }) }, false],
  [
    'a conversation that is pending',
    { conversation: effective(aConversation({ status: { kind: 'pending' }, lastTheirsAt: 20 }), noOverlay) },
    false,
  ],
]
test.each(table)('is it worth telling: %s', (_, change, expected) => {
  expect(isWorthTelling({ ...facts, ...change })).toBe(expected)
})

describe('attention', () => {
  const account: AttentionFacts['accounts'][number] = {
    id: conversation.accountId,
    name: 'Shop',
    health: 'upToDate',
    asOf: 100,
    done: 'close',
  }
  const calm: AttentionFacts = { accounts: [account], needsYou: 0, longest: [] }

  test.each([
    ['nothing waits', {}, 'quiet'],
    ['somebody waits', { needsYou: 2 }, 'needsYou'],
    ['no account', { accounts: [] }, 'signedOut'],
    [
      'every account locked',
      { accounts: [{ ...account, health: 'locked' as const }], needsYou: 2 },
      'signedOut',
    ],
    [
      'one account in trouble',
      { accounts: [account, { ...account, health: 'resting' as const }], needsYou: 2 },
      'trouble',
    ],
  ])('%s', (_, change, state) => {
    expect(attentionOf({ ...calm, ...change }).state).toBe(state)
  })

  test('a failed account changes the state, never the number', () => {
    expect(
      attentionOf({ ...calm, needsYou: 2, accounts: [{ ...account, health: 'resting' }] }),
    ).toMatchObject({ badge: 2, troubledAccounts: 1 })
  })

  test('knows how old the oldest knowledge is and who waits longest', () => {
    const facts = {
      accounts: [account, { ...account, id: accountId('z'), asOf: 50 }],
      needsYou: 1,
      longest: [conversation],
    }
    expect(attentionOf(facts)).toMatchObject({
      asOf: 50,
      waiting: [
        {
          conversationId: conversation.id,
          name: conversation.customer.name,
          account: 'Shop',
          waitingSince: 20,
          done: 'close',
        },
      ],
    })
  })
})
