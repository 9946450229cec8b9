import { expect, test } from 'vitest'
import type { Http, HttpAnswer, HttpRequest } from '../ports/http.ts'
import { createMediaDesk } from './media.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
const svg = new TextEncoder().encode('<svg onload="alert(1)"/>')
const signal = new AbortController().signal
const home = 'desk.example.com'

function serving(answers: Record<string, Partial<HttpAnswer>>): { http: Http; asked: HttpRequest[] } {
  const asked: HttpRequest[] = []
  const request = async (each: HttpRequest): Promise<HttpAnswer> => {
    asked.push(each)
    return { status: 404, headers: {}, bytes: new Uint8Array(), ...answers[each.url] }
  }
  return { http: { request }, asked }
}

let last = 0
const desk = (http: Http): ReturnType<typeof createMediaDesk> =>
  createMediaDesk(http, () => `media${(last += 1)}`)

test('an image comes under an opaque id, is fetched without credentials, and only once', async () => {
  const { http, asked } = serving({ 'https://desk.example.com/a.png': { status: 200, bytes: png } })
  const media = desk(http)
  const id = media.idOf('https://desk.example.com/a.png', 'a.png', home) ?? ''
  expect(id).not.toContain('example')
  expect(await media.fetch(id, signal)).toEqual({ bytes: png, contentType: 'image/png', name: 'a.png' })
  await media.fetch(id, signal)
  expect(asked.map((each) => each.headers)).toEqual([{ accept: '*/*' }])
})

test('redirects are followed host by host, each one checked', async () => {
  const { http } = serving({
    'https://desk.example.com/a': { status: 302, headers: { location: 'https://files.example.net/b' } },
    'https://files.example.net/b': { status: 200, bytes: png },
    'https://desk.example.com/evil': { status: 302, headers: { location: 'http://169.254.169.254/secrets' } },
  })
  const media = desk(http)
  expect(await media.fetch(media.idOf('https://desk.example.com/a', 'a', home) ?? '', signal)).toMatchObject({
    contentType: 'image/png',
  })
  expect(await media.fetch(media.idOf('https://desk.example.com/evil', 'e', home) ?? '', signal)).toBe(null)
})

test.each([
  'http://files.example.net/a',
  'https://localhost/a',
  'https://192.168.1.4/a',
  'https://10.0.0.1/',
  'https://[::1]/',
  'https://172.20.0.1/',
  'https://printer.local/a',
  'https://intranet/a',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:pw@files.example.net/',
  'nonsense',
])('%s in a message is never fetched', (url) => {
  expect(desk(serving({}).http).idOf(url, 'x', home)).toBe(null)
})

test('the account’s own server may be on this computer or this network', () => {
  expect(desk(serving({}).http).idOf('http://127.0.0.1:3000/a.png', 'a', '127.0.0.1:3000')).not.toBe(null)
})

test('what only claims to be an image is a download', async () => {
  const { http } = serving({
    'https://desk.example.com/a.svg': {
      status: 200,
      bytes: svg,
      headers: { 'content-type': 'image/svg+xml' },
    },
  })
  const media = desk(http)
  expect(
    await media.fetch(media.idOf('https://desk.example.com/a.svg', 'a.svg', home) ?? '', signal),
  ).toMatchObject({ contentType: 'application/octet-stream' })
})

test('an id nobody gave out is nothing', async () => {
  expect(await desk(serving({}).http).fetch('media-unknown', signal)).toBe(null)
})

test('a redirect to what is no address is nothing', async () => {
  const { http } = serving({
    'https://desk.example.com/a': { status: 302, headers: { location: 'https://[' } },
  })
  const media = desk(http)
  expect(await media.fetch(media.idOf('https://desk.example.com/a', 'a', home) ?? '', signal)).toBe(null)
})

test('an image asked for many times at once is kept like any other', async () => {
  const large = new Uint8Array(4_000_000)
  const { http, asked } = serving({ 'https://desk.example.com/a.png': { status: 200, bytes: large } })
  const media = desk(http)
  const id = media.idOf('https://desk.example.com/a.png', 'a.png', home) ?? ''
  await Promise.all(Array.from({ length: 12 }, () => media.fetch(id, signal)))
  await media.fetch(id, signal)
  expect(asked).toHaveLength(12)
})
