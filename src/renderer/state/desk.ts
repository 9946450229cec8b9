import type { Bridge } from '../../shared/contract/bridge.ts'
import type { AnyEvent } from '../../shared/contract/contract.ts'
import { createFeed, type Feed } from './feed.ts'
import { createMirror, type Mirror, type MirrorStore } from './mirror.ts'
import { createView, firstQuery, type ViewStore } from './view.ts'

/** Everything a screen needs: the handle to the engine, what it said, and what the agent looks at. */
export interface Desk {
  readonly bridge: Bridge
  readonly mirror: MirrorStore
  readonly view: ViewStore
  readonly feed: Feed
}

export function createDesk(
  openBridge: (onConnection: (connection: Mirror['connection']) => void) => Bridge,
  onEvent: (desk: Desk, event: AnyEvent) => void,
): Desk {
  const mirror = createMirror()
  const bridge = openBridge((connection) => mirror.setState({ connection }))
  const view = createView()
  mirror.setState((state) => ({ list: { ...state.list, query: firstQuery } }))
  const feed = createFeed({ bridge, mirror, nextFrame, onEvent: (event) => onEvent(desk, event) })
  const desk: Desk = { bridge, mirror, view, feed }
  mirror.subscribe((state, before) => {
    if (state.list.entries === before.list.entries) return
    keepSelection(desk, before.list.entries)
    dropUnheld(desk)
  })
  return desk
}

/** When the selected row leaves the list, the row that took its place is selected. */
function keepSelection(desk: Desk, before: readonly { row: { id: string } }[]): void {
  const { selectedId } = desk.view.getState()
  const { entries } = desk.mirror.getState().list
  if (selectedId === null || entries.some((entry) => entry.row.id === selectedId)) return
  const index = before.findIndex((entry) => entry.row.id === selectedId)
  const heir = index < 0 ? null : (entries[Math.min(index, entries.length - 1)]?.row.id ?? null)
  desk.view.setState({ selectedId: heir })
}

/** What left the list is no longer ticked: an order must not reach what nobody sees. */
function dropUnheld(desk: Desk): void {
  const { checked } = desk.view.getState()
  if (checked.size === 0) return
  const held = new Set(desk.mirror.getState().list.entries.map((entry) => entry.row.id))
  const kept = [...checked].filter((each) => held.has(each))
  if (kept.length !== checked.size) desk.view.setState({ checked: new Set(kept) })
}

/** A hidden window draws no frames, so it is brought up to date a few times a second instead. */
function nextFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run)
  else setTimeout(run, 250)
}
