import type { SimulatorClock } from '../agenda.ts'
import { createFaultBoard } from '../faults.ts'
import { startSimulatorServer, type LoggedRequest } from '../simulator-server.ts'
import { createCustomers, type LivePace, type Newcomer } from './customers.ts'
import { generate } from './generated-data.ts'
import type { InstallationPlan } from './plan.ts'
import { startNotifying, wakeNotifications } from './notifying.ts'
import { answerRequest } from './routes.ts'
import { wakeSnoozed } from './rules-state.ts'
import { answerScenario } from './scenario-routes.ts'
import { createScenario, type Scenario } from './scenario.ts'
import { settle, type Settled } from './settling.ts'
import { emptyPlan, smallPlan } from './small-data.ts'
import { createWorld, type Accepted, type World } from './world.ts'

/**
 * Starts a Chatwoot that is nobody's: a real HTTP server on 127.0.0.1 with the shapes, rules, traps and errors of
 * docs/providers/chatwoot.md, people in it, and a handle to everything that may happen there.
 */
export async function startChatwootSimulator(
  options: ChatwootSimulatorOptions = {},
): Promise<ChatwootSimulator> {
  const { seed = 1, data = 'small', port = 0, livePace = null } = options
  const clock = options.clock ?? { now: () => Date.now() }
  const world = createWorld({ clock, seed })
  const token = options.token ?? world.random.letters(24)
  const faults = createFaultBoard(seed)
  let scenario: Scenario | null = null
  const server = await startSimulatorServer({
    port,
    clock,
    agenda: world.agenda,
    faults,
    date: () => dateTold(world),
    answer: (request) => {
      if (scenario === null) return { status: 503, headers: {}, body: '' }
      if (!request.path.startsWith('/_scenario/')) return answerRequest(world, request)
      return answerScenario({ world, scenario, faults, requests: server.requests }, request)
    },
  })
  world.installation.origin = server.url
  const notifying = startNotifying(world)
  const { settled, newcomers } = await people(world, data, token)
  notifying.caughtUp()
  const customers = createCustomers(world, settled.lives, newcomers)
  scenario = createScenario({ world, me: settled.me, faults, customers })
  if (livePace !== null) customers.start(livePace)
  repeatWaking(world)
  const stopTicking =
    (options.ticks ?? (options.clock === undefined ? 'own' : 'byHand')) === 'own' ? tickAlone(world) : null
  return {
    url: server.url,
    token,
    botToken: [...world.bots.values()][0]?.token ?? null,
    scenario,
    requests: server.requests,
    accepted: world.accepted,
    close: async () => {
      stopTicking?.()
      world.agenda.clear()
      await server.close()
    },
  }
}

export interface ChatwootSimulatorOptions {
  readonly seed?: number
  /** Where one is handed in, the world only moves when `scenario.tick()` is called, unless `ticks` says otherwise. */
  readonly clock?: SimulatorClock
  readonly ticks?: 'own' | 'byHand'
  readonly data?: 'demo' | 'small' | 'empty' | { readonly conversations: number }
  /** Customers who keep writing; null for silence. */
  readonly livePace?: LivePace | null
  /** 0 takes a free one. */
  readonly port?: number
  /** My access token; made up where absent. */
  readonly token?: string
}

export interface ChatwootSimulator {
  readonly url: string
  /** The one the simulator started with; `scenario.resetToken()` answers a new one. */
  readonly token: string
  readonly botToken: string | null
  readonly scenario: Scenario
  /** Every request but those of the scenario, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** What requests truly did. */
  readonly accepted: Accepted
  close(): Promise<void>
}

/** A pace at which a demo feels alive without becoming noisy. */
export const demoPace: LivePace = { everyMs: 40_000, answerAfterMs: 11_000 }

async function people(
  world: World,
  data: NonNullable<ChatwootSimulatorOptions['data']>,
  token: string,
): Promise<{ settled: Settled; newcomers: Newcomer[] }> {
  if (typeof data === 'object') return { settled: generate(world, data.conversations, token), newcomers: [] }
  const plan = await planNamed(data)
  return { settled: settle(world, plan, token), newcomers: newcomersOf(world, plan) }
}

/** The demo's texts are only read where somebody wants them. */
async function planNamed(data: 'demo' | 'small' | 'empty'): Promise<InstallationPlan> {
  switch (data) {
    case 'demo':
      return (await import('./demo-data.ts')).demoPlan
    case 'small':
      return smallPlan
    case 'empty':
      return emptyPlan
  }
}

function dateTold({ clock, installation }: World): string | null {
  if (installation.date === 'absent') return null
  return installation.date === 'junk' ? 'half past -5' : new Date(clock.now()).toUTCString()
}

function newcomersOf(world: World, plan: InstallationPlan): Newcomer[] {
  const accounts = [...world.accounts.values()]
  return plan.accounts.flatMap((accountPlan, index) => {
    const account = accounts[index]
    return (accountPlan.newcomers ?? []).flatMap((newcomer) => {
      const name = accountPlan.inboxes[newcomer.inbox]?.name
      const inbox = [...(account?.inboxes.values() ?? [])].find((one) => one.name === name)
      return account === undefined || inbox === undefined ? [] : [{ account, inbox, plan: newcomer }]
    })
  })
}

function repeatWaking(world: World): void {
  world.agenda.after(300_000, () => {
    wakeSnoozed(world)
    wakeNotifications(world)
    repeatWaking(world)
  })
}

function tickAlone(world: World): () => void {
  const timer = setInterval(() => world.agenda.run(), 150)
  timer.unref()
  return () => clearInterval(timer)
}
