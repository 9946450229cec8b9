import type { ClientRequestConstructorOptions, ClientRequest as ElectronRequest, IncomingMessage as ElectronMessage } from 'electron'
import { EventEmitter } from 'node:events'
import { Agent as HttpAgent, request as httpRequest, type ClientRequest as NodeRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
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

const known = new Set(['method', 'url', 'headers', 'session', 'credentials', 'useSessionCookies', 'redirect', 'cache', 'referrerPolicy', 'priority', 'origin', 'bypassCustomProtocolHandlers'])
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

class StandInRequest extends EventEmitter {
  chunkedEncoding = false
  readonly #url: URL
  readonly #options: ClientRequestConstructorOptions
  readonly #headers = new Map<string, string>()
  readonly #chunks: Buffer[] = []
  #sent: NodeRequest | null = null
  #isOver = false

  constructor(options: ClientRequestConstructorOptions) {
    super()
    for (const name of Object.keys(options)) if (!known.has(name)) refuse(`net.request has no option “${name}” here`)
    this.#url = new URL(options.url ?? '')
    this.#options = options
    if (this.#url.protocol !== 'http:' && this.#url.protocol !== 'https:') refuse(`net.request cannot ask ${this.#url.protocol}`)
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, String(value))
  }

  setHeader(name: string, value: string): void {
    if (typeof value !== 'string') refuse(`the header ${name} must be text`)
    if (['host', 'content-length', 'connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'].includes(name.toLowerCase())) {
      refuse(`Chromium does not let a request set “${name}”: ERR_INVALID_ARGUMENT`)
    }
    this.#headers.set(name, value)
  }
  getHeader(name: string): string {
    return this.#headers.get(name) ?? ''
  }
  removeHeader(name: string): void {
    this.#headers.delete(name)
  }
  write(chunk: string | Buffer): void {
    this.#chunks.push(Buffer.from(chunk))
  }
  end(chunk?: string | Buffer): this {
    if (chunk !== undefined) this.write(chunk)
    this.#send()
    return this
  }
  abort(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#sent?.destroy()
    this.emit('abort')
    this.emit('close')
  }
  followRedirect(): void {
    refuse('followRedirect would carry the token to another server')
  }

  #send(): void {
    const body = Buffer.concat(this.#chunks)
    const isSecure = this.#url.protocol === 'https:'
    const headers: Record<string, string> = { ...Object.fromEntries(this.#headers), 'accept-encoding': 'identity' }
    if (body.length > 0) headers['content-length'] = String(body.length)
    const given = { method: this.#options.method ?? 'GET', headers, agent: agents[isSecure ? 'https:' : 'http:'] }
    const sent = isSecure ? httpsRequest(this.#url, given) : httpRequest(this.#url, given)
    this.#sent = sent
    sent.on('response', (message) => this.#receive(message))
    sent.on('error', (error: NodeJS.ErrnoException) => this.#fail(chromiumName(error)))
    sent.on('finish', () => this.emit('finish'))
    sent.end(body)
  }

  #receive(message: IncomingMessage): void {
    if (this.#isOver) return
    const status = message.statusCode ?? 0
    const target = message.headers.location
    if (status >= 300 && status < 400 && target !== undefined) return this.#redirect(message, status, target)
    const response = new StandInMessage(message)
    this.emit('response', response)
    message.on('end', () => this.#close())
    message.on('error', () => {
      if (this.#isOver) return
      response.emit('error', new Error('net::ERR_CONNECTION_RESET'))
      this.#close()
    })
  }

  #redirect(message: IncomingMessage, status: number, target: string): void {
    const mode = this.#options.redirect ?? 'follow'
    message.resume()
    if (mode === 'follow') refuse('a redirect would be followed, token and all: ask with redirect: manual')
    if (mode === 'error') return this.#fail('ERR_ABORTED')
    this.emit('redirect', status, this.#options.method ?? 'GET', new URL(target, this.#url).href, grouped(message))
    this.#fail('Redirect was cancelled')
  }

  #fail(name: string): void {
    if (this.#isOver) return
    this.emit('error', new Error(name.startsWith('ERR_') ? `net::${name}` : name))
    this.#close()
  }

  #close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.emit('close')
  }
}

class StandInMessage extends EventEmitter {
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: Record<string, string | string[]>
  readonly httpVersion = '1.1'
  readonly #message: IncomingMessage

  constructor(message: IncomingMessage) {
    super()
    this.#message = message
    this.statusCode = message.statusCode ?? 0
    this.statusMessage = message.statusMessage ?? ''
    this.headers = { ...message.headers } as Record<string, string | string[]>
    message.on('data', (chunk: Buffer) => this.emit('data', chunk))
    message.on('end', () => this.emit('end'))
    message.on('aborted', () => this.emit('aborted'))
  }
  pause(): void {
    this.#message.pause()
  }
  resume(): void {
    this.#message.resume()
  }
}

StandInRequest satisfies new (options: ClientRequestConstructorOptions) => Pick<
  ElectronRequest,
  'setHeader' | 'getHeader' | 'removeHeader' | 'write' | 'abort' | 'followRedirect' | 'chunkedEncoding'
>
StandInMessage satisfies new (message: IncomingMessage) => Pick<ElectronMessage, 'statusCode' | 'statusMessage' | 'headers' | 'httpVersion'>

function grouped(message: IncomingMessage): Record<string, string[]> {
  return Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value ?? []].flat()]))
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
  return names[code] ?? (code.startsWith('ERR_SSL') || code === 'EPROTO' ? 'ERR_SSL_PROTOCOL_ERROR' : 'ERR_FAILED')
}
