import { secret } from './fake-provider.ts'

/** What a bomb says: words of a customer and a secret, none of which may be found in a log. */
export const canary = `Ines asked for her refund again, with ${secret}\n    at her desk (refund-of-ines.ts:1:1)`

/** Every way in which what is called can break its promise. */
export const bombKinds = [
  'rejects with an error of ours',
  'rejects with words',
  'rejects with nothing',
  'throws at once',
  'does it, then rejects',
  'never settles',
  'answers with nothing',
  'answers with a number',
  'answers with an empty thing',
] as const
export type BombKind = (typeof bombKinds)[number]

/** Which call blows up, and how; null for none. Paths as `done.resolve`. */
export interface Fuse {
  call: string | null
  kind: BombKind
  /** How often it has blown up. */
  blown: number
}

/** The same thing, with the one call that the fuse names blowing up, however deep it is. */
export function bombed<T extends object>(thing: T, fuse: Fuse, path = ''): T {
  return new Proxy(thing, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      const call = `${path}${String(name)}`
      if (typeof value === 'function')
        return (...given: unknown[]): unknown => {
          const run = (): unknown => Reflect.apply(value, target, given)
          if (fuse.call !== call) return run()
          fuse.blown += 1
          return blow(fuse.kind, run)
        }
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? bombed(value, fuse, `${call}.`)
        : value
    },
  })
}

function blow(kind: BombKind, run: () => unknown): unknown {
  switch (kind) {
    case 'rejects with an error of ours':
      return Promise.reject(new TypeError(canary))
    case 'rejects with words':
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is no error is thrown on purpose
      return Promise.reject(canary)
    case 'rejects with nothing':
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as above
      return Promise.reject(null)
    case 'throws at once':
      throw new RangeError(canary)
    case 'does it, then rejects':
      return Promise.resolve(run()).then(() => Promise.reject(new TypeError(canary)))
    case 'never settles':
      return new Promise(() => {})
    case 'answers with nothing':
      return Promise.resolve(undefined)
    case 'answers with a number':
      return Promise.resolve(7)
    case 'answers with an empty thing':
      return Promise.resolve({})
  }
}
