import { expect, test } from 'vitest'
import { fileNameAt } from './file-name-at.ts'

test.each([
  ['https://files.example.com/a/Price%20list.pdf?key=1', 'Price list.pdf'],
  ['https://files.example.com/a/', 'https://files.example.com/a/'],
  ['https://files.example.com/50%.png', '50%.png'],
  ['no address', 'no address'],
])('the file at %s is called %s', (address, name) => {
  expect(fileNameAt(address)).toBe(name)
})
