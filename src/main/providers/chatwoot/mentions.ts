import type { Mention } from '../../../shared/domain/reply.ts'

/**
 * Writes each `@Name` of a note the way the server finds it: as a link to an agent or a team (docs/providers/chatwoot.md
 * §6). The longest name goes first, so that `@Ann Lee` is not taken for `@Ann`.
 */
export function encodeMentions(text: string, mentions: readonly Mention[]): string {
  const names = [...new Set(mentions.map((each) => each.name))].filter((name) => name !== '')
  if (names.length === 0) return text
  const longestFirst = names.sort((a, b) => b.length - a.length).map(literal)
  const pattern = new RegExp(`${wordBegins}@(${longestFirst.join('|')})${wordEnds}`, 'gu')
  // Two people of one name: the first mention is the first of them.
  const waiting = [...mentions]
  return text.replace(pattern, (_, name: string) => {
    const next = waiting.findIndex((each) => each.name === name)
    const mention = waiting.splice(next, next === -1 ? 0 : 1)[0] ?? mentions.findLast(isNamed(name))
    return mention === undefined ? `@${name}` : linkTo(mention)
  })
}

/** The other way round: a note as people read it. */
export function plainMentions(text: string): string {
  return text.replace(/\[@((?:\\.|[^\]\\])*)\]\(mention:\/\/(?:user|team)\/[^)]*\)/g, (_, label: string) => {
    return `@${label.replace(/\\(.)/g, '$1')}`
  })
}

/** A call stands apart from other words; scripts without spaces between words know no such thing. */
const spaceless = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}'
const wordBegins = `(?<!(?![${spaceless}])[\\p{L}\\p{N}_])`
const wordEnds = `(?!(?![${spaceless}])[\\p{L}\\p{N}_])`

function linkTo({ kind, key, name }: Mention): string {
  const type = kind === 'agent' ? 'user' : 'team'
  const label = name.replace(/[\\[\]]/g, '\\$&')
  // A bracket in the address would end it.
  const address = encodeURIComponent(name.toWellFormed()).replace(
    /[()]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  )
  return `[@${label}](mention://${type}/${key}/${address})`
}

function isNamed(name: string): (each: Mention) => boolean {
  return (each) => each.name === name
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
