import { request } from 'node:http'
import {
  startWapikitSimulator,
  type WapikitSimulator,
  type WapikitSimulatorOptions,
} from './wapikit-simulator.ts'

/** For tests: a simulator on a clock turned by hand, asked over real HTTP as an agent's program would ask. */
export async function startAsking(options: WapikitSimulatorOptions = {}): Promise<Asking> {
  let now = Date.parse('2026-03-14T12:00:00.250Z')
  const sim = await startWapikitSimulator({ clock: { now: () => now }, ...options })
  return {
    sim,
    ask: (method, path, more = {}) => ask(sim, method, path, more),
    turn: (ms) => {
      now += ms
    },
    now: () => now,
    called: async (name) => {
      const { json } = await ask(sim, 'GET', '/_scenario/conversations', {})
      const all: unknown[] = Array.isArray(json) ? json : []
      const found = all.find((each) => at(each, 'name') === name)
      return String(at(found, 'conversation'))
    },
  }
}

export interface Asking {
  readonly sim: WapikitSimulator
  /** The path without `/api`, or one of the scenario. */
  ask(method: string, path: string, more?: More): Promise<Answer>
  turn(ms: number): void
  now(): number
  /** The id of the first conversation with whoever is called so, of whatever organisation. */
  called(name: string): Promise<string>
}

export interface More {
  /** Becomes JSON. */
  readonly body?: unknown
  readonly key?: string
  /** Instead of the usual ones. */
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  /** null where the body is none. */
  readonly json: unknown
}

/** What stands at `a.0.b` in foreign JSON; `*` collects over a list; undefined where the key is absent. */
export function at(json: unknown, path: string): unknown {
  const [key = '', ...rest] = path.split('.')
  if (key === '*') return Array.isArray(json) ? json.map((each) => at(each, rest.join('.'))) : undefined
  if (typeof json !== 'object' || json === null) return undefined
  const value: unknown = Reflect.get(json, key)
  return rest.length === 0 ? value : at(value, rest.join('.'))
}

/** Not by `fetch`, which lets no GET have a body. */
function ask(
  sim: WapikitSimulator,
  method: string,
  path: string,
  { body, key = sim.key, headers }: More,
): Promise<Answer> {
  const sent = body === undefined ? '' : JSON.stringify(body)
  const typed = body === undefined ? {} : { 'content-type': 'application/json' }
  const usual = headers ?? { 'x-access-token': key, ...typed }
  const url = path.startsWith('/_scenario/') ? sim.origin + path : sim.url + path
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      agent: false,
      headers: { ...usual, 'content-length': String(Buffer.byteLength(sent)) },
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const chunks: Uint8Array[] = []
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      incoming.once('error', reject)
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const { statusCode = 0, headers: told } = incoming
        resolve({ status: statusCode, type: told['content-type'] ?? '', text, json: parsed(text) })
      })
    })
    outgoing.end(sent)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
