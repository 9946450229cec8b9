import { replaces } from '../../shared/domain/action.ts'
import { messageId, type ConversationId } from '../../shared/domain/ids.ts'
import { emptyDraft, type Draft, type DraftKind, type Reply } from '../../shared/domain/reply.ts'
import {
  isWaitOver,
  longestHoldMs,
  type OutboxOrder,
  type OutboxRow,
  type OutboxState,
} from '../../shared/domain/outbox.ts'
import type { KeptDraft } from './store.ts'

/**
 * The queued head of each conversation's queue, in the order given (oldest first); due or not.
 * Only one order of a conversation is ever under way. A reply (or a note) that failed or whose fate is unknown holds back all that
 * the agent ordered after it; an action in that state holds back nothing: orders after it do not build on it.
 */
export function heads(open: readonly OutboxRow[]): OutboxRow[] {
  const passed = new Set<string>()
  const found: OutboxRow[] = []
  for (const row of open) {
    if (passed.has(row.conversationId)) continue
    switch (row.state.kind) {
      case 'held':
      case 'queued':
        found.push(row)
        passed.add(row.conversationId)
        break
      case 'sending':
        passed.add(row.conversationId)
        break
      case 'failed':
      case 'unsure':
        if (row.order.kind === 'reply') passed.add(row.conversationId)
        break
      case 'sent':
        break
    }
  }
  return found
}

/** Whether a head may leave. */
export function isDue({ state }: OutboxRow, now: number): boolean {
  if (state.kind === 'held') return isWaitOver(state.until, now, longestHoldMs)
  return state.kind === 'queued' && isWaitOver(state.notBefore ?? 0, now)
}

/** Whether it can still be taken back as if it had never been ordered: not a byte of it has left. */
export function canBeTakenBack({ state, attempts }: OutboxRow): boolean {
  return attempts === 0 && (state.kind === 'held' || state.kind === 'queued')
}

/** Whether it stopped, so that the agent may take its words out of the queue. */
export function canBeTakenOut({ state, order }: OutboxRow): boolean {
  return order.kind === 'reply' && (state.kind === 'failed' || state.kind === 'unsure')
}

/** What was written goes back where it was written, before what stands there now. */
export function draftWith(id: ConversationId, reply: Reply, now: Draft): Draft {
  const { text, replyTo, mentions, mail } = reply
  const joined = (taken: readonly string[] | undefined, kept: string): string => {
    const all = (taken ?? []).join(', ')
    return kept === '' || kept === all ? all : [all, kept].filter((each) => each !== '').join(', ')
  }
  return {
    text: [text, now.text].filter((each) => each !== '').join('\n'),
    replyTo: now.replyTo ?? (replyTo === null ? null : messageId(id, replyTo)),
    mentions: bothMentions(mentions, now.mentions),
    ...bothLinks(reply.links, now.links),
    cc: joined(mail?.cc, now.cc),
    bcc: joined(mail?.bcc, now.bcc),
  }
}

/** Two drafts that come together: the words of both, and of the rest what the second has. What the first quotes is not there. */
export function joinedDrafts(first: Draft, second: Draft): Draft {
  const either = (kept: string, other: string): string => (kept === '' ? other : kept)
  return {
    text: [first.text, second.text].filter((each) => each !== '').join('\n'),
    replyTo: second.replyTo,
    mentions: bothMentions(first.mentions, second.mentions),
    ...bothLinks(first.links, second.links),
    cc: either(second.cc, first.cc),
    bcc: either(second.bcc, first.bcc),
  }
}

function bothMentions(first: Draft['mentions'], second: Draft['mentions']): Draft['mentions'] {
  const isNew = ({ key, kind }: Draft['mentions'][number]): boolean =>
    !first.some((each) => each.key === key && each.kind === kind)
  return [...first, ...second.filter(isNew)]
}

/** Nothing at all where neither has any, as in a draft kept before there were any. */
function bothLinks(first: Draft['links'], second: Draft['links']): Pick<Draft, 'links'> {
  const links = [...new Set([...(first ?? []), ...(second ?? [])])]
  return links.length === 0 ? {} : { links }
}

/** The next moment after `now` at which one of the heads may leave. */
export function nextAfter(now: number, found: readonly OutboxRow[]): number | null {
  const ahead = found.filter((head) => !isDue(head, now)).map(dueAt)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/** What a request found under way at start has become: nobody knows whether it arrived, unless not a byte had left. */
export function foundSending({ startedAt, isPreparing }: OutboxState & { kind: 'sending' }): OutboxState {
  if (isPreparing === true) return { kind: 'queued', notBefore: null }
  return { kind: 'unsure', startedAt, asked: false, finding: null }
}

/** How long a sent row still claims its server message, so that no other row takes it for its own. */
export const sentRowsKeptMs = 7 * 24 * 60 * 60 * 1000

/** Whether a kept row of the same conversation has no meaning left once `next` is ordered. */
export function isReplacedBy(kept: OutboxRow, next: OutboxOrder): boolean {
  if (next.kind !== 'action' || kept.order.kind !== 'action') return false
  if (!['held', 'queued', 'failed'].includes(kept.state.kind)) return false
  return replaces(next.action, kept.order.action)
}

/** Which of a conversation's drafts an order was written in; null for one that was not written: an action, a template. */
export function draftKindOf(order: OutboxOrder): DraftKind | null {
  if (order.kind === 'action' || order.template !== null) return null
  return order.isNote ? 'note' : 'reply'
}

/** Drafts of words, then those of files alone. */
export function keptDrafts(written: readonly Written[], attached: readonly Attached[]): KeptDraft[] {
  const isOf = (a: Place, b: Place): boolean => a.conversationId === b.conversationId && a.kind === b.kind
  const bare = attached.filter((files) => !written.some((each) => isOf(each, files)))
  return [
    ...written.map((each) => ({
      ...each,
      fileCount: attached.find((files) => isOf(each, files))?.fileCount ?? 0,
    })),
    ...bare.map((each) => ({ ...each, draft: emptyDraft })),
  ]
}

type Place = Pick<KeptDraft, 'conversationId' | 'kind'>
type Written = Omit<KeptDraft, 'fileCount'>
type Attached = Omit<KeptDraft, 'draft'>

/** Epoch ms, 0 for at once. */
function dueAt({ state }: OutboxRow): number {
  if (state.kind === 'held') return state.until
  return state.kind === 'queued' ? (state.notBefore ?? 0) : Infinity
}
