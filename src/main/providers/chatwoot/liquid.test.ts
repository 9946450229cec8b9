import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shieldLiquid } from './liquid.ts'

it.each([
  ['Dear {{contact.name}}, hello', 'Dear `{{contact.name}}`, hello'],
  ['{% if x %}y{% endif %}', '`{% if x %}`y`{% endif %}`'],
  ['{{ a\nb }}', '`{{ a\nb }}`'],
  ['already `{{x}}` safe', 'already `{{x}}` safe'],
  ['it`s {{x}} here', 'it`s {{x}} here`'],
  ['`code` and {{x}}', '`code` and `{{x}}`'],
])('shields %j', (text, shielded) => {
  expect(shieldLiquid(text)).toBe(shielded)
})

it.each(['plain words', 'a {{ that never ends', '100 % of {braces}', 'one ` tick', '', 'a `code` b'])(
  'leaves %j alone',
  (text) => {
    expect(shieldLiquid(text)).toBe(text)
  },
)

it('leaves nothing for the server to fill in, and only ever adds backticks', () => {
  const piece = fc.constantFrom('`', '{{x}}', '{{', '}}', '{%y%}', 'a', ' ', '\n')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      const shielded = shieldLiquid(text)
      expect(shielded.replaceAll('`', '')).toBe(text.replaceAll('`', ''))
      expect(outsideCode(shielded)).not.toMatch(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/)
    }),
    { numRuns: 2_000 },
  )
})

/** What the server's template engine gets to see: it skips what backticks enclose, pairing them in order. */
function outsideCode(text: string): string {
  return text.replace(/`[^`]*`/g, '·')
}
