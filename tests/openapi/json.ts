/** Foreign JSON, read and changed by pointer (RFC 6901: `/a/0/b~1c`). Nothing here throws on what is missing. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [name: string]: Json
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

export function asText(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** Throws what `JSON.parse` throws. */
export function parsed(text: string): Json {
  const value: Json = JSON.parse(text)
  return value
}

export function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value
  for (const name of namesOf(pointer)) {
    if (isList(found)) found = found[Number(name)]
    else if (isObject(found)) found = Object.hasOwn(found, name) ? found[name] : undefined
    else return undefined
  }
  return found
}

/** A copy in which `value` stands at the pointer; the rest is shared. What is missing on the way comes to be. */
export function withAt(whole: Json | undefined, pointer: string, value: Json): Json {
  const [name, ...rest] = namesOf(pointer)
  if (name === undefined) return value
  const further = pointerOf(rest)
  if (isList(whole))
    return whole.map((each, index) => (index === Number(name) ? withAt(each, further, value) : each))
  const object = asObject(whole)
  return { ...object, [name]: withAt(object[name], further, value) }
}

export function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function namesOf(pointer: string): string[] {
  const names = pointer.split('/').slice(1)
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}
