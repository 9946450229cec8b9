import type { Http, HttpAnswer, HttpRequest } from '../../src/main/ports/http.ts'
import { parsed, type Json } from './json.ts'

/** One request of ours and its answer, taken apart as far as a description speaks of them. */
export interface Exchange {
  readonly method: string
  /** Without host and query. */
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Names in lower case. */
  readonly headerNames: readonly string[]
  readonly sent: Body
  readonly status: number
  readonly answered: Body
}

export type Body =
  | { readonly kind: 'none' }
  /** JSON, or a form as an object of its fields: a name that ends in `[]` is a list, a file is its name. */
  | { readonly kind: 'value'; readonly contentType: string; readonly value: Json }
  | { readonly kind: 'other'; readonly contentType: string }

/** HTTP that keeps everything that was said over it. */
export function recordingHttp(http: Http): { http: Http; exchanges(): Promise<readonly Exchange[]> } {
  const heard: { request: HttpRequest; answer: HttpAnswer }[] = []
  return {
    http: {
      async request(request, signal) {
        const answer = await http.request(request, signal)
        heard.push({ request, answer })
        return answer
      },
    },
    exchanges: () => Promise.all(heard.map(({ request, answer }) => exchangeOf(request, answer))),
  }
}

async function exchangeOf(request: HttpRequest, answer: HttpAnswer): Promise<Exchange> {
  const url = new URL(request.url)
  const headers = new Headers({ ...request.headers })
  const bytes = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body
  return {
    method: request.method,
    path: url.pathname,
    query: [...url.searchParams],
    headerNames: [...headers.keys()],
    sent: await bodyOf(bytes, headers.get('content-type')),
    status: answer.status,
    answered: await bodyOf(answer.bytes, answer.headers['content-type'] ?? null),
  }
}

async function bodyOf(bytes: Uint8Array | null, type: string | null): Promise<Body> {
  if (bytes === null || bytes.length === 0) return { kind: 'none' }
  const contentType = (type ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  try {
    if (contentType === 'application/json')
      return { kind: 'value', contentType, value: parsed(new TextDecoder().decode(bytes)) }
    if (contentType === 'multipart/form-data')
      return { kind: 'value', contentType, value: await formOf(bytes, type ?? '') }
  } catch {
    // What claims to be JSON or a form and is none is told as such by the check.
  }
  return { kind: 'other', contentType }
}

async function formOf(bytes: Uint8Array, type: string): Promise<Json> {
  const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }).formData()
  const fields: Record<string, Json> = {}
  for (const [name, given] of form) {
    const value = typeof given === 'string' ? given : given.name
    if (!name.endsWith('[]')) fields[name] = value
    else {
      const key = name.slice(0, -2)
      const before = fields[key]
      fields[key] = [...(Array.isArray(before) ? before.map(String) : []), value]
    }
  }
  return fields
}
