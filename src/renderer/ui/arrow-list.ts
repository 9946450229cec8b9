import type { KeyboardEvent } from 'react'

/** Arrows, Home and End move the focus among what carries `data-item` inside; from a text field, down leads into it. */
export function arrowList(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-item]:not(:disabled)')]
  const focused = document.activeElement
  const index = items.findIndex((item) => item === focused)
  const isTyping = focused instanceof HTMLInputElement && focused.type !== 'radio'
  const target = targetOf(event.key, index, items)
  if (target === undefined || (isTyping && event.key !== 'ArrowDown') || (index < 0 && !isTyping)) return
  event.preventDefault()
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
}

function targetOf(key: string, index: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[Math.min(index + 1, items.length - 1)]
    case 'ArrowUp':
      return items[Math.max(index - 1, 0)]
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default:
      return undefined
  }
}
