import { asList, asObject, asText, isObject, parseJson } from '../../foreign/read.ts'

/**
 * What the last pull was told: of each contact, by the server's number for them, the digest of the answer and the tickets
 * in it. An answer with the same digest is not read again, and a ticket that was here and is not told is looked for.
 */
export type Cursor = ReadonlyMap<string, Heard>

export interface Heard {
  readonly digest: string
  readonly keys: readonly string[]
}

const version = 1

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify({ version, contacts: Object.fromEntries(cursor) })
}

/** Nothing heard yet, where it is none of ours or of another version. */
export function readCursor(text: string | null): Cursor {
  const raw = asObject(parseJson(new TextEncoder().encode(text ?? ''))?.value)
  if (raw['version'] !== version) return new Map()
  const contacts = Object.entries(asObject(raw['contacts']))
  return new Map(
    contacts.flatMap(([key, heard]) =>
      isObject(heard)
        ? [[key, { digest: asText(heard['digest']), keys: asList(heard['keys']).map(asText) }]]
        : [],
    ),
  )
}
