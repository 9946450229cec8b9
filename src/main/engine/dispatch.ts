import { commands, type CommandName, type Input, type Output } from '../../shared/contract/contract.ts'
import { Refusal, type Failure, type FailureCode, type Result } from '../../shared/contract/failure.ts'
import type { Log } from '../ports/log.ts'
import { VaultFault } from '../ports/vault.ts'
import { ProviderFailure } from '../providers/provider.ts'
import { StoreFault } from '../store/store.ts'
import { traceOf } from './trace-of.ts'

/** One function per command; a missing or misspelt one does not compile. */
export type Handlers = { [N in CommandName]: (input: Input<N>) => Output<N> | Promise<Output<N>> }
export type Dispatch = (name: string, raw: unknown) => Promise<Result<unknown>>

/** The only place that validates: name, input, handler, output. Never throws; a failure is a value. */
export function createDispatch(handlers: Handlers, log: Log): Dispatch {
  return async (name, raw) => {
    if (!isCommand(name)) return refused({ code: 'unknownCommand', facts: {}, retryAt: null })
    const { input, output } = commands[name]
    const parsed = input.safeParse(raw)
    if (!parsed.success) return refused(misfit('badInput', parsed.error.issues[0]?.path))
    try {
      const handle = handlers[name] as (input: unknown) => unknown
      const answer = output.safeParse(await handle(parsed.data))
      if (answer.success) return { ok: true, value: answer.data }
      log('dispatch.badOutput', { name, path: answer.error.issues[0]?.path.join('.') ?? '' })
      return refused(misfit('badOutput', answer.error.issues[0]?.path))
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'internal') log('dispatch.threw', { name, ...traceOf(error) })
      return refused(failure)
    }
  }
}

/** Expected trouble in the words of the contract; anything else is a bug and says only `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure
  if (error instanceof ProviderFailure)
    return { code: error.code, facts: error.facts, retryAt: error.retryAt }
  if (error instanceof VaultFault) return { code: vaultCodes[error.why], facts: {}, retryAt: null }
  if (error instanceof StoreFault) return { code: storeCodes[error.why], facts: {}, retryAt: null }
  return { code: 'internal', facts: {}, retryAt: null }
}

const vaultCodes = {
  missing: 'keychainMissing',
  locked: 'keychainLocked',
  refused: 'keychainRefused',
} as const

/** Of what can only be met at the start the shell tells. */
const storeCodes = {
  full: 'diskFull',
  failing: 'diskFailing',
  readOnly: 'diskReadOnly',
  locked: 'dataLocked',
  corrupt: 'dataDamaged',
  tooNew: 'internal',
  noSqlite: 'internal',
  noFullText: 'internal',
  other: 'internal',
} as const satisfies Record<StoreFault['why'], FailureCode>

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

function misfit(code: 'badInput' | 'badOutput', path: readonly PropertyKey[] | undefined): Failure {
  return { code, facts: { field: path?.map(String).join('.') ?? '' }, retryAt: null }
}

function refused(failure: Failure): Result<never> {
  return { ok: false, failure }
}
