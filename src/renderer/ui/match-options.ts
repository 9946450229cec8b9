/** As much of a choice as finding it needs. */
export interface Findable {
  readonly label: string
  /** Further words it is found by: an address, a name in another language. */
  readonly also?: string | undefined
}

/**
 * Those that have every typed word somewhere, best first: names that begin so, then words that begin so, then the
 * rest; otherwise in the order given. Accents and case do not matter. Nothing typed leaves all of them.
 */
export function matchOptions<T extends Findable>(options: readonly T[], typed: string): readonly T[] {
  const sought = plain(typed).split(/\s+/).filter(Boolean)
  if (sought.length === 0) return options
  const ranked = options.flatMap((option, index) => {
    const rank = rankOf(option, sought)
    return rank === null ? [] : [{ option, rank, index }]
  })
  return ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ option }) => option)
}

function rankOf(option: Findable, sought: readonly string[]): number | null {
  const label = plain(option.label)
  const all = `${label} ${plain(option.also ?? '')}`
  if (!sought.every((word) => all.includes(word))) return null
  if (label.startsWith(sought.join(' '))) return 0
  const words = all.split(/[^\p{L}\p{N}]+/u)
  return sought.every((word) => words.some((each) => each.startsWith(word))) ? 1 : 2
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase()
    .trim()
}
