import { net, session, type ClientRequest, type IncomingMessage } from 'electron'
import { HttpFault, mayChange, type Http, type HttpAnswer, type HttpRequest } from '../../ports/http.ts'
import { netFaultOf } from './net-fault-of.ts'

/**
 * HTTP through Chromium's network stack: the system's proxies and the system's trusted authorities. Cookies, caches and
 * stored credentials stay out of it.
 *
 * Chromium silently sends a request again, a POST too, when a connection it kept alive turns out dead; that could
 * answer a customer twice. So writes live in a session of their own where every connection is closed after its one
 * answer, and HTTP/2, which always shares, is off (see start-electron): a write never meets a used connection.
 */
export function netHttp(): Http {
  return {
    async request(given, signal) {
      if (signal.aborted) throw new HttpFault('aborted', false, { host: hostOf(given.url) })
      const isRead = !mayChange(given)
      // Chromium does not tell when its first byte is written: from here on it may be.
      given.onLeaving?.()
      const request = net.request({
        method: given.method,
        url: given.url,
        session: session.fromPartition(isRead ? 'servers' : 'servers-writes'),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
        headers: isRead ? { ...given.headers } : { ...given.headers, connection: 'close' },
      })
      return exchange(request, given, signal)
    },
  }
}

/** One request, settled at the answer's last byte, a fault, the deadline or an abort, whichever comes first. */
function exchange(request: ClientRequest, given: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const host = hostOf(given.url)
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  const stop = (kind: 'timeout' | 'aborted' | 'tooLarge') => (): void => {
    reject(new HttpFault(kind, true, { host }))
    request.abort()
  }
  const timer = setTimeout(stop('timeout'), given.timeoutMs)
  const onAbort = stop('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  void promise
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    })

  // No ear for 'close': Electron says it once the request is written, before any answer (electron/electron#47096).
  const onError = (error: Error): void => reject(netFaultOf(error, host))
  request.on('error', onError)
  request.on('redirect', (status, _method, _target, headers) => {
    // Left alone, the request is cancelled: a 3xx is an answer.
    resolve({ status, headers: flat(headers), bytes: new Uint8Array() })
  })
  request.on('response', (response) => {
    readAll(response, given.maxBytes, stop('tooLarge')).then(
      (bytes) => resolve({ status: response.statusCode, headers: flat(response.headers), bytes }),
      onError,
    )
  })
  if (given.body !== null) request.write(Buffer.from(given.body))
  request.end()
  return promise
}

function readAll(response: IncomingMessage, maxBytes: number, onTooLarge: () => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk) => {
      size += chunk.length
      if (size > maxBytes) onTooLarge()
      else chunks.push(chunk)
    })
    response.on('end', () => resolve(Buffer.concat(chunks)))
    response.on('aborted', () => reject(new Error('net::ERR_CONNECTION_CLOSED')))
    response.on('error', reject)
  })
}

function flat(headers: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
