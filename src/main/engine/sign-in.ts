import type { Input, Output } from '../../shared/contract/contract.ts'
import { Refusal } from '../../shared/contract/failure.ts'
import { accountId, type AccountId } from '../../shared/domain/ids.ts'
import type { SignInAsk } from '../providers/provider.ts'
import type { Probed, ProbeAsks, ProbedChoice, Provider } from '../providers/provider.ts'
import type { AccountRecord } from '../store/store.ts'
import { hostOf, vaultOf } from './accounts.ts'
import type { EngineParts } from './engine.ts'

/** Signing in, in two steps: look who answers, then keep what the agent ticked. The secret never leaves main. */
export interface SignIn {
  probe(input: Input<'accounts.probe'>): Promise<Output<'accounts.probe'>>
  add(input: Input<'accounts.add'>): Promise<AccountRecord[]>
  /** A new secret for the sign-in of a locked account; every account that shares it is unlocked too. */
  unlock(record: AccountRecord, input: Input<'accounts.unlock'>): Promise<AccountRecord[]>
  stop(): void
}

interface Probe {
  readonly provider: Provider
  readonly found: Probed | ProbeAsks
  readonly expiresAt: number
}

const probeLifeMs = 600_000
const probeDeadlineMs = 30_000

export function createSignIn(parts: EngineParts): SignIn {
  const probes = new Map<string, Probe>()
  const stopping = new AbortController()
  let cancelForgetting = (): void => {}

  function standing(probeId: string): Probe {
    forgetExpired(probes, parts.clock.now())
    const probe = probes.get(probeId)
    if (probe === undefined) throw new Refusal('probeExpired')
    return probe
  }

  /** A probe that came to its end. */
  function complete(probeId: string): { provider: Provider; found: Probed } {
    const { provider, found } = standing(probeId)
    if (found.kind === 'asks') throw new Refusal('probeExpired')
    return { provider, found }
  }

  return {
    async probe({ provider: providerId, method, fields, probeId: earlier }) {
      const provider = parts.providers[providerId]
      if (provider === undefined) throw new Refusal('badInput', { field: 'provider' })
      const before = earlier === null ? null : standing(earlier).found
      const carried = before?.kind === 'asks' ? before.carry : null
      const found = await look(parts, provider, { method, fields, carried }, stopping.signal)
      // A code that was refused may be typed again: the step before stands until the next one is reached.
      if (earlier !== null) probes.delete(earlier)
      const probeId = parts.randomId()
      forgetExpired(probes, parts.clock.now())
      probes.set(probeId, { provider, found, expiresAt: parts.clock.now() + probeLifeMs })
      // A form that was left alone must not keep its secret here, whatever the wall clock says by then.
      cancelForgetting()
      cancelForgetting = parts.clock.after(probeLifeMs, () => probes.clear())
      if (found.kind === 'found') return shown(parts, probeId, providerId, found)
      return { kind: 'asks', probeId, host: hostOf(found), fields: found.fields.map((each) => ({ ...each })) }
    },
    async add({ probeId, keys, keepIn }) {
      const { found, provider } = complete(probeId)
      const chosen = found.choices.filter((each) => keys.includes(each.key) && !each.isSuspended)
      if (chosen.length === 0) throw new Refusal('noAccounts', { host: hostOf(found) })
      await vaultOf(parts, keepIn).put(found.vaultKey, found.secret)
      probes.delete(probeId)
      return chosen.map((choice) => keep(parts, { provider, found, choice, keptIn: keepIn }))
    },
    async unlock(record, { probeId, keepIn }) {
      const { found } = complete(probeId)
      const isSame = found.baseUrl === record.baseUrl && found.me.key === record.me.key
      if (!isSame) throw new Refusal('otherPerson', { host: hostOf(found), name: found.me.name })
      await vaultOf(parts, keepIn).put(record.vaultKey, found.secret)
      probes.delete(probeId)
      const sharing = parts.store.accounts().filter((each) => each.vaultKey === record.vaultKey)
      return sharing.map((each) => put(parts, { ...each, keptIn: keepIn }))
    },
    stop() {
      stopping.abort()
      cancelForgetting()
      probes.clear()
    },
  }
}

async function look(
  parts: EngineParts,
  provider: Provider,
  ask: SignInAsk,
  stopping: AbortSignal,
): Promise<Probed | ProbeAsks> {
  const deadline = new AbortController()
  const cancel = parts.clock.after(probeDeadlineMs, () => deadline.abort())
  try {
    return await provider.probe(ask, parts, AbortSignal.any([deadline.signal, stopping]))
  } finally {
    cancel()
  }
}

function shown(
  parts: EngineParts,
  probeId: string,
  providerId: string,
  found: Probed,
): Output<'accounts.probe'> {
  return {
    kind: 'found',
    probeId,
    host: hostOf(found),
    server: found.server,
    me: { name: found.me.name, email: found.me.email },
    choices: found.choices.map((each) => ({
      ...each,
      isAdded: existing(parts, providerId, found, each) !== undefined,
    })),
  }
}

interface Chosen {
  readonly provider: Provider
  readonly found: Probed
  readonly choice: ProbedChoice
  readonly keptIn: AccountRecord['keptIn']
}

function keep(parts: EngineParts, { provider, found, choice, keptIn }: Chosen): AccountRecord {
  const before = existing(parts, provider.id, found, choice)
  return put(parts, {
    id: before?.id ?? newId(parts),
    provider: provider.id,
    key: choice.key,
    name: choice.name,
    baseUrl: found.baseUrl,
    role: choice.role,
    me: found.me,
    vaultKey: found.vaultKey,
    keptIn,
    settings: { ...found.settings, role: choice.role },
    addedAt: before?.addedAt ?? parts.clock.now(),
    announceAfter: before?.announceAfter ?? null,
  })
}

function existing(
  parts: EngineParts,
  providerId: string,
  found: Probed,
  choice: ProbedChoice,
): AccountRecord | undefined {
  return parts.store
    .accounts()
    .find(
      (each) =>
        each.provider === providerId &&
        each.baseUrl === found.baseUrl &&
        each.me.key === found.me.key &&
        each.key === choice.key,
    )
}

function put(parts: EngineParts, record: AccountRecord): AccountRecord {
  parts.store.putAccount(record)
  return record
}

function newId(parts: EngineParts): AccountId {
  return accountId(parts.randomId())
}

function forgetExpired(probes: Map<string, Probe>, now: number): void {
  for (const [id, probe] of probes) if (probe.expiresAt <= now) probes.delete(id)
}
