import {
  ProviderFailure,
  type OutgoingFile,
  type OutgoingReply,
  type Page,
  type ProbeAsks,
  type Probed,
  type Provider,
  type ProviderAccount,
  type ProviderHost,
  type Session,
  type SoughtReply,
  type ThreadPage,
} from '../../src/main/providers/provider.ts'
import type { SignInField } from '../../src/shared/contract/contract.ts'
import type { Directory } from '../../src/shared/domain/directory.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import { accountId, conversationId, messageId, type AccountId } from '../../src/shared/domain/ids.ts'
import type { Attachment, Message } from '../../src/shared/domain/message.ts'
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
  /** Anybody says something there: a colleague, or we from elsewhere. The key of the message. */
  says(key: string, message: Partial<Message>): string
  /** What is there now, whatever anybody was told; null once it was removed. */
  holds(key: string): { readonly conversation: Conversation; readonly messages: readonly Message[] } | null
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
  /** The own ids are kept and can be found, or nobody can tell; `byWords` as a server that keeps none is searched. */
  finds(finding: Finding | 'honest' | 'byWords'): void
}

/** What sets one helpdesk apart from the others. */
export interface FakeTraits {
  readonly id?: string
  /** The server's own clock, epoch ms; without one each message comes a second after the one before. */
  readonly now?: () => number
  /** Whether it tells our own ids along with our messages, as most tests want. */
  readonly keepsOwnIds?: boolean
  /** Whether its rows carry a version. */
  readonly hasVersions?: boolean
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
/** Of somebody else at the same desk. */
export const otherSecret = 'canary-secret-of-another'
const pageSize = 25

export function fakeProvider(
  rows: readonly {
    key: string
    change?: Partial<Conversation>
    messages?: readonly Partial<Message>[]
    /** Which of the server's accounts it belongs to; all of them see it where none is named. */
    account?: string
  }[] = [],
  { id = 'fake', now, keepsOwnIds = true, hasVersions = true }: FakeTraits = {},
): FakeProvider {
  const planned = new Map<string, Outcome[]>()
  const server = { rows: new Map(rows.map((row) => [row.key, row])), order: rows.map((each) => each.key) }
  const received: FakeProvider['received'] = []
  const acted: string[] = []
  const pulls: (string | null)[] = []
  const gone = new Set<string>()
  const extra = new Map<string, Message[]>()
  let isOnline = true
  let finding: Finding | 'honest' | 'byWords' = 'honest'
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
    const told = withMessages(plain, messagesOf(account, key))
    return hasVersions ? told : { ...told, updatedAt: null }
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

  function toldOf(account: AccountId, key: string): Message[] {
    const all = messagesOf(account, key)
    return keepsOwnIds ? all : all.map((each) => ({ ...each, ownId: null }))
  }

  /** When the next message there is said. */
  function nextAt(key: string): number {
    const last = conversationOf(nobody, key).lastActivityAt
    return now === undefined ? last + 1_000 : Math.max(last + 1, now())
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

  function session({ id: account, key: place }: ProviderAccount, host: ProviderHost): Session {
    const find = (key: string, ownId: string): Message | undefined =>
      messagesOf(account, key).find((each) => each.ownId === ownId)
    const isOurs = (key: string): boolean => (server.rows.get(key)?.account ?? place) === place
    const needed = (key: string): void => {
      const facts = { host: 'desk.example.com' }
      if (gone.has(key)) throw new ProviderFailure({ kind: 'gone', code: 'gone', facts, mayHaveLeft: true })
    }
    /** As a server that keeps no ids of ours is searched: its author, words and time, by both clocks. */
    const byWords = (sought: SoughtReply): Message | undefined => {
      const { conversationKey: key, startedAt, claimed } = sought
      const since = startedAt + (now === undefined ? 0 : now() - host.clock.now()) - 30_000
      return messagesOf(account, key).find(
        (each) =>
          each.side === 'me' &&
          each.kind === (sought.isNote ? 'note' : 'text') &&
          each.text === sought.text &&
          each.attachments.length === sought.fileSizes.length &&
          each.sentAt >= since &&
          !claimed.includes(each.key),
      )
    }
    const acting = async (
      what: string,
      key: string,
      change: Partial<Conversation>,
    ): Promise<Conversation> => {
      await meet('act', () => {
        if (gone.has(key)) return
        acted.push(`${what} ${key}`)
        provider.change(key, change)
      })
      needed(key)
      return conversationOf(account, key)
    }
    function pageFrom(cursor: string | null): Page {
      const all = server.order.filter(isOurs)
      const from = cursor?.startsWith('page:') === true ? Number(cursor.slice(5)) : 0
      const isLoading = cursor === null || cursor.startsWith('page:')
      const keys = isLoading ? all.slice(from, from + pageSize) : all
      const more = isLoading && from + pageSize < all.length
      return {
        conversations: keys.map((key) => conversationOf(account, key)),
        messages: keys.flatMap((key) => toldOf(account, key).slice(-1)),
        cursor: more ? `page:${from + pageSize}` : `steady:${stamp}`,
        more,
        progress: isLoading ? { done: Math.min(from + pageSize, all.length), total: all.length } : null,
        gone: [...gone],
        minDelayMs: 1_000,
      }
    }
    return {
      async pull(cursor, signal): Promise<Page> {
        pulls.push(cursor)
        // As it was when it was asked for, however long the answer takes.
        let page: Page | null = null
        await meet('pull', () => void (page = pageFrom(cursor)), signal)
        return page ?? pageFrom(cursor)
      },
      async thread(key, before): Promise<ThreadPage> {
        await meet('thread', () => {})
        needed(key)
        const all = toldOf(account, key)
        const end = before === null ? all.length : all.findIndex((each) => each.key === before)
        return { conversation: null, messages: all.slice(Math.max(0, end - 20), end), hasOlder: end > 20 }
      },
      async send({ leaves, ...reply }: OutgoingReply, signal) {
        let made: Message | null = null
        await meet(
          'send',
          () => {
            if (gone.has(reply.conversationKey)) return
            received.push({ key: reply.conversationKey, text: reply.text, reply })
            const sentAt = nextAt(reply.conversationKey)
            made = add(reply.conversationKey, {
              side: 'me',
              kind: reply.isNote ? 'note' : 'text',
              text: reply.text,
              replyTo: reply.replyTo,
              ownId: reply.ownId,
              sentAt,
              attachments: reply.files.map(anAttachment),
              delivery: { kind: 'sent' },
            })
          },
          signal,
          leaves,
        )
        needed(reply.conversationKey)
        const message = find(reply.conversationKey, reply.ownId)
        if (made === null || message === undefined) throw new Error('the fake lost a message')
        return { message: keepsOwnIds ? message : { ...message, ownId: null }, keepsOwnId: keepsOwnIds }
      },
      async findSent(reply) {
        await meet('find', () => {})
        // Of what is not there any more nobody can say what was.
        if (gone.has(reply.conversationKey)) return { finding: 'unknowable', message: null }
        if (finding !== 'honest' && finding !== 'byWords') return { finding, message: null }
        const message =
          (finding === 'byWords' ? byWords(reply) : find(reply.conversationKey, reply.ownId)) ?? null
        const told = message === null || keepsOwnIds ? message : { ...message, ownId: null }
        return { finding: told === null ? 'absent' : 'found', message: told }
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
        needed(key)
        return { conversation: conversationOf(account, key), messages: toldOf(account, key).slice(-1) }
      },
      ...fakeBundles({
        account,
        acting,
        asking: (what) => meet('ask', () => void acted.push(what)),
        conversationOf,
        messagesOf: toldOf,
        directory: () => directory,
        change: (change) => void (directory = { ...directory, ...change }),
      }),
    }
  }

  const provider: FakeProvider = {
    id,
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
      const isAnother = fields['token'] === otherSecret
      if (fields['token'] !== secret && !isAnother && !isSecondStep)
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
      const rina = { key: '7', name: 'Rina', email: 'rina@example.com', avatarUrl: null }
      const me = isAnother ? { ...rina, key: '8', name: 'Sofia', email: 'sofia@example.com' } : rina
      return {
        kind: 'found',
        baseUrl,
        server: 'Fake 1.0',
        me,
        choices,
        secret: isAnother ? otherSecret : secret,
        vaultKey: `${id}|desk.example.com|${me.key}`,
        settings: {},
      }
    },
    open: (account, _secret, host) => session(account, host),
    writes: (key, text, at) => void add(key, { side: 'them', text, sentAt: at }),
    says: (key, message) => add(key, { sentAt: nextAt(key), ...message }).key,
    holds: (key) =>
      server.rows.has(key)
        ? { conversation: conversationOf(nobody, key), messages: messagesOf(nobody, key) }
        : null,
    remove(key) {
      server.rows.delete(key)
      server.order.splice(server.order.indexOf(key), 1)
      gone.add(key)
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

/** Whom the server's own view belongs to. */
const nobody = accountId('nobody')

function anAttachment({ name, bytes }: OutgoingFile, index: number): Attachment {
  const nothing = { url: null, thumbUrl: null, width: null, height: null }
  return { key: String(index + 1), kind: 'file', name, sizeBytes: bytes.length, ...nothing }
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
