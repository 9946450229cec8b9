import { describe, expect, it } from 'vitest'
import type { Mention } from '../../../shared/domain/reply.ts'
import { encodeMentions, plainMentions } from './mentions.ts'

const ann: Mention = { kind: 'agent', key: '1', name: 'Ann' }
const annLee: Mention = { kind: 'agent', key: '2', name: 'Ann Lee' }
const yu: Mention = { kind: 'agent', key: '3', name: '陆小雨' }
const [annLink, annLeeLink] = ['[@Ann](mention://user/1/Ann)', '[@Ann Lee](mention://user/2/Ann%20Lee)']

describe('names called in a note', () => {
  it.each([
    ['the longest name first', 'Ask @Ann Lee and @Ann.', [ann, annLee], `Ask ${annLeeLink} and ${annLink}.`],
    ['no part of a longer word', 'Ask @Anna or a@Ann.example', [ann], 'Ask @Anna or a@Ann.example'],
    ['only whom the agent picked', 'Ask @Ann Lee', [ann], `Ask ${annLink} Lee`],
    ['each time', '@Ann @Ann', [ann], `${annLink} ${annLink}`],
    ['two of one name in their order', '@Ann @Ann', [ann, { ...ann, key: '9' }], `${annLink} [@Ann](mention://user/9/Ann)`], // prettier-ignore
    ['in scripts without spaces', '请@陆小雨看', [yu], '请[@陆小雨](mention://user/3/%E9%99%86%E5%B0%8F%E9%9B%A8)看'], // prettier-ignore
    ['with signs of their own', '@A. (B) [C]', [{ ...ann, name: 'A. (B) [C]' }], '[@A. (B) \\[C\\]](mention://user/1/A.%20%28B%29%20%5BC%5D)'], // prettier-ignore
    ['nothing where nobody is called', 'Hello @Ann', [], 'Hello @Ann'],
  ] as const)('%s', (_, text, mentions, expected) => {
    expect(encodeMentions(text, mentions)).toBe(expected)
    expect(plainMentions(expected)).toBe(text)
  })

  it('are read also where another client wrote them', () => {
    expect(plainMentions('[@Ann Lee](mention://user/2/Ann Lee) [site](https://example.com)')).toBe(
      '@Ann Lee [site](https://example.com)',
    )
  })
})
