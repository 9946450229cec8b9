import { createChecker, type Checker, type Fault } from './check-exchange.ts'
import type { Body, Exchange } from './exchange.ts'
import { asList, asObject, at, isObject, withAt, type Json, type JsonObject } from './json.ts'

/** What is mended in the official description before anything is held against it. */
export interface Exception {
  readonly name: string
  readonly why: string
  /** Of docs/providers/chatwoot.md. */
  readonly sections: readonly string[]
  readonly places: readonly Place[]
}

export interface Place {
  /** Into the official description. */
  readonly pointer: string
  /** Lays keys over the object there, or puts more into the list there (which may be missing). */
  readonly mend: { readonly set: JsonObject } | { readonly add: readonly Json[] }
  /** Stands where the description was wrong, and must go red even with it mended; a status, a type of body or a value. */
  readonly planted: Json
}

/** At most as many differences as somebody can keep in mind; beyond that the description is not worth checking against. */
export const mostExceptions = 15

/** The description with all its exceptions but one place. */
export function mended(official: JsonObject, exceptions: readonly Exception[], without?: Place): JsonObject {
  const places = exceptions.flatMap((each) => each.places).filter((place) => place !== without)
  return places.reduce((document, place) => asObject(mendOne(document, place)), official)
}

function mendOne(document: JsonObject, { pointer, mend }: Place): Json {
  const there = at(document, pointer)
  if ('add' in mend) return withAt(document, pointer, [...asList(there), ...mend.add])
  return withAt(document, pointer, { ...asObject(there), ...mend.set })
}

/** Why an exception does not stand; nothing where it does. */
export function whatFails(
  official: JsonObject,
  exceptions: readonly Exception[],
  exchanges: readonly Exchange[],
): { exception: Exception; says: string }[] {
  const whole = createChecker(mended(official, exceptions))
  return exceptions.flatMap((exception) =>
    exception.places.flatMap((place) => {
      const says = whyNot(official, exceptions, place, { exchanges, whole })
      return says === null ? [] : [{ exception, says: `${place.pointer} ${says}` }]
    }),
  )
}

function whyNot(
  official: JsonObject,
  exceptions: readonly Exception[],
  place: Place,
  given: { exchanges: readonly Exchange[]; whole: Checker },
): string | null {
  const holder = 'set' in place.mend ? place.pointer : place.pointer.replace(/\/[^/]*$/, '')
  if (!isObject(at(official, holder))) return 'is not in the official description'
  const less = createChecker(mended(official, exceptions, place))
  const needing = given.exchanges.flatMap((exchange) => {
    // What is red either way says nothing of this place.
    const anyway = (given.whole.check(exchange)?.faults ?? []).map(keyOf)
    const faults = less.check(exchange)?.faults ?? []
    return faults.filter((fault) => !anyway.includes(keyOf(fault))).map((fault) => ({ exchange, fault }))
  })
  if (needing.length === 0) return 'is needed by nothing that was said: take it out'
  // One of each kind is enough: a list of conversations has the same place many times.
  const kinds = new Map(needing.map((each) => [kindOf(each.exchange, each.fault), each]))
  for (const { exchange, fault } of kinds.values()) {
    const faults = given.whole.check(plant(exchange, fault, place.planted))?.faults ?? []
    const isRed = faults.some((each) => each.part === fault.part && each.pointer.startsWith(fault.pointer))
    if (!isRed)
      return `stays green with ${JSON.stringify(place.planted)} planted at ${fault.part}${fault.pointer}`
  }
  return null
}

function keyOf({ part, pointer, says }: Fault): string {
  return `${part} ${pointer} ${says}`
}

function kindOf(exchange: Exchange, fault: Fault): string {
  const path = exchange.path.replace(/\d+/g, '*')
  return `${exchange.method} ${path} ${fault.part} ${fault.pointer.replace(/\/\d+/g, '/*')}`
}

/** The same exchange with another value where a fault was found. */
function plant(exchange: Exchange, { part, pointer }: Fault, planted: Json): Exchange {
  const text = typeof planted === 'string' ? planted : JSON.stringify(planted)
  switch (part) {
    case 'query': {
      const name = pointer.slice(1)
      const others = exchange.query.filter(([each]) => each !== name)
      return { ...exchange, query: [...others, [name, text]] }
    }
    case 'sent':
      return { ...exchange, sent: within(exchange.sent, pointer, planted) }
    case 'answered':
      return { ...exchange, answered: within(exchange.answered, pointer, planted) }
    case 'sentType':
      return { ...exchange, sent: { kind: 'other', contentType: text } }
    case 'answeredType':
      return { ...exchange, answered: { kind: 'other', contentType: text } }
    case 'status':
      return { ...exchange, status: Number(text) }
    case 'path':
    case 'token':
      return exchange
  }
}

function within(body: Body, pointer: string, planted: Json): Body {
  return body.kind === 'value' ? { ...body, value: withAt(body.value, pointer, planted) } : body
}
