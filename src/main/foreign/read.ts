/** Tolerant readers of foreign JSON: whatever comes, a value of the wanted kind or nothing. They never throw. */
export type Loose = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object, or an empty one. */
export function asObject(value: unknown): Loose {
  return isObject(value) ? value : {}
}

/** The list, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What a table of ours says of a foreign name. Every object answers to names like `valueOf`; those are not ours. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** Text as it is, numbers as digits, anything else as no text. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

/** Text that says something. */
export function textOrNull(value: unknown): string | null {
  const text = asText(value)
  return text.trim() === '' ? null : text
}

/** A number, also where it came as text. */
export function numberOrNull(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() === '') return null
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN
  // JSON knows a negative zero, and nobody wants one.
  return Number.isFinite(number) ? number + 0 : null
}

/** A count or a size: whole and above zero. */
export function countOrNull(value: unknown): number | null {
  const number = numberOrNull(value)
  return number !== null && number > 0 ? Math.round(number) : null
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

/** A moment as epoch ms, where it came as seconds or milliseconds, in a number or as text, or as a date. 0 is "never". */
export function momentOrNull(value: unknown): number | null {
  const number = numberOrNull(value)
  if (number !== null)
    return number > 0 && number < latestMs
      ? Math.round(number < latestSeconds ? number * 1000 : number)
      : null
  const parsed = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isFinite(parsed) && parsed > 0 ? parsed : null
}

/** Above this a number can only be milliseconds. */
const latestSeconds = 100_000_000_000
const latestMs = 8_640_000_000_000_000

/** A web address, made absolute; null for every other scheme and for what is none. */
export function webUrlOrNull(value: unknown, baseUrl: string): string | null {
  const text = textOrNull(value)
  if (text === null || !URL.canParse(text, baseUrl)) return null
  const url = new URL(text, baseUrl)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

/** The same short key for the same JSON, for what came without an id. */
export function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5
  for (const unit of JSON.stringify(value) ?? '')
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0
  return hash.toString(36)
}

/** JSON of these bytes; null where they are none (an answer's literal `null` is told apart by `value`). */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) }
  } catch {
    return null
  }
}
