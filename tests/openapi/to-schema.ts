import { asList, asObject, asText, isList, isObject, type Json, type JsonObject } from './json.ts'

/**
 * Schemas of OpenAPI 3.0 as JSON Schema. A `strict` schema takes no properties but those it names: for what we send, a
 * name nobody described is a mistake; for answers, servers may always tell more.
 */
export function toSchema(described: Json | undefined, isStrict: boolean): JsonObject {
  if (!isObject(described)) return {}
  const reference = asText(described['$ref'])
  const isNullable = described['nullable'] === true
  if (reference !== null) {
    const target = { $ref: `#/$defs/${isStrict ? 'strict' : 'open'}/${lastOf(reference)}` }
    // Said so, a fault inside is told as such, and not as one of two that do not fit.
    return isNullable ? { if: { not: { type: 'null' } }, then: target } : target
  }
  const type = asText(described['type'])
  return {
    ...kept(described),
    ...limits(described),
    ...(type === null ? {} : { type: isNullable ? [type, 'null'] : type }),
    ...(isNullable && isList(described['enum']) ? { enum: [...described['enum'], null] } : {}),
    ...(isObject(described['items']) ? { items: toSchema(described['items'], isStrict) } : {}),
    ...branches(described),
    ...inside(described, isStrict),
  }
}

/** Every schema a document names, both ways, for `$defs`. */
export function definitionsOf(document: JsonObject): JsonObject {
  const schemas = Object.entries(asObject(asObject(document['components'])['schemas']))
  const all = (isStrict: boolean): JsonObject =>
    Object.fromEntries(schemas.map(([name, schema]) => [name, toSchema(schema, isStrict)]))
  return { open: all(false), strict: all(true) }
}

/** Keywords that mean the same in both; what is left out here (examples, discriminators, words) checks nothing. */
const same = [
  'enum',
  'format',
  'multipleOf',
  'maximum',
  'minimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
]

function kept(described: JsonObject): JsonObject {
  const required = described['required']
  return {
    ...Object.fromEntries(same.flatMap((name) => pair(name, described[name]))),
    ...(isList(required) && required.length > 0 ? { required } : {}),
  }
}

/** In 3.0 these two are marks on the bounds. */
function limits(described: JsonObject): JsonObject {
  const low = described['exclusiveMinimum'] === true ? described['minimum'] : undefined
  const high = described['exclusiveMaximum'] === true ? described['maximum'] : undefined
  return Object.fromEntries([...pair('exclusiveMinimum', low), ...pair('exclusiveMaximum', high)])
}

/** Parts of one whole are open, since each names only some of its properties; the whole is closed around them. */
function branches(described: JsonObject): JsonObject {
  const found = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((name) => {
    const all = asList(described[name])
    return all.length === 0 ? [] : [[name, all.map((each) => toSchema(each, false))] as const]
  })
  const not = described['not']
  return { ...Object.fromEntries(found), ...(isObject(not) ? { not: toSchema(not, false) } : {}) }
}

function inside(described: JsonObject, isStrict: boolean): JsonObject {
  const properties = asObject(described['properties'])
  const names = Object.keys(properties)
  const more = described['additionalProperties']
  const isWhole = names.length > 0 || asList(described['allOf']).length > 0
  return {
    ...(names.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, toSchema(each, isStrict)]),
          ),
        }),
    ...(isObject(more) ? { additionalProperties: toSchema(more, isStrict) } : {}),
    ...(more === false ? { additionalProperties: false } : {}),
    ...(isStrict && isWhole && more === undefined ? { unevaluatedProperties: false } : {}),
  }
}

function pair(name: string, value: Json | undefined): [string, Json][] {
  return value === undefined ? [] : [[name, value]]
}

function lastOf(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}
