import type { DraftRow } from '../../../shared/contract/contract.ts'

/** What stands in the engine and what is written here, put together so that nothing of either is lost. */
export function together(standing: DraftRow, written: DraftRow): DraftRow {
  const both = oneUnderTheOther(standing, written)
  // One window went on where the other stopped.
  if (written.text.startsWith(standing.text)) return { ...both, text: written.text }
  if (standing.text.startsWith(written.text)) return { ...both, text: standing.text }
  return both
}

/** What was written before the rest was there goes under it. */
export function oneUnderTheOther(standing: DraftRow, written: DraftRow): DraftRow {
  const links = [...new Set([...(standing.links ?? []), ...(written.links ?? [])])]
  return {
    text: [standing.text, written.text].filter((text) => text !== '').join('\n'),
    replyTo: written.replyTo ?? standing.replyTo,
    mentions: [
      ...standing.mentions,
      ...written.mentions.filter(
        (each) => !standing.mentions.some(({ kind, key }) => kind === each.kind && key === each.key),
      ),
    ],
    cc: written.cc === '' ? standing.cc : written.cc,
    bcc: written.bcc === '' ? standing.bcc : written.bcc,
    ...(links.length === 0 ? {} : { links }),
  }
}

export function isSameDraft(a: DraftRow, b: DraftRow): boolean {
  return a === b || asWritten(a) === asWritten(b)
}

function asWritten({ text, replyTo, mentions, cc, bcc, links = [] }: DraftRow): string {
  const called = mentions.map(({ kind, key, name }) => [kind, key, name])
  return JSON.stringify([text, replyTo, called, cc, bcc, links])
}
