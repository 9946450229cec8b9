import { partsOf, type UploadedFile } from '../multipart.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, refusals } from './answers.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The parameters of a request as Rails merges them: query first, then the body: JSON, form or multipart. */
export function paramsOf(request: SimulatorRequest): JsonObject {
  return { ...nested(request.query), ...bodyOf(request) }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** null for what is absent, null or blank, as Ruby's `presence` has it. */
export function presentText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function bodyOf(request: SimulatorRequest): JsonObject {
  const type = request.headers['content-type'] ?? ''
  if (request.body.length === 0) return {}
  if (type.includes('multipart')) {
    const parts = partsOf(request.body, type)
    if (parts === null) throw new TurnedDown(refusals.badRequest())
    return nested(parts.map(({ name, value }) => [name, value]))
  }
  const text = Buffer.from(request.body).toString('utf8')
  if (type.includes('application/x-www-form-urlencoded')) return nested(new URLSearchParams(text))
  if (!type.includes('json')) return {}
  const parsed = parse(text)
  if (!isObject(parsed)) throw new TurnedDown(refusals.badRequest())
  return parsed
}

/** Rack's reading of names: `a[b]=1` is an object in an object, `a[]=1` a list, and the last plain one wins. */
function nested(pairs: Iterable<readonly [string, string | UploadedFile]>): JsonObject {
  const params: Record<string, unknown> = {}
  for (const [name, value] of pairs) {
    const [, head = name, tail = ''] = /^([^[\]]+)((?:\[[^\]]*\])*)$/.exec(name) ?? []
    put(params, [head, ...[...tail.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key)], value)
  }
  return params
}

function put(into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  const next = rest[0]
  if (next === undefined) {
    into[key] = value
  } else if (next === '') {
    const list: unknown = into[key]
    const former: unknown[] = Array.isArray(list) ? list : []
    into[key] = [...former, value]
  } else {
    const child: Record<string, unknown> = { ...childOf(into[key]) }
    put(child, rest, value)
    into[key] = child
  }
}

function childOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TurnedDown(refusals.badRequest())
  }
}
