/**
 * Reads the JSON of one scenario call field by field. What is missing, of the wrong kind or not known is answered with
 * a sentence that names the field, so that a scenario never quietly does less than it was asked.
 */
export function scenarioInput(json: unknown): ScenarioInput {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ScenarioMistake('Send one JSON object with the fields of this scenario call.')
  }
  const fields = new Map<string, unknown>(Object.entries(json))
  const asked = new Set<string>()

  function field(name: string): unknown {
    asked.add(name)
    return fields.get(name) ?? undefined
  }
  function optional<T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined {
    const value = field(name)
    if (value === undefined || is(value)) return value
    throw new ScenarioMistake(`"${name}" must be ${what}.`)
  }
  function required<T>(name: string, what: string, is: (value: unknown) => value is T): T {
    const value = optional(name, what, is)
    if (value === undefined) throw new ScenarioMistake(`"${name}" is missing: it must be ${what}.`)
    return value
  }
  function oneOf<T extends string>(name: string, names: readonly T[]): T | undefined {
    return optional(name, `one of ${names.join(', ')}`, (value): value is T =>
      names.some((known) => known === value),
    )
  }
  return {
    text: (name) => required(name, 'a text', isText),
    optionalText: (name) => optional(name, 'a text', isText),
    number: (name) => required(name, 'a number', isNumber),
    optionalNumber: (name) => optional(name, 'a number', isNumber),
    yesNo: (name) => required(name, 'true or false', isYesNo),
    optionalYesNo: (name) => optional(name, 'true or false', isYesNo),
    texts: (name) => required(name, 'a list of texts', isTexts),
    oneOf: (name, names) => {
      const value = oneOf(name, names)
      if (value === undefined)
        throw new ScenarioMistake(`"${name}" is missing: it must be one of ${names.join(', ')}.`)
      return value
    },
    optionalOneOf: oneOf,
    isNull: (name) => {
      asked.add(name)
      return fields.get(name) === null
    },
    refuseRest: () => {
      const unknown = [...fields.keys()].filter((name) => !asked.has(name))
      if (unknown.length > 0) throw new ScenarioMistake(`Nobody knows "${unknown.join('", "')}" here.`)
    },
  }
}

export interface ScenarioInput {
  text(name: string): string
  optionalText(name: string): string | undefined
  number(name: string): number
  optionalNumber(name: string): number | undefined
  yesNo(name: string): boolean
  optionalYesNo(name: string): boolean | undefined
  texts(name: string): string[]
  oneOf<T extends string>(name: string, names: readonly T[]): T
  optionalOneOf<T extends string>(name: string, names: readonly T[]): T | undefined
  isNull(name: string): boolean
  refuseRest(): void
}

/** A scenario call that cannot be done; the message is for the person who wrote it. */
export class ScenarioMistake extends Error {}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isYesNo(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}
