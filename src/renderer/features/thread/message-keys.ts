import type { KeyboardEvent } from 'react'

/**
 * Arrows lead from message to message in a thread that has the focus, beginning at the newest in sight; a message
 * taller than the window is scrolled through first. Escape leads from a message back to the thread.
 */
export function messageKeys(event: KeyboardEvent<HTMLElement>): void {
  const scroller = event.currentTarget
  const { target } = event
  const isAtMessage = target instanceof HTMLElement && target.matches('[data-message]')
  if (event.ctrlKey || event.metaKey || event.altKey || (target !== scroller && !isAtMessage)) return
  if (event.key === 'Escape' && isAtMessage) {
    event.preventDefault()
    scroller.focus({ preventScroll: true })
    return
  }
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const step = event.key === 'ArrowUp' ? -1 : 1
  const all = [...scroller.querySelectorAll<HTMLElement>('[data-message]')]
  const frame = scroller.getBoundingClientRect()
  const at = isAtMessage ? all.indexOf(target) : lastInSight(all, frame) + (step === -1 ? 1 : 0)
  if (isAtMessage && sticksOut(target, frame, step)) return
  const next = all[at + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

function lastInSight(all: readonly HTMLElement[], frame: DOMRect): number {
  return all.findLastIndex((each) => each.getBoundingClientRect().top < frame.bottom - 8)
}

function sticksOut(message: HTMLElement, frame: DOMRect, step: 1 | -1): boolean {
  const { top, bottom } = message.getBoundingClientRect()
  return step === 1 ? bottom > frame.bottom + 1 : top < frame.top - 1
}
