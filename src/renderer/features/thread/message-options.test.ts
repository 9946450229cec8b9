import { expect, test } from 'vitest'
import { aMessage } from '../../../../tests/renderer/rows.ts'
import { messageOptions } from './message-options.ts'

const limits = { maxLength: 1000, files: 'many', quotes: true, copies: true, templates: false } as const
const can = { deleteMessage: true, retryMessage: true }
const mail = { from: ['ayu@example.com'], to: [], cc: [], bcc: [] }

test.each([
  ['a message of theirs', {}, ['reply', 'copy', 'delete']],
  ['a picture without words', { text: '' }, ['reply', 'delete']],
  ['a mail', { mail }, ['reply', 'copy', 'addresses', 'delete']],
  ['a note', { kind: 'note' as const }, ['copy', 'delete']],
  [
    'one that failed',
    { delivery: { kind: 'failed' as const, reason: null } },
    ['reply', 'copy', 'retry', 'delete'],
  ],
  ['one still on its way', { outboxId: 'o1' }, ['copy']],
  ['a deleted one', { isDeleted: true }, []],
  ['what the system told', { kind: 'activity' as const }, []],
])('offers what can be done with %s', (_, given, expected) => {
  expect(messageOptions(aMessage({ id: 'm', ...given }), { limits }, can)).toEqual(expected)
})

test('offers no more than channel and provider can do', () => {
  const failed = aMessage({ id: 'm', delivery: { kind: 'failed', reason: null } })
  expect(messageOptions(failed, { limits: { ...limits, quotes: false } }, null)).toEqual(['copy'])
})
