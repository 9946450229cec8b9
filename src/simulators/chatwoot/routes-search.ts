import type { Route } from '../router.ts'
import { seesInbox } from './access.ts'
import { accountRoute, pageOf, type Inside } from './account-route.ts'
import { json } from './answers.ts'
import { isIdentified, matchesContact } from './contact-book.ts'
import type { Exchange } from './exchange.ts'
import { channelIdOf } from './inbox-shapes.ts'
import { messageShape } from './shapes.ts'
import { seconds } from './times.ts'
import { contactOf, inboxOf, userOf, type Contact, type Conversation, type Message } from './world.ts'

/** The server's own search (docs/providers/chatwoot.md §1.7): one wrapping for all of it, fifteen of a kind. */
export const searchRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'search', (inside) =>
    json({
      payload: {
        conversations: conversations(inside),
        messages: messages(inside),
        contacts: contacts(inside),
        articles: [],
      },
    }),
  ),
  accountRoute('GET', 'search/conversations', (inside) =>
    json({ payload: { conversations: conversations(inside) } }),
  ),
  accountRoute('GET', 'search/messages', (inside) => json({ payload: { messages: messages(inside) } })),
  accountRoute('GET', 'search/contacts', (inside) => json({ payload: { contacts: contacts(inside) } })),
  accountRoute('GET', 'search/articles', () => json({ payload: { articles: [] } })),
]

const perPage = 15
/** Older messages are not found, however well they match. */
const reachMs = 3 * 30.44 * 86_400_000

function conversations(inside: Inside): object[] {
  const { account } = inside
  const wanted = wantedText(inside)
  const found = visible(inside).filter(
    (conversation) =>
      String(conversation.displayId).includes(wanted) ||
      matchesContact(contactOf(account, conversation), wanted),
  )
  const newest = found.toSorted((a, b) => b.createdAt - a.createdAt)
  return shown(inside, newest).map((conversation) => conversationHit(inside, conversation))
}

function messages(inside: Inside): object[] {
  const { world } = inside
  const wanted = wantedText(inside)
  const since = world.clock.now() - reachMs
  const found = visible(inside).flatMap((conversation) =>
    conversation.messages
      .filter(({ createdAt, content }) => createdAt >= since && content?.toLowerCase().includes(wanted))
      .map((message) => ({ conversation, message })),
  )
  const newest = found.toSorted((a, b) => b.message.createdAt - a.message.createdAt)
  return shown(inside, newest).map(({ conversation, message }) => messageHit(inside, conversation, message))
}

function contacts(inside: Inside): object[] {
  const wanted = wantedText(inside)
  const found = [...inside.account.contacts.values()].filter(
    (contact) => isIdentified(contact) && matchesContact(contact, wanted),
  )
  const latest = found.toSorted((a, b) => (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0))
  return shown(inside, latest).map(contactHit)
}

function visible({ account, member }: Inside): Conversation[] {
  return [...account.conversations.values()].filter(({ inboxId }) => seesInbox(account, member, inboxId))
}

function wantedText({ query }: Inside): string {
  return (query.get('q') ?? '').trim().toLowerCase()
}

function shown<T>({ query }: Inside, found: readonly T[]): T[] {
  return pageOf(found, query.get('page'), perPage)
}

function conversationHit(inside: Inside, conversation: Conversation): object {
  const { world, account } = inside
  const [first] = conversation.messages
  const { assignee } = conversation
  const agent = assignee?.kind === 'user' ? userOf(world, assignee.id) : null
  return {
    id: conversation.displayId,
    account_id: account.id,
    created_at: seconds(conversation.createdAt),
    message: first === undefined ? {} : messageHit(inside, conversation, first),
    contact: contactHit(contactOf(account, conversation)),
    inbox: inboxHit(inside, conversation),
    agent:
      agent === null
        ? {}
        : {
            id: agent.id,
            available_name: agent.displayName ?? agent.name,
            email: agent.email,
            name: agent.name,
            role: account.members.get(agent.id)?.role ?? 'agent',
          },
    additional_attributes: conversation.additionalAttributes,
  }
}

/** Less than a message elsewhere: no status, nothing about privacy. */
function messageHit(inside: Inside, conversation: Conversation, message: Message): object {
  const { world, account } = inside
  const whole = messageShape({ world, account, conversation }, message)
  const kept = Object.entries(whole).filter(([key]) => hitKeys.has(key))
  return { ...Object.fromEntries(kept), inbox: inboxHit(inside, conversation) }
}

const hitKeys = new Set([
  'id',
  'content',
  'message_type',
  'content_type',
  'source_id',
  'inbox_id',
  'conversation_id',
  'created_at',
  'sender',
  'attachments',
])

function contactHit(contact: Contact): object {
  return {
    email: contact.email,
    id: contact.id,
    name: contact.name,
    phone_number: contact.phone,
    identifier: contact.identifier,
    additional_attributes: contact.additionalAttributes,
    last_activity_at: contact.lastActivityAt === null ? null : seconds(contact.lastActivityAt),
  }
}

function inboxHit({ account }: Inside, conversation: Conversation): object {
  const inbox = inboxOf(account, conversation)
  return { id: inbox.id, channel_id: channelIdOf(inbox), name: inbox.name, channel_type: inbox.channelType }
}
