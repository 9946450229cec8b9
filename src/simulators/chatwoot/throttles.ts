import { paramsOfPath, type SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, rateLimited } from './answers.ts'
import { paramsOf, presentText } from './request-body.ts'
import type { World } from './world.ts'

/**
 * The throttles an installation comes with (docs/providers/chatwoot.md §4), counted per fixed period before anybody
 * asks who is calling. Only where the installation is told to; the answer never says when to come back.
 */
export function throttled(world: World, request: SimulatorRequest): SimulatorAnswer | null {
  if (!world.installation.isThrottling) return null
  const limits = throttles.flatMap(({ method, pattern, limitsFor }) => {
    const params = request.method === method ? paramsOfPath(pattern, request.path) : null
    return params === null ? [] : limitsFor(request, params)
  })
  const exceeded = [...limits, everything].map((limit) => isExceeded(world, limit))
  return exceeded.includes(true) ? rateLimited(null) : null
}

interface Limit {
  readonly key: string
  readonly count: number
  readonly periodMs: number
}

interface Throttle {
  readonly method: string
  readonly pattern: string
  readonly limitsFor: (request: SimulatorRequest, params: Readonly<Record<string, string>>) => Limit[]
}

const minuteMs = 60_000
const hourMs = 3_600_000
/** Everybody here calls from one address. */
const everything: Limit = { key: 'requests', count: 3000, periodMs: minuteMs }
const inAccount = '/api/v1/accounts/:account'

const throttles: readonly Throttle[] = [
  {
    method: 'POST',
    pattern: '/auth/sign_in',
    limitsFor: (request) => [{ key: 'sign-in', count: 5, periodMs: 5 * minuteMs }, ...emailLimit(request)],
  },
  {
    method: 'GET',
    pattern: `${inAccount}/contacts/search`,
    limitsFor: (_request, params) => [
      { key: `contacts-search ${params['account'] ?? ''}`, count: 100, periodMs: minuteMs },
    ],
  },
  {
    method: 'POST',
    pattern: `${inAccount}/conversations/:conversation/transcript`,
    limitsFor: (_request, params) => [
      { key: `transcript ${params['account'] ?? ''}`, count: 30, periodMs: hourMs },
    ],
  },
  {
    method: 'POST',
    pattern: `${inAccount}/upload`,
    limitsFor: (_request, params) => [
      { key: `upload ${params['account'] ?? ''}`, count: 60, periodMs: hourMs },
    ],
  },
]

function emailLimit(request: SimulatorRequest): Limit[] {
  const email = emailGiven(request)
  if (email === null) return []
  return [{ key: `sign-in ${email.trim().toLowerCase()}`, count: 10, periodMs: 15 * minuteMs }]
}

/** A body that cannot be read is refused later, by the route. */
function emailGiven(request: SimulatorRequest): string | null {
  try {
    return presentText(paramsOf(request)['email'])
  } catch (refused) {
    if (refused instanceof TurnedDown) return null
    throw refused
  }
}

function isExceeded(world: World, { key, count, periodMs }: Limit): boolean {
  const period = Math.floor(world.clock.now() / periodMs)
  const counted = world.office.throttled.get(key)
  const now = counted?.period === period ? counted.count + 1 : 1
  world.office.throttled.set(key, { period, count: now })
  return now > count
}
