import { Refusal } from '../../shared/contract/failure.ts'
import type { Action, ActionKind } from '../../shared/domain/action.ts'
import type { Answers, AttributeValue } from '../../shared/domain/attributes.ts'
import { emptyDirectory, type AskedField } from '../../shared/domain/directory.ts'
import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import { told } from './asking.ts'
import type { Core } from './core.ts'

/**
 * The order with everything its server wants to know before a conversation may be resolved: what came along, what is on
 * its way already, and the account's own default answers. Refused with `needsAnswers` where something is still open, so
 * that whoever ordered it, from a key or the tray, can ask.
 */
export function answered(core: Core, id: ConversationId, action: Action): Action {
  if (action.kind !== 'resolve') return action
  const asked = askedFields(core, id)
  if (asked.length === 0) return action
  const filled = asked.map(({ key, value }) => [key, firstFilled(action.answers[key], value)] as const)
  const open = asked.filter(({ isRequired }, index) => isRequired && filled[index]?.[1] === null)
  if (open.length > 0)
    throw new Refusal('needsAnswers', { fields: open.map((each) => each.label).join(', ') })
  return { ...action, answers: { ...action.answers, ...Object.fromEntries(filled) } }
}

/** What the server still wants filled in, each with the answer that is on its way, or the account's default. */
export function askedFields(core: Core, id: ConversationId): AskedField[] {
  const { store } = core.parts
  const accountId = accountOf(id)
  const said = told(core, id)
  const asks = core.desk.accounts.get(accountId)?.asks ?? null
  const directory = store.directory(accountId) ?? emptyDirectory
  const defaults = defaultAnswers(core, accountId)
  const ordered = store.conversation(id)?.attributes ?? {}
  return (asks?.(said, directory) ?? []).map((each) => ({
    ...each,
    value: firstFilled(each.value, ordered[each.key], defaults[each.key]),
  }))
}

/**
 * Until what these accounts ask for was heard for the first time, or could not be: right after signing in nobody knows
 * yet. Null where it is known, or will never be.
 */
export function learning(core: Core, ids: readonly ConversationId[], kind: ActionKind): Promise<void> | null {
  if (kind !== 'resolve') return null
  const unknown = [...new Set(ids.map(accountOf))].flatMap((id) =>
    core.desk.accounts.get(id)?.can.directory === true ? (core.directories.learn(id) ?? []) : [],
  )
  return unknown.length === 0 ? null : Promise.all(unknown).then(() => {})
}

/** The same for somebody who waits before the window: no longer than they would. */
export function learningSoon(...given: Parameters<typeof learning>): Promise<void> | null {
  const heard = learning(...given)
  if (heard === null) return null
  return new Promise((resolve) => {
    const cancel = given[0].parts.clock.after(longestWaitMs, resolve)
    void heard.then(() => {
      cancel()
      resolve()
    })
  })
}

const longestWaitMs = 3_000

export function rememberAnswers(core: Core, id: AccountId, answers: Answers | null): void {
  core.parts.store.putSetting(settingOf(id), answers === null ? null : JSON.stringify(answers))
}

function defaultAnswers(core: Core, id: AccountId): Answers {
  const kept = core.parts.store.setting(settingOf(id))
  return kept === null ? {} : (JSON.parse(kept) as Answers)
}

function settingOf(id: AccountId): string {
  return `resolve.${id}`
}

function firstFilled(...values: readonly (AttributeValue | undefined)[]): AttributeValue {
  return (
    values.find((each) => (typeof each === 'string' ? each.trim() !== '' : (each ?? null) !== null)) ?? null
  )
}
