import type { Input, Output, WrittenPiece } from '../../../shared/contract/contract.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import { accountOf, type ConversationId, type OutboxId } from '../../../shared/domain/ids.ts'
import type { OutboxRow } from '../../../shared/domain/outbox.ts'
import { isEmptyDraft, type Draft, type DraftKind } from '../../../shared/domain/reply.ts'
import { hostOf } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'

type Names = 'draft.get' | 'draft.keep' | 'draft.drop' | 'drafts.list' | 'outbox.edit'

/** What is written and not sent: kept while it is written, found wherever it is, and what stopped goes back into it. */
export function draftHandlers(core: Core): Pick<Handlers, Names> {
  const { store } = core.parts
  return {
    'draft.get'({ conversationId, kind }) {
      const id = conversationId as ConversationId
      const draft = store.draft(id, kind)
      return { draft: row(draft), files: store.draftFiles(id, kind), halfFiles: store.halfFiles(id, kind) }
    },
    'draft.keep': (given) => keep(core, given),
    'draft.drop'({ conversationId, kind }) {
      const id = conversationId as ConversationId
      const files = [...store.draftFiles(id, kind), ...store.halfFiles(id, kind)]
      for (const file of files) store.removeFile(file.id)
      if (core.desk.accounts.has(accountOf(id))) store.putDraft(id, kind, emptied)
      core.publisher.draftMoved(id)
      return {}
    },
    'drafts.list': () => ({
      drafts: [
        ...store.openOrders().flatMap((each) => stopped(core, each)),
        ...store.drafts().map(({ conversationId, kind, draft, fileCount }): WrittenPiece => ({
          ...placeOf(core, conversationId, kind),
          ...{ state: 'draft', outboxId: null, text: excerpt(draft.text) },
          fileCount: fileCount + (draft.links?.length ?? 0),
        })),
      ],
    }),
    'outbox.edit'({ outboxId, mayBeThere }) {
      const found = store.outboxRow(outboxId as OutboxId)
      if (found?.order.kind !== 'reply') throw new Refusal('notFound')
      // Its words come from the template and its blanks: there is nothing to write on.
      if (found.order.template !== null) throw new Refusal('notPossible')
      if (found.state.kind === 'unsure' && !mayBeThere)
        throw new Refusal('mayBeDone', { host: hostOf(recordOf(core, found)) })
      if (core.outbox.takeOut(found.id) === null) throw new Refusal('notFound')
      return { conversationId: found.conversationId, kind: found.order.isNote ? 'note' : 'reply' }
    },
  }
}

/**
 * Two windows may show one draft. What one of them wrote is never lost to what the other believes stands there: it is
 * told instead, and the window puts both together. What is there already is kept once more without a word.
 */
function keep(core: Core, { conversationId, kind, draft, over }: Input<'draft.keep'>): Output<'draft.keep'> {
  const { store } = core.parts
  const id = conversationId as ConversationId
  if (!core.desk.accounts.has(accountOf(id))) throw new Refusal('notFound')
  const standing = store.draft(id, kind)
  const isOurs = isSame(standing, over) || isSame(standing, draft) || isEmptyDraft(standing)
  if (!isOurs) return { standing: row(standing) }
  store.putDraft(id, kind, draft)
  if (isEmptyDraft(standing) !== isEmptyDraft(draft)) core.publisher.draftMoved(id)
  return { standing: null }
}

const emptied: Draft = { text: '', replyTo: null, mentions: [], cc: '', bcc: '' }

function isSame(a: Draft, b: Draft): boolean {
  const said = ({ text, replyTo, mentions, cc, bcc, links = [] }: Draft): string =>
    JSON.stringify([
      ...[text, replyTo, cc, bcc, links],
      mentions.map(({ kind, key, name }) => [kind, key, name]),
    ])
  return said(a) === said(b)
}

function row(draft: Draft): Output<'draft.get'>['draft'] {
  const { links, ...rest } = draft
  const kept = links === undefined || links.length === 0 ? {} : { links: [...links] }
  return { ...rest, mentions: [...draft.mentions], ...kept }
}

/** A reply that waits for the agent's word, as something written that did not arrive. */
function stopped(core: Core, { id, conversationId, order, state }: OutboxRow): WrittenPiece[] {
  if (order.kind !== 'reply') return []
  const isAsked = state.kind === 'unsure' && state.asked
  if (state.kind !== 'failed' && !isAsked) return []
  return [
    {
      ...placeOf(core, conversationId, order.isNote ? 'note' : 'reply'),
      ...{ state: isAsked ? 'asks' : 'failed', outboxId: id },
      ...{ text: excerpt(order.text), fileCount: order.files.length + (order.links?.length ?? 0) },
    },
  ]
}

function placeOf(
  core: Core,
  id: ConversationId,
  kind: DraftKind,
): Pick<WrittenPiece, 'conversationId' | 'accountId' | 'kind' | 'who' | 'isGone'> {
  const said = core.parts.store.said(id)
  return {
    conversationId: id,
    accountId: accountOf(id),
    kind,
    who: said?.customer.name ?? null,
    isGone: said?.status.kind === 'gone',
  }
}

/** Enough to know it by. */
function excerpt(text: string): string {
  return text.length <= 2000 ? text : `${text.slice(0, 2000)}…`
}

function recordOf(core: Core, { accountId }: OutboxRow): { baseUrl: string } {
  return core.desk.accounts.get(accountId)?.record ?? { baseUrl: '' }
}
