import { createEngine } from '../../src/main/engine/create-engine.ts'
import { changeSettings } from '../../src/main/engine/settings.ts'
import type { Attention, Engine } from '../../src/main/engine/engine.ts'
import { HttpFault, type Http } from '../../src/main/ports/http.ts'
import type { Announcement, Notifier } from '../../src/main/ports/notifier.ts'
import type { Signal } from '../../src/main/ports/signals.ts'
import { VaultFault, type Vault } from '../../src/main/ports/vault.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import { memoryStore } from '../../src/main/store/memory-store.ts'
import type { Store } from '../../src/main/store/store.ts'
import type { AnyEvent, CommandName, Input, Output } from '../../src/shared/contract/contract.ts'
import type { Result } from '../../src/shared/contract/failure.ts'
import { fakeProvider, secret, type FakeProvider } from './fake-provider.ts'
import { handClock, settle, type HandClock } from './hand-clock.ts'

/** The one harness for the engine: real engine, real dispatch, JSON both ways on the wire; provider, clock and signals are fakes. */
export interface House {
  readonly engine: Engine
  readonly clock: HandClock
  readonly provider: FakeProvider
  readonly store: Store
  readonly vault: FakeVault
  readonly events: AnyEvent[]
  readonly announced: Announcement[]
  readonly withdrawn: string[]
  readonly logged: string[]
  call<N extends CommandName>(name: N, input: Input<N>): Promise<Result<Output<N>>>
  /** The value of a call that must go well. */
  ask<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N>>
  signal(signal: Signal): void
  attention(): Attention
  /** Who answers there; with the fake's secret, unless another is tried. */
  probe(token?: string): Promise<Extract<Output<'accounts.probe'>, { kind: 'found' }>>
  /** A new secret for a locked account. */
  unlock(accountId: string): Promise<void>
  /** Signs in with the fake's secret and ticks accounts; lets the first load run. */
  signIn(keys?: string[]): Promise<string[]>
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface FakeVault extends Vault {
  readonly kept: Map<string, string>
  break(why: 'missing' | 'locked' | 'refused' | null): void
}

export interface HouseOptions {
  readonly provider?: FakeProvider
  readonly providers?: Readonly<Record<string, Provider>>
  readonly store?: Store
  readonly clock?: HandClock
  readonly vault?: FakeVault | null
  readonly http?: Http
  readonly notifier?: Notifier
  /** For a house that is not the first over its store: what it makes must not be called as what is there. */
  readonly randomId?: () => string
  /** What is ordered leaves at once, unless a test is about taking it back. */
  readonly undoSeconds?: 'usual'
}

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const clock = options.clock ?? handClock()
  const provider = options.provider ?? fakeProvider()
  const store = options.store ?? memoryStore()
  const vault = options.vault ?? fakeVault()
  const listeners = new Set<(signal: Signal) => void>()
  const announced: Announcement[] = []
  const withdrawn: string[] = []
  const logged: string[] = []
  const events: AnyEvent[] = []
  let lastId = 0
  const engine = createEngine({
    store,
    keychain: options.vault === null ? null : vault,
    sessionVault: fakeVault(),
    providers: options.providers ?? { fake: provider },
    http: options.http ?? noHttp,
    clock,
    signals: { listen: (each) => (listeners.add(each), () => listeners.delete(each)) },
    notifier: options.notifier ?? {
      show: (each) => void announced.push(each),
      withdraw: (id) => void withdrawn.push(id),
    },
    log: (event, facts) => void logged.push(`${event} ${JSON.stringify(facts ?? {})}`),
    host: { shell: 'loopback', version: '0.0.0', platform: 'linux', isDemo: false, logFile: null },
    randomId: options.randomId ?? (() => `id${(lastId += 1)}`),
    random: () => 0.5,
  })
  engine.wire.listen(
    (event) => events.push(throughJson(event) as AnyEvent),
    () => {},
  )
  if (options.undoSeconds !== 'usual') changeSettings(store, { undoSeconds: 0 })
  engine.start()
  await settle()

  const call: House['call'] = async (name, input) =>
    throughJson(await engine.wire.call(name, throughJson(input))) as never
  const ask: House['ask'] = async (name, input) => {
    const result = await call(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.failure.code}`)
    return result.value
  }
  const probe: House['probe'] = async (token = secret) => {
    const found = await ask('accounts.probe', withToken(token))
    if (found.kind !== 'found') throw new Error('a second step was asked for')
    return found
  }
  return {
    engine,
    clock,
    provider,
    store,
    vault,
    events,
    announced,
    withdrawn,
    logged,
    call,
    ask,
    signal: (signal) => listeners.forEach((each) => each(signal)),
    attention: () => engine.attention(),
    probe,
    async unlock(accountId) {
      const { probeId } = await probe()
      await ask('accounts.unlock', { accountId, probeId, keepIn: 'keychain' })
    },
    async signIn(keys = ['1']) {
      const { probeId } = await probe()
      const { accountIds } = await ask('accounts.add', {
        probeId,
        keys,
        keepIn: options.vault === null ? 'session' : 'keychain',
      })
      await clock.advance(2_000)
      return accountIds
    },
    settle,
    stop: () => engine.stop(),
  }
}

/** What the window sends to sign in with a token. */
export function withToken(token: string): Input<'accounts.probe'> {
  return { provider: 'fake', method: 'token', fields: { token }, probeId: null }
}

export function fakeVault(): FakeVault {
  const kept = new Map<string, string>()
  let why: 'missing' | 'locked' | 'refused' | null = null
  const check = (): void => {
    if (why !== null) throw new VaultFault(why)
  }
  return {
    kind: 'keychain',
    kept,
    break: (value) => void (why = value),
    async get(key) {
      check()
      return kept.get(key) ?? null
    },
    async put(key, value) {
      check()
      kept.set(key, value)
    },
    async remove(key) {
      check()
      kept.delete(key)
    },
    check: async () => (why === null ? null : new VaultFault(why)),
  }
}

const noHttp: Http = {
  request: (request) => Promise.reject(new HttpFault('offline', false, { host: new URL(request.url).host })),
}

/** What both wires do to a value: nothing survives that is not JSON. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
