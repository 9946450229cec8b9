import fc from 'fast-check'
import type { ChangeSet, Store } from '../../src/main/store/store.ts'
import type { Conversation, Status } from '../../src/shared/domain/conversation.ts'
import { accountId, conversationId } from '../../src/shared/domain/ids.ts'
import type { Action } from '../../src/shared/domain/action.ts'
import type { LocalMark } from '../../src/shared/domain/mark.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import type { OutboxRow, OutboxState } from '../../src/shared/domain/outbox.ts'
import type { DraftKind, FileRef } from '../../src/shared/domain/reply.ts'
import {
  aConversation,
  action,
  aDraft,
  aMessage,
  anAccount,
  anOrder,
  aPerson,
  bare,
  home,
  outboxId,
  reply,
} from './builders.ts'

/** Anything that can happen to a store, in any order: moments, ids and accounts are few, so that things collide. */
export function histories(): fc.Arbitrary<readonly Step[]> {
  return fc.array(anyStep(), { maxLength: 30, size: 'max' })
}

export type Step =
  | {
      readonly kind: 'page'
      readonly conversations: readonly Conversation[]
      readonly messages: readonly Message[]
    }
  | { readonly kind: 'mark'; readonly mark: LocalMark }
  | { readonly kind: 'unmark' | 'fill'; readonly of: Place }
  | { readonly kind: 'order'; readonly row: OutboxRow }
  | { readonly kind: 'move'; readonly id: string; readonly state: OutboxState }
  | { readonly kind: 'discard'; readonly id: string }
  | { readonly kind: 'draft'; readonly of: Place; readonly draftKind: DraftKind; readonly text: string }
  | { readonly kind: 'file'; readonly file: Parameters<Store['putFile']>[0] }
  | { readonly kind: 'piece'; readonly id: string; readonly offset: number; readonly length: number }
  | { readonly kind: 'drop'; readonly id: string }
  | { readonly kind: 'recover' | 'tidy' | 'addOther' | 'removeOther' }

