import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { DirectoryRow } from '../../../shared/contract/contract.ts'
import type { Mention } from '../../../shared/domain/reply.ts'
import { inserted, lookupAt, rankCanned, rankMentions, type Lookup } from './completion.ts'

/** Offers ready-made replies and names while somebody types; everything works from the keys alone. */
export function useCompletion(given: CompletionGiven): Completion {
  const { ref, text, directory, kinds, onPick } = given
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const nextCaret = useRef<number | null>(null)

  const lookup = useMemo(
    () => (caret === null ? null : lookupAt(text, Math.min(caret, text.length), kinds)),
    [caret, text, kinds],
  )
  const offers = useMemo(() => offersOf(lookup, directory), [lookup, directory])
  const isOpen = lookup !== null && offers.length > 0 && dismissed !== lookup.from
  const at = Math.min(active, offers.length - 1)

  useLayoutEffect(() => {
    if (nextCaret.current === null) return
    ref.current?.setSelectionRange(nextCaret.current, nextCaret.current)
    nextCaret.current = null
  }, [ref, text])

  function pick(offer: Offer): void {
    if (lookup === null) return
    const made = inserted(text, lookup, offer.inserts)
    nextCaret.current = made.caret
    setCaret(made.caret)
    setActive(0)
    // What was inserted may hold a sign of its own.
    setDismissed(lookup.from)
    onPick(made.text, offer.mention)
    ref.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen || event.nativeEvent.isComposing) return
    const step = stepOf(event)
    if (step !== 0) setActive((at + step + offers.length) % offers.length)
    else if (event.key === 'Escape') setDismissed(lookup.from)
    else if ((event.key === 'Enter' || event.key === 'Tab') && isPlain(event)) {
      const offer = offers[at]
      if (offer !== undefined) pick(offer)
    } else return
    event.preventDefault()
  }

  function look(): void {
    const box = ref.current
    const isCaret = box !== null && box.selectionStart === box.selectionEnd
    const next = isCaret && document.activeElement === box ? box.selectionStart : null
    if (next === null || lookupAt(box?.value ?? '', next, kinds)?.from !== dismissed) setDismissed(null)
    if (next !== caret) setActive(0)
    setCaret(next)
  }

  return { offers: isOpen ? offers : none, active: at, kind: lookup?.kind ?? null, pick, onKeyDown, look }
}

export interface Offer {
  readonly key: string
  readonly title: string
  readonly detail: string
  /** What takes the place of what was looked up. */
  readonly inserts: string
  readonly mention: Mention | null
}

export interface Completion {
  readonly offers: readonly Offer[]
  readonly active: number
  readonly kind: Lookup['kind'] | null
  readonly pick: (offer: Offer) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** The caret may have moved. */
  readonly look: () => void
}

interface CompletionGiven {
  readonly ref: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly directory: DirectoryRow | null
  readonly kinds: readonly Lookup['kind'][]
  readonly onPick: (text: string, mention: Mention | null) => void
}

const none: readonly Offer[] = []

function offersOf(lookup: Lookup | null, directory: DirectoryRow | null): readonly Offer[] {
  if (lookup === null || directory === null) return none
  if (lookup.kind === 'canned') {
    return rankCanned(directory.canned, lookup.words).map(({ key, code, text }) => ({
      key,
      title: `/${code}`,
      detail: text,
      inserts: text,
      mention: null,
    }))
  }
  return rankMentions(directory, lookup.words).map((mention) => ({
    key: `${mention.kind} ${mention.key}`,
    title: `@${mention.name}`,
    detail: mention.kind,
    inserts: `@${mention.name}`,
    mention,
  }))
}

function stepOf(event: KeyboardEvent): 1 | -1 | 0 {
  const isCtrl = event.ctrlKey && !event.shiftKey && !event.metaKey
  if (event.key === 'ArrowDown' || (isCtrl && event.key === 'n')) return 1
  if (event.key === 'ArrowUp' || (isCtrl && event.key === 'p')) return -1
  return 0
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
}
