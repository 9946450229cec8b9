import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { md5 } from './md5.ts'
import { multipart } from './multipart.ts'

describe('a form', () => {
  const file = { name: 'a.bin', contentType: 'application/x-bin', bytes: Uint8Array.of(0, 13, 10, 255) }

  it('is read back as it was put together', async () => {
    const { contentType, bytes } = multipart(
      [['content', 'Grüße\r\n--x']],
      [['attachments[]', file]],
      'row-1',
    )
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData()
    expect(form.get('content')).toBe('Grüße\r\n--x')
    const back = form.get('attachments[]')
    if (!(back instanceof File)) throw new Error('no file')
    expect([back.name, back.type, new Uint8Array(await back.arrayBuffer())]).toEqual([
      'a.bin',
      'application/x-bin',
      file.bytes,
    ])
  })

  it('parts its parts by a line none of them holds', () => {
    const evil = { ...file, bytes: new TextEncoder().encode('--tuntas-row-1\r\n--tuntas-row-1-x') }
    expect(multipart([], [['f', evil]], 'row-1').contentType).toBe(
      'multipart/form-data; boundary=tuntas-row-1-x-x',
    )
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\x\\y.png', 'y.png'],
    ['say "hi".txt', 'say %22hi%22.txt'],
    ['a\r\nb: c', 'a  b: c'],
    ['', 'file'],
  ])('names the file %j safely', (name, expected) => {
    const text = new TextDecoder().decode(multipart([], [['f', { ...file, name }]], 'r').bytes)
    expect(text).toContain(`filename="${expected}"\r\n`)
  })

  it('calls a kind that could break its head by none', () => {
    const strange = { ...file, contentType: 'text/plain\r\nX: y' }
    const text = new TextDecoder().decode(multipart([], [['f', strange]], 'r').bytes)
    expect(text).toContain('Content-Type: application/octet-stream\r\n\r\n')
  })
})

describe('the checksum of an upload', () => {
  it.each([0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 70_000])('of %i bytes is their MD5', (length) => {
    const bytes = new Uint8Array(randomBytes(length))
    expect(Buffer.from(md5(bytes)).toString('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
  })
})
