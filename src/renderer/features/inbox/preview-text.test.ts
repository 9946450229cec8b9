import { expect, it } from 'vitest'
import { previewText } from './preview-text.ts'

const said = { side: 'them', author: 'Ayu', text: 'Halo\n  kak', isNote: false } as const

it.each([
  [said, 'Halo kak'],
  [{ ...said, side: 'me' } as const, 'You: Halo kak'],
  [{ ...said, side: 'colleague', author: 'Budi Santoso' } as const, 'Budi: Halo kak'],
  [{ ...said, side: 'me', isNote: true } as const, 'Note: Halo kak'],
  [{ ...said, text: ' ' }, 'Sent an attachment'],
])('says whose words they are: %j', (preview, text) => {
  expect(previewText({ preview, subject: null })).toBe(text)
})

it('falls back to the subject, then says that there is nothing', () => {
  expect(previewText({ preview: null, subject: 'Invoice' })).toBe('Invoice')
  expect(previewText({ preview: null, subject: null })).toBe('No messages yet')
})
