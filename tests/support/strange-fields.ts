import { asObject, isObject, type Loose } from '../../src/main/foreign/read.ts'

/** Stands for a field that is not there. */
export const missing = Symbol('missing')

/** For tests: what foreign JSON may hold instead of what it should. */
export const strangers: readonly unknown[] = [
  missing,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  'something new',
  '9',
  'https://x.example.com/%E0%A4%A',
  'javascript:alert(1)',
  '2026-13-45T99:00:00Z',
  [],
  [null],
  [[]],
  ['a', 1, {}],
  {},
  { id: null },
  { toString: null, valueOf: 'x', constructor: 1 },
  JSON.parse('{"__proto__":{"id":1},"length":3}'),
]

/** Every field there is, and one more of each object that nobody knows. */
export function pathsOf(value: unknown): string[][] {
  if (Array.isArray(value))
    return value.flatMap((each, index) => [[String(index)], ...under(String(index), each)])
  if (!isObject(value)) return []
  const named = Object.entries(value).flatMap(([name, each]) => [[name], ...under(name, each)])
  return [...named, ['brand_new']]
}

function under(name: string, value: unknown): string[][] {
  return pathsOf(value).map((path) => [name, ...path])
}

/** The same with something else there. */
export function replaced(raw: Loose, path: readonly string[], value: unknown): Loose {
  return asObject(withValue(raw, path, value))
}

function withValue(raw: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(raw)) {
    const each = rest.length === 0 ? value : withValue(raw[Number(name)], rest, value)
    return each === missing ? raw.toSpliced(Number(name), 1) : raw.with(Number(name), each)
  }
  const { [name]: former, ...others } = asObject(raw)
  const each = rest.length === 0 ? value : withValue(former, rest, value)
  return each === missing ? others : { ...others, [name]: each }
}
