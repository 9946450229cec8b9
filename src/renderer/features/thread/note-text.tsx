import { useMemo, type ReactNode } from 'react'
import { useMirror } from '../../state/hooks.ts'
import { directoryOf } from '../../state/selectors.ts'
import { WrittenText } from './written-text.tsx'

/** A note, with the colleagues and teams it calls made visible. */
export function NoteText({ text }: { text: string }): ReactNode {
  const directory = useMirror((mirror) => directoryOf(mirror, mirror.thread?.row?.accountId ?? null))
  const names = useMemo(
    () => [...(directory?.agents ?? []), ...(directory?.teams ?? [])].map((each) => each.name),
    [directory],
  )
  return <WrittenText text={text} names={names} />
}
