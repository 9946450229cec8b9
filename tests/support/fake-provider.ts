import {
  ProviderFailure,
  type OutgoingReply,
  type Page,
  type ProbeAsks,
  type Probed,
  type Provider,
  type Session,
  type ThreadPage,
} from '../../src/main/providers/provider.ts'
import type { SignInField } from '../../src/shared/contract/contract.ts'
import type { Directory } from '../../src/shared/domain/directory.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import { conversationId, messageId, type AccountId } from '../../src/shared/domain/ids.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import { withMessages } from '../../src/shared/domain/merge.ts'
import type { Finding } from '../../src/shared/domain/outbox.ts'
import { aConversation, aDirectory, aMessage } from './builders.ts'
import { fakeBundles } from './fake-bundles.ts'

/** A helpdesk in memory, for tests of the engine. What happens to a request is said beforehand with `next`. */
export interface FakeProvider extends Provider {
  /** What the server took in, in order, with how often. */
  readonly received: { key: string; text: string; reply: Omit<OutgoingReply, 'leaves'> }[]
  readonly acted: string[]
  readonly pulls: (string | null)[]
  /** A customer writes. */
  writes(key: string, text: string, at: number): void
  /** Somebody deletes a conversation at the server; the next pull notices. */
  remove(key: string): void
  /** Somebody changes a conversation at the server. */
  change(key: string, change: Partial<Conversation>): void
  /** What becomes of the next calls of a kind, in order; then they go through again. */
  next(call: FakeCall, ...outcomes: Outcome[]): void
  online(isOnline: boolean): void
  /** Nothing planned happens any more, and the network is there. */
  calm(): void
  /** What its pickers offer from now on. */
  offers(directory: Partial<Directory>): void
  /** The own ids are kept and can be found, or nobody can tell. */
  finds(finding: Finding | 'honest'): void
}

export type FakeCall = 'probe' | 'pull' | 'send' | 'act' | 'find' | 'thread' | 'look' | 'ask'

export type Outcome =
  | 'ok'
  | { readonly fails: ConstructorParameters<typeof ProviderFailure>[0] }
  /** The server does it, and the answer is lost. */
  | 'acceptThenDrop'
  /** Not a byte of it leaves before that. */
  | { readonly preparesFor: Promise<void> }
  /** The answer waits until `release` is called. */
  | { readonly waits: Promise<void> }
  /** The server does it at once, and the answer waits. */
  | { readonly answersAfter: Promise<void> }
  /** The connection breaks, and the server does it once `accept` is called. */
  | { readonly acceptsLate: (accept: () => void) => void }

export const secret = 'canary-secret-9f3a'
const pageSize = 25

