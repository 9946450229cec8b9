import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import type { Body, Exchange } from './exchange.ts'
import { asList, asObject, asText, isObject, pointerOf, type Json, type JsonObject } from './json.ts'
import { definitionsOf, toSchema } from './to-schema.ts'

/** Holds exchanges against one description: what was sent against its requests, what was answered against its responses. */
export function createChecker(document: JsonObject): Checker {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false })
  addFormats(ajv)
  const $defs = definitionsOf(document)
  const operations = operationsOf(document)
  const compiled = new Map<string, ValidateFunction>()

  /** Every use of a schema is compiled once, whatever asks for it. */
  function validatorOf(schema: JsonObject): ValidateFunction {
    const key = JSON.stringify(schema)
    const known = compiled.get(key) ?? ajv.compile({ $defs: neededBy(schema, $defs), ...schema })
    compiled.set(key, known)
    return known
  }

  function faultsOf(value: Json, schema: JsonObject, where: Where): Fault[] {
    const validate = validatorOf(schema)
    if (validate(value) === true) return []
    const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if')
    return errors.map((error) => faultOf(error, where))
  }

  return {
    check(exchange) {
      const found = operationFor(operations, exchange)
      if (found === null) return null
      const { operation, given } = found
      const faults = [
        ...tokenFaults(operation, exchange),
        ...parameterFaults({ operation, given, exchange, faultsOf }),
        ...requestBodyFaults(operation, exchange.sent, faultsOf),
        ...answerFaults(operation, exchange, faultsOf),
      ]
      return { operation: operation.name, faults }
    },
  }
}

export interface Checker {
  /** null where the description does not know such a call. */
  check(exchange: Exchange): { readonly operation: string; readonly faults: readonly Fault[] } | null
}

export interface Fault extends Where {
  /** Into the body; the name of a parameter; empty for the whole. */
  readonly pointer: string
  readonly says: string
}

interface Where {
  readonly part: 'token' | 'path' | 'query' | 'sent' | 'sentType' | 'status' | 'answered' | 'answeredType'
}

interface Operation {
  /** `GET /a/{b}`. */
  readonly name: string
  readonly method: string
  readonly segments: readonly string[]
  readonly parameters: readonly JsonObject[]
  readonly described: JsonObject
  readonly securitySchemes: JsonObject
}

type FaultsOf = (value: Json, schema: JsonObject, where: Where) => Fault[]

function operationsOf(document: JsonObject): Operation[] {
  const components = asObject(document['components'])
  const shared = asObject(components['parameters'])
  const parametersIn = (holder: JsonObject): JsonObject[] =>
    asList(holder['parameters']).map((each) => {
      const reference = asText(asObject(each)['$ref'])
      return asObject(reference === null ? each : shared[reference.split('/').at(-1) ?? ''])
    })
  return Object.entries(asObject(document['paths'])).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'patch', 'delete'].flatMap((method) => {
      const described = asObject(item)[method]
      if (!isObject(described)) return []
      const parameters = [...parametersIn(asObject(item)), ...parametersIn(described)]
      const segments = segmentsOf(path)
      const name = `${method.toUpperCase()} /${segments.join('/')}`
      const securitySchemes = asObject(components['securitySchemes'])
      return [{ name, method: method.toUpperCase(), segments, parameters, described, securitySchemes }]
    }),
  )
}

/** The most literal template that fits: `conversations/meta` is no conversation called "meta". */
function operationFor(
  operations: readonly Operation[],
  exchange: Exchange,
): { operation: Operation; given: Map<string, string> } | null {
  const path = segmentsOf(exchange.path)
  const fitting = operations.flatMap((operation) => {
    const given = fit(operation.segments, path)
    return operation.method === exchange.method && given !== null ? [{ operation, given }] : []
  })
  return fitting.toSorted((a, b) => a.given.size - b.given.size)[0] ?? null
}

function fit(template: readonly string[], path: readonly string[]): Map<string, string> | null {
  if (template.length !== path.length) return null
  const given = new Map<string, string>()
  for (const [index, part] of template.entries()) {
    const value = path[index] ?? ''
    const [, name] = /^\{(.+)\}$/.exec(part) ?? []
    if (name !== undefined) given.set(name, decodeURIComponent(value))
    else if (part !== value) return null
  }
  return given
}

/** A header's dashes and underscores are one to the server, and only dashes pass every proxy (§0.2). */
function tokenFaults({ described, securitySchemes }: Operation, exchange: Exchange): Fault[] {
  const wanted = asList(described['security']).flatMap((each) => Object.keys(asObject(each)))
  const names = wanted.flatMap((each) => asText(asObject(securitySchemes[each])['name']) ?? [])
  const isThere = names.some((name) => exchange.headerNames.includes(name.toLowerCase().replaceAll('_', '-')))
  if (names.length === 0 || isThere) return []
  return [{ part: 'token', pointer: '', says: `the header ${names[0] ?? ''} is missing` }]
}

