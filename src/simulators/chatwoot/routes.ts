import { findRoute, type SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, otherApi, otherSite, proxyPage, redirectTo, unrouted } from './answers.ts'
import { accountRoutes } from './routes-account.ts'
import { bulkRoutes } from './routes-bulk.ts'
import { contactRoutes } from './routes-contacts.ts'
import { conversationRoutes } from './routes-conversations.ts'
import { fileRoutes } from './routes-files.ts'
import { filingRoutes } from './routes-filing.ts'
import { macroRoutes } from './routes-macros.ts'
import { messageRoutes } from './routes-messages.ts'
import { newConversationRoutes } from './routes-new-conversation.ts'
import { notificationRoutes } from './routes-notifications.ts'
import { profileRoutes } from './routes-profile.ts'
import { publicRoutes } from './routes-public.ts'
import { publicMessageRoutes } from './routes-public-messages.ts'
import { searchRoutes } from './routes-search.ts'
import { signInRoutes } from './routes-sign-in.ts'
import { statusRoutes } from './routes-status.ts'
import { toolRoutes } from './routes-tools.ts'
import { transcriptRoutes } from './routes-transcript.ts'
import { uploadRoutes } from './routes-uploads.ts'
import { throttled } from './throttles.ts'
import type { World } from './world.ts'

/** What the simulated installation answers to one request, whatever currently answers at its address. */
export function answerRequest(world: World, request: SimulatorRequest): SimulatorAnswer {
  switch (world.installation.mode) {
    case 'chatwoot':
      return answerAsChatwoot(world, request)
    case 'notOnboarded':
      if (request.path === '/') return redirectTo(`${world.installation.origin}/installation/onboarding`, 302)
      return answerAsChatwoot(world, request)
    case 'otherSite':
      return otherSite(request.path)
    case 'otherApi':
      return otherApi()
    case 'proxyPage':
      return proxyPage()
    case 'toHttps':
      return redirectTo(
        `${world.installation.origin.replace('http:', 'https:')}${request.path}${queryOf(request)}`,
        301,
      )
  }
}

const routes = [
  ...signInRoutes,
  ...profileRoutes,
  ...accountRoutes,
  ...toolRoutes,
  ...macroRoutes,
  ...contactRoutes,
  ...searchRoutes,
  ...notificationRoutes,
  ...conversationRoutes,
  ...newConversationRoutes,
  ...statusRoutes,
  ...filingRoutes,
  ...messageRoutes,
  ...transcriptRoutes,
  ...bulkRoutes,
  ...uploadRoutes,
  ...fileRoutes,
  ...publicRoutes,
  ...publicMessageRoutes,
]

function answerAsChatwoot(world: World, request: SimulatorRequest): SimulatorAnswer {
  const tooMuch = throttled(world, request)
  if (tooMuch !== null) return tooMuch
  const found = findRoute(routes, request.method, request.path)
  if (found === null) return unrouted((request.headers['accept'] ?? '').includes('application/json'))
  try {
    return found.route.handle({ world, request }, found.params)
  } catch (refused) {
    if (refused instanceof TurnedDown) return refused.answer
    throw refused
  }
}

function queryOf({ query }: SimulatorRequest): string {
  return query.size === 0 ? '' : `?${query.toString()}`
}
