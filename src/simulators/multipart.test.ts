import { expect, test } from 'vitest'
import { UploadedFile, partsOf } from './multipart.ts'

async function encoded(form: FormData): Promise<{ bytes: Uint8Array; type: string }> {
  const asked = new Request('http://simulator', { method: 'POST', body: form })
  return { bytes: await asked.bytes(), type: asked.headers.get('content-type') ?? '' }
}

test('texts and files come out as they went in, in order, whatever bytes they hold', async () => {
  const awkward = Uint8Array.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10])
  const form = new FormData()
  form.append('content', 'Grüße\r\n--boundary')
  form.append('attachments[]', new File([awkward], 'a "b".png', { type: 'image/png' }))
  form.append('attachments[]', new File([], 'leer.txt'))
  const { bytes, type } = await encoded(form)
  const parts = partsOf(bytes, type) ?? []
  expect(parts.map(({ name }) => name)).toEqual(['content', 'attachments[]', 'attachments[]'])
  expect(parts[0]?.value).toBe('Grüße\r\n--boundary')
  expect(parts[1]?.value).toEqual(new UploadedFile('a "b".png', 'image/png', awkward))
  expect(parts[2]?.value).toMatchObject({ name: 'leer.txt', contentType: 'application/octet-stream' })
})

test('a body that ends early, or names no boundary, is none', async () => {
  const form = new FormData()
  form.append('content', 'Hello')
  const { bytes, type } = await encoded(form)
  expect(partsOf(bytes.subarray(0, bytes.length - 12), type)).toBeNull()
  expect(partsOf(bytes, 'multipart/form-data')).toBeNull()
})
