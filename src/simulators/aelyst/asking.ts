import {
  startAelystSimulator,
  type AelystSimulator,
  type AelystSimulatorOptions,
} from './aelyst-simulator.ts'

/** For tests: a simulator on a clock turned by hand, asked over real HTTP as an agent's program would ask. */
export async function startAsking(options: AelystSimulatorOptions = {}): Promise<Asking> {
  let now = Date.parse('2026-03-14T12:00:00Z')
  const sim = await startAelystSimulator({
    clock: { now: () => now },
    ...options,
    manners: { isLimiting: false, ...options.manners },
  })
  return {
    sim,
    ask: (method, path, more = {}) => ask(sim, method, path, more),
    list: async (filter, query = '') => {
      const body = { search: '', timezone: 'UTC', filter }
      const answer = await ask(sim, 'POST', `/contact/list${query}`, { body })
      return { ...answer, ids: at(answer.json, 'items.*.id') }
    },
    turn: (ms) => {
      now += ms
      return sim.scenario.tick()
    },
    now: () => now,
  }
}

export interface Asking {
  readonly sim: AelystSimulator
  /** `path` without the version; a whole address as it is. */
  ask(method: string, path: string, more?: More): Promise<Answer>
  list(filter: object, query?: string): Promise<Answer & { readonly ids: unknown }>
  /** Turns the clock on and lets happen what is due. */
  turn(ms: number): number
  now(): number
}

export interface More {
  /** An object becomes JSON; text goes as it is. */
  readonly body?: unknown
  readonly token?: string
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

async function ask(sim: AelystSimulator, method: string, path: string, more: More): Promise<Answer> {
  const { body, token = sim.token } = more
  const answer = await fetch(path.startsWith('http') ? path : sim.url + path, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, text, json: parsed(text), headers: answer.headers }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
