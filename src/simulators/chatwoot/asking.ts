import {
  startChatwootSimulator,
  type ChatwootSimulator,
  type ChatwootSimulatorOptions,
} from './chatwoot-simulator.ts'

/** For tests: a simulator on a clock turned by hand, asked over real HTTP as an agent's program would ask. */
export async function startAsking(options: ChatwootSimulatorOptions = {}): Promise<Asking> {
  let now = Date.parse('2026-03-14T12:00:00Z')
  const sim = await startChatwootSimulator({ clock: { now: () => now }, ...options })
  return {
    sim,
    ask: (method, path, more = {}) => ask(sim, method, path, more),
    list: async (query) => {
      const { json } = await ask(sim, 'GET', `/api/v1/accounts/1/conversations?${query}`, {})
      return {
        ids: at(json, 'data.payload.*.id'),
        meta: at(json, 'data.meta'),
        rows: at(json, 'data.payload'),
      }
    },
    turn: (ms) => {
      now += ms
    },
    now: () => now,
  }
}

export interface Asking {
  readonly sim: ChatwootSimulator
  ask(method: string, path: string, more?: More): Promise<Answer>
  /** The first account's conversations. */
  list(query: string): Promise<{ ids: unknown; meta: unknown; rows: unknown }>
  turn(ms: number): void
  now(): number
}

export interface More {
  /** An object becomes JSON; text, forms and bytes go as they are. */
  readonly body?: unknown
  /** Instead of the usual ones. */
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  /** null where the body is none. */
  readonly json: unknown
  readonly headers: Headers
}

/** What stands at `a.0.b` in foreign JSON; `*` collects over a list; undefined where the key is absent. */
export function at(json: unknown, path: string): unknown {
  const [key = '', ...rest] = path.split('.')
  if (key === '*') return Array.isArray(json) ? json.map((each) => at(each, rest.join('.'))) : undefined
  if (typeof json !== 'object' || json === null) return undefined
  const value: unknown = Reflect.get(json, key)
  return rest.length === 0 ? value : at(value, rest.join('.'))
}

/** The keys of an object in foreign JSON. */
export function keys(json: unknown): string[] {
  return typeof json === 'object' && json !== null ? Object.keys(json).sort() : []
}

async function ask(
  sim: ChatwootSimulator,
  method: string,
  path: string,
  { body, headers }: More,
): Promise<Answer> {
  const usual = { 'api-access-token': sim.token, accept: 'application/json' }
  const answer = await fetch(sim.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(headers ?? usual), ...(isPlain(body) ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  })
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, text, json: parsed(text), headers: answer.headers }
}

/** Forms name their own kind, and who sends bytes says what they are. */
function isPlain(body: unknown): boolean {
  return body !== undefined && !(body instanceof FormData) && !(body instanceof Uint8Array)
}

function bodyOf(body: unknown): BodyInit {
  if (typeof body === 'string' || body instanceof FormData) return body
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
