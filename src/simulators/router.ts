/** One call a simulator answers: `:name` in the pattern stands for one path segment, a last `*` for all the rest. */
export interface Route<Context> {
  readonly method: string
  readonly pattern: string
  readonly handle: (context: Context, params: Readonly<Record<string, string>>) => RouteResult
}

export interface SimulatorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The server fell over on the way: the connection ends and not a byte of this leaves. */
  readonly isDropped?: boolean
  /** More comes after the body, until either side ends it. */
  readonly goOn?: (stream: AnswerStream) => void
}

export interface AnswerStream {
  write(text: string): void
  end(): void
  onClosed(closed: () => void): void
}

type RouteResult = SimulatorAnswer

export function findRoute<Context>(
  routes: readonly Route<Context>[],
  method: string,
  path: string,
): { route: Route<Context>; params: Record<string, string> } | null {
  const wanted = segments(path)
  for (const route of routes) {
    if (route.method !== method) continue
    const params = matchSegments(segments(route.pattern), wanted)
    if (params !== null) return { route, params }
  }
  return null
}

/** What the names in a pattern stand for in this path; null where the path is another. */
export function paramsOfPath(pattern: string, path: string): Record<string, string> | null {
  return matchSegments(segments(pattern), segments(path))
}

function matchSegments(pattern: readonly string[], path: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    if (part === '*') return params
    const given = path[index]
    if (given === undefined) return null
    if (part.startsWith(':')) params[part.slice(1)] = decode(given)
    else if (part !== given) return null
  }
  return pattern.length === path.length ? params : null
}

/** Doubled and trailing slashes do not matter to the routers we stand in for. */
function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
