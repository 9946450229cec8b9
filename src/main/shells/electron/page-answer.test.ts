import { expect, test } from 'vitest'
import { isOurPage, pageAnswer } from './page-answer.ts'

const readPage = async (path: string) =>
  path === '/index.html' ? { bytes: Buffer.from('<html>'), contentType: 'text/html; charset=utf-8' } : null
const media = async (id: string) =>
  id === 'picture' ? { bytes: Buffer.from('png'), contentType: 'image/png', name: 'cat.png' } : null
const ask = (url: string, method = 'GET') => pageAnswer(new Request(url, { method }), readPage, media)

test('the page and media are answered with the guards', async () => {
  const page = await ask('app://tuntas/')
  expect([page.status, await page.text()]).toEqual([200, '<html>'])
  const picture = await ask('app://tuntas/media/picture')
  expect([picture.status, picture.headers.get('content-type'), await picture.text()]).toEqual([
    200,
    'image/png',
    'png',
  ])
  for (const each of [page, picture, await ask('app://tuntas/none')]) {
    expect(each.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(each.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('another host, another method and what is not there are refused', async () => {
  expect((await ask('app://other/')).status).toBe(404)
  expect((await ask('app://tuntas/media/none')).status).toBe(404)
  expect((await ask('app://tuntas/secret.json')).status).toBe(404)
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await ask('app://tuntas/', method)).status).toBe(405)
})

test.each([
  ['app://tuntas/', true],
  ['app://tuntas/#inbox', true],
  ['app://tuntas', false],
  ['app://tuntas/other.html', false],
  ['app://tuntas/?x', false],
  ['app://evil/', false],
  ['app://tuntas.evil/', false],
  ['app://tuntas@evil/', false],
  ['https://tuntas/', false],
  ['file:///tuntas/', false],
  ['about:blank', false],
  ['', false],
])('%s is our page: %s', (address, isOurs) => {
  expect(isOurPage(address)).toBe(isOurs)
})
