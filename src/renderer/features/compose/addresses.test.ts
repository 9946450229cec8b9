import { expect, test } from 'vitest'
import { copiesOf, isAddress, readAddresses } from './addresses.ts'

test('addresses are read with commas, semicolons and names, each once', () => {
  expect(readAddresses('ari@example.com; Budi Santoso <budi@example.com>,\n ari@example.com, ')).toEqual({
    addresses: ['ari@example.com', 'budi@example.com'],
    bad: null,
  })
})

test('the first that is no address is named', () => {
  expect(readAddresses('ari@example.com, budi@, @').bad).toBe('budi@')
  expect(readAddresses('').bad).toBeNull()
})

test.each(['a b@example.com', 'ari@example', '@example.com', 'ari', `${'a'.repeat(65)}@example.com`])(
  '%s is no address',
  (text) => {
    expect(isAddress(text)).toBe(false)
  },
)

test('whoever read along goes on reading along, but not we and not the customer twice', () => {
  const mail = (from: string, cc: string[]) => ({ from: [from], to: [], cc, bcc: [] })
  const messages = [
    { side: 'them' as const, mail: mail('old@example.com', ['gone@example.com']) },
    { side: 'me' as const, mail: mail('support@example.com', []) },
    {
      side: 'them' as const,
      mail: mail('kay@example.com', [
        'Boss <boss@example.com>',
        'Support@example.com',
        'ari@example.com',
        'kay@example.com',
      ]),
    },
    { side: 'them' as const, mail: null },
  ]
  expect(copiesOf(messages, ['ari@example.com'])).toBe('boss@example.com')
  expect(copiesOf([], [])).toBe('')
})
