import { expect, it } from 'vitest'
import { previewText } from './preview-text.ts'

const said = { side: 'them', author: 'Ayu', text: 'Halo\n  kak', isNote: false } as const

it.each([
  [said, 'Halo kak'],
  [{ ...said, side: 'me' } as const, 'You: Halo kak'],
  [{ ...said, side: 'colleague', author: 'Budi Santoso' } as const, 'Budi: Halo kak'],
  [{ ...said, side: 'me', isNote: true } as const, 'Note: Halo kak'],
  [{ ...said, text: ' ' }, 'Sent an attachment'],
  [
    { ...said, text: 'It is **ready**, see [the page](https://example.com) or `A-7`' },
    'It is ready, see the page or A-7',
  ],
  [{ ...said, text: '2 * 3 ** 4, snake_case and a lone ` stay' }, '2 * 3 ** 4, snake_case and a lone ` stay'],
])('says whose words they are: %j', (preview, text) => {
  expect(previewText({ preview, subject: null })).toBe(text)
})

it('falls back to the subject, then says that there is nothing', () => {
  expect(previewText({ preview: null, subject: 'Invoice' })).toBe('Invoice')
  expect(previewText({ preview: null, subject: null })).toBe('No messages yet')
})
