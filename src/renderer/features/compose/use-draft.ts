import { useCallback, useEffect, useRef, useState } from 'react'
import type { DraftRow } from '../../../shared/contract/contract.ts'
import { emptyDraft, isEmptyDraft, type DraftKind } from '../../../shared/domain/reply.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import { keptFiles, type DraftPlace } from './file-copies.ts'

/**
 * What is being written to one conversation, kept by the engine a moment after each pause and at once when the agent
 * turns away. Words typed before the kept draft arrived are put under it, never over it.
 */
export function useDraft(conversationId: string, kind: DraftKind): Draft {
  const desk = useDesk()
  const [draft, setDraft] = useState<DraftRow>(fresh)
  const [state, setState] = useState<Draft['state']>('idle')
  const held = useRef<Held>({ draft: fresh, kept: written(fresh), isLoaded: false, timer: undefined })

  const keep = useCallback(async (): Promise<void> => {
    const { current } = held
    clearTimeout(current.timer)
    const kept = written(current.draft)
    if (!current.isLoaded || kept === current.kept) return
    current.kept = kept
    const told = current.draft
    const answer = await desk.bridge.call('draft.keep', { conversationId, kind, draft: told })
    if (!answer.ok) current.kept = notYet
    if (current.draft === told) setState(answer.ok ? (isEmptyDraft(told) ? 'idle' : 'kept') : 'notKept')
  }, [desk, conversationId, kind])

  const write = useCallback(
    (patch: Partial<DraftRow>) => {
      const { current } = held
      current.draft = { ...current.draft, ...patch }
      setDraft(current.draft)
      setState('idle')
      clearTimeout(current.timer)
      current.timer = setTimeout(() => void keep(), keepAfterMs)
    },
    [keep],
  )

  const sent = useCallback(
    (gone: string) => {
      // What was typed while the reply was on its way to the engine stays.
      const { current } = held
      const { text } = current.draft
      const rest = text.startsWith(gone) ? text.slice(gone.length).trimStart() : text
      current.kept = notYet
      write({ ...fresh, text: rest })
      void keep()
    },
    [keep, write],
  )

  useEffect(() => {
    let isCurrent = true
    void desk.bridge.call('draft.get', { conversationId, kind }).then((answer) => {
      if (!isCurrent) return
      held.current.isLoaded = true
      if (!answer.ok) return
      keptFiles(desk, { conversationId, kind }, answer.value.files)
      const found = answer.value.draft
      held.current.kept = written(found)
      if (!isEmptyDraft(found)) write(joined(found, held.current.draft))
    })
    return () => {
      isCurrent = false
    }
  }, [desk, conversationId, kind, write])
  useLeaving(keep)
  useRestored({ conversationId, kind }, (found) => {
    Object.assign(held.current, { draft: found, kept: written(found) })
    setDraft(found)
  })
  return { draft, state, write, sent }
}

export interface Draft {
  readonly draft: DraftRow
  readonly state: 'idle' | 'kept' | 'notKept'
  readonly write: (patch: Partial<DraftRow>) => void
  /** The engine has these words safely; they leave the draft with all that went along. */
  readonly sent: (text: string) => void
}

interface Held {
  draft: DraftRow
  /** What the engine is known to hold, as it was written. */
  kept: string
  isLoaded: boolean
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Words that were taken back before they left are in the draft again, with their files. */
function useRestored(place: DraftPlace, take: (found: DraftRow) => void): void {
  const desk = useDesk()
  const restored = useView((view) => view.restored)
  useEffect(() => {
    if (restored?.conversationId !== place.conversationId) return
    void desk.bridge.call('draft.get', place).then((answer) => {
      if (!answer.ok) return
      keptFiles(desk, place, answer.value.files)
      take(answer.value.draft)
    })
  }, [restored])
}

/** Whoever turns away may not come back: to another conversation, another window, or for good. */
function useLeaving(keep: () => Promise<void>): void {
  const desk = useDesk()
  useEffect(() => {
    const leave = (): void => void keep()
    const drafts = (change: (set: Set<() => Promise<void>>) => void): void => {
      const keepDrafts = new Set(desk.view.getState().keepDrafts)
      change(keepDrafts)
      desk.view.setState({ keepDrafts })
    }
    drafts((set) => set.add(keep))
    window.addEventListener('pagehide', leave)
    window.addEventListener('blur', leave)
    return () => {
      leave()
      drafts((set) => set.delete(keep))
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('blur', leave)
    }
  }, [desk, keep])
}

const fresh: DraftRow = { ...emptyDraft, mentions: [] }
const keepAfterMs = 250
/** Matches nothing that can be written, so that the next attempt is made. */
const notYet = ''

function joined(found: DraftRow, typed: DraftRow): DraftRow {
  return {
    text: [found.text, typed.text].filter((text) => text !== '').join('\n'),
    replyTo: typed.replyTo ?? found.replyTo,
    mentions: [...found.mentions, ...typed.mentions],
    cc: typed.cc === '' ? found.cc : typed.cc,
    bcc: typed.bcc === '' ? found.bcc : typed.bcc,
  }
}

function written(draft: DraftRow): string {
  const { text, replyTo, mentions, cc, bcc } = draft
  return JSON.stringify([text, replyTo, mentions, cc, bcc])
}
