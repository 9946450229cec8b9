import { createServer } from 'node:http'

/** A server of somebody who wants to know whether a mail was opened: it answers everything and writes it down. */
export async function startTracker(): Promise<Tracker> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
      .end('window.pwned = "by a remote script"')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    hits,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export interface Tracker {
  readonly url: string
  readonly hits: readonly string[]
  close(): Promise<void>
}
