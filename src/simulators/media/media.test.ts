import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { hummedWav, pagePdf } from './documents.ts'
import { disc, paintPng } from './painter.ts'
import { bentSpoke, bicycle, dentedParcel, drippingTap, hotelRoom, seaside } from './pictures.ts'
import { portrait } from './portrait.ts'

describe('a painted picture', () => {
  test('is a PNG of the size it claims, with the colours it was given', () => {
    const png = Buffer.from(paintPng(8, 8, [disc([0.5, 0.5], 2, [1, 0.5, 0, 1])]))
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8, 8])
    const length = png.readUInt32BE(33)
    const rows = inflateSync(png.subarray(41, 41 + length))
    expect(rows.length).toBe(8 * (8 * 4 + 1))
    expect([...rows.subarray(1, 5)]).toEqual([255, 128, 0, 255])
  })

  test('tells its size truly in its message', () => {
    const all = [
      bicycle('a', 0.1),
      bentSpoke('b'),
      dentedParcel('c'),
      seaside('d', 0.1),
      hotelRoom('e'),
      drippingTap('f'),
    ]
    for (const { bytes, width, height } of all) {
      const png = Buffer.from(bytes())
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height])
    }
  })

  test('of a person is always the same, and not that of another', () => {
    expect(portrait('Ada Brook')).toEqual(portrait('Ada Brook'))
    expect(portrait('Ada Brook')).not.toEqual(portrait('Otto Lindqvist'))
  })
})

test('a recording says how long it is', () => {
  const wav = Buffer.from(hummedWav([220, 330]))
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
  expect(wav.readUInt32LE(40)).toBe(2 * 2400 * 2)
})

test('a paper’s table points at its objects, and brackets in its text do no harm', () => {
  const pdf = Buffer.from(pagePdf(['Total (net)', 'back\\slash'])).toString('latin1')
  const start = Number(/startxref\n(\d+)/.exec(pdf)?.[1])
  expect(pdf.slice(start, start + 4)).toBe('xref')
  const offsets = [...pdf.matchAll(/(\d{10}) 00000 n/g)].map(([, offset]) => Number(offset))
  expect(offsets.map((offset, index) => pdf.startsWith(`${index + 1} 0 obj`, offset))).toEqual(
    Array(5).fill(true),
  )
  expect(pdf).toContain('(Total \\(net\\)) Tj')
})
