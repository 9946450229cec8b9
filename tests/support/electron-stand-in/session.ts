import type { CustomScheme, Privileges, Protocol, Session } from 'electron'
import { EventEmitter } from 'node:events'
import { needsNotReady, needsReady } from './app.ts'
import { originOf } from './addresses.ts'
import type { Answered, Scheme, Served } from './calls.ts'
import { onlyKnown } from './known-options.ts'
import { refuse } from './link.ts'

/** Sessions hold what a window's pages may do and who answers their requests; a handler belongs to one session only. */
export class StandInSession extends EventEmitter {
  readonly protocol = new StandInProtocol()
  #mayCheck: PermissionCheck | null = null
  #mayRequest: PermissionRequest | null = null

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.#mayCheck = handler
  }
  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.#mayRequest = handler
  }
  setDevicePermissionHandler(): void {
    return undefined
  }
  setDisplayMediaRequestHandler(): void {
    return undefined
  }
  setSpellCheckerEnabled(): void {
    return undefined
  }
  async resolveProxy(): Promise<string> {
    return 'DIRECT'
  }
  async clearCache(): Promise<void> {
    return undefined
  }
  async closeAllConnections(): Promise<void> {
    return undefined
  }

  /** Everything the pages may do without being asked about it; without a handler Electron says yes. */
  checkedPermissions(contents: object, url: string): string[] {
    const handler = this.#mayCheck
    const origin = originOf(url)
    const details = { isMainFrame: true, requestingUrl: url, securityOrigin: origin, embeddingOrigin: origin }
    return asked
      .filter(({ electron }) => handler === null || handler(contents, electron, origin, details))
      .map(({ page }) => page)
  }

  /** What a page's request for a permission is answered; without a handler Electron says yes. */
  requestPermission(contents: object, permission: string, url: string): Promise<boolean> {
    const handler = this.#mayRequest
    if (handler === null) return Promise.resolve(true)
    return new Promise((resolve) =>
      handler(contents, permission, resolve, { isMainFrame: true, requestingUrl: url }),
    )
  }
}

class StandInProtocol {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>()

  registerSchemesAsPrivileged(given: CustomScheme[]): void {
    needsNotReady('protocol.registerSchemesAsPrivileged should be called before app is ready')
    if (schemes.size > 0)
      refuse('protocol.registerSchemesAsPrivileged can only be called once: the last call wins')
    for (const { scheme, privileges } of given) {
      onlyKnown('scheme privileges', privileges)
      schemes.set(scheme, privileges ?? {})
    }
  }
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    needsReady('protocol.handle cannot be used before app is ready')
    if (this.handlers.has(scheme)) refuse(`protocol.handle: ${scheme} is handled already`)
    this.handlers.set(scheme, handler)
  }
  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) refuse(`protocol.unhandle: ${scheme} is not handled`)
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme)
  }
}

/** The scheme a window's address belongs to, as registered; null for one that was not. */
export function registeredScheme(name: string): Scheme | null {
  const given = schemes.get(name)
  if (given === undefined) return null
  const { standard = false, secure = false, supportFetchAPI = false, stream = false } = given
  return { name, standard, secure, supportFetchAPI, stream }
}

export function anyRegisteredScheme(): Scheme | null {
  const [name] = schemes.keys()
  return name === undefined ? null : registeredScheme(name)
}

/** One request of a page, answered by the app's own handler. */
export async function serve(session: StandInSession, asked: Served): Promise<Answered> {
  const handler = session.protocol.handlers.get(new URL(asked.url).protocol.slice(0, -1))
  if (handler === undefined)
    return refuse(`nothing handles ${asked.url}: protocol.handle was called on another session, or never`)
  const { method, headers, body } = asked
  const hasBody = method !== 'GET' && method !== 'HEAD' && body !== null
  const request = new Request(asked.url, { method, headers, ...(hasBody ? { body: Buffer.from(body) } : {}) })
  const response = await handler(request)
  if (!(response instanceof Response))
    return refuse(`the handler of ${asked.url} did not answer with a Response`)
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}

const schemes = new Map<string, Privileges>()
const partitions = new Map<string, StandInSession>()
const defaultSession = new StandInSession()

export const session = {
  get defaultSession(): StandInSession {
    needsReady('Session can only be received when app is ready')
    return defaultSession
  },
  fromPartition(name: string): StandInSession {
    needsReady('Session can only be received when app is ready')
    const found = partitions.get(name) ?? new StandInSession()
    partitions.set(name, found)
    return found
  },
}

export const protocol = defaultSession.protocol

type PermissionCheck = (contents: object, permission: string, origin: string, details: object) => boolean
type PermissionRequest = (
  contents: object,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void

/** Electron's names beside the names the page host grants by. */
const asked = [
  { electron: 'geolocation', page: 'geolocation' },
  { electron: 'notifications', page: 'notifications' },
  { electron: 'media', page: 'camera' },
  { electron: 'media', page: 'microphone' },
  { electron: 'midi', page: 'midi' },
  { electron: 'clipboard-read', page: 'clipboard-read' },
  { electron: 'clipboard-sanitized-write', page: 'clipboard-write' },
] as const

type Shared = 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'
type Unchecked = Pick<
  Session,
  'setSpellCheckerEnabled' | 'resolveProxy' | 'clearCache' | 'closeAllConnections'
>
defaultSession satisfies Record<Shared, unknown> & Unchecked
protocol satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'unhandle' | 'isProtocolHandled'> &
  Record<'handle', unknown>
