/** What an agent's words for "where" come to. */
export type Address =
  | { readonly kind: 'fine'; readonly baseUrl: string }
  | { readonly kind: 'bad' }
  /** It leads into the dashboard or the API; the server itself is at `suggestion`. */
  | { readonly kind: 'tooDeep'; readonly suggestion: string }

/**
 * Reads an address as an agent types or pastes it. Without a scheme it is https, except on this computer. `ownPaths` are
 * those a server's own pages begin with; what stands before them is where it is installed, mostly nothing.
 */
export function readAddress(typed: string, ownPaths: ReadonlySet<string>): Address {
  const text = typed.trim()
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const url = hasScheme ? parsed(text) : bare(text)
  if (url === null || /\s/.test(text)) return { kind: 'bad' }
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb || url.hostname === '' || url.username !== '' || url.password !== '') return { kind: 'bad' }
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  const own = segments.findIndex((segment) => ownPaths.has(segment.toLowerCase()))
  if (own !== -1) return { kind: 'tooDeep', suggestion: joined(url, segments.slice(0, own)) }
  return { kind: 'fine', baseUrl: joined(url, segments) }
}

function bare(text: string): URL | null {
  const secure = parsed(`https://${text}`)
  return secure !== null && isThisComputer(secure.hostname) ? parsed(`http://${text}`) : secure
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function joined(url: URL, segments: readonly string[]): string {
  return [url.origin, ...segments].join('/')
}

function isThisComputer(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\./.test(hostname)
  )
}
