import { useState } from 'react'
import type { ConversationRow, DraftRow } from '../../../shared/contract/contract.ts'
import { isEmptyDraft, type DraftKind } from '../../../shared/domain/reply.ts'
import { useMirror } from '../../state/hooks.ts'
import { accountOfRow } from '../../state/selectors.ts'
import { copiesOf, readAddresses } from './addresses.ts'
import type { Draft } from './use-draft.ts'

/**
 * Further addresses of an answer by mail: whoever read along before goes on doing so, until the agent says otherwise.
 * What is suggested becomes part of the draft with the first word written.
 */
export function useCopies(row: ConversationRow, kind: DraftKind, { draft, write, sent }: Draft): Copies {
  const isShown = kind === 'reply' && row.limits.copies
  const suggested = useMirror((mirror) => {
    if (!isShown || mirror.thread?.conversationId !== row.id) return ''
    const own = accountOfRow(mirror, row)?.me.email ?? null
    return copiesOf(mirror.thread.messages, own === null ? [] : [own])
  })
  const [isTouched, setIsTouched] = useState(false)
  const isSuggested = isShown && !isTouched && isEmptyDraft(draft)
  const typed = { cc: isSuggested ? suggested : draft.cc, bcc: draft.bcc }
  const read = { cc: readAddresses(typed.cc), bcc: readAddresses(typed.bcc) }
  const patched = (patch: Partial<DraftRow>): void => write(isSuggested ? { ...typed, ...patch } : patch)
  return {
    isShown,
    typed,
    cc: isShown ? read.cc.addresses : [],
    bcc: isShown ? read.bcc.addresses : [],
    bad: isShown ? (read.cc.bad ?? read.bcc.bad) : null,
    write: patched,
    change: (patch) => {
      setIsTouched(true)
      patched(patch)
    },
    sent: (text) => {
      setIsTouched(false)
      sent(text)
    },
  }
}

export interface Copies {
  readonly isShown: boolean
  readonly typed: { readonly cc: string; readonly bcc: string }
  readonly cc: string[]
  readonly bcc: string[]
  /** The first that is no address. */
  readonly bad: string | null
  /** Changes the draft, and with it what had only been suggested so far. */
  readonly write: (patch: Partial<DraftRow>) => void
  readonly change: (patch: { cc?: string; bcc?: string }) => void
  readonly sent: (text: string) => void
}
