import type { SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { startEventStreams } from './live-events.ts'
import { startSockets } from './live-sockets.ts'
import type { World } from './world.ts'

/** What is told at once, by whichever of the two ways the dialect has (docs/providers/wapikit.md §7). */
export interface Live {
  readonly socketUrl: string
  /** The answer to a request for the stream of events; null for any other. */
  stream(request: SimulatorRequest): SimulatorAnswer | null
  cut(): void
  quiet(isQuiet: boolean): void
  close(): Promise<void>
}

export async function startLive(world: World, socketPort: number): Promise<Live> {
  const sockets = await startSockets(world, socketPort)
  const streams = startEventStreams(world)
  let isQuiet = false
  world.listeners.add(({ kind, conversation, message }) => {
    // What goes out, is closed or is assigned is told to nobody; what comes in, to everybody on the server.
    if (isQuiet || kind !== 'received') return
    if (world.manners.realtime === 'socket') sockets.tell(message)
    if (world.manners.realtime === 'events') streams.tell(conversation, message)
  })
  return {
    socketUrl: sockets.url,
    stream: streams.answer,
    cut: () => {
      sockets.cut()
      streams.cut()
    },
    quiet: (wanted) => {
      isQuiet = wanted
    },
    close: sockets.close,
  }
}
