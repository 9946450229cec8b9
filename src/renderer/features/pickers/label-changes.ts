/** Which labels the conversations have, and what the agent ticked or unticked since. Pure. */
export interface LabelChanges {
  /** By title; what is not in it stays as it is. */
  readonly wanted: ReadonlyMap<string, boolean>
}

export const noChanges: LabelChanges = { wanted: new Map() }

/** How many of the conversations have a label. */
export function countOf(label: string, rows: readonly Labelled[]): number {
  return rows.filter((row) => row.labels.includes(label)).length
}

export function isTicked(label: string, rows: readonly Labelled[], { wanted }: LabelChanges): boolean {
  return wanted.get(label) ?? countOf(label, rows) === rows.length
}

export function toggled(label: string, rows: readonly Labelled[], changes: LabelChanges): LabelChanges {
  const wanted = new Map(changes.wanted)
  const next = !isTicked(label, rows, changes)
  const count = countOf(label, rows)
  // Back to how it is on all of them: no change at all.
  if (next ? count === rows.length : count === 0) wanted.delete(label)
  else wanted.set(label, next)
  return { wanted }
}

/** What to order, so that colleagues' labels stay; null where nothing changes. */
export function orderOf({ wanted }: LabelChanges): { add: string[]; remove: string[] } | null {
  const add = [...wanted].filter(([, isOn]) => isOn).map(([label]) => label)
  const remove = [...wanted].filter(([, isOn]) => !isOn).map(([label]) => label)
  return add.length + remove.length === 0 ? null : { add, remove }
}

interface Labelled {
  readonly labels: readonly string[]
}
