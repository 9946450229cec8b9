import type { SimulatorClock } from '../agenda.ts'
import { createFaultBoard } from '../faults.ts'
import { startSimulatorServer, type LoggedRequest } from '../simulator-server.ts'
import { createCustomers, type LivePace } from './customers.ts'
import { generatedPlan } from './generated-data.ts'
import { startLive } from './live.ts'
import { mannersOf, type Dialect } from './manners.ts'
import { answerRequest } from './routes.ts'
import { answerScenario } from './scenario-routes.ts'
import { createScenario, type Scenario } from './scenario.ts'
import { settle, type ServerPlan } from './settling.ts'
import { smallPlan } from './small-data.ts'
import { keyLivesMs, tokenFor } from './tokens.ts'
import { createWorld, present, type Accepted, type World } from './world.ts'

/**
 * Starts a Wapikit that is nobody's: a real HTTP server on 127.0.0.1 that speaks one of three dialects with the traps
 * and errors of docs/providers/wapikit.md, people in it, and a handle to everything that may happen there.
 */
export async function startWapikitSimulator(
  options: WapikitSimulatorOptions = {},
): Promise<WapikitSimulator> {
  const { seed = 1, data = 'small', dialect = 'main', port = 0, socketPort = 0, livePace = null } = options
  const clock = options.clock ?? { now: () => Date.now() }
  const world = createWorld({ clock, seed, manners: mannersOf(dialect) })
  const faults = createFaultBoard(seed)
  const live = await startLive(world, socketPort)
  const settled = settle(world, await planNamed(data, world))
  const { me, colleagues, foreigner } = settled
  const customers = createCustomers(world, me.organizationId, settled)
  const scenario = createScenario({ world, settled, faults, customers, live })
  const server = await startSimulatorServer({
    port,
    clock,
    agenda: world.agenda,
    faults,
    answer: (request) => {
      if (!request.path.startsWith('/_scenario/'))
        return live.stream(request) ?? answerRequest(world, request)
      return answerScenario({ world, scenario, faults, requests: server.requests }, request)
    },
  })
  if (livePace !== null) customers.start(livePace)
  const ticks = options.ticks ?? (options.clock === undefined ? 'own' : 'byHand')
  const stopTicking = ticks === 'own' ? tickAlone(world) : null
  const plainMember = present(
    colleagues.find(({ accessLevel }) => accessLevel === 'Member'),
    'plain member',
  )
  return {
    origin: server.url,
    url: `${server.url}/api`,
    socketUrl: live.socketUrl,
    key: present(me.apiKey ?? undefined, 'key').key,
    memberKey: tokenFor(world, plainMember, keyLivesMs),
    foreignKey: foreigner?.apiKey?.key ?? null,
    organizationId: me.organizationId,
    secrets: secretsOf(world),
    scenario,
    requests: server.requests,
    accepted: world.accepted,
    close: async () => {
      stopTicking?.()
      world.agenda.clear()
      await live.close()
      await server.close()
    },
  }
}

export interface WapikitSimulatorOptions {
  readonly seed?: number
  readonly dialect?: Dialect
  /** Where one is handed in, the world only moves when `scenario.tick()` is called, unless `ticks` says otherwise. */
  readonly clock?: SimulatorClock
  readonly ticks?: 'own' | 'byHand'
  readonly data?: 'demo' | 'small' | { readonly conversations: number }
  /** Customers who keep writing; null for silence. */
  readonly livePace?: LivePace | null
  /** 0 takes a free one. */
  readonly port?: number
  /** Of the WebSocket's own server; 0 takes a free one. */
  readonly socketPort?: number
}

export interface WapikitSimulator {
  readonly origin: string
  /** The base address of the API: the origin and `/api`. */
  readonly url: string
  /** Where the WebSocket is, on a server of its own. */
  readonly socketUrl: string
  /** Mine; I own the organisation. */
  readonly key: string
  /** A colleague's who may do nothing that asks for a permission. */
  readonly memberKey: string
  /** Of the other organisation's owner. */
  readonly foreignKey: string | null
  readonly organizationId: string
  /** What answers hold and nobody may ever keep, show or log. */
  readonly secrets: readonly string[]
  readonly scenario: Scenario
  /** Every request but those of the scenario, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** What requests truly did. */
  readonly accepted: Accepted
  close(): Promise<void>
}

/** A pace at which a demo feels alive without becoming noisy. */
export const demoPace: LivePace = { everyMs: 55_000, answerAfterMs: 12_000 }

/** The demo's texts are only read where somebody wants them. */
async function planNamed(
  data: NonNullable<WapikitSimulatorOptions['data']>,
  world: World,
): Promise<ServerPlan> {
  if (typeof data === 'object') return generatedPlan(data.conversations, world.random)
  return data === 'small' ? smallPlan : (await import('./demo-data.ts')).demoPlan
}

/** Of all organisations: realtime brings the keys of every one of them. */
function secretsOf(world: World): readonly string[] {
  return [...world.organizations.values()].flatMap(({ whatsApp, smtpPassword }) => [
    whatsApp.accessToken,
    whatsApp.webhookSecret,
    smtpPassword,
  ])
}

function tickAlone(world: World): () => void {
  const timer = setInterval(() => world.agenda.run(), 150)
  timer.unref()
  return () => clearInterval(timer)
}
