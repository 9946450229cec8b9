import { expect, test } from 'vitest'
import { findRoute, type Route } from './router.ts'

const handle = () => ({ status: 200, headers: {}, body: '' })
const routes: Route<null>[] = [
  { method: 'GET', pattern: '/a/meta', handle },
  { method: 'GET', pattern: '/a/:id', handle },
  { method: 'POST', pattern: '/a/:id', handle },
  { method: 'GET', pattern: '/files/*', handle },
]
const found = (method: string, path: string) => findRoute(routes, method, path)

test('the first route that fits is taken, so a name wins over a number', () => {
  expect(found('GET', '/a/meta')?.route.pattern).toBe('/a/meta')
  expect(found('GET', '/a/7')?.params).toEqual({ id: '7' })
})

test('the method counts, and so does the length', () => {
  expect(found('DELETE', '/a/7')).toBeNull()
  expect(found('GET', '/a')).toBeNull()
  expect(found('GET', '/a/7/8')).toBeNull()
})

test('doubled and trailing slashes do not matter, and a star takes all the rest', () => {
  expect(found('GET', '//a//7/')?.params).toEqual({ id: '7' })
  expect(found('GET', '/files/x/y/z')?.route.pattern).toBe('/files/*')
})

test('what is escaped is unescaped, and what is badly escaped stays', () => {
  expect(found('GET', '/a/caf%C3%A9')?.params).toEqual({ id: 'café' })
  expect(found('GET', '/a/%zz')?.params).toEqual({ id: '%zz' })
})
