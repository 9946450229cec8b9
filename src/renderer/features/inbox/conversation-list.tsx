import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { isServersList, type Entry } from '../../state/list-window.ts'
import { countsOf } from '../../state/selectors.ts'
import './conversation-list.css'
import { ConversationRow } from './conversation-row.tsx'
import { ListFoot } from './list-foot.tsx'

/**
 * The rows, drawn only where they can be seen. The list itself holds the focus and points at the selected row, so
 * that the focus survives rows coming and going.
 */
export function ConversationList(): ReactNode {
  const desk = useDesk()
  const list = useMirror((mirror) => mirror.list)
  const selectedId = useView((view) => view.selectedId)
  const total = useMirror((mirror) => countsOf(mirror, list.query.accountId)?.[list.query.view] ?? -1)
  const virtuoso = useRef<VirtuosoHandle>(null)
  const scroller = useRef<HTMLElement | null>(null)
  const isTicking = useView((view) => view.checked.size > 0)
  const { entries } = list
  const isUncounted = list.query.find !== null || isServersList(list.query)

  const pointAtSelected = useCallback(() => {
    const id = selectedId === null ? null : `row-${selectedId}`
    if (id !== null && document.getElementById(id) !== null)
      scroller.current?.setAttribute('aria-activedescendant', id)
    else scroller.current?.removeAttribute('aria-activedescendant')
  }, [selectedId])

  useEffect(() => {
    const index = desk.mirror.getState().list.entries.findIndex((entry) => entry.row.id === selectedId)
    if (index >= 0) virtuoso.current?.scrollIntoView({ index, done: pointAtSelected })
    pointAtSelected()
  }, [desk, selectedId, pointAtSelected])

  useAskedFocus(scroller)
  const base = firstIndex + list.rowsAbove
  return (
    <Virtuoso<Entry>
      ref={virtuoso}
      scrollerRef={(element) => {
        scroller.current = element instanceof HTMLElement ? element : null
      }}
      className="list scrolls"
      role="grid"
      tabIndex={0}
      aria-label={say('list.label')}
      aria-rowcount={isUncounted ? -1 : Math.max(total, entries.length)}
      data-ticking={isTicking}
      data={entries}
      firstItemIndex={base}
      defaultItemHeight={72}
      increaseViewportBy={288}
      computeItemKey={(_, entry) => entry.row.id}
      itemContent={(index, entry) => <ConversationRow row={entry.row} position={index - firstIndex + 1} />}
      rangeChanged={() => requestAnimationFrame(pointAtSelected)}
      startReached={() => void desk.feed.earlier()}
      endReached={() => void desk.feed.more()}
      components={{ Footer: ListFoot }}
    />
  )
}

/** Virtuoso keeps its place while rows come in above if the first index falls; it must never fall below zero. */
const firstIndex = 1_000_000

function useAskedFocus(scroller: { readonly current: HTMLElement | null }): void {
  const focusAsk = useView((view) => view.focusAsk)
  useEffect(() => {
    if (focusAsk?.target === 'list') scroller.current?.focus({ preventScroll: true })
  }, [focusAsk, scroller])
}
