import type { DirectoryRow } from '../../../shared/contract/contract.ts'
import type { Mention } from '../../../shared/domain/reply.ts'

/** What is being looked up while typing: `/` a ready-made reply, `@` somebody a note shall call. */
export interface Lookup {
  readonly kind: 'canned' | 'mention'
  /** Where the sign stands in the text; what is looked up runs from it to the caret. */
  readonly from: number
  readonly words: string
}

/** The lookup the caret stands in, if any: the sign begins a word, so that `and/or` and addresses are left alone. */
export function lookupAt(text: string, caret: number, kinds: readonly Lookup['kind'][]): Lookup | null {
  const before = text.slice(Math.max(0, caret - longestLookup), caret)
  const found = /(?:^|[\s(])([/@])([^\n/@]*)$/u.exec(before)
  if (found === null) return null
  const kind = found[1] === '/' ? 'canned' : 'mention'
  const words = found[2] ?? ''
  // A name may have a space in it, a code has none.
  const isOver = kind === 'canned' ? /\s/u.test(words) : /\s\s|^\s|\s\S+\s\S+\s/u.test(words)
  if (isOver || !kinds.includes(kind)) return null
  return { kind, from: caret - words.length - 1, words }
}

export interface Canned {
  readonly key: string
  readonly code: string
  readonly text: string
}

/** Ready-made replies, best first: a code that begins so, a code that holds it, words that hold it. */
export function rankCanned(canned: readonly Canned[], words: string): readonly Canned[] {
  return ranked(canned, ({ code, text }) => {
    const rank = rankOf(code, words)
    return rank ?? (fold(text).includes(fold(words)) ? 2 : null)
  })
}

/** Agents and teams a note can call, best first. */
export function rankMentions(
  { agents, teams }: Pick<DirectoryRow, 'agents' | 'teams'>,
  words: string,
): readonly Mention[] {
  const all: Mention[] = [
    ...agents.filter((each) => !each.isMe).map(({ key, name }) => ({ kind: 'agent' as const, key, name })),
    ...teams.map(({ key, name }) => ({ kind: 'team' as const, key, name })),
  ]
  return ranked(all, ({ name }) => rankOf(name, words))
}

/** The text with the lookup replaced by what was picked, and where the caret stands then. */
export function inserted(
  text: string,
  lookup: Lookup,
  picked: string,
): { readonly text: string; readonly caret: number } {
  const end = lookup.from + 1 + lookup.words.length
  const after = text.slice(end)
  const gap = lookup.kind === 'mention' && !/^\s/u.test(after) ? ' ' : ''
  return {
    text: text.slice(0, lookup.from) + picked + gap + after,
    caret: lookup.from + picked.length + gap.length,
  }
}

/** Those whose `@name` still stands in the text: a name taken out again calls nobody. */
export function mentionsIn(text: string, mentions: readonly Mention[]): Mention[] {
  const byKey = new Map(mentions.map((each) => [`${each.kind} ${each.key}`, each]))
  return [...byKey.values()].filter((each) => text.includes(`@${each.name}`))
}

const longestLookup = 60
const mostShown = 50

function rankOf(name: string, words: string): 0 | 1 | null {
  const [in_, what] = [fold(name), fold(words)]
  return in_.startsWith(what) ? 0 : in_.includes(what) ? 1 : null
}

function ranked<T>(all: readonly T[], rank: (each: T) => number | null): readonly T[] {
  const found = all.flatMap((each) => {
    const at = rank(each)
    return at === null ? [] : [{ each, at }]
  })
  return found
    .toSorted((a, b) => a.at - b.at)
    .slice(0, mostShown)
    .map(({ each }) => each)
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
