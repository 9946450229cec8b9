import { useEffect, useRef, useState } from 'react'
import { markRead } from '../../state/acts.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import type { ThreadState } from '../../state/mirror.ts'
import { accountOfRow, isUnread } from '../../state/selectors.ts'

/**
 * Marks the open thread read once its messages are shown to somebody: the window seen and focused, its newest
 * message in sight, and not marked unread by hand meanwhile. A thread that is merely open is not read.
 */
export function useReading(thread: ThreadState, isAtEnd: boolean): void {
  const desk = useDesk()
  const isWatched = useView((view) => view.isVisible && view.isFocused)
  const isKeptUnread = useView((view) => view.keptUnreadId === thread.conversationId)
  const canMark = useMirror((mirror) =>
    thread.row === null ? false : (accountOfRow(mirror, thread.row)?.can.markRead ?? false),
  )
  const { conversationId, phase, row } = thread
  const isNew = row !== null && isUnread(row)
  const isPending = row?.pending.includes('markRead') ?? false
  const newest = thread.messages.at(-1)?.id
  // What was there when it was opened counts as shown; what comes later has to be scrolled to.
  const [newestAtFirst] = useState(newest)
  const isShown = isAtEnd || newest === newestAtFirst
  // Said once for each newest message: the row takes a moment to show it, and a refusal is not asked for again.
  const saidFor = useRef<string | undefined>(undefined)
  useEffect(() => {
    const isDue = phase === 'ready' && isWatched && isShown && isNew && canMark && !isKeptUnread && !isPending
    if (!isDue || newest === undefined || saidFor.current === newest) return
    saidFor.current = newest
    markRead(desk, conversationId)
  }, [desk, conversationId, phase, isWatched, isShown, isNew, canMark, isKeptUnread, isPending, newest])
}
