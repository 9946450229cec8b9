import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import type { ThreadState } from '../../state/mirror.ts'

/**
 * Where a thread is scrolled to: begins at the first unread message, follows the end while the agent is there, keeps
 * its place when older messages come in above, and counts what came below unseen.
 */
export function useThreadScroll(thread: ThreadState): ThreadScroll {
  const desk = useDesk()
  const scrollerRef = useRef<HTMLDivElement>(null)
  const listRef = useRef<HTMLOListElement>(null)
  const place = useRef({ fromEnd: 0, isAtEnd: true, ids: new Set<string>(), firstId: '' })
  const [isAtEnd, setIsAtEnd] = useState(true)
  const [news, setNews] = useState<readonly MessageRow[]>([])

  const toEnd = useCallback(() => {
    const scroller = scrollerRef.current
    if (scroller !== null) scroller.scrollTop = scroller.scrollHeight
  }, [])

  const onScroll = useCallback(() => {
    const scroller = scrollerRef.current
    if (scroller === null) return
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48
    place.current.fromEnd = scroller.scrollHeight - scroller.scrollTop
    place.current.isAtEnd = atEnd
    setIsAtEnd(atEnd)
    if (atEnd) setNews(none)
    if (scroller.scrollTop < 300) void desk.feed.older()
  }, [desk])

  useLayoutEffect(() => {
    const scroller = scrollerRef.current
    if (scroller === null) return
    const { messages } = thread
    const before = place.current
    const isFirst = before.ids.size === 0
    const fresh = isFirst
      ? []
      : messages.filter(
          (each, index) => index > 0 && !before.ids.has(each.id) && isAfter(each, messages, before.ids),
        )
    const grewAbove = !isFirst && messages[0]?.id !== before.firstId
    place.current = {
      ...before,
      ids: new Set(messages.map((each) => each.id)),
      firstId: messages[0]?.id ?? '',
    }
    if (isFirst) place.current.isAtEnd = startAt(scroller)
    else if (before.isAtEnd || fresh.some((each) => each.side === 'me')) toEnd()
    else if (grewAbove) scroller.scrollTop = scroller.scrollHeight - before.fromEnd
    const theirs = fresh.filter((each) => each.side !== 'me' && each.kind !== 'activity')
    if (theirs.length > 0) setNews((held) => (before.isAtEnd ? theirs.slice(-1) : [...held, ...theirs]))
  }, [thread, toEnd])

  useFollowEnd(scrollerRef, listRef, place, toEnd)
  useAskedFocus(scrollerRef)

  const heard = news.findLast((each) => each.side === 'them') ?? null
  return { scrollerRef, listRef, onScroll, toEnd, isAtEnd, newBelow: isAtEnd ? 0 : news.length, heard }
}

export interface ThreadScroll {
  readonly scrollerRef: RefObject<HTMLDivElement | null>
  readonly listRef: RefObject<HTMLOListElement | null>
  readonly onScroll: () => void
  readonly toEnd: () => void
  readonly isAtEnd: boolean
  /** Messages that came below while the agent read above. */
  readonly newBelow: number
  /** The newest message of theirs that came while the thread was open. */
  readonly heard: MessageRow | null
}

const none: readonly MessageRow[] = []
/** Less than this above the line and it looks cut off. */
const marginPx = 16

/** Whether a message stands after one that was there before: new at the end, not older and loaded late. */
function isAfter(message: MessageRow, messages: readonly MessageRow[], ids: ReadonlySet<string>): boolean {
  const lastKnown = messages.findLastIndex((each) => ids.has(each.id))
  return messages.indexOf(message) > lastKnown || message.outboxId !== null
}

/** Says whether that is the end: only unread messages that do not fit below their line begin at the line instead. */
function startAt(scroller: HTMLElement): boolean {
  const line = scroller.querySelector('[data-unread]')
  scroller.scrollTop = scroller.scrollHeight
  if (line === null) return true
  const above = scroller.getBoundingClientRect().top + marginPx - line.getBoundingClientRect().top
  if (above <= 0) return true
  scroller.scrollTop -= above
  return false
}

/** Pictures that load late and a growing composer must not push the newest message out of sight. */
function useFollowEnd(
  scrollerRef: RefObject<HTMLDivElement | null>,
  listRef: RefObject<HTMLOListElement | null>,
  place: RefObject<{ isAtEnd: boolean }>,
  toEnd: () => void,
): void {
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (place.current.isAtEnd) toEnd()
    })
    for (const each of [scrollerRef.current, listRef.current]) if (each !== null) observer.observe(each)
    return () => observer.disconnect()
  }, [scrollerRef, listRef, place, toEnd])
}

function useAskedFocus(scrollerRef: RefObject<HTMLDivElement | null>): void {
  const focusAsk = useView((view) => view.focusAsk)
  const isNew = useRef(true)
  useEffect(() => {
    // Asked while the messages were still being read; whoever has begun to write meanwhile goes on writing.
    const isTyping = isNew.current && document.activeElement instanceof HTMLTextAreaElement
    isNew.current = false
    if (focusAsk?.target === 'thread' && !isTyping) scrollerRef.current?.focus({ preventScroll: true })
  }, [focusAsk, scrollerRef])
}
