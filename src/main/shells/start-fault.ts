import { say, type WordKey } from '../../shared/words/words.ts'

/** Why Tuntas could not start, as one plain sentence for the person who started it. */
export class StartFault extends Error {
  constructor(words: WordKey, blanks: Readonly<Record<string, string | number>> = {}) {
    super(say(words, blanks))
    this.name = 'StartFault'
  }
}
