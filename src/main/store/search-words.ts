import type { Conversation } from '../../shared/domain/conversation.ts'
import type { Message } from '../../shared/domain/message.ts'

/**
 * How text becomes words to find, the same in every store: lower case, no accents, letters and digits only.
 * Scripts written without spaces give one word a character, so that a phrase is found in the middle of a sentence.
 */
export function wordsOf(text: string): string[] {
  const folded = text
    .slice(0, longestText)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return folded.match(word) ?? []
}

/** Words of the conversation itself: who it is with and what it is about. */
export function conversationWords({ customer, subject }: Conversation): string {
  const own = [customer.name, customer.email, customer.phone, subject].flatMap((each) => wordsOf(each ?? ''))
  return [...own, ...numberEndings(customer.phone ?? '')].join(' ')
}

/** Words people wrote; none for what the system tells or what was deleted. */
export function messageWords(message: Message): string {
  if (message.kind === 'activity' || message.isDeleted) return ''
  return [...wordsOf(message.subject ?? ''), ...wordsOf(message.text)].join(' ')
}

/** What must be found, each piece somewhere: the start of a word, or characters in a row of a script without spaces. */
export function piecesOf(find: string): Piece[] {
  const pieces: Piece[] = []
  for (const chunk of find.split(/\s+/u)) {
    let phrase: string[] = []
    for (const each of wordsOf(chunk)) {
      if (unspaced.test(each)) phrase.push(each)
      else pieces.push(...phraseOf(phrase), { phrase: each, namesOnly: [...each].length === 1 })
      if (!unspaced.test(each)) phrase = []
    }
    pieces.push(...phraseOf(phrase))
  }
  return pieces
}

export interface Piece {
  /** Words joined by a space, the last one possibly only begun. */
  readonly phrase: string
  /** One letter begins far too many words to look through what was written. */
  readonly namesOnly: boolean
}

/** An e-mail can carry a whole archive; what comes after this many characters is not searched. */
const longestText = 50_000

const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const letter = '[\\p{L}\\p{N}]'
const standsAlone = `(?=${letter})[${scripts.map((script) => `\\p{scx=${script}}`).join('')}]`
const unspaced = new RegExp(`^${standsAlone}$`, 'u')
const word = new RegExp(`${standsAlone}|(?:(?!${standsAlone})${letter})+`, 'gu')

function phraseOf(words: readonly string[]): Piece[] {
  return words.length === 0 ? [] : [{ phrase: words.join(' '), namesOnly: false }]
}

/** Every ending of a phone number of three digits and more: people look for its last digits, with or without prefix. */
function numberEndings(phone: string): string[] {
  const digits = wordsOf(phone).join('')
  return Array.from({ length: Math.max(0, digits.length - 2) }, (_, start) => digits.slice(start))
}
