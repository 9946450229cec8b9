import { connect, createServer, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/**
 * A door in front of a server that can be shut and opened again: shut, connections are refused, as with no network.
 * Told to, it stalls: it takes what comes and lets only so much of it through.
 */
export async function openGate(targetUrl: string): Promise<Gate> {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  const flow: Flow = { bytesLeft: Infinity }
  let server = listenThrough(target, sockets, flow)
  const port = await portOf(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    async shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const each of sockets) each.destroy()
      await closed
    },
    async open() {
      server = listenThrough(target, sockets, flow)
      await portOf(server, port)
    },
    stallAfter: (bytes) => void (flow.bytesLeft = bytes),
    hasStalled: () => flow.bytesLeft < 0,
  }
}

export interface Gate {
  readonly url: string
  shut(): Promise<void>
  open(): Promise<void>
  /** Lets that many more bytes through to the server, all connections together; `Infinity` to flow again. */
  stallAfter(bytes: number): void
  hasStalled(): boolean
}

interface Flow {
  bytesLeft: number
}

function listenThrough(target: URL, sockets: Set<Socket>, flow: Flow): Server {
  return createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    incoming.pipe(narrow(flow)).pipe(outgoing)
    outgoing.pipe(incoming)
  })
}

/** Beyond the limit a piece is held for good, so that whoever sends it waits with the rest. */
function narrow(flow: Flow): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      flow.bytesLeft -= piece.length
      if (flow.bytesLeft >= 0) done(null, piece)
    },
  })
}

function portOf(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