/** Does a step and gives what the store said of it; a refusal is an answer too. */
export function play(store: Store, step: Step): unknown {
  try {
    return done(store, step)
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

interface Place {
  readonly account: ReturnType<typeof accountId>
  readonly key: string
}

const other = accountId('other')

function done(store: Store, step: Step): ChangeSet | OutboxRow | OutboxRow[] | number | void {
  switch (step.kind) {
    case 'page':
      return store.applyPage(home, { ...step, cursor: `${step.messages.length}` })
    case 'mark':
      return store.putMark(step.mark)
    case 'unmark':
      return store.removeMark(conversationId(step.of.account, step.of.key))
    case 'fill':
      return store.putThreadFilled(conversationId(step.of.account, step.of.key), '1')
    case 'order':
      return store.enqueue(step.row)
    case 'move':
      return store.moveOrder(outboxId(step.id), step.state, 1)
    case 'discard':
      return store.removeOrder(outboxId(step.id))
    case 'draft': {
      const id = conversationId(step.of.account, step.of.key)
      return store.putDraft(id, step.draftKind, aDraft({ text: step.text }))
    }
    case 'file':
      return store.putFile(step.file)
    case 'piece':
      return store.appendFile(step.id, step.offset, new Uint8Array(step.length).fill(step.offset + 1))
    case 'drop':
      return store.removeFile(step.id)
    case 'recover':
      return store.recoverSending()
    case 'tidy':
      return store.tidy(0)
    case 'addOther':
      return store.putAccount(anAccount({ id: other }))
    case 'removeOther':
      return store.removeAccount(other)
  }
}

const moment = fc.integer({ min: 1, max: 9 })
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const places = fc.record({
  account: fc.constantFrom(home, home, other),
  key: fc.constantFrom('1', '2', '3', '4', '5'),
})

const statuses = fc.constantFrom<Status>(
  { kind: 'open' },
  { kind: 'open' },
  { kind: 'pending' },
  { kind: 'snoozed', until: null },
  { kind: 'done' },
  { kind: 'gone' },
  { kind: 'unknown', raw: 'parked' },
)

const conversations = fc
  .record({
    place: places,
    status: statuses,
    assignee: fc.constantFrom(null, aPerson(), aPerson({ isMe: true }), aPerson({ kind: 'bot' })),
    subject: perhaps(fc.constantFrom('parcel', 'refund')),
    lastTheirsAt: perhaps(moment),
    lastReplyAt: perhaps(moment),
    readAt: perhaps(moment),
    waitingSince: perhaps(moment),
    updatedAt: perhaps(moment),
    lastActivityAt: moment,
    lastMessageKey: perhaps(fc.constantFrom('1', '2')),
  })
  .map(({ place, ...given }) => aConversation({ accountId: place.account, key: place.key, ...given }))

const messages = fc
  .record({
    place: places,
    key: fc.constantFrom('1', '2', '3'),
    side: fc.constantFrom('me' as const, 'them' as const, 'bot' as const),
    text: fc.constantFrom('a parcel', 'a refund', 'words'),
    isDeleted: fc.boolean(),
    sentAt: moment,
    sequence: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ place, ...given }) =>
    aMessage({ conversationId: conversationId(place.account, place.key), ...given }),
  )

const marks = fc
  .record({
    place: places,
    local: fc.constantFrom(null, { kind: 'done' as const }, { kind: 'snoozed' as const, until: 5 }),
    seenAt: moment,
    unreadByHand: fc.boolean(),
  })
  .map(({ place, ...given }) => ({ conversationId: conversationId(place.account, place.key), ...given }))

/** Ids files of a history have. */
export const fileIds = ['f1', 'f2']

const draftKinds = fc.constantFrom<DraftKind>('reply', 'note')
const someFile = fc.constantFrom(...fileIds)

const files = fc
  .record({ id: someFile, place: fc.constant({ account: home, key: '1' }), kind: draftKinds })
  .map(({ id, place, kind }) => ({
    ...fileRef(id),
    conversationId: conversationId(place.account, place.key),
    kind,
  }))

function fileRef(id: string): FileRef {
  return { id, name: `${id}.txt`, contentType: 'text/plain', sizeBytes: 3 }
}

const actions = fc.constantFrom<Action>(
  ...(['resolve', 'reopen', 'pend', 'mute', 'unmute', 'markRead', 'markUnread'] as const).map(bare),
  { kind: 'snooze', until: 50 },
  { kind: 'assign', to: { key: '1', name: 'Ines Moreau', isMe: true } },
  { kind: 'assign', to: null },
  { kind: 'label', add: ['urgent'], remove: [] },
  { kind: 'label', add: [], remove: ['urgent'] },
  { kind: 'prioritise', priority: 'high' },
)

const orderIds = fc.constantFrom('o1', 'o2', 'o3', 'o4')

const orders = fc
  .record({
    id: orderIds,
    place: places,
    order: fc.oneof(
      fc
        .tuple(perhaps(moment), fc.boolean(), fc.subarray(fileIds, { maxLength: 1 }))
        .map(([seenAt, isNote, named]) => reply('text', seenAt, { isNote, files: named.map(fileRef) })),
      fc.tuple(actions, perhaps(moment)).map((given) => action(...given)),
    ),
  })
  .map(({ id, place, order }) =>
    anOrder({
      id,
      order,
      accountId: place.account,
      conversationId: conversationId(place.account, place.key),
    }),
  )

const states = fc.constantFrom<OutboxState>(
  { kind: 'queued', notBefore: null },
  { kind: 'queued', notBefore: 100 },
  { kind: 'sending', startedAt: 1 },
  { kind: 'sent', at: 1, remoteKey: '1' },
  { kind: 'failed', reason: 'no', code: 'rejected' },
  { kind: 'unsure', startedAt: 1, asked: false, finding: null },
  { kind: 'unsure', startedAt: 1, asked: true, finding: 'absent' },
)

function anyStep(): fc.Arbitrary<Step> {
  const pages = fc.record({
    kind: fc.constant('page' as const),
    conversations: fc.array(conversations, { minLength: 1, maxLength: 6 }),
    messages: fc.array(messages, { maxLength: 4 }),
  })
  return fc.oneof(
    { weight: 5, arbitrary: pages },
    { weight: 2, arbitrary: marks.map((mark) => ({ kind: 'mark' as const, mark })) },
    { weight: 4, arbitrary: orders.map((row) => ({ kind: 'order' as const, row })) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), id: orderIds, state: states }) },
    fc.record({ kind: fc.constant('discard' as const), id: orderIds }),
    fc.record({
      kind: fc.constant('draft' as const),
      of: places,
      draftKind: draftKinds,
      text: fc.constantFrom('', 'half a thought'),
    }),
    files.map((file) => ({ kind: 'file' as const, file })),
    fc.record({
      kind: fc.constant('piece' as const),
      id: someFile,
      offset: fc.integer({ min: 0, max: 3 }),
      length: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ kind: fc.constant('drop' as const), id: someFile }),
    fc.record({ kind: fc.constantFrom('unmark' as const, 'fill' as const), of: places }),
    fc.record({ kind: fc.constantFrom('recover', 'tidy', 'addOther', 'addOther', 'removeOther') }),
  )
}
