import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { StartFault } from '../start-fault.ts'
import { createHttpWire, type HttpWireParts } from './http-wire.ts'

/** Puts an engine behind a page on 127.0.0.1. Throws StartFault where the port or the page cannot be had. */
export async function startLoopback(parts: LoopbackParts): Promise<Loopback> {
  let port = 0
  const wire = createHttpWire({ ...parts, build: buildOf(parts.pagesFolder), port: () => port })
  const server = createServer((request, response) => wire.handle(request, response))
  port = await listen(server, parts.port)
  const origin = `http://127.0.0.1:${port}`
  return {
    link: origin + wire.linkPath,
    oneTimeLink: () => origin + wire.oneTimeLinkPath(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      wire.close()
      server.closeIdleConnections()
      await Promise.race([closed, new Promise<void>((resolve) => parts.clock.after(graceMs, resolve))])
      server.closeAllConnections()
      await closed
    },
  }
}

export interface LoopbackParts extends Pick<HttpWireParts, 'engine' | 'clock' | 'log' | 'pagesFolder'> {
  /** Null for any free one. */
  readonly port: number | null
}

export interface Loopback {
  /** Opens the page as often as wanted, until the app stops. */
  readonly link: string
  /** Opens it once: for a command line that others can read. */
  oneTimeLink(): string
  close(): Promise<void>
}

/** For answers on their way when the app stops. */
const graceMs = 1000

/** The index names every other file by its content, so it stands for the whole page. */
function buildOf(pagesFolder: string): string {
  try {
    return createHash('sha256')
      .update(readFileSync(path.join(pagesFolder, 'index.html')))
      .digest('hex')
      .slice(0, 12)
  } catch {
    throw new StartFault('shell.noPage')
  }
}

function listen(server: Server, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const wanted = port ?? 0
      if (error.code === 'EADDRINUSE') reject(new StartFault('shell.portTaken', { port: wanted }))
      else if (error.code === 'EACCES') reject(new StartFault('shell.portForbidden', { port: wanted }))
      else reject(error)
    })
    server.listen(port ?? 0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
    })
  })
}
