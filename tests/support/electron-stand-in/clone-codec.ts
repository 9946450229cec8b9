/**
 * Structured clone through a string, for the one hop that carries only strings (page to test). Refuses what
 * structured clone refuses. Self-contained: its source text also runs in the page.
 */
export function cloneCodec(): { encode(value: unknown): string; decode(text: string): unknown } {
  function tag(value: unknown): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', v: String(value) }
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', v: value.toString() }
    if (value instanceof Date) return { $: 'date', v: value.getTime() }
    if (value instanceof Map) return { $: 'map', v: [...value].map(([k, v]) => [tag(k), tag(v)]) }
    if (value instanceof Set) return { $: 'set', v: [...value].map(tag) }
    if (value instanceof Error) return { $: 'error', v: value.message }
    if (value instanceof ArrayBuffer) return { $: 'bytes', v: [...new Uint8Array(value)] }
    if (value instanceof Uint8Array) return { $: 'uint8', v: [...value] }
    if (Array.isArray(value)) return value.map(tag)
    if (typeof value === 'object')
      return { $: 'object', v: Object.entries(value).map(([k, v]) => [k, tag(v)]) }
    throw new Error('An object could not be cloned.')
  }

  function untag(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(untag)
    if (value === null || typeof value !== 'object') return value
    const { $: kind, v } = value as { $: string; v: never }
    switch (kind) {
      case 'number':
        return Number(v)
      case 'bigint':
        return BigInt(v)
      case 'date':
        return new Date(v)
      case 'map':
        return new Map((v as [unknown, unknown][]).map(([k, each]) => [untag(k), untag(each)]))
      case 'set':
        return new Set((v as unknown[]).map(untag))
      case 'error':
        return new Error(v)
      case 'bytes':
        return new Uint8Array(v).buffer
      case 'uint8':
        return new Uint8Array(v)
      case 'object':
        return Object.fromEntries((v as [string, unknown][]).map(([k, each]) => [k, untag(each)]))
      default:
        return undefined
    }
  }

  function copyOf(value: unknown): unknown {
    try {
      return structuredClone(value)
    } catch {
      throw new Error('An object could not be cloned.')
    }
  }

  return {
    encode: (value) => JSON.stringify(tag(copyOf(value))),
    decode: (text) => untag(JSON.parse(text)),
  }
}
