import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DraftRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { emptyDraft, isEmptyDraft } from '../../../shared/domain/reply.ts'
import type { Desk } from '../../state/desk.ts'
import { isSameDraft, oneUnderTheOther, together } from './draft-merge.ts'
import { keptFiles, type DraftPlace } from './file-copies.ts'

/**
 * Keeps what is written in one place with the engine: a moment after a key, however fast the next ones come, and one
 * keeping after the other, so that an older one never overtakes a newer. It lives beside the screens: what could not be
 * kept stays here and is tried again, whatever is opened meanwhile.
 */
export function keeperOf(desk: Desk, place: DraftPlace): DraftKeeper {
  const keepers = keepersOf(desk)
  const key = `${place.kind} ${place.conversationId}`
  const known = keepers.get(key)
  if (known !== undefined) return known
  const made = createKeeper(desk, place, () => keepers.delete(key))
  keepers.set(key, made)
  return made
}

export interface DraftKeeper {
  readonly shown: StoreApi<Shown>
  readonly write: (patch: Partial<DraftRow>) => void
  /** These words left with their reply; what was typed since stays. */
  readonly sent: (gone: string) => void
  /** Settles once all that is written is kept, or could not be. */
  readonly keep: () => Promise<void>
  /** Somebody looks at it: what the engine has is read again, as another window may have written. */
  readonly open: () => void
  readonly close: () => void
  readonly readAgain: () => Promise<void>
}

export interface Shown {
  readonly draft: DraftRow
  readonly state: DraftState
}

export type DraftState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'kept' }
  /** Another window wrote here as well; both are in the draft now. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'notKept'; readonly failure: Failure }

/** With the engine's own time, a key is on the disk within 300 ms. */
const keepAfterMs = 200
const tryAgainMs = 2_000

const keepers = new WeakMap<Desk, Map<string, DraftKeeper>>()

function keepersOf(desk: Desk): Map<string, DraftKeeper> {
  const known = keepers.get(desk) ?? new Map<string, DraftKeeper>()
  keepers.set(desk, known)
  return known
}

interface Held {
  readonly desk: Desk
  readonly place: DraftPlace
  readonly shown: StoreApi<Shown>
  /** What the engine is known to hold; null before it was asked. */
  base: DraftRow | null
  /** A reply left: whatever the engine held is gone from there. */
  isMoved: boolean
  timer: ReturnType<typeof setTimeout> | undefined
  running: Promise<void> | null
  /** Counts beginnings and ends of keepings: what was read across one may be older than it. */
  turn: number
  /** How many screens show it. */
  viewers: number
  readonly keep: () => Promise<void>
  readonly forget: () => void
}

const fresh: DraftRow = { ...emptyDraft, mentions: [] }

function createKeeper(desk: Desk, place: DraftPlace, forget: () => void): DraftKeeper {
  const shown = createStore<Shown>(() => ({ draft: fresh, state: { kind: 'idle' } }))
  const held: Held = {
    ...{ desk, place, shown, forget, base: null, isMoved: false },
    ...{ timer: undefined, running: null, turn: 0, viewers: 0 },
    keep: () => keep(held),
  }
  tellDesk(desk, (keeping) => keeping.add(held.keep))
  return {
    shown,
    keep: held.keep,
    readAgain: () => read(held),
    write: (patch) => show(held, { ...shown.getState().draft, ...patch }),
    sent(gone) {
      const { text } = shown.getState().draft
      held.isMoved = true
      show(held, { ...fresh, text: text.startsWith(gone) ? text.slice(gone.length).trimStart() : text })
      shown.setState({ state: { kind: 'idle' } })
      void keep(held)
    },
    open() {
      held.viewers += 1
      void read(held)
    },
    close() {
      held.viewers -= 1
      void keep(held)
    },
  }
}

function show(held: Held, draft: DraftRow): void {
  const { state } = held.shown.getState()
  // That another window wrote here is said until the next key.
  held.shown.setState({ draft, state: state.kind === 'joined' ? { kind: 'kept' } : state })
  soon(held, keepAfterMs)
}

/** A timer that runs already is never set anew, or whoever types without a pause would never be kept. */
function soon(held: Held, delayMs: number): void {
  held.timer ??= setTimeout(() => void keep(held), delayMs)
}

async function keep(held: Held): Promise<void> {
  clearTimeout(held.timer)
  held.timer = undefined
  await held.running
  if (held.running !== null) return keep(held)
  if (held.base === null && held.viewers > 0) await read(held)
  if (!isUnkept(held)) return forgetIfDone(held)
  held.running = keepOnce(held).finally(() => (held.running = null))
  await held.running
  forgetIfDone(held)
}

async function keepOnce(held: Held): Promise<void> {
  const { desk, place, shown } = held
  if (held.base === null) await read(held)
  const { base: over } = held
  const { draft } = shown.getState()
  if (over === null || !isUnkept(held)) return
  held.turn += 1
  held.isMoved = false
  const answer = await desk.bridge.call('draft.keep', { ...place, draft, over })
  held.turn += 1
  if (!answer.ok) return failed(held, answer.failure)
  const { standing } = answer.value
  held.base = standing ?? draft
  const now = shown.getState()
  if (standing !== null) {
    shown.setState({ draft: together(standing, now.draft), state: { kind: 'joined' } })
    soon(held, 0)
  } else if (isUnkept(held)) soon(held, keepAfterMs)
  else if (isEmptyDraft(draft)) shown.setState({ state: { kind: 'idle' } })
  else if (now.state.kind !== 'joined') shown.setState({ state: { kind: 'kept' } })
}

function failed(held: Held, failure: Failure): void {
  held.shown.setState({ state: { kind: 'notKept', failure } })
  // Of an account that was removed there is nothing to keep any more.
  if (failure.code === 'notFound') held.base = held.shown.getState().draft
  else soon(held, tryAgainMs)
}

async function read(held: Held): Promise<void> {
  const { desk, place, shown, turn } = held
  const answer = await desk.bridge.call('draft.get', place)
  if (held.turn !== turn) return read(held)
  if (!answer.ok) {
    if (isUnkept(held)) failed(held, answer.failure)
    else if (held.base === null) soon(held, tryAgainMs)
    return
  }
  const { draft: found, files, halfFiles } = answer.value
  keptFiles(desk, place, files, halfFiles)
  const { draft } = shown.getState()
  const isNews = held.base === null || !isSameDraft(held.base, found)
  if (held.base === null) shown.setState({ draft: oneUnderTheOther(found, draft) })
  else if (isNews && isUnkept(held)) shown.setState({ draft: together(found, draft) })
  else if (isNews) shown.setState({ draft: found, state: { kind: 'idle' } })
  held.base = found
  if (isUnkept(held)) soon(held, keepAfterMs)
}

function isUnkept({ base, isMoved, shown }: Held): boolean {
  const { draft } = shown.getState()
  return base === null ? !isEmptyDraft(draft) : isMoved || !isSameDraft(draft, base)
}

function forgetIfDone(held: Held): void {
  if (held.viewers > 0 || held.timer !== undefined || held.running !== null || isUnkept(held)) return
  held.forget()
  tellDesk(held.desk, (keeping) => keeping.delete(held.keep))
}

function tellDesk(desk: Desk, change: (keeping: Set<() => Promise<void>>) => void): void {
  const keepDrafts = new Set(desk.view.getState().keepDrafts)
  change(keepDrafts)
  desk.view.setState({ keepDrafts })
}
