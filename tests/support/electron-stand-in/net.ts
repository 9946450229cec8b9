import type {
  ClientRequestConstructorOptions,
  ClientRequest as ElectronRequest,
  IncomingMessage as ElectronMessage,
} from 'electron'
import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest as NodeRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable, Writable } from 'node:stream'
import { needsReady } from './app.ts'
import { refuse } from './link.ts'

/** Chromium's network stack as the app sees it, over Node's: the same calls, the same `net::` names for trouble. */
export const net = {
  request: (options: ClientRequestConstructorOptions | string): StandInRequest => {
    needsReady('net can only be used after the app is ready')
    return new StandInRequest(typeof options === 'string' ? { url: options } : options)
  },
  isOnline: (): boolean => true,
  get online(): boolean {
    return true
  },
}

const known = new Set([
  'method',
  'url',
  'headers',
  'session',
  'credentials',
  'useSessionCookies',
  'redirect',
  'cache',
  'referrerPolicy',
  'priority',
  'origin',
  'bypassCustomProtocolHandlers',
])
/** Chromium's own headers (docs of ClientRequest.setHeader). */
const kept = new Set([
  'host',
  'content-length',
  'trailer',
  'te',
  'upgrade',
  'cookie2',
  'keep-alive',
  'transfer-encoding',
])
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

/**
 * Electron's request is a Writable that destroys itself once its body is written: 'close' comes *before* the response
 * (electron/electron#47096), trouble after that still comes as 'error', and an abort ends everything without one.
 */
class StandInRequest extends Writable {
  chunkedEncoding = false
  readonly #url: URL
  readonly #options: ClientRequestConstructorOptions
  readonly #headers = new Map<string, string>()
  readonly #chunks: Buffer[] = []
  #sent: NodeRequest | null = null
  #response: StandInMessage | null = null
  #isOver = false

  constructor(options: ClientRequestConstructorOptions) {
    super({ autoDestroy: true })
    for (const name of Object.keys(options))
      if (!known.has(name)) refuse(`net.request has no option “${name}” here`)
    this.#url = new URL(options.url ?? '')
    this.#options = options
    if (this.#url.protocol !== 'http:' && this.#url.protocol !== 'https:')
      refuse(`net.request cannot ask ${this.#url.protocol}`)
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, String(value))
  }

  setHeader(name: string, value: string): void {
    if (typeof value !== 'string') refuse(`the header ${name} must be text`)
    const isUpgrade = name.toLowerCase() === 'connection' && value.toLowerCase() === 'upgrade'
    if (isUpgrade || kept.has(name.toLowerCase()))
      refuse(`Chromium does not let a request set “${name}”: ERR_INVALID_ARGUMENT`)
    this.#headers.set(name, value)
  }
  getHeader(name: string): string {
    return this.#headers.get(name) ?? ''
  }
  removeHeader(name: string): void {
    this.#headers.delete(name)
  }
  abort(): void {
    process.nextTick(() => this.emit('abort'))
    this.#die(null)
  }
  followRedirect(): void {
    refuse('followRedirect would carry the token to another server')
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk)
    done()
  }
  override _final(done: () => void): void {
    this.#send()
    done()
  }

  #send(): void {
    const body = Buffer.concat(this.#chunks)
    const isSecure = this.#url.protocol === 'https:'
    const headers: Record<string, string> = {
      ...Object.fromEntries(this.#headers),
      'accept-encoding': 'identity',
    }
    if (body.length > 0) headers['content-length'] = String(body.length)
    const given = {
      method: this.#options.method ?? 'GET',
      headers,
      agent: agents[isSecure ? 'https:' : 'http:'],
    }
    const sent = isSecure ? httpsRequest(this.#url, given) : httpRequest(this.#url, given)
    this.#sent = sent
    sent.on('response', (message) => this.#receive(message))
    sent.on('error', (error: NodeJS.ErrnoException) => this.#die(`net::${chromiumName(error)}`))
    sent.end(body)
  }

  #receive(message: IncomingMessage): void {
    if (this.#isOver) return
    const status = message.statusCode ?? 0
    const target = message.headers.location
    if (status >= 300 && status < 400 && target !== undefined) return this.#redirect(message, status, target)
    const response = new StandInMessage(message)
    this.#response = response
    this.emit('response', response)
    message.on('data', (chunk: Buffer) => response.push(chunk))
    message.on('end', () => {
      if (message.complete) response.push(null)
    })
    message.on('error', () => this.#die('net::ERR_CONNECTION_RESET'))
  }

  #redirect(message: IncomingMessage, status: number, target: string): void {
    const mode = this.#options.redirect ?? 'follow'
    message.resume()
    if (mode === 'follow') refuse('a redirect would be followed, token and all: ask with redirect: manual')
    if (mode === 'error') return this.#die("Attempted to redirect, but redirect policy was 'error'")
    this.emit(
      'redirect',
      status,
      this.#options.method ?? 'GET',
      new URL(target, this.#url).href,
      grouped(message),
    )
    this.#die('Redirect was cancelled')
  }

  #die(why: string | null): void {
    if (this.#isOver) return
    this.#isOver = true
    const error = why === null ? undefined : new Error(why)
    this.#sent?.destroy()
    this.#response?.destroy(error)
    if (this.destroyed && error !== undefined) this.emit('error', error)
    this.destroy(error)
  }
}

class StandInMessage extends Readable {
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: Record<string, string | string[]>
  readonly httpVersion = '1.1'

  constructor(message: IncomingMessage) {
    super()
    this.statusCode = message.statusCode ?? 0
    this.statusMessage = message.statusMessage ?? ''
    this.headers = { ...message.headers } as Record<string, string | string[]>
  }
  override _read(): void {
    return undefined
  }
}

StandInRequest satisfies new (
  options: ClientRequestConstructorOptions,
) => Pick<
  ElectronRequest,
  'setHeader' | 'getHeader' | 'removeHeader' | 'abort' | 'followRedirect' | 'chunkedEncoding'
>
StandInMessage satisfies new (
  message: IncomingMessage,
) => Pick<ElectronMessage, 'statusCode' | 'statusMessage' | 'headers' | 'httpVersion'>

function grouped(message: IncomingMessage): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, [value ?? []].flat()]),
  )
}

/** What Chromium calls the trouble Node reports. */
function chromiumName(error: NodeJS.ErrnoException): string {
  const code = error.code ?? ''
  const names: Readonly<Record<string, string>> = {
    ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
    EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
    ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
    ECONNRESET: 'ERR_CONNECTION_RESET',
    EPIPE: 'ERR_CONNECTION_RESET',
    ETIMEDOUT: 'ERR_CONNECTION_TIMED_OUT',
    EHOSTUNREACH: 'ERR_ADDRESS_UNREACHABLE',
    ENETUNREACH: 'ERR_INTERNET_DISCONNECTED',
    HPE_INVALID_CONSTANT: 'ERR_INVALID_HTTP_RESPONSE',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
    SELF_SIGNED_CERT_IN_CHAIN: 'ERR_CERT_AUTHORITY_INVALID',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
    ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
    CERT_HAS_EXPIRED: 'ERR_CERT_DATE_INVALID',
  }
  return (
    names[code] ?? (code.startsWith('ERR_SSL') || code === 'EPROTO' ? 'ERR_SSL_PROTOCOL_ERROR' : 'ERR_FAILED')
  )
}
