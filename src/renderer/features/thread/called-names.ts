/** A stretch of text: plain, or an `@name` of somebody there is. */
export interface Stretch {
  readonly text: string
  readonly isName: boolean
}

/** Takes text apart at the `@names` in it; the longest name wins, and no name ends inside a word. */
export function calledNames(text: string, names: readonly string[]): readonly Stretch[] {
  if (names.length === 0 || !text.includes('@')) return [{ text, isName: false }]
  const longestFirst = [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return [{ text, isName: false }]
  const any = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')
  return text
    .split(new RegExp(`(@(?:${any}))(?![\\p{L}\\p{N}])`, 'u'))
    .map((part, index) => ({ text: part, isName: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}
