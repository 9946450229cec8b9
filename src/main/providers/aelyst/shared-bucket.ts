/**
 * Whether all paths of this server have one bucket, from what its answers say is left (docs/providers/aelyst.md §6). Where
 * each path has its own, the first call of a contact's path leaves all but one; where they share one, it leaves less as
 * soon as something else was asked in the same second.
 */
export interface BucketWatch {
  /** True once it is certain. */
  heard(answer: HeardAnswer): boolean
}

export interface HeardAnswer {
  readonly method: string
  readonly path: string
  /** When it was asked, elapsed ms. */
  readonly at: number
  readonly limit: number | null
  readonly remaining: number | null
}

/** The server counts by the second. */
const windowMs = 1_000
/** Only this computer asks for a contact so often; lists are everybody's. */
const ownPath = /^\/contact\/id/
const enough = 3

export function watchBucket(): BucketWatch {
  const asked = new Map<string, { at: number; method: string }>()
  let signs = 0
  return {
    heard({ method, path, at, limit, remaining }) {
      const key = `${method} ${path}`
      const before = asked.get(key)
      const isFirst = before === undefined || at - before.at > 2 * windowMs
      const others = [...asked].some(
        ([other, last]) => other !== key && last.method === method && at - last.at < windowMs,
      )
      asked.set(key, { at, method })
      for (const [other, last] of asked) if (at - last.at > 2 * windowMs) asked.delete(other)
      const isTelling = limit !== null && remaining !== null && isFirst && others && ownPath.test(path)
      if (!isTelling) return false
      signs = remaining < limit - 1 ? signs + 1 : 0
      return signs >= enough
    },
  }
}
