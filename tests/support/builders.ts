import type { OutgoingReply } from '../../src/main/providers/provider.ts'
import type { AccountRecord } from '../../src/main/store/store.ts'
import type { Conversation, Customer, Person } from '../../src/shared/domain/conversation.ts'
import { accountId, conversationId, messageId, type OutboxId } from '../../src/shared/domain/ids.ts'
import type { LocalMark } from '../../src/shared/domain/mark.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import type { Action } from '../../src/shared/domain/action.ts'
import { emptyDirectory, type Directory } from '../../src/shared/domain/directory.ts'
import type { OutboxOrder, OutboxRow } from '../../src/shared/domain/outbox.ts'
import { emptyDraft, type Draft, type Reply, type ReplyLimits } from '../../src/shared/domain/reply.ts'
import type { Input } from '../../src/shared/contract/contract.ts'

/** The account everything belongs to unless a test says otherwise. */
export const home = accountId('home')

/** A moment tests count from (2026-01-05 09:00 UTC), epoch ms. */
export const morning = 1_767_603_600_000

/** An account; its key and names follow its id. */
export function anAccount(given: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id: home,
    provider: 'chatwoot',
    key: '1',
    name: 'Harbour Coffee',
    baseUrl: 'https://desk.example.com',
    role: 'agent',
    me: { key: '1', name: 'Ines Moreau', email: 'ines@example.com', avatarUrl: null },
    vaultKey: `vault-${given.id ?? home}`,
    keptIn: 'keychain',
    settings: {},
    addedAt: morning,
    announceAfter: null,
    ...given,
  }
}

/** An open conversation nobody wrote in yet; its id follows its account and key. */
export function aConversation(given: Partial<Omit<Conversation, 'id'>> = {}): Conversation {
  const account = given.accountId ?? home
  const key = given.key ?? '1'
  return {
    id: conversationId(account, key),
    accountId: account,
    key,
    status: { kind: 'open' },
    customer: aCustomer(),
    inbox: { key: '1', name: 'Website', channel: 'web' },
    assignee: null,
    team: null,
    labels: [],
    priority: null,
    subject: null,
    canReply: true,
    replyWindowMs: null,
    limits: someLimits(),
    attributes: {},
    muted: false,
    unread: { kind: 'exact', count: 0 },
    readAt: null,
    readScope: 'everyone',
    lastTheirsAt: null,
    lastReplyAt: null,
    waitingSince: null,
    createdAt: morning,
    lastActivityAt: morning,
    updatedAt: null,
    preview: null,
    lastMessageKey: null,
    ...given,
  }
}

export function aCustomer(given: Partial<Customer> = {}): Customer {
  return {
    key: '1',
    name: 'Tomasz Lindqvist',
    email: 'tomasz@example.com',
    phone: '+12025550143',
    avatarUrl: null,
    blocked: false,
    ...given,
  }
}

/** A colleague, unless told that it is me or a bot. */
export function aPerson(given: Partial<Person> = {}): Person {
  return { key: '2', name: 'Priya Nair', avatarUrl: null, kind: 'agent', isMe: false, ...given }
}

/** A text of the customer in conversation `1` of home; its id follows its conversation and key. */
export function aMessage(given: Partial<Omit<Message, 'id'>> = {}): Message {
  const conversation = given.conversationId ?? conversationId(home, '1')
  const key = given.key ?? '1'
  return {
    id: messageId(conversation, key),
    conversationId: conversation,
    key,
    side: 'them',
    author: { key: '1', name: 'Tomasz Lindqvist', avatarUrl: null },
    kind: 'text',
    text: 'Hello, is anybody there?',
    html: null,
    subject: null,
    sentAt: morning,
    sequence: 0,
    delivery: { kind: 'none' },
    attachments: [],
    replyTo: null,
    isDeleted: false,
    mail: null,
    rating: null,
    ownId: null,
    ...given,
  }
}

/** A queued reply in conversation `1` of home. */
export function anOrder(given: Partial<Omit<OutboxRow, 'id'>> & { id?: string } = {}): OutboxRow {
  const account = given.accountId ?? home
  const { id, ...rest } = given
  return {
    accountId: account,
    conversationId: conversationId(account, '1'),
    order: reply(),
    state: { kind: 'queued', notBefore: null },
    createdAt: morning,
    attempts: 0,
    ...rest,
    id: outboxId(id ?? 'order-1'),
  }
}

/** A plain reply, unless told otherwise. */
export function reply(
  text = 'We are on it.',
  seenAt: number | null = null,
  more: Partial<Reply> = {},
): OutboxOrder & { kind: 'reply' } {
  return {
    kind: 'reply',
    text,
    isNote: false,
    replyTo: null,
    mentions: [],
    files: [],
    mail: null,
    template: null,
    seenAt,
    ...more,
  }
}

/** An order by its kind alone, or one that is told whole. */
export function action(order: BareKind | Action, seenAt: number | null = null): OutboxOrder {
  return { kind: 'action', action: typeof order === 'string' ? bare(order) : order, seenAt }
}

/** The kinds that need nothing more said. */
export type BareKind = Exclude<Action['kind'], 'snooze' | 'assign' | 'assignTeam' | 'label' | 'prioritise'>

export function bare(kind: BareKind): Extract<Action, { kind: BareKind }> {
  return kind === 'resolve' ? { kind, answers: {} } : { kind }
}

/** What the window sends for a plain reply. */
export function written(
  given: Pick<Input<'reply.send'>, 'conversationId' | 'text' | 'clientKey'> & Partial<Input<'reply.send'>>,
): Input<'reply.send'> {
  return { isNote: false, replyTo: null, mentions: [], files: [], cc: [], bcc: [], template: null, ...given }
}

/** What reaches a session of a plain reply. */
export function outgoing(conversationKey: string, text: string, ownId: string): OutgoingReply {
  const plain = { isNote: false, replyTo: null, mentions: [], files: [], mail: null, template: null }
  return { conversationKey, text, ownId, leaves: () => {}, ...plain }
}

export function someLimits(given: Partial<ReplyLimits> = {}): ReplyLimits {
  return { maxLength: 10_000, files: 'many', quotes: true, copies: false, templates: false, ...given }
}

export function aDraft(given: Partial<Draft> = {}): Draft {
  return { ...emptyDraft, ...given }
}

export function aDirectory(given: Partial<Directory> = {}): Directory {
  return { ...emptyDirectory, ...given }
}

export function aMark(given: Partial<LocalMark> = {}): LocalMark {
  return {
    conversationId: conversationId(home, '1'),
    local: { kind: 'done' },
    seenAt: morning,
    unreadByHand: false,
    ...given,
  }
}

export function outboxId(raw: string): OutboxId {
  return raw as OutboxId
}
