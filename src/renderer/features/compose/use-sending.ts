import { useRef, useState } from 'react'
import type { Input } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { useDesk } from '../../state/hooks.ts'

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
    return answer.ok
  }
  return { failure, isSending, send, fail: setFailure }
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