function parameterFaults(parts: {
  operation: Operation
  given: ReadonlyMap<string, string>
  exchange: Exchange
  faultsOf: FaultsOf
}): Fault[] {
  const { operation, given, exchange, faultsOf } = parts
  const known = (place: string): JsonObject[] =>
    operation.parameters.filter((each) => asText(each['in']) === place)
  const inPath = [...given].flatMap(([name, value]) => {
    const schema = asObject(known('path').find((each) => each['name'] === name)?.['schema'])
    const where: Where = { part: 'path' }
    return faultsOf(typed([value], schema), toSchema(schema, true), where).map((each) => named(each, name))
  })
  const sent = Map.groupBy(exchange.query, ([name]) => name)
  const inQuery = [...sent].flatMap(([name, values]) => {
    const where: Where = { part: 'query' }
    const parameter = known('query').find((each) => each['name'] === name)
    if (parameter === undefined) return [{ ...where, pointer: pointerOf([name]), says: 'is not described' }]
    const schema = asObject(parameter['schema'])
    const value = typed(
      values.map(([, each]) => each),
      schema,
    )
    return faultsOf(value, toSchema(schema, true), where).map((each) => named(each, name))
  })
  const missing = known('query').flatMap((each) => {
    const name = asText(each['name']) ?? ''
    if (each['required'] !== true || sent.has(name)) return []
    return [{ part: 'query' as const, pointer: pointerOf([name]), says: 'is required and missing' }]
  })
  return [...inPath, ...inQuery, ...missing]
}

function named(fault: Fault, name: string): Fault {
  return { ...fault, pointer: pointerOf([name]) }
}

/** What stands in an address is text; it is read as what its schema speaks of. */
function typed(values: readonly string[], schema: JsonObject): Json {
  const type = asText(schema['type'])
  if (type === 'array') return values.map((each) => typed([each], asObject(schema['items'])))
  const text = values[0] ?? ''
  if (values.length > 1) return values
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function requestBodyFaults({ described }: Operation, sent: Body, faultsOf: FaultsOf): Fault[] {
  const requestBody = asObject(described['requestBody'])
  const content = asObject(requestBody['content'])
  if (sent.kind === 'none') {
    if (requestBody['required'] !== true) return []
    return [{ part: 'sentType', pointer: '', says: 'a body is required, and none was sent' }]
  }
  const media = content[sent.contentType]
  if (media === undefined)
    return [{ part: 'sentType', pointer: '', says: `a body of ${sent.contentType} is not described` }]
  if (sent.kind === 'other') return [{ part: 'sent', pointer: '', says: `is no proper ${sent.contentType}` }]
  return faultsOf(sent.value, toSchema(asObject(media)['schema'], true), { part: 'sent' })
}

function answerFaults({ described }: Operation, exchange: Exchange, faultsOf: FaultsOf): Fault[] {
  if (isFromBetween(exchange)) return []
  const responses = asObject(described['responses'])
  const response = responses[String(exchange.status)] ?? responses['default']
  if (response === undefined)
    return [{ part: 'status', pointer: '', says: `status ${exchange.status} is not described` }]
  const content = asObject(asObject(response)['content'])
  const { answered } = exchange
  if (Object.keys(content).length === 0) return []
  if (answered.kind === 'none') return [{ part: 'answeredType', pointer: '', says: 'the answer is empty' }]
  const media = content[answered.contentType]
  if (media === undefined)
    return [
      { part: 'answeredType', pointer: '', says: `an answer of ${answered.contentType} is not described` },
    ]
  if (answered.kind === 'other')
    return [{ part: 'answered', pointer: '', says: `is no proper ${answered.contentType}` }]
  return faultsOf(answered.value, toSchema(asObject(media)['schema'], false), { part: 'answered' })
}

/** What stands before a server answers with pages of its own (§4), of which no description speaks. */
function isFromBetween({ status, answered }: Exchange): boolean {
  const isPage = answered.kind === 'other' && answered.contentType === 'text/html'
  return isPage && [413, 502, 503, 504].includes(status)
}

function faultOf(error: ErrorObject, where: Where): Fault {
  const { params, instancePath, message = 'does not fit' } = error
  const extra: unknown = params['unevaluatedProperty'] ?? params['additionalProperty']
  if (typeof extra === 'string')
    return { ...where, pointer: instancePath + pointerOf([extra]), says: 'is not described' }
  const allowed: unknown = params['allowedValues']
  const says = Array.isArray(allowed) ? `must be one of ${allowed.map(String).join(', ')}` : message
  return { ...where, pointer: instancePath, says }
}

/** Only what a schema reaches is compiled with it. */
function neededBy(schema: JsonObject, all: JsonObject): JsonObject {
  const needed = new Map<string, Json>()
  const look = (text: string): void => {
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/\$defs\/(open|strict)\/([^"]+)"/g)) {
      const found = asObject(all[kind])[name]
      if (found === undefined || needed.has(`${kind}/${name}`)) continue
      needed.set(`${kind}/${name}`, found)
      look(JSON.stringify(found))
    }
  }
  look(JSON.stringify(schema))
  const of = (kind: string): JsonObject =>
    Object.fromEntries(
      [...needed].flatMap(([key, each]) =>
        key.startsWith(`${kind}/`) ? [[key.slice(kind.length + 1), each]] : [],
      ),
    )
  return { open: of('open'), strict: of('strict') }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}
