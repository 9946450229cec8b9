import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hiddenHost, readMarkup, safeHref, type Block, type Inlines } from './markup.ts'

function lineOf(text: string): Inlines {
  const [block] = readMarkup(text)
  return block?.kind === 'lines' ? (block.lines[0] ?? []) : []
}

/** Only the words, as somebody reads them. */
function words(inlines: Inlines): string {
  return inlines.map((each) => ('inside' in each ? words(each.inside) : each.text)).join('')
}

function allInlines(blocks: readonly Block[]): Inlines {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'lines':
        return block.lines.flat()
      case 'list':
        return block.items.flat()
      case 'quote':
        return allInlines(block.blocks)
      case 'code':
        return []
    }
  })
}

describe('what people write', () => {
  it.each([
    ['**bold**', 'strong', 'bold'],
    ['*slanted*', 'em', 'slanted'],
    ['_slanted_', 'em', 'slanted'],
    ['~~gone~~', 'struck', 'gone'],
    ['`code`', 'code', 'code'],
  ])('reads %s', (text, kind, inside) => {
    const [inline] = lineOf(text)
    expect(inline?.kind).toBe(kind)
    expect(words(lineOf(text))).toBe(inside)
  })

  it.each([
    '2 * 3 * 4',
    'snake_case_name',
    'a ** b',
    '5*3 and 4*2',
    '* not closed',
    '**',
    '``',
    '[x](javascript:alert(1))',
  ])('leaves %s as it is', (text) => {
    expect(allInlines(readMarkup(`x ${text}`)).every((each) => each.kind === 'text')).toBe(true)
  })

  it('ends an address where the sentence goes on', () => {
    const inlines = lineOf('See https://example.com/a_(b)?c=1, or (https://example.com/d).')
    const links = inlines.filter((each) => each.kind === 'link').map((each) => words([each]))
    expect(links).toEqual(['https://example.com/a_(b)?c=1', 'https://example.com/d'])
    expect(words(inlines)).toBe('See https://example.com/a_(b)?c=1, or (https://example.com/d).')
  })

  it('keeps line breaks, and parts paragraphs at empty lines', () => {
    expect(readMarkup('one\ntwo\n\nthree')).toMatchObject([
      { kind: 'lines', lines: [[{ text: 'one' }], [{ text: 'two' }]] },
      { kind: 'lines', lines: [[{ text: 'three' }]] },
    ])
  })

  it('reads lists, with the number they begin at', () => {
    expect(readMarkup('- a\n- b\n3. c\n4. d')).toMatchObject([
      { kind: 'list', start: null, items: [[{ text: 'a' }], [{ text: 'b' }]] },
      { kind: 'list', start: 3, items: [[{ text: 'c' }], [{ text: 'd' }]] },
    ])
  })

  it('reads a fence to its end, or to the end of the message, without touching what is inside', () => {
    expect(readMarkup('```js\n**a**\n\n- b\n```\nafter')).toMatchObject([
      { kind: 'code', text: '**a**\n\n- b' },
      { kind: 'lines' },
    ])
    expect(readMarkup('```\nopen')).toEqual([{ kind: 'code', text: 'open' }])
  })

  it('reads quotes', () => {
    expect(readMarkup('> a\n> b\nc')).toMatchObject([
      { kind: 'quote' },
      { kind: 'lines', lines: [[{ text: 'c' }]] },
    ])
  })

  it('shows every letter of any plain text', () => {
    const plain = fc
      .string({ unit: 'binary', maxLength: 200 })
      .filter((text) => !/[`*_~[\]()>\-•:\d\r\n\s]/.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        expect(words(allInlines(readMarkup(text)))).toBe(text)
      }),
    )
  })

  it('never makes a link that could run something, whatever is written', () => {
    const nasty = fc.array(
      fc.constantFrom('[a](', 'javascript:', 'data:text/html,', 'https://', '**', '`', ')', ' ', 'x'),
    )
    fc.assert(
      fc.property(nasty, (parts) => {
        for (const each of allInlines(readMarkup(parts.join('')))) {
          if (each.kind === 'link') expect(each.href).toMatch(/^(https?|mailto|tel):/)
        }
      }),
    )
  })

  it('gets through a long message of nothing but marks', () => {
    const marks = '*_~`[ '.repeat(3300)
    expect(readMarkup(marks)).toHaveLength(1)
  })
})

describe('links', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '//example.com',
    'nonsense',
  ])('does not follow %s', (href) => expect(safeHref(href)).toBeNull())

  it.each([
    ['https://shop.example.com/a', 'https://shop.example.com/a', null],
    ['https://shop.example.com/a', 'shop.example.com', null],
    ['https://www.example.com/', 'example.com', null],
    ['https://evil.example.net/login', 'https://bank.example.com/login', 'evil.example.net'],
    ['https://evil.example.net/', 'here', 'evil.example.net'],
    ['https://example.com.evil.example.net/', 'https://example.com', 'example.com.evil.example.net'],
    [
      'https://bank.example.com@evil.example.net/',
      'https://bank.example.com@evil.example.net/',
      'evil.example.net',
    ],
    ['mailto:ayu@example.com', 'ayu@example.com', null],
  ])('of %s under the words %s, names %s', (href, said, shown) => {
    expect(hiddenHost(href, said)).toBe(shown)
  })
})

test('somebody called by name is no link', () => {
  expect(readMarkup('ask [@Budi](mention://user/2/Budi) now')).toEqual([
    {
      kind: 'lines',
      lines: [
        [
          { kind: 'text', text: 'ask ' },
          { kind: 'called', text: '@Budi' },
          { kind: 'text', text: ' now' },
        ],
      ],
    },
  ])
})
