import { ProviderFailure, type Notification, type Session } from '../../src/main/providers/provider.ts'
import type { Conversation, Status } from '../../src/shared/domain/conversation.ts'
import type { Agent, Directory } from '../../src/shared/domain/directory.ts'
import type { AccountId } from '../../src/shared/domain/ids.ts'
import type { Message } from '../../src/shared/domain/message.ts'
import { aConversation } from './builders.ts'

/** Everything the fake helpdesk can do beyond reading, replying and resolving. */
export function fakeBundles(server: FakeServer): Omit<Session, FakedElsewhere> {
  const { account, acting, asking, conversationOf, messagesOf } = server
  const status = (key: string, what: string, next: Status): Promise<Conversation> =>
    acting(what, key, { status: next })
  const told = (key: string) => ({
    conversation: conversationOf(account, key),
    messages: messagesOf(account, key),
  })
  const noted: { key: string; text: string }[] = []
  const notifications: Notification[] = []
  return {
    snooze: {
      untilReply: true,
      snooze: (key, until) => status(key, `snooze ${until ?? 'reply'}`, { kind: 'snoozed', until }),
    },
    assign: {
      async candidates() {
        await asking('candidates')
        return server.directory().agents
      },
      async assign({ key }, to) {
        const isKnown = to === null || server.directory().agents.some((each) => each.key === to.key)
        if (!isKnown) throw refusal('notAssignable', { host: 'desk.example.com', name: to.name })
        const assignee = to === null ? null : { ...to, avatarUrl: null, kind: 'agent' as const }
        return acting(`assign ${to?.key ?? 'nobody'}`, key, { assignee })
      },
      assignTeam: ({ key }, to) => acting(`team ${to?.key ?? 'none'}`, key, { team: to?.name ?? null }),
    },
    labels: {
      change: (key, { add, remove }) =>
        acting(`label +${add.join(',')} -${remove.join(',')}`, key, {
          labels: [
            ...conversationOf(account, key).labels.filter(
              (each) => !remove.includes(each) && !add.includes(each),
            ),
            ...add,
          ],
        }),
    },
    priority: { set: (key, priority) => acting(`priority ${priority ?? 'none'}`, key, { priority }) },
    mute: {
      mute: (key) => acting('mute', key, { muted: true, status: { kind: 'done' } }),
      unmute: (key) => acting('unmute', key, { muted: false }),
    },
    notes: { mentions: true },
    attachments: { maxBytes: 1_000_000 },
    messages: {
      async remove(key, messageKey) {
        await asking(`delete ${messageKey}`)
        return { ...found(messagesOf(account, key), messageKey), isDeleted: true, text: '' }
      },
      async retry(key, messageKey) {
        await asking(`retry ${messageKey}`)
        return { ...found(messagesOf(account, key), messageKey), delivery: { kind: 'sent' } }
      },
    },
    directory: {
      async read() {
        await asking('directory')
        return server.directory()
      },
    },
    macros: {
      async run(macroKey, { key }) {
        await asking(`macro ${macroKey}`)
        return { told: told(key), isChanged: true }
      },
    },
    transcript: { send: (key, email) => asking(`transcript ${key} ${email}`) },
    typing: {
      lapsesAfterMs: 30_000,
      tell: (key, { isTyping, isNote }) =>
        asking(`typing ${key} ${isTyping ? 'on' : 'off'}${isNote ? ' note' : ''}`),
    },
    availability: {
      async set(availability) {
        await asking(`availability ${availability}`)
        server.change({ me: { ...server.directory().me, availability } })
      },
      async setAutoOffline(isOn) {
        await asking(`autoOffline ${isOn}`)
        server.change({ me: { ...server.directory().me, autoOffline: isOn } })
      },
    },
    participants: {
      async read() {
        await asking('participants')
        return []
      },
      async change(key, { add, remove }) {
        await asking(`participants ${key} +${add.join(',')} -${remove.join(',')}`)
        return server.directory().agents.filter((each: Agent) => add.includes(each.key))
      },
    },
    notifications: {
      async page() {
        await asking('notifications')
        return { notifications, unread: notifications.filter((each) => !each.isRead).length, hasMore: false }
      },
      change: (key, change) => asking(`notification ${key ?? 'all'} ${change.kind}`),
    },
    search: {
      async ask({ what, words }) {
        await asking(`search ${what} ${words}`)
        const row = conversationOf(account, words)
        const hit = {
          kind: 'conversation',
          conversationKey: row.key,
          customerKey: null,
          title: row.customer.name,
        } as const
        return {
          hits: [{ ...hit, excerpt: '', inbox: row.inbox.name, at: row.lastActivityAt }],
          hasMore: false,
        }
      },
    },
    folders: {
      async page(of, page) {
        await asking(`folder ${'folder' in of ? of.folder : JSON.stringify(of.terms)} ${page}`)
        return { told: page === 1 ? [told('1')] : [], hasMore: page === 1 }
      },
      async save(name) {
        await asking(`save ${name}`)
        return 'folder-1'
      },
      remove: (key) => asking(`remove ${key}`),
    },
    panel: {
      async read(conversation) {
        await asking('panel')
        return {
          customer: { ...conversation.customer, identifier: null, attributes: [] },
          conversation: { attributes: [] },
          notes: noted.map((each) => ({ ...each, author: 'Rina', at: null })),
          participants: [],
          previous: [],
          missing: [],
        }
      },
      notes: {
        async add(_customer, text) {
          await asking(`add note ${text}`)
          noted.push({ key: String(noted.length + 1), text })
        },
        async remove(_customer, key) {
          await asking(`remove note ${key}`)
          noted.splice(0, noted.length, ...noted.filter((each) => each.key !== key))
        },
      },
    },
    start: {
      async customers() {
        await asking('customers')
        return [aConversation().customer]
      },
      async inboxes() {
        await asking('inboxes')
        const inbox = { key: '1', name: 'Website', channel: 'web', needs: 'nothing' } as const
        return [{ ...inbox, hasSubject: false, templates: [], onlyTemplates: false }]
      },
      async begin({ customer }) {
        await asking(`begin ${customer.kind}`)
        return told('begun')
      },
    },
  }
}

export interface FakeServer {
  readonly account: AccountId
  readonly acting: (what: string, key: string, change: Partial<Conversation>) => Promise<Conversation>
  /** Meets what was planned for `ask`, and notes it as done. */
  readonly asking: (what: string) => Promise<void>
  readonly conversationOf: (account: AccountId, key: string) => Conversation
  readonly messagesOf: (account: AccountId, key: string) => Message[]
  readonly directory: () => Directory
  readonly change: (change: Partial<Directory>) => void
}

type FakedElsewhere = 'pull' | 'thread' | 'send' | 'findSent' | 'look' | 'done' | 'read'

function found(messages: readonly Message[], key: string): Message {
  const message = messages.find((each) => each.key === key)
  if (message === undefined) throw refusal('gone', { host: 'desk.example.com' })
  return message
}

function refusal(code: 'gone' | 'notAssignable', facts: Record<string, string>): ProviderFailure {
  return new ProviderFailure({ kind: code === 'gone' ? 'gone' : 'rejected', code, facts, mayHaveLeft: false })
}
