import { Refusal } from '../../shared/contract/failure.ts'
import type { Action } from '../../shared/domain/action.ts'
import type { Answers } from '../../shared/domain/attributes.ts'
import { emptyDirectory, type AskedField } from '../../shared/domain/directory.ts'
import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { Core } from './core.ts'

/**
 * The order with everything its server wants to know before a conversation may be resolved: what came along, and the
 * account's own default answers. Refused with `needsAnswers` where something is still open, so that whoever ordered it,
 * from a key or the tray, can ask.
 */
export function answered(core: Core, id: ConversationId, action: Action): Action {
  if (action.kind !== 'resolve') return action
  const asked = askedFields(core, id)
  if (asked.length === 0) return action
  const defaults = defaultAnswers(core, accountOf(id))
  const answers: Record<string, Answers[string]> = { ...action.answers }
  for (const { key } of asked) {
    const known = answers[key] ?? defaults[key] ?? null
    if (known !== null && known !== '') answers[key] = known
  }
  const open = asked.filter(({ key }) => (answers[key] ?? null) === null || answers[key] === '')
  if (open.length > 0)
    throw new Refusal('needsAnswers', { fields: open.map((each) => each.label).join(', ') })
  return { ...action, answers }
}

/** What still has to be filled in, each with the account's default answer where there is one. */
export function askedFields(core: Core, id: ConversationId): AskedField[] {
  const { store } = core.parts
  const conversation = store.conversation(id)
  if (conversation === null) throw new Refusal('notFound')
  const accountId = accountOf(id)
  const asks = core.desk.accounts.get(accountId)?.asks ?? null
  const directory = store.directory(accountId) ?? emptyDirectory
  const defaults = defaultAnswers(core, accountId)
  return (asks?.(conversation, directory) ?? []).map((each) => ({
    ...each,
    value: each.value ?? defaults[each.key] ?? null,
  }))
}

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
