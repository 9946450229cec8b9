import { findRoute, paramsOfPath, type SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, frameworkRefusal, html, page, panic, windowPage } from './answers.ts'
import type { WapikitRoute } from './exchange.ts'
import { limited } from './limiter.ts'
import { assigningRoutes } from './routes-assigning.ts'
import { contactRoutes } from './routes-contacts.ts'
import { conversationRoutes } from './routes-conversations.ts'
import { peopleRoutes } from './routes-people.ts'
import { sendingRoutes } from './routes-sending.ts'
import { signInRoutes } from './routes-sign-in.ts'
import type { World } from './world.ts'

/** What the simulated server answers to one request, whatever currently answers at its address. */
export function answerRequest(world: World, request: SimulatorRequest): SimulatorAnswer {
  switch (world.manners.mode) {
    case 'wapikit':
      return answerAsWapikit(world, request)
    case 'otherSite':
      return html(page('Bluebell Bakery', 'Fresh bread, every morning.'), request.path === '/' ? 200 : 404)
    case 'proxyPage':
      return html(page('Sign in to continue', 'Your network asks you to accept its terms first.'))
  }
}

/** Meant to say how the server is; both take a session for granted that nobody has here. */
const brokenRoutes: readonly WapikitRoute[] = ['/api/health', '/api/metadata'].map((pattern) => ({
  method: 'GET',
  pattern,
  limit: null,
  handle: panic,
}))

const routes: readonly WapikitRoute[] = [
  ...brokenRoutes,
  ...conversationRoutes,
  ...sendingRoutes,
  ...assigningRoutes,
  ...peopleRoutes,
  ...contactRoutes,
  ...signInRoutes,
]

function answerAsWapikit(world: World, request: SimulatorRequest): SimulatorAnswer {
  const known = routes.filter(({ isThere }) => isThere === undefined || isThere(world))
  const found = findRoute(known, request.method, request.path)
  if (found === null) return unrouted(world, request, known)
  const route = known.find((each) => each === found.route)
  try {
    const tooMuch = limited(world, request, { pattern: found.route.pattern, limit: route?.limit ?? null })
    return tooMuch ?? found.route.handle({ world, request }, found.params)
  } catch (refused) {
    if (refused instanceof TurnedDown) return refused.answer
    throw refused
  }
}

/** The bundled window takes every path for one of its own (docs/providers/wapikit.md §3). */
function unrouted(
  { manners }: World,
  { method, path }: SimulatorRequest,
  known: readonly WapikitRoute[],
): SimulatorAnswer {
  if (manners.hasWindow && method === 'GET') return windowPage()
  const isKnown = known.some(({ pattern }) => paramsOfPath(pattern, path) !== null)
  return isKnown || manners.hasWindow
    ? frameworkRefusal(405, 'Method Not Allowed')
    : frameworkRefusal(404, 'Not Found')
}
