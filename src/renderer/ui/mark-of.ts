/**
 * Two letters that tell one system from the others in sight: the first that none before it has, so that nothing hangs on
 * colour alone. Pure; the same labels always get the same marks.
 */
export function markOf(label: string, labels: readonly string[]): string {
  const taken = new Set<string>()
  for (const each of [...new Set([...labels, label])].toSorted()) {
    const mark = candidates(each).find((one) => !taken.has(one)) ?? each.slice(0, 2)
    if (each === label) return mark
    taken.add(mark)
  }
  return label.slice(0, 2)
}

/** Its first two letters, the first letter with those of its other words, then with each later one. */
function candidates(label: string): string[] {
  const words = label.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = '?', ...rest] = [...words.join('')]
  const pair = (second: string): string => first.toLocaleUpperCase() + second.toLocaleLowerCase()
  const initials = words.slice(1).map((word) => pair([...word][0] ?? ''))
  return [pair(rest[0] ?? ''), ...initials, ...rest.map(pair)]
}
