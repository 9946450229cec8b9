import { addContact, addConversation, addMessage, tell, type Conversation, type World } from './world.ts'

/** What WhatsApp's webhook brings, and what the server makes of it (docs/providers/wapikit.md §8). */
export function receive(world: World, given: Incoming): Received {
  const { kind, text, at } = given
  if (kind !== 'text' && kind !== 'video') return { conversation: null, message: null }
  const conversation = activeConversation(world, given)
  // A video makes everything but the message.
  if (kind === 'video') return { conversation: conversation.id, message: null }
  const message = addMessage(world, conversation, { direction: 'InBound', data: { text }, at })
  tell(world, { kind: 'received', conversation, message })
  return { conversation: conversation.id, message: message.id }
}

export interface Incoming {
  readonly organizationId: string
  /** Digits alone. */
  readonly phone: string
  readonly kind: 'text' | 'image' | 'audio' | 'document' | 'video'
  readonly text: string
  readonly at: number
}

export interface Received {
  /** null where nothing of it was kept. */
  readonly conversation: string | null
  readonly message: string | null
}

/** The one that is active; a closed one stays closed, and a new one begins. */
function activeConversation(world: World, { organizationId, phone }: Incoming): Conversation {
  const now = world.clock.now()
  const contact =
    [...world.contacts.values()].find((each) => each.phone === phone) ??
    addContact(world, { organizationId, createdAt: now, name: '', phone, attributes: {}, listIds: [] })
  const active = [...world.conversations.values()].find(
    ({ contactId, status }) => contactId === contact.id && status === 'Active',
  )
  return active ?? addConversation(world, contact, { at: now })
}
