import { createServer } from 'node:http'
import { WebSocket, WebSocketServer, type RawData } from 'ws'
import { messageShape } from './shapes.ts'
import { holderOf } from './tokens.ts'
import { nextId, type Message, type World } from './world.ts'

export interface Sockets {
  readonly url: string
  tell(message: Message): void
  cut(): void
  close(): Promise<void>
}

/**
 * The WebSocket, on a port of its own that nothing tells of. One slot a person: a second connection takes it from the
 * first, and whichever ends first leaves nobody in it, although both still get their pings answered
 * (docs/providers/wapikit.md §7).
 */
export async function startSockets(world: World, port: number): Promise<Sockets> {
  const http = createServer((_request, answer) => answer.writeHead(404).end('{"message":"Not Found"}'))
  const server = new WebSocketServer({ noServer: true })
  const slots = new Map<string, WebSocket>()

  http.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator')
    const token = searchParams.get('token') ?? ''
    if (world.manners.realtime !== 'socket' || pathname !== '/ws') return void socket.destroy()
    const holder = holderOf(world, token)
    if (holder === null) {
      const body = JSON.stringify({ message: token === '' ? 'Missing token' : 'Unauthorized access' })
      socket.end(
        `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
      return
    }
    server.handleUpgrade(request, socket, head, (connection) => welcome(connection, holder.user.id))
  })

  function welcome(connection: WebSocket, userId: string): void {
    slots.set(userId, connection)
    connection.on('message', (data) => answerPing(connection, textOf(data)))
    connection.on('error', () => {})
    connection.on('close', () => slots.delete(userId))
  }

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', () => resolve())
  })
  const address = http.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `ws://127.0.0.1:${bound}/ws`,
    tell: (message) => {
      const event = { eventName: 'MessageEvent', data: messageShape(world, message), eventId: nextId(world) }
      for (const connection of slots.values()) send(connection, event)
    },
    cut: () => {
      for (const connection of server.clients) connection.terminate()
    },
    close: () => {
      for (const connection of server.clients) connection.terminate()
      return new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      })
    },
  }
}

/** Everything else that comes is not understood, and nothing says so. */
function answerPing(connection: WebSocket, text: string): void {
  const event = parsed(text)
  if (event.get('eventName') !== 'PingEvent' || typeof event.get('data') !== 'object') return
  const data = { message: 'Pong' }
  send(connection, { eventName: 'MessageAcknowledgementEvent', data, eventId: event.get('eventId') })
}

/** JSON, in binary frames. */
function send(connection: WebSocket, event: object): void {
  if (connection.readyState === WebSocket.OPEN) connection.send(Buffer.from(JSON.stringify(event)))
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString('utf8')
}

function parsed(text: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  } catch {
    return new Map()
  }
}
