import type { AnyEvent, CommandName, Input, Output } from './contract.ts'
import type { Result } from './failure.ts'

/** Carries names and JSON; knows nothing of what they mean. */
export interface Wire {
  call(name: string, input: unknown): Promise<unknown>
  /** Every event from now on, in order. `onGap` is told when some may have been missed: take a new snapshot. */
  listen(onEvent: (event: unknown) => void, onGap: () => void): () => void
}

/** The typed handle the renderer holds. */
export interface Bridge {
  call<N extends CommandName>(name: N, input: Input<N>): Promise<Result<Output<N>>>
  listen(onEvent: (event: AnyEvent) => void, onGap: () => void): () => void
}

/** Gives a wire its types. The engine validates every value on its side; nothing is checked twice. */
export function bridgeOver(wire: Wire): Bridge {
  return {
    call: (name, input) => wire.call(name, input) as Promise<never>,
    listen: (onEvent, onGap) => wire.listen((event) => onEvent(event as AnyEvent), onGap),
  }
}
