import { connect } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'

/**
 * Puts encryption before a simulator, as a proxy does, with whatever certificate it is given: one of an authority nobody
 * knows, an expired one, one for another name. What it is trusted with is passed on byte by byte.
 */
export async function startTlsFront(given: TlsFrontOptions): Promise<TlsFront> {
  const { hostname, port } = new URL(given.before)
  const open = new Set<TLSSocket>()
  let opened = 0
  const server = createServer({ key: given.key, cert: given.cert }, (near) => {
    opened += 1
    open.add(near)
    const far = connect(Number(port), hostname)
    near.pipe(far).pipe(near)
    // Either end may die; the other one goes with it.
    near.on('error', () => far.destroy()).on('close', () => (open.delete(near), far.destroy()))
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  // A client that does not trust the certificate says so and hangs up: that is no mistake of ours.
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The front has no port.')
  return {
    url: `https://localhost:${address.port}`,
    opened: () => opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const each of open) each.destroy()
      }),
  }
}

/** A server whose name nobody knows: the top-level domain is kept free for ever. */
export const nameNobodyHas = 'http://nobody.invalid'

export interface TlsFrontOptions {
  /** The simulator's address. */
  readonly before: string
  /** PEM, both; for `localhost` unless another name is what is wrong with it. */
  readonly key: string
  readonly cert: string
}

export interface TlsFront {
  readonly url: string
  /** How many clients trusted it. */
  opened(): number
  close(): Promise<void>
}
