import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createEngine } from '../../src/main/engine/create-engine.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import { providers } from '../../src/main/providers/registry.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import type { Store } from '../../src/main/store/store.ts'
import { bridgeOver, type Bridge } from '../../src/shared/contract/bridge.ts'
import type { Output } from '../../src/shared/contract/contract.ts'
import type { Result } from '../../src/shared/contract/failure.ts'
import { conversationId, type ConversationId } from '../../src/shared/domain/ids.ts'
import { boundaries } from './boundaries.ts'
import type { ChildBrief, Told } from './child-talk.ts'
import { ask, crashAgent } from './crash-agent.ts'
import { openOrdersOf, underWayIn } from './open-orders.ts'
import { fastClock, fastHttp } from './fast-clock.ts'

/**
 * The process of a crash run that is killed: the real engine on real files against a real socket. It signs in where nobody
 * is, orders what was not acknowledged before, and tells what is open. At the step it is to die at it kills itself.
 */
async function live(brief: ChildBrief): Promise<void> {
  let isArmed = brief.isArmedFromStart
  let left = brief.dieAt?.nth ?? 0
  const {
    store: watched,
    http: heard,
    provider,
  } = boundaries((step) => {
    if (!isArmed || step !== brief.dieAt?.step) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  })
  const store = openSqliteStore(brief.folder)
  tell({ kind: 'found', underWay: underWayIn(store) })
  const http = nodeHttp({ env: {} })
  const engine = createEngine({
    store: watched(store),
    keychain: fileVault(brief.folder),
    sessionVault: fileVault(brief.folder),
    providers: Object.fromEntries(Object.entries(providers).map(([id, each]) => [id, provider(each)])),
    http: heard(fastHttp(http)),
    clock: fastClock(brief.startedAt),
    signals: { listen: () => () => {} },
    notifier: null,
    log: (event, facts) => {
      if (event.endsWith('broke')) tell({ kind: 'broke', what: `${event} ${JSON.stringify(facts ?? {})}` })
    },
    host: { shell: 'loopback', version: '0.0.0', platform: 'linux', isDemo: false, logFile: null },
    randomId: randomUUID,
    random: Math.random,
  })
  engine.start()
  const bridge = bridgeOver(engine.wire)
  process.once('message', () => void engine.stop().then(() => process.exit(0)))
  // A Ctrl-C is meant for the run, which brings this life to its end.
  process.on('SIGINT', () => {})
  // Nobody counts any more: the run itself was ended.
  process.once('disconnect', () => process.exit(1))
  if (store.accounts().length === 0) await signIn(bridge, brief)
  const ids = await conversationsOf(store, brief)
  isArmed = true
  const watching = setInterval(() => tell({ kind: 'open', orders: openOrdersOf(store) }), 15)
  watching.unref()
  const agent = crashAgent(bridge, store, tell)
  for (const given of brief.orders) {
    const { conversation } = given.order
    const id = ids.get(conversation)
    if (id === undefined) throw new Error(`Nothing is known of ${conversation}.`)
    await agent.give(given, id)
    tell({ kind: 'kept', index: given.index })
  }
  for (const { outboxId, say } of brief.decided) await decide(bridge, outboxId, say)
  tell({ kind: 'allKept' })
}

function tell(told: Told): void {
  if (process.connected) process.send?.(told)
}

/** Tried until it works: on a busy computer the time for it runs out, as it runs so fast here. */
async function signIn(bridge: Bridge, brief: ChildBrief): Promise<void> {
  const { provider, method, fields, accountKey } = brief.signIn
  const probed = await bridge.call('accounts.probe', { provider, method, fields, probeId: null })
  if (!probed.ok || probed.value.kind !== 'found') return signIn(bridge, brief)
  const { probeId } = probed.value
  await ask(bridge, 'accounts.add', { probeId, keys: [accountKey], keepIn: 'keychain' })
}

/** The conversations by their server's keys, once they are told of. */
async function conversationsOf(store: Store, brief: ChildBrief): Promise<Map<string, ConversationId>> {
  const keys = [...new Set(brief.orders.map(({ order }) => order.conversation))]
  const [account] = store.accounts()
  if (account === undefined) throw new Error('Nobody is signed in.')
  const ids = new Map(keys.map((key) => [key, conversationId(account.id, key)]))
  while (![...ids.values()].every((id) => store.said(id) !== null)) await delay(5)
  return ids
}

async function decide(bridge: Bridge, outboxId: string, say: 'check' | 'sendAgain'): Promise<void> {
  if (say === 'sendAgain') await ask(bridge, 'outbox.sendAgain', { outboxId })
  // Nothing can be looked for before the account is open; and then a pull may have told of it already.
  else while (!isSettled(await bridge.call('outbox.check', { outboxId }))) await delay(20)
}

function isSettled(checked: Result<Output<'outbox.check'>>): boolean {
  return checked.ok ? checked.value.finding === 'found' : checked.failure.code === 'notFound'
}

/** A keychain outlives its process: here as a file, written at once. */
function fileVault(folder: string): Vault {
  const file = join(folder, 'vault.json')
  const kept = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    } catch {
      return {}
    }
  }
  return {
    kind: 'keychain',
    get: async (key) => kept()[key] ?? null,
    put: async (key, secret) => writeFileSync(file, JSON.stringify({ ...kept(), [key]: secret })),
    remove: async () => {},
    check: async () => null,
  }
}

const given: unknown = JSON.parse(process.argv[2] ?? 'null')
await live(given as ChildBrief)
