const segmenter = new Intl.Segmenter()
const hues = 8

/** One or two letters that stand for a name, in its own script; a person's outline cannot be read, letters can. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@+-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  if (first === undefined) return '?'
  const letters = firstLetter(first) + (last === undefined ? '' : firstLetter(last))
  return letters.toLocaleUpperCase()
}

/** The same colour for the same name, everywhere and always. */
export function hueOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}

function firstLetter(word: string): string {
  for (const { segment } of segmenter.segment(word)) if (/[\p{L}\p{N}]/u.test(segment)) return segment
  return ''
}
