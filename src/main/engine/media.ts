import { HttpFault, type Http, type HttpAnswer } from '../ports/http.ts'
import type { Media } from './engine.ts'

/**
 * Foreign media under opaque ids: the window never sees an address of a server, and no credential of ours travels to
 * one. Ids live as long as this launch.
 */
export interface MediaDesk {
  /** The opaque id of a foreign address; null stays null, and so does what we would never fetch. */
  idOf(url: string | null, name: string, homeHost: string): string | null
  fetch(id: string, signal: AbortSignal): Promise<Media | null>
}

interface Known {
  readonly url: string
  readonly name: string
  /** Host of the account it came with: the one place that may be private or plain http. */
  readonly homeHost: string
}

const maxBytes = 30_000_000
const maxHops = 4
const keptBytes = 40_000_000
const mostIds = 50_000

export function createMediaDesk(http: Http, randomId: () => string): MediaDesk {
  const known = new Map<string, Known>()
  const ids = new Map<string, string>()
  const kept = createKept()
  return {
    idOf(url, name, homeHost) {
      if (url === null || addressOf(url, homeHost) === null) return null
      const same = ids.get(url)
      if (same !== undefined) return same
      const id = randomId()
      ids.set(url, id)
      known.set(id, { url, name, homeHost })
      forgetOldest(ids, known)
      return id
    },
    async fetch(id, signal) {
      const entry = known.get(id)
      if (entry === undefined) return null
      const had = kept.get(id)
      if (had !== undefined) return had
      const bytes = await fetchBytes(http, entry, signal)
      if (bytes === null) return null
      const media = { bytes, contentType: sniff(bytes), name: entry.name }
      kept.put(id, media)
      return media
    },
  }
}

async function fetchBytes(http: Http, entry: Known, signal: AbortSignal): Promise<Uint8Array | null> {
  let address = addressOf(entry.url, entry.homeHost)
  for (let hop = 0; hop < maxHops && address !== null; hop++) {
    const answer = await get(http, address.href, signal)
    if (answer === null) return null
    if (answer.status === 200) return answer.bytes
    const next = answer.headers['location']
    if (answer.status < 300 || answer.status > 399 || next === undefined) return null
    const url: URL | null = URL.parse(next, address)
    address = url === null ? null : addressOf(url.href, entry.homeHost)
  }
  return null
}

async function get(http: Http, url: string, signal: AbortSignal): Promise<HttpAnswer | null> {
  const request = {
    method: 'GET',
    url,
    headers: { accept: '*/*' },
    body: null,
    timeoutMs: 30_000,
    maxBytes,
  } as const
  try {
    return await http.request(request, signal)
  } catch (error) {
    if (error instanceof HttpFault) return null
    throw error
  }
}

/** An address we are willing to fetch: https anywhere public, or whatever the account's own server uses. */
function addressOf(url: string, homeHost: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  if (address.username !== '' || address.password !== '') return null
  if (address.host === homeHost)
    return address.protocol === 'https:' || address.protocol === 'http:' ? address : null
  return address.protocol === 'https:' && !isPrivate(address.hostname) ? address : null
}

/** Names and numbers that mean this computer or this network: a message must not make us knock there. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.local') ||
    host.endsWith('.internal')
  )
    return true
  if (host.includes(':')) return /^(::|f[cd]|fe[89ab])/.test(host)
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(host)) return !host.includes('.')
  const [a = 0, b = 0] = host.split('.').map(Number)
  if (a === 172) return b >= 16 && b <= 31
  if (a === 100) return b >= 64 && b <= 127
  return a === 0 || a === 10 || a === 127 || (a === 169 && b === 254) || (a === 192 && b === 168) || a >= 224
}

const signatures: readonly (readonly [string, string])[] = [
  ['image/png', '89504e47'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['application/pdf', '25504446'],
]

/** The type by its first bytes: what a server says of its own file is not believed. SVG stays a download. */
function sniff(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, 16), (each) => each.toString(16).padStart(2, '0')).join('')
  for (const [type, start] of signatures) if (head.startsWith(start)) return type
  if (head.startsWith('52494646') && head.slice(16, 24) === '57454250') return 'image/webp'
  if (head.slice(8, 24) === '6674797061766966') return 'image/avif'
  return 'application/octet-stream'
}

function forgetOldest(ids: Map<string, string>, known: Map<string, Known>): void {
  if (ids.size <= mostIds) return
  for (const [url, id] of ids) {
    ids.delete(url)
    known.delete(id)
    return
  }
}

/** The newest few megabytes, so that scrolling back does not fetch again. */
function createKept(): { get(id: string): Media | undefined; put(id: string, media: Media): void } {
  const kept = new Map<string, Media>()
  let bytes = 0
  return {
    get: (id) => kept.get(id),
    put(id, media) {
      if (media.bytes.length > keptBytes / 8) return
      // Asked for twice at once, it comes twice.
      bytes -= kept.get(id)?.bytes.length ?? 0
      kept.set(id, media)
      bytes += media.bytes.length
      for (const [old, each] of kept) {
        if (bytes <= keptBytes) return
        kept.delete(old)
        bytes -= each.bytes.length
      }
    },
  }
}
