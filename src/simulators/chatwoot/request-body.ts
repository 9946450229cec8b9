import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, refusals } from './answers.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The parameters of a request as Rails merges them: query first, then the body, JSON or form. */
export function paramsOf(request: SimulatorRequest): JsonObject {
  return { ...Object.fromEntries(request.query), ...bodyOf(request) }
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
  const text = Buffer.from(request.body).toString('utf8')
  const type = request.headers['content-type'] ?? ''
  if (text === '') return {}
  if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  if (type.includes('multipart')) throw new Error('Uploads (multipart bodies) are not simulated yet.')
  if (!type.includes('json')) return {}
  const parsed = parse(text)
  if (!isObject(parsed)) throw new TurnedDown(refusals.badRequest())
  return parsed
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TurnedDown(refusals.badRequest())
  }
}
