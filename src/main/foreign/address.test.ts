import { expect, it } from 'vitest'
import { readAddress } from './address.ts'

const ownPaths = new Set(['app', 'api', 'auth', 'super_admin', 'installation', 'widget', 'hc', 'survey'])

it.each([
  ['https://desk.example.com', 'https://desk.example.com'],
  ['  https://desk.example.com/  ', 'https://desk.example.com'],
  ['desk.example.com', 'https://desk.example.com'],
  ['desk.example.com:3000', 'https://desk.example.com:3000'],
  ['DESK.Example.com', 'https://desk.example.com'],
  ['http://desk.example.com', 'http://desk.example.com'],
  ['https://x.example.com/support', 'https://x.example.com/support'],
  ['https://x.example.com//support//', 'https://x.example.com/support'],
  ['https://desk.example.com/?a=b#c', 'https://desk.example.com'],
  ['localhost:3000', 'http://localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
])('reads %j as %s', (typed, baseUrl) => {
  expect(readAddress(typed, ownPaths)).toEqual({ kind: 'fine', baseUrl })
})

it.each([
  ['https://desk.example.com/app', 'https://desk.example.com'],
  ['https://desk.example.com/app/accounts/1/dashboard', 'https://desk.example.com'],
  ['desk.example.com/app/login', 'https://desk.example.com'],
  ['https://x.example.com/support/app/accounts/2', 'https://x.example.com/support'],
  ['https://desk.example.com/api/v1', 'https://desk.example.com'],
])('says that %s goes too deep', (typed, suggestion) => {
  expect(readAddress(typed, ownPaths)).toEqual({ kind: 'tooDeep', suggestion })
})

it.each([
  '',
  '   ',
  'not an address',
  'ftp://desk.example.com',
  'mailto:a@example.com',
  'https://',
  'https://me:pw@desk.example.com',
  'file:///etc/hosts',
])('calls %j no address', (typed) => {
  expect(readAddress(typed, ownPaths)).toEqual({ kind: 'bad' })
})
