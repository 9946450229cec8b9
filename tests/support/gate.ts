import { connect, createServer, type Server, type Socket } from 'node:net'

/** A door in front of a server that can be shut and opened again: shut, connections are refused, as with no network. */
export async function openGate(targetUrl: string): Promise<Gate> {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  let server = listenThrough(target, sockets)
  const port = await portOf(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    async shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const each of sockets) each.destroy()
      await closed
    },
    async open() {
      server = listenThrough(target, sockets)
      await portOf(server, port)
    },
  }
}

export interface Gate {
  readonly url: string
  shut(): Promise<void>
  open(): Promise<void>
}

function listenThrough(target: URL, sockets: Set<Socket>): Server {
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
      one.pipe(other)
    }
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
