import { findRoute, type SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, refusals } from './answers.ts'
import { openFile } from './files.ts'
import { contactRoutes } from './routes-contacts.ts'
import { conversationRoutes } from './routes-conversation.ts'
import { messageRoutes } from './routes-messages.ts'
import { spaceRoutes } from './routes-space.ts'
import { limited } from './rate-limits.ts'
import type { World } from './world.ts'

/** What the simulated workspace answers to one request: where, who, how often, and only then what. */
export function answerRequest(world: World, request: SimulatorRequest): SimulatorAnswer {
  const file = request.path.startsWith('/files/') ? openFile(request.path.slice('/files/'.length)) : null
  if (file !== null) return file
  if (!request.path.startsWith(`${world.base}/`)) return refusals.noRoute(request.method, request.path)
  if (request.headers['authorization'] !== `Bearer ${world.token}`) return refusals.unauthorized()
  return limited(world, request, () => answerRoute(world, request))
}

const routes = [...contactRoutes, ...messageRoutes, ...conversationRoutes, ...spaceRoutes]

function answerRoute(world: World, request: SimulatorRequest): SimulatorAnswer {
  const path = request.path.slice(world.base.length)
  const found = findRoute(routes, request.method, path)
  if (found === null) return refusals.noRoute(request.method, request.path)
  try {
    return found.route.handle({ world, request, path }, found.params)
  } catch (refused) {
    if (refused instanceof TurnedDown) return refused.answer
    throw refused
  }
}
