import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { commands, events } from '../../src/shared/contract/contract.ts'

const commandSchemas = Object.entries(commands).flatMap(([name, { input, output }]) => [
  [`${name} in`, input] as const,
  [`${name} out`, output] as const,
])
const schemas: readonly (readonly [string, z.ZodType])[] = [...commandSchemas, ...Object.entries(events)]

describe('what travels is JSON and nothing else', () => {
  test.each(schemas)('%s', (_name, schema) => {
    // throws on dates, undefined, maps, bigints and custom checks of instances
    const told = z.toJSONSchema(schema)
    // An answer may be one of several objects, told apart by their `kind`.
    const objects = told.oneOf ?? told.anyOf ?? [told]
    expect(objects.filter((each) => typeof each !== 'object' || each.type !== 'object')).toEqual([])
  })

  test('the walk does throw on what is not JSON', () => {
    for (const schema of [
      z.date(),
      z.undefined(),
      z.map(z.string(), z.string()),
      z.bigint(),
      z.custom<string>(),
    ]) {
      expect(() => z.toJSONSchema(z.strictObject({ deep: z.array(schema) }))).toThrow()
    }
  })
})

describe('an unknown key is refused', () => {
  test.each(schemas)('%s, at every depth', (_name, schema) => {
    expect(loose(z.toJSONSchema(schema, { io: 'input' }), '')).toEqual([])
  })

  test.each(Object.entries(commands))('%s, in an input', (_name, { input }) => {
    const { error } = input.safeParse({ sneaky: 1 })
    expect(
      error?.issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes('sneaky')),
    ).toBe(true)
  })

  test('also one named like a prototype', () => {
    const input: unknown = JSON.parse('{"__proto__":{"x":1},"conversationId":"a:1"}')
    expect(commands['thread.open'].input.safeParse(input).success).toBe(false)
  })
})

describe('names', () => {
  test('commands and events are `topic.verb` and `topic.pastTense`', () => {
    const names = [...Object.keys(commands), ...Object.keys(events)]
    expect(names.filter((name) => !/^[a-z]+\.[a-z]+([A-Z][a-z]+)*$/.test(name))).toEqual([])
    expect(Object.keys(events).filter((name) => !name.endsWith('ed'))).toEqual([])
  })

  test('no answer and no event has a field for a secret', () => {
    const told = schemas.filter(([name]) => !name.endsWith(' in'))
    const secret = /token|secret|password|api_?key|credential/i
    expect(
      told
        .flatMap(([name, schema]) => keysOf(z.toJSONSchema(schema)).map((key) => `${name}: ${key}`))
        .filter((each) => secret.test(each.split(': ')[1] ?? '')),
    ).toEqual([])
  })
})

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Where an object would let an unknown key through; records, whose keys are data, have no `properties`. */
function loose(schema: unknown, path: string): string[] {
  const inside = branches(schema).flatMap(([key, value]) => loose(value, `${path}/${key}`))
  const isObject = isRecord(schema) && 'properties' in schema && schema['type'] === 'object'
  return isObject && schema['additionalProperties'] !== false ? [path, ...inside] : inside
}

function keysOf(schema: unknown): string[] {
  const own = isRecord(schema) && isRecord(schema['properties']) ? Object.keys(schema['properties']) : []
  return [...own, ...branches(schema).flatMap(([, value]) => keysOf(value))]
}

function branches(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function isRecord(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