export function fakeProvider(
  rows: readonly {
    key: string
    change?: Partial<Conversation>
    messages?: readonly Partial<Message>[]
  }[] = [],
): FakeProvider {
  const planned = new Map<string, Outcome[]>()
  const server = { rows: new Map(rows.map((row) => [row.key, row])), order: rows.map((each) => each.key) }
  const received: FakeProvider['received'] = []
  const acted: string[] = []
  const pulls: (string | null)[] = []
  const gone: string[] = []
  const extra = new Map<string, Message[]>()
  let isOnline = true
  let finding: Finding | 'honest' = 'honest'
  let stamp = 1
  let directory: Directory = aDirectory()

  async function meet(
    call: string,
    accept: () => void,
    signal?: AbortSignal,
    leaves: () => void = () => {},
  ): Promise<void> {
    if (!isOnline) throw new ProviderFailure({ kind: 'offline', code: 'offline', mayHaveLeft: false })
    const outcome = planned.get(call)?.shift() ?? 'ok'
    if (typeof outcome === 'object' && 'preparesFor' in outcome) {
      await untilAborted(outcome.preparesFor, signal)
      leaves()
      return accept()
    }
    if (typeof outcome === 'object' && 'fails' in outcome && isUnreached(outcome.fails))
      throw new ProviderFailure(outcome.fails)
    leaves()
    if (outcome === 'ok') return accept()
    if (outcome === 'acceptThenDrop') {
      accept()
      throw new ProviderFailure({ kind: 'offline', code: 'reset', mayHaveLeft: true })
    }
    if ('acceptsLate' in outcome) {
      outcome.acceptsLate(accept)
      throw new ProviderFailure({ kind: 'offline', code: 'reset', mayHaveLeft: true })
    }
    if ('answersAfter' in outcome) {
      accept()
      return untilAborted(outcome.answersAfter, signal)
    }
    if ('waits' in outcome) {
      await untilAborted(outcome.waits, signal)
      return accept()
    }
    throw new ProviderFailure(outcome.fails)
  }

  function conversationOf(account: AccountId, key: string): Conversation {
    const row = server.rows.get(key)
    const plain = aConversation({ accountId: account, key, lastMessageKey: null, ...row?.change })
    return withMessages(plain, messagesOf(account, key))
  }

  function messagesOf(account: AccountId, key: string): Message[] {
    const id = conversationId(account, key)
    const told = (server.rows.get(key)?.messages ?? []).map((each, index) =>
      aMessage({
        id: messageId(id, each.key ?? `${key}-${index}`),
        conversationId: id,
        key: each.key ?? `${key}-${index}`,
        ...each,
      }),
    )
    return [
      ...told,
      ...(extra.get(key) ?? []).map((each) => ({ ...each, conversationId: id, id: messageId(id, each.key) })),
    ]
  }

  function add(key: string, message: Partial<Message>): Message {
    stamp += 1
    const made = aMessage({ key: `${key}-s${stamp}`, sequence: stamp, ...message })
    extra.set(key, [...(extra.get(key) ?? []), made])
    const row = server.rows.get(key)
    server.rows.set(key, { key, ...row, change: { ...row?.change, updatedAt: stamp } })
    if (!server.order.includes(key)) server.order.push(key)
    return made
  }

  function session(account: AccountId): Session {
    const find = (key: string, ownId: string): Message | undefined =>
      messagesOf(account, key).find((each) => each.ownId === ownId)
    const acting = async (
      what: string,
      key: string,
      change: Partial<Conversation>,
    ): Promise<Conversation> => {
      await meet('act', () => {
        acted.push(`${what} ${key}`)
        provider.change(key, change)
      })
      return conversationOf(account, key)
    }
    return {
      async pull(cursor, signal): Promise<Page> {
        pulls.push(cursor)
        await meet('pull', () => {}, signal)
        const from = cursor?.startsWith('page:') === true ? Number(cursor.slice(5)) : 0
        const isLoading = cursor === null || cursor.startsWith('page:')
        const keys = isLoading ? server.order.slice(from, from + pageSize) : server.order
        const more = isLoading && from + pageSize < server.order.length
        return {
          conversations: keys.map((key) => conversationOf(account, key)),
          messages: keys.flatMap((key) => messagesOf(account, key).slice(-1)),
          cursor: more ? `page:${from + pageSize}` : `steady:${stamp}`,
          more,
          progress: isLoading
            ? { done: Math.min(from + pageSize, server.order.length), total: server.order.length }
            : null,
          gone: gone.splice(0),
          minDelayMs: 1_000,
        }
      },
      async thread(key, before): Promise<ThreadPage> {
        await meet('thread', () => {})
        const all = messagesOf(account, key)
        const end = before === null ? all.length : all.findIndex((each) => each.key === before)
        return { conversation: null, messages: all.slice(Math.max(0, end - 20), end), hasOlder: end > 20 }
      },
      async send({ leaves, ...reply }: OutgoingReply, signal) {
        let made: Message | null = null
        await meet(
          'send',
          () => {
            received.push({ key: reply.conversationKey, text: reply.text, reply })
            const sentAt = (conversationOf(account, reply.conversationKey).lastActivityAt ?? 0) + 1_000
            made = add(reply.conversationKey, {
              side: 'me',
              kind: reply.isNote ? 'note' : 'text',
              text: reply.text,
              replyTo: reply.replyTo,
              ownId: reply.ownId,
              sentAt,
              delivery: { kind: 'sent' },
            })
          },
          signal,
          leaves,
        )
        const message = find(reply.conversationKey, reply.ownId)
        if (made === null || message === undefined) throw new Error('the fake lost a message')
        return { message, keepsOwnId: true }
      },
      async findSent(reply) {
        await meet('find', () => {})
        if (finding !== 'honest') return { finding, message: null }
        const message = find(reply.conversationKey, reply.ownId) ?? null
        return { finding: message === null ? 'absent' : 'found', message }
      },
      done: {
        verb: 'resolve',
        resolve: (key, answers) =>
          acting('resolve', key, {
            status: { kind: 'done' },
            attributes: { ...conversationOf(account, key).attributes, ...answers },
          }),
        asks: (conversation, known) =>
          known.attributes
            .filter((each) => known.requiredToResolve.includes(each.key))
            .filter((each) => (conversation.attributes[each.key] ?? null) === null)
            .map((each) => ({ ...each, value: null, isRequired: true, maxLength: null })),
        pend: (key) => acting('pend', key, { status: { kind: 'pending' } }),
        reopen: async (key) => ({
          conversation: await acting('reopen', key, { status: { kind: 'open' } }),
          restored: true,
        }),
      },
      read: {
        scope: 'everyone',
        markRead: (key) =>
          acting('markRead', key, {
            unread: { kind: 'exact', count: 0 },
            readAt: conversationOf(account, key).lastTheirsAt,
          }),
        markUnread: (key) => acting('markUnread', key, { readAt: 0, unread: { kind: 'exact', count: 1 } }),
      },
      async look(key) {
        await meet('look', () => {})
        return { conversation: conversationOf(account, key), messages: messagesOf(account, key).slice(-1) }
      },
      ...fakeBundles({
        account,
        acting,
        asking: (what) => meet('ask', () => void acted.push(what)),
        conversationOf,
        messagesOf,
        directory: () => directory,
        change: (change) => void (directory = { ...directory, ...change }),
      }),
    }
  }

  const provider: FakeProvider = {
    id: 'fake',
    label: 'Fake Desk',
    signIn: {
      presets: [{ key: 'own', label: 'x', hint: null, fields: {} }],
      methods: [{ key: 'token', label: 'x', hint: null, fields: [tokenField] }],
    },
    received,
    acted,
    pulls,
    async probe({ fields, carried }): Promise<Probed | ProbeAsks> {
      await meet('probe', () => {})
      const baseUrl = 'https://desk.example.com'
      if (fields['token'] === 'two-steps')
        return {
          kind: 'asks',
          baseUrl,
          fields: [{ ...tokenField, name: 'code', kind: 'code' }],
          carry: secret,
        }
      const isSecondStep = carried === secret && fields['code'] === '123456'
      if (fields['token'] !== secret && !isSecondStep)
        throw new ProviderFailure({
          kind: 'auth',
          code: 'badToken',
          facts: { host: 'desk.example.com' },
          mayHaveLeft: true,
        })
      const choices = [
        { key: '1', name: 'Shop', role: 'agent', isSuspended: false },
        { key: '2', name: 'Hotel', role: 'agent', isSuspended: false },
        { key: '3', name: 'Closed', role: 'agent', isSuspended: true },
      ]
      const me = { key: '7', name: 'Rina', email: 'rina@example.com', avatarUrl: null }
      return {
        kind: 'found',
        baseUrl,
        server: 'Fake 1.0',
        me,
        choices,
        secret,
        vaultKey: 'fake|desk.example.com|7',
        settings: {},
      }
    },
    open: (account) => session(account.id),
    writes: (key, text, at) => void add(key, { side: 'them', text, sentAt: at }),
    remove(key) {
      server.rows.delete(key)
      server.order.splice(server.order.indexOf(key), 1)
      gone.push(key)
    },
    change(key, change) {
      stamp += 1
      const row = server.rows.get(key)
      server.rows.set(key, { key, ...row, change: { ...row?.change, ...change, updatedAt: stamp } })
    },
    next: (call, ...outcomes) => void planned.set(call, [...(planned.get(call) ?? []), ...outcomes]),
    offers: (change) => void (directory = { ...directory, ...change }),
    online: (value) => void (isOnline = value),
    calm() {
      planned.clear()
      isOnline = true
    },
    finds: (value) => void (finding = value),
  }
  return provider
}

const tokenField: SignInField = { name: 'token', label: 'x', hint: null, kind: 'secret', placeholder: '' }

/** A real session settles soon after its signal aborts; so does this one. */
async function untilAborted(waits: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () =>
      reject(new ProviderFailure({ kind: 'offline', code: 'reset', mayHaveLeft: true })),
    )
  })
  await Promise.race([waits, aborted])
}

function isUnreached({ kind, mayHaveLeft }: ConstructorParameters<typeof ProviderFailure>[0]): boolean {
  return kind === 'offline' && mayHaveLeft !== true
}
