import { expect, it } from 'vitest'
import { aMessage } from '../../../../tests/renderer/rows.ts'
import { threadItems } from './thread-items.ts'

const noon = new Date(2026, 2, 3, 12).getTime()
const minute = 60_000

function shape(items: ReturnType<typeof threadItems>): string[] {
  return items.map((item) =>
    item.kind === 'run' ? item.messages.map((each) => each.id).join('+') : item.kind,
  )
}

it('puts what one author says in one breath together', () => {
  const messages = [
    aMessage({ id: 'a', sentAt: noon }),
    aMessage({ id: 'b', sentAt: noon + minute }),
    aMessage({ id: 'c', sentAt: noon + 2 * minute, side: 'me', author: { name: 'Ari', avatar: null } }),
    aMessage({ id: 'd', sentAt: noon + 30 * minute, side: 'me', author: { name: 'Ari', avatar: null } }),
  ]
  expect(shape(threadItems(messages, null))).toEqual(['day', 'a+b', 'c', 'd'])
})

it('never puts a note into a run of replies', () => {
  const messages = [
    aMessage({ id: 'a', sentAt: noon, side: 'me' }),
    aMessage({ id: 'b', sentAt: noon + 1, side: 'me', kind: 'note' }),
  ]
  expect(shape(threadItems(messages, null))).toEqual(['day', 'a', 'b'])
})

it('parts days, sets activities apart, and draws the line where unread begins', () => {
  const messages = [
    aMessage({ id: 'a', sentAt: noon }),
    aMessage({ id: 'b', sentAt: noon + 1, kind: 'activity', side: 'system' }),
    aMessage({ id: 'c', sentAt: noon + 24 * 60 * minute }),
    aMessage({ id: 'd', sentAt: noon + 24 * 60 * minute + 1 }),
  ]
  expect(shape(threadItems(messages, 'd'))).toEqual(['day', 'a', 'activity', 'day', 'c', 'unread', 'd'])
})
