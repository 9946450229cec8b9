import { expect, it } from 'vitest'
import { aMessage } from '../../../tests/renderer/rows.ts'
import { mergeMessages, prependMessages } from './thread-messages.ts'

const first = aMessage({ id: 'a', sentAt: 10 })
const second = aMessage({ id: 'b', sentAt: 20 })

it('puts messages in the order they were sent, then in the order the server counts them', () => {
  const late = aMessage({ id: 'c', sentAt: 15 })
  const twin = aMessage({ id: 'aa', sentAt: 20, sequence: -1 })
  expect(mergeMessages([first, second], [late, twin], []).map((each) => each.id)).toEqual([
    'a',
    'c',
    'aa',
    'b',
  ])
})

it('replaces a bubble of ours by the message the server made of it', () => {
  const queued = aMessage({ id: 'o1', sentAt: 30, outboxId: 'o1' })
  const sent = aMessage({ id: 'd', sentAt: 31 })
  expect(mergeMessages([first, queued], [sent], ['o1']).map((each) => each.id)).toEqual(['a', 'd'])
})

it('keeps what is held when an older page tells the same message again', () => {
  const newer = { ...first, text: 'mended' }
  const merged = prependMessages([newer, second], [aMessage({ id: 'z', sentAt: 1 }), first])
  expect(merged.map((each) => each.text)).toEqual(['Halo', 'mended', 'Halo'])
})

it('gives the same array back when nothing differs', () => {
  const held = [first]
  expect(mergeMessages(held, [], [])).toBe(held)
})
