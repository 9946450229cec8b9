import { useRef, useState } from 'react'
import type { Input, Output } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk } from '../../state/hooks.ts'
import { offerUndo } from '../../state/undo.ts'

/** Hands a reply to the engine. The same reply sent again after a failure is the same one, however often. */
export function useSending(): Sending {
  const desk = useDesk()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setIsSending] = useState(false)
  const attempt = useRef<{ written: string; clientKey: string } | null>(null)

  async function send(reply: Outgoing): Promise<boolean> {
    const written = JSON.stringify(reply)
    if (attempt.current?.written !== written) attempt.current = { written, clientKey: crypto.randomUUID() }
    const { clientKey } = attempt.current
    setIsSending(true)
    const answer = await desk.bridge.call('reply.send', { ...reply, clientKey })
    setIsSending(false)
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) attempt.current = null
    if (answer.ok) offerBack(desk, reply, answer.value)
    return answer.ok
  }
  return { failure, isSending, send, fail: setFailure }
}

/** Nothing left yet: until then it can be written on. */
function offerBack(desk: Desk, { conversationId, isNote }: Outgoing, kept: Output<'reply.send'>): void {
  if (kept.undoUntil === null) return
  const undoable = { outboxIds: kept.outboxIds, until: kept.undoUntil, reply: { conversationId, isNote } }
  offerUndo(desk, say(isNote ? 'undo.note' : 'undo.reply'), undoable)
}

export type Outgoing = Omit<Input<'reply.send'>, 'clientKey'>

export interface Sending {
  readonly failure: Failure | null
  readonly isSending: boolean
  /** True once the engine has it safely. */
  readonly send: (reply: Outgoing) => Promise<boolean>
  /** Says what keeps it from being sent at all; null once it is mended. */
  readonly fail: (failure: Failure | null) => void
}
