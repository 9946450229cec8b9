import { describe, expect, test } from 'vitest'
import { emptyDraft, isEmptyDraft, isFileAddress } from './reply.ts'

describe('the address of a file', () => {
  test.each([
    'https://files.example.com/a.png',
    'https://cdn.example.com:8443/x?y=1',
    'HTTPS://a.example.com/',
  ])('%s can be fetched by anybody', (address) => expect(isFileAddress(address)).toBe(true))

  test.each([
    'http://files.example.com/a.png',
    'https://files.example.com',
    'https://localhost/a.png',
    'https://me:secret@files.example.com/a.png',
    'https://files.example.com/a b.png',
    'files.example.com/a.png',
    `https://files.example.com/${'a'.repeat(2000)}`,
    '',
  ])('%s cannot', (address) => expect(isFileAddress(address)).toBe(false))
})

test('a draft with nothing but an address is not empty', () => {
  expect(isEmptyDraft({ ...emptyDraft, links: ['https://files.example.com/a.png'] })).toBe(false)
  expect(isEmptyDraft({ ...emptyDraft, links: [] })).toBe(true)
})
