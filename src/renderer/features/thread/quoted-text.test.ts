import { expect, it } from 'vitest'
import { splitQuoted } from './quoted-text.ts'

it('folds what a mail program quoted below its own line', () => {
  const { said, quoted } = splitQuoted('Thanks!\n\nOn Mon, 3 Mar 2026, Acme wrote:\n> hello\n> there')
  expect(said).toBe('Thanks!')
  expect(quoted).toBe('On Mon, 3 Mar 2026, Acme wrote:\n> hello\n> there')
})

it('folds a line that was broken in two', () => {
  const { said } = splitQuoted(
    'Ok\n\nOn Mon, 3 Mar 2026 at 10:12,\nAcme <support@example.com> wrote:\n> hello',
  )
  expect(said).toBe('Ok')
})

it.each(['> quoted\nand answered below', 'just text', '> nothing but a quote', 'short\n> one line'])(
  'leaves %j whole',
  (text) => expect(splitQuoted(text)).toEqual({ said: text, quoted: null }),
)
