import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const bytes = new TextEncoder().encode('%PDF a bill')
const checksum = createHash('md5').update(bytes).digest('base64')
const announce = () =>
  asking.ask('POST', `${list}/5/direct_uploads`, {
    body: {
      blob: { filename: 'bill.pdf', byte_size: bytes.length, checksum, content_type: 'application/pdf' },
    },
  })
const put = (url: unknown, body: Uint8Array) =>
  asking.ask('PUT', new URL(String(url)).pathname, { headers: { 'content-type': 'application/pdf' }, body })

describe('a direct upload', () => {
  test('is announced, put without a token, and shown by its signed id', async () => {
    const { json } = await announce()
    expect(at(json, 'direct_upload.headers')).toEqual({ 'Content-Type': 'application/pdf' })
    expect((await put(at(json, 'direct_upload.url'), bytes)).status).toBe(204)
    const sent = await asking.ask('POST', `${list}/5/messages`, {
      body: { attachments: [at(json, 'signed_id')] },
    })
    expect(at(sent.json, 'attachments.0')).toMatchObject({ file_type: 'file', file_size: bytes.length })
    const hop = await asking.ask('GET', new URL(String(at(sent.json, 'attachments.0.data_url'))).pathname, {
      headers: {},
    })
    expect(await (await fetch(hop.headers.get('location') ?? '')).text()).toBe('%PDF a bill')
  })

  test('of other bytes than announced is refused', async () => {
    const { json } = await announce()
    const others = new TextEncoder().encode('%PDF a bull')
    expect((await put(at(json, 'direct_upload.url'), others)).status).toBe(422)
    expect((await put(at(json, 'direct_upload.url'), bytes.subarray(1))).status).toBe(422)
  })

  test('to an address nobody gave out is 404, and without a description refused', async () => {
    expect((await put(`${asking.sim.url}/rails/active_storage/disk/made-up`, bytes)).status).toBe(404)
    expect((await asking.ask('POST', `${list}/5/direct_uploads`, { body: {} })).status).toBe(422)
  })
})

test('an upload for a signature answers where it is and its signed id', async () => {
  const form = new FormData()
  form.append('attachment', new File(['face'], 'face.png', { type: 'image/png' }))
  const { json } = await asking.ask('POST', '/api/v1/accounts/1/upload', { body: form })
  expect(at(json, 'file_url')).toContain('/rails/active_storage/blobs/redirect/')
  expect(typeof at(json, 'blob_id')).toBe('string')
  expect((await asking.ask('POST', '/api/v1/accounts/1/upload', { body: new FormData() })).status).toBe(422)
})
