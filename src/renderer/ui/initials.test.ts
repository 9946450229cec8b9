import { expect, it } from 'vitest'
import { hueOf, initialsOf } from './initials.ts'
import { fileSize } from './sizes.ts'

it.each([
  ['Ayu Wulandari', 'AW'],
  ['ayu', 'A'],
  ['Konstantinos von Hohenstein', 'KH'],
  ['山田 花子', '山花'],
  ['أحمد المنصوري', 'أا'],
  ['Dewi 🌺 Kusuma', 'DK'],
  ['ayu.wulandari@example.com', 'AC'],
  ['+62 812 5550 0142', '60'],
  ['🌺', '?'],
  ['', '?'],
])('of %j are %s', (name, letters) => {
  expect(initialsOf(name)).toBe(letters)
})

it('the colour is one of eight and always the same for a name', () => {
  expect(hueOf('Ayu')).toBe(hueOf('Ayu'))
  for (const name of ['', 'Ayu', '山田', '🌺']) expect(hueOf(name)).toBeLessThan(8)
})

it.each([
  [312, '312 bytes'],
  [84_200, '84 kB'],
  [4_210_000, '4.2 MB'],
  [31_000_000_000, '31 GB'],
])('a file of %i bytes is %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text)
})
