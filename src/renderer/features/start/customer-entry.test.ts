import { expect, test } from 'vitest'
import { openField, recipientOf, typedFrom } from './customer-entry.ts'

test.each([
  ['ayu@example.com', { name: '', email: 'ayu@example.com', phone: '' }],
  [' +1 (555) 010-0200 ', { name: '', email: '', phone: '+1 (555) 010-0200' }],
  ['Ayu Wulandari', { name: 'Ayu Wulandari', email: '', phone: '' }],
  ['Agent 47', { name: 'Agent 47', email: '', phone: '' }],
])('what was looked for is put where it belongs: %s', (words, expected) => {
  expect(typedFrom(words)).toEqual(expected)
})

const nobody = { name: '', email: '', phone: '' }

test('an inbox for mail needs an address, one for messages a number, any other at least a name', () => {
  expect(openField({ ...nobody, name: 'Ayu' }, 'email')).toBe('email')
  expect(openField({ ...nobody, email: 'ayu@example.com' }, 'email')).toBeNull()
  expect(openField({ ...nobody, email: 'ayu@example.com' }, 'phone')).toBe('phone')
  expect(openField({ ...nobody, phone: '+1 555 010 0200' }, 'phone')).toBeNull()
  expect(openField(nobody, 'nothing')).toBe('name')
  expect(openField({ ...nobody, name: 'Ayu' }, 'nothing')).toBeNull()
})

test('what is typed has to be right even where it is not needed', () => {
  expect(openField({ name: 'Ayu', email: 'ayu@', phone: '' }, 'nothing')).toBe('email')
  expect(openField({ name: 'Ayu', email: '', phone: '0800 555' }, 'nothing')).toBe('phone')
})

test('somebody new goes without gaps in the number, and is called by an address where there is no name', () => {
  expect(recipientOf({ kind: 'new' }, { name: ' ', email: '', phone: '+1 (555) 010-0200' })).toEqual({
    kind: 'new',
    name: '+15550100200',
    email: null,
    phone: '+15550100200',
  })
  const customer = { key: '7', name: 'Ayu', email: null, phone: null, avatar: null }
  expect(recipientOf({ kind: 'known', customer }, nobody)).toEqual({ kind: 'known', key: '7' })
})
