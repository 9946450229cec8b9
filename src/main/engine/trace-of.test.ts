import { expect, test } from 'vitest'
import { traceOf } from './trace-of.ts'

test('says the class and the place in our code, without folders', () => {
  const { error, at } = traceOf(new TypeError('Ines wrote: call me'))
  expect(error).toBe('TypeError')
  expect(at).toMatch(/^trace-of\.test\.ts:\d+:\d+/)
  expect(at).not.toContain('/')
})

test('keeps the message out, also where it runs over lines and looks like places', () => {
  const words = 'My card is 4111\n    at my desk (lisbon.ts:4:1)\n    at home (card-4111.ts:9:9)'
  const told = JSON.stringify(traceOf(new RangeError(words)))
  expect(told).not.toMatch(/4111|lisbon|desk/)
})

test('a name that is a sentence is not repeated', () => {
  const named = Object.assign(new Error('x'), { name: 'Ines Moreau wants a refund' })
  expect(traceOf(named).error).toBe('Error')
})

test.each([
  [null, 'null'],
  [undefined, 'undefined'],
  ['a secret', 'string'],
  [{ message: 'a secret' }, 'object'],
])('of %s, which is no error, only the kind is said', (thrown, error) => {
  expect(traceOf(thrown)).toEqual({ error, at: '' })
})

test('what throws when it is looked at is not thrown on', () => {
  const trap = new Error('x')
  Object.defineProperty(trap, 'stack', {
    get() {
      throw new Error('a trap')
    },
  })
  expect(traceOf(trap)).toEqual({ error: 'unreadable', at: '' })
})
