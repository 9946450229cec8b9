import { expect, test } from 'vitest'
import { inserted, lookupAt, mentionsIn, rankCanned, rankMentions } from './completion.ts'

const both = ['canned', 'mention'] as const

test.each([
  ['a slash alone', '/', 'canned', 0, ''],
  ['a code after a word', 'Hi /ref', 'canned', 3, 'ref'],
  ['a code in a new line', 'Hi\n/ref', 'canned', 3, 'ref'],
  ['a name with a space', 'ask @budi s', 'mention', 4, 'budi s'],
  ['a name after a bracket', '(@bu', 'mention', 1, 'bu'],
])('a lookup begins with its sign: %s', (_, text, kind, from, words) => {
  expect(lookupAt(text, text.length, both)).toEqual({ kind, from, words })
})

test.each([
  ['a slash inside a word', 'and/or'],
  ['an address', 'https://example.com'],
  ['an e-mail address', 'ari@example.com'],
  ['a code that is over', '/ref und'],
  ['a sentence after a name', '@Budi Santoso please look '],
  ['nothing at all', ''],
])('plain writing looks nothing up: %s', (_, text) => {
  expect(lookupAt(text, text.length, both)).toBeNull()
})

test('a lookup is made only where its kind can be used', () => {
  expect(lookupAt('@bu', 3, ['canned'])).toBeNull()
})

test('the lookup ends at the caret, and what is behind it stays', () => {
  const lookup = lookupAt('Hi /ref Ayu', 7, both)
  expect(lookup).toEqual({ kind: 'canned', from: 3, words: 'ref' })
  expect(lookup === null ? null : inserted('Hi /ref Ayu', lookup, 'your refund')).toEqual({
    text: 'Hi your refund Ayu',
    caret: 14,
  })
})

test('a picked name is followed by one space', () => {
  const lookup = { kind: 'mention', from: 0, words: 'bu' } as const
  expect(inserted('@bu', lookup, '@Budi')).toEqual({ text: '@Budi ', caret: 6 })
  expect(inserted('@bu look', lookup, '@Budi')).toEqual({ text: '@Budi look', caret: 5 })
})

test('ready-made replies: the code that begins so, then the code that holds it, then the words that hold it', () => {
  const canned = [
    { key: '1', code: 'thanks', text: 'Your refund is on its way' },
    { key: '2', code: 'no-refund', text: 'Sorry' },
    { key: '3', code: 'refund', text: 'It takes three days' },
    { key: '4', code: 'hours', text: 'We are open' },
  ]
  expect(rankCanned(canned, 'Refund').map((each) => each.key)).toEqual(['3', '2', '1'])
  expect(rankCanned(canned, '').length).toBe(4)
})

test('agents and teams can be called, accents or not, oneself excepted', () => {
  const directory = {
    agents: [
      { key: '1', name: 'Ari', email: null, avatar: null, availability: null, isMe: true },
      { key: '2', name: 'Tomás Arias', email: null, avatar: null, availability: null, isMe: false },
    ],
    teams: [{ key: '7', name: 'Arrivals', isMine: true }],
  }
  expect(rankMentions(directory, 'ar').map((each) => each.name)).toEqual(['Arrivals', 'Tomás Arias'])
  expect(rankMentions(directory, 'tomas')).toEqual([{ kind: 'agent', key: '2', name: 'Tomás Arias' }])
})

test('a name taken out of the text again calls nobody, and nobody is called twice', () => {
  const budi = { kind: 'agent', key: '2', name: 'Budi' } as const
  expect(mentionsIn('ask @Budi', [budi, { kind: 'team', key: '2', name: 'Stock' }, budi])).toEqual([budi])
})
