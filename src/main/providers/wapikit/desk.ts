import type { Clock } from '../../ports/clock.ts'
import { ProviderFailure, type Learn, type ProviderAccount, type ProviderHost } from '../provider.ts'
import { asObject, asText, isObject } from '../../foreign/read.ts'
import { openClient, type Client } from './client.ts'
import { isHosted } from './dialect.ts'
import { createLearned, type Learned } from './learned.ts'
import { createShelf, type Shelf } from './shelf.ts'
import { conversationFrom, isForeign, type ToldConversation } from './transform.ts'
import type { Frame } from './transform-message.ts'

/** What every call of one session needs at hand. */
export interface Desk {
  readonly client: Client
  readonly frame: Frame
  readonly clock: Clock
  readonly learned: Learned
  /** Whole conversations that just came along, for whoever asks for their messages next. */
  readonly shelf: Shelf
  /** Whether reads tell who has a conversation (docs/providers/wapikit.md §13). */
  tellsAssignee(): boolean
  conversationPath(key: string): string
  /** One conversation by its own route, with all it ever held; throws where there is none of ours. */
  read(key: string, signal: AbortSignal): Promise<ReadConversation>
  /** What a row says; null where nothing says which conversation it is, or where it is none of ours. */
  told(raw: unknown): ToldConversation | null
  /** The server answered with something else than it should have. */
  unexpected(reason: string, mayHaveLeft?: boolean): ProviderFailure
  /** The server took an order and did not carry it out. */
  notDone(reason: string): ProviderFailure
}

export interface ReadConversation extends ToldConversation {
  /** How far the server's clock is ahead of ours, ms; null where it does not say. */
  readonly aheadMs: number | null
}

export function openDesk(account: ProviderAccount, key: string, host: ProviderHost, learn: Learn): Desk {
  const client = openClient({ ...host, baseUrl: account.baseUrl, key })
  const learned = createLearned(account.settings, learn)
  const frame: Frame = {
    accountId: account.id,
    organizationId: account.key,
    memberId: asText(account.settings['memberId']),
    baseUrl: account.baseUrl,
  }
  const fail = (kind: 'protocol' | 'rejected' | 'gone', reason: string, mayHaveLeft: boolean) =>
    new ProviderFailure({ kind, code: kind, facts: { host: client.host, reason }, mayHaveLeft })

  const desk: Desk = {
    client,
    frame,
    clock: host.clock,
    learned,
    shelf: createShelf(host.clock),
    tellsAssignee: () => learned.now.dialect === 'hosted' && learned.now.assignedToVisible,
    conversationPath: (each) => `/conversation/${encodeURIComponent(each)}`,
    async read(each, signal) {
      const answer = await client.call({ path: desk.conversationPath(each) }, signal)
      const raw = asObject(answer.json())['conversation']
      if (!isObject(raw)) throw desk.unexpected('no conversation')
      if (isForeign(raw, frame)) throw fail('gone', 'another organization', false)
      const told = desk.told(raw)
      if (told === null) throw desk.unexpected('no conversation')
      return { ...told, aheadMs: answer.aheadMs }
    },
    told(raw) {
      heed(learned, raw)
      return conversationFrom(raw, frame, {
        isTold: desk.tellsAssignee(),
        known(each) {
          const given = learned.givenTo(each)
          if (given === null) return null
          const { memberKey, name } = given
          return { key: memberKey, name, avatarUrl: null, kind: 'agent', isMe: memberKey === frame.memberId }
        },
      })
    },
    unexpected: (reason, mayHaveLeft = false) => fail('protocol', reason, mayHaveLeft),
    notDone: (reason) => fail('rejected', reason, false),
  }
  return desk
}

/** What a row shows of its server: it may have been brought up to date since the sign-in. */
function heed(learned: Learned, raw: unknown): void {
  const wire = asObject(raw)
  if (learned.now.dialect !== 'hosted' && isHosted(wire)) learned.note({ dialect: 'hosted' })
  // Elsewhere an assignment that is shown may long be over (docs/providers/wapikit.md §6.1).
  const isShown = learned.now.dialect === 'hosted' && isObject(wire['assignedTo'])
  if (isShown) learned.note({ assignedToVisible: true })
}
