import { expect, test } from 'vitest'
import { markOf } from './mark-of.ts'

test('systems are told apart by two letters each, also where they begin alike', () => {
  const labels = ['Wapikit', 'Chatwoot, as a customer', 'Chatwoot', 'Aelyst', 'Chat']
  const marks = labels.map((label) => markOf(label, labels))
  expect(new Set(marks).size).toBe(labels.length)
  expect(markOf('Wapikit', ['Wapikit', 'Aelyst'])).toBe('Wa')
})

test('a system has the same mark whatever the order it is met in', () => {
  const labels = ['Chatwoot', 'Chatwoot, as a customer']
  expect(markOf('Chatwoot', labels)).toBe(markOf('Chatwoot', labels.toReversed()))
})

test('a name in another script, or of signs alone, has a mark as well', () => {
  expect(markOf('قائمة', ['قائمة'])).toHaveLength(2)
  expect(markOf('!', ['!'])).toBe('?')
})
