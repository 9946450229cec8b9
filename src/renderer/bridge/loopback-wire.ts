import type { Wire } from '../../shared/contract/bridge.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import { readEventLines } from './event-lines.ts'

/**
 * The wire to an engine in plain Node on this computer, over HTTP on our own origin. Events come as one streamed
 * answer; when it breaks the wire says so, tries again with growing pauses and reports a gap once it is back.
 */
export function loopbackWire(parts: LoopbackParts): Wire {
  const listeners = new Set<Listener>()
  let opened: Promise<void> | null = null
  return {
    // A snapshot asked for before the stream runs could miss what happens in between.
    call: async (name, input) => {
      await opened
      return post(parts, name, input)
    },
    listen: (onEvent, onGap) => {
      const listener = { onEvent, onGap }
      listeners.add(listener)
      opened ??= new Promise((resolve) => void follow(parts, listeners, resolve))
      return () => void listeners.delete(listener)
    },
  }
}

export type LoopbackState = 'connected' | 'lost' | 'refused'

export interface LoopbackParts {
  readonly token: string
  readonly fetch: typeof fetch
  readonly onState: (state: LoopbackState) => void
  /** The engine was replaced by another build: only a fresh page fits it. */
  readonly onOtherBuild: () => void
  readonly pause: (delayMs: number) => Promise<void>
}

interface Listener {
  readonly onEvent: (event: unknown) => void
  readonly onGap: () => void
}

const pausesMs = [250, 500, 1000, 2000, 4000, 8000]

async function post(parts: LoopbackParts, name: string, input: unknown): Promise<unknown> {
  try {
    const answer = await parts.fetch(`/call/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Tuntas-Token': parts.token },
      body: JSON.stringify(input),
    })
    return await answer.json()
  } catch {
    const failure: Failure = { code: 'reset', facts: { host: 'Tuntas' }, retryAt: null }
    return { ok: false, failure }
  }
}

async function follow(
  parts: LoopbackParts,
  listeners: ReadonlySet<Listener>,
  onTried: () => void,
): Promise<void> {
  const seen: Seen = { build: null, failures: 0, onTried }
  for (;;) {
    const outcome = await streamOnce(parts, listeners, seen)
    onTried()
    if (outcome === 'otherBuild') return parts.onOtherBuild()
    parts.onState(outcome)
    const pauseMs = pausesMs[Math.min(seen.failures, pausesMs.length - 1)] ?? 8000
    seen.failures += 1
    await parts.pause(pauseMs)
  }
}

interface Seen {
  build: string | null
  failures: number
  readonly onTried: () => void
}

async function streamOnce(
  parts: LoopbackParts,
  listeners: ReadonlySet<Listener>,
  seen: Seen,
): Promise<'lost' | 'refused' | 'otherBuild'> {
  try {
    const answer = await parts.fetch('/events', {
      headers: { 'X-Tuntas-Token': parts.token },
      cache: 'no-store',
    })
    if (answer.status === 401 || answer.status === 403) return 'refused'
    if (!answer.ok || answer.body === null) return 'lost'
    for await (const event of readEventLines(answer.body)) {
      if (isHello(event)) {
        if (seen.build !== null && seen.build !== event.payload.build) return 'otherBuild'
        const isFirst = seen.build === null
        seen.build = event.payload.build
        seen.failures = 0
        parts.onState('connected')
        seen.onTried()
        if (!isFirst) for (const listener of listeners) listener.onGap()
      } else {
        for (const listener of listeners) listener.onEvent(event)
      }
    }
    return 'lost'
  } catch {
    return 'lost'
  }
}

function isHello(event: unknown): event is { payload: { build: string } } {
  return typeof event === 'object' && event !== null && 'name' in event && event.name === 'hello'
}
