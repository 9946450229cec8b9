import { expect, test } from 'vitest'
import { cannedFor } from './canned-text.ts'

const me = {
  key: '11',
  name: 'Nilo Verano',
  email: 'nilo@example.com',
  avatar: null,
  isMe: true,
  availability: null,
}
const who = { key: '1', name: 'Ines Duarte', email: 'ines@example.org', phone: null, avatar: null }
const inbox = { key: '21', name: 'Website', channel: 'web' } as const

function read(text: string, name = who.name): string | undefined {
  const [only] = cannedFor(
    { agents: [me], canned: [{ key: '1', code: 'x', text }] },
    { who: { ...who, name }, inbox },
  )
  return only?.text
}

test('blanks are filled with who writes, to whom and from where', () => {
  expect(read('Hello {{contact.first_name}}, this is {{ agent.name }} of {{inbox.name}}.')).toBe(
    'Hello Ines, this is Nilo Verano of Website.',
  )
  expect(read('{{contact.last_name}} {{contact.email}} {{agent.last_name}}')).toBe(
    'Duarte ines@example.org Verano',
  )
})

test('what nothing is known for stays to be seen', () => {
  expect(read('{{contact.phone}} {{contact.custom_attribute.room}} {{toString}}')).toBe(
    '{{contact.phone}} {{contact.custom_attribute.room}} {{toString}}',
  )
  expect(read('Dear {{contact.last_name}}', 'Ines')).toBe('Dear {{contact.last_name}}')
})
