import { describe, expect, it } from 'vitest'
import { matchOptions } from './match-options.ts'

const people = [
  { label: 'Budi Santoso', also: 'budi@example.com' },
  { label: 'Ana Sánchez', also: 'ana@example.com' },
  { label: 'Abusan Team' },
  { label: 'نور الهدى' },
]

function found(typed: string): string[] {
  return matchOptions(people, typed).map(({ label }) => label)
}

describe('finding a choice', () => {
  it.each([
    ['nothing typed leaves all, in their order', '', people.map(({ label }) => label)],
    ['a name that begins so comes before one that has it inside', 'bu', ['Budi Santoso', 'Abusan Team']],
    ['accents do not matter', 'sanchez', ['Ana Sánchez']],
    ['nor do capitals', 'ANA S', ['Ana Sánchez']],
    ['words in any order', 'san ana', ['Ana Sánchez']],
    ['other words of it count', 'budi@', ['Budi Santoso']],
    ['another script is found as it is typed', 'نور', ['نور الهدى']],
    ['every word has to be there', 'budi ana', []],
  ])('%s', (_what, typed, expected) => {
    expect(found(typed)).toEqual(expected)
  })
})
