import { useCallback, useEffect, useState } from 'react'
import type { PanelRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { useDesk } from '../../state/hooks.ts'

/** What is beside a conversation. What was read before is shown while it is read again. */
export function usePanel(conversationId: string): PanelState {
  const desk = useDesk()
  const [read, setRead] = useState<Read | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    void desk.bridge.call('panel.read', { conversationId }).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) remember(conversationId, answer.value.panel)
      setRead({ conversationId, failure: answer.ok ? null : answer.failure })
    })
    return () => {
      isCurrent = false
    }
  }, [desk, conversationId, tries])
  const again = useCallback(() => setTries((before) => before + 1), [])
  const isRead = read?.conversationId === conversationId
  return {
    panel: known.get(conversationId) ?? null,
    failure: isRead ? read.failure : null,
    isLoading: !isRead,
    again,
  }
}

export interface PanelState {
  readonly panel: PanelRow | null
  readonly failure: Failure | null
  readonly isLoading: boolean
  readonly again: () => void
}

interface Read {
  readonly conversationId: string
  readonly failure: Failure | null
}

/** Enough to go back and forth between the conversations of an hour. */
const mostKnown = 30
const known = new Map<string, PanelRow>()

function remember(conversationId: string, panel: PanelRow): void {
  known.delete(conversationId)
  known.set(conversationId, panel)
  const [oldest] = known.keys()
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
}
