import { Refusal } from '../../../shared/contract/failure.ts'
import { accountOf, type AccountId } from '../../../shared/domain/ids.ts'
import type { AccountRecord } from '../../store/store.ts'
import { keychainNow } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { rememberAnswers } from '../resolving.ts'

type Names =
  | 'accounts.providers'
  | 'accounts.probe'
  | 'accounts.add'
  | 'accounts.unlock'
  | 'accounts.rename'
  | 'accounts.remove'

export function accountHandlers(core: Core): Pick<Handlers, Names> {
  return {
    'accounts.providers': () => ({
      providers: Object.values(core.parts.providers).map(({ id, label, signIn }) => ({
        id,
        label,
        presets: signIn.presets.map((each) => ({ ...each, fields: { ...each.fields } })),
        methods: signIn.methods.map((each) => ({
          ...each,
          fields: each.fields.map((field) => ({ ...field })),
        })),
      })),
    }),
    async 'accounts.probe'(input) {
      const found = await core.signIn.probe(input)
      await lookAgain(core)
      return found
    },
    async 'accounts.add'(input) {
      const records = await core.signIn.add(input)
      for (const each of records) await core.desk.start(each)
      return { accountIds: records.map((each) => each.id) }
    },
    async 'accounts.unlock'(input) {
      const records = await core.signIn.unlock(known(core, input.accountId), input)
      for (const each of records) await core.desk.start(each)
      return {}
    },
    'accounts.rename'({ accountId, name }) {
      core.desk.rename(known(core, accountId).id, name)
      return {}
    },
    async 'accounts.remove'({ accountId, unsent, drafts }) {
      const record = known(core, accountId)
      const lost = { unsent: core.parts.store.unsentCount(record.id), drafts: draftCount(core, record.id) }
      if (lost.unsent !== unsent || lost.drafts !== drafts)
        throw new Refusal('unsentRows', { unsent: String(lost.unsent), drafts: String(lost.drafts) })
      await core.desk.drop(record)
      rememberAnswers(core, record.id, null)
      return {}
    },
  }
}

/** Files without words count as well: they were picked, and may be nowhere else any more. */
function draftCount(core: Core, id: AccountId): number {
  return core.parts.store.drafts().filter((each) => accountOf(each.conversationId) === id).length
}

/** A keychain that was locked at the start may be open now: the window then offers it again. */
async function lookAgain(core: Core): Promise<void> {
  if (core.host.keychain.kind === 'ready') return
  const keychain = await keychainNow(core.parts)
  core.host = { ...core.host, keychain }
  core.settingsChanged()
}

function known(core: Core, id: string): AccountRecord {
  const open = core.desk.accounts.get(id as AccountId)
  if (open === undefined) throw new Refusal('notFound')
  return open.record
}
