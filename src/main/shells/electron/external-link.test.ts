import { expect, test } from 'vitest'
import { externalLink, safeFileName } from './external-link.ts'

test.each([
  ['https://shop.example.com/orders/7?a=b#c', 'https://shop.example.com/orders/7?a=b#c'],
  ['http://shop.example.com', 'http://shop.example.com/'],
  ['HTTPS://SHOP.EXAMPLE.COM/', 'https://shop.example.com/'],
  ['https://bücher.example', 'https://xn--bcher-kva.example/'],
  ['mailto:mira@example.com?subject=Hi', 'mailto:mira@example.com?subject=Hi'],
])('%s may be opened outside', (link, opened) => {
  expect(externalLink(link)).toBe(opened)
})

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'file:///etc/hosts',
  'file://server/share',
  'smb://server/share',
  '\\\\server\\share',
  '//server/share',
  'ms-msdt:/id',
  'vscode://open',
  'app://tuntas/',
  'blob:app://tuntas/1',
  'about:blank',
  'chrome://settings',
  'tel:+15550100',
  '',
  'shop',
  'https://bank.example@evil.example/',
  'https://user:secret@evil.example/',
  'https://',
  'view-source:https://shop.example.com',
])('%j stays shut', (link) => {
  expect(externalLink(link)).toBeNull()
})

test.each([
  ['invoice.pdf', 'invoice.pdf'],
  ['../../.bashrc', '_.._.bashrc'],
  ['C:\\Windows\\evil.dll', 'C__Windows_evil.dll'],
  ['.hidden', 'hidden'],
  ['', 'attachment'],
  ['...', 'attachment'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  ['report .', 'report'],
])('%j is kept as %j', (name, kept) => {
  expect(safeFileName(name)).toBe(kept)
})

test('a long name keeps its ending', () => {
  const kept = safeFileName(`${'x'.repeat(300)}.pdf`)
  expect([kept.length, kept.endsWith('.pdf')]).toEqual([120, true])
  expect(safeFileName('x'.repeat(300))).toHaveLength(120)
})
