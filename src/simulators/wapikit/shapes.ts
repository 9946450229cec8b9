import type { Listed } from './listing.ts'
import {
  contactOf,
  listsOfAll,
  memberWith,
  orderedMessages,
  organizationOf,
  userOf,
  type Assignment,
  type Contact,
  type Conversation,
  type Member,
  type Message,
  type User,
  type World,
} from './world.ts'

/** What is answered for each thing, in the dialect of the hour (docs/providers/wapikit.md §6.1, §6.8, §10, §13). */
export function conversationShape(
  world: World,
  conversation: Conversation,
  shown: Partial<Omit<Listed, 'conversation'>> = {},
): object {
  const { manners } = world
  const { messages = orderedMessages(conversation), tagIds = conversation.tagIds } = shown
  const assignment = shown.assignment ?? (manners.assignedTo === 'shown' ? holding(conversation) : null)
  const member = assignment === null ? null : memberWith(world, assignment.memberId)
  const organization = organizationOf(world, conversation.organizationId)
  return {
    uniqueId: conversation.id,
    contactId: conversation.contactId,
    organizationId: conversation.organizationId,
    initiatedBy: conversation.campaignId === null ? 'Contact' : 'Campaign',
    campaignId: conversation.campaignId ?? '',
    createdAt: moment(conversation.createdAt),
    status: conversation.status,
    messages: messages.map((message) => messageShape(world, message)),
    numberOfUnreadMessages: manners.countsUnread ? unanswered(conversation) : 0,
    ...(manners.hasLaterFields ? { totalMessages: conversation.messages.length } : {}),
    // Its status is never filled in where its lists are.
    contact: contactShape(world, contactOf(world, conversation), manners.hasContactLists),
    tags: organization.tags
      .filter(({ id }) => tagIds.includes(id))
      .map(({ id, text }) => ({ uniqueId: id, [manners.tagTextKey]: text })),
    ...(member === null ? {} : { assignedTo: { ...memberShape(world, member), roles: [] } }),
  }
}

export function messageShape({ manners }: World, message: Message): object {
  return {
    uniqueId: message.id,
    conversationId: message.conversationId,
    createdAt: moment(message.createdAt),
    direction: message.direction,
    status: message.status,
    [manners.messageTypeKey]: message.type,
    messageData: message.data,
    ...(manners.hasLaterFields ? { replyToMessageId: '', whatsAppMessageId: message.whatsAppId } : {}),
  }
}

export function contactShape(world: World, contact: Contact, isStatusLost = false): object {
  return {
    uniqueId: contact.id,
    name: contact.name,
    phone: contact.phone,
    attributes: contact.attributes,
    createdAt: moment(contact.createdAt),
    status: isStatusLost ? '' : contact.status,
    ...(world.manners.hasContactLists ? { lists: listShapes(world, contact) } : {}),
  }
}

export function memberShape(world: World, member: Member): object {
  const { name, email } = userOf(world, member)
  return {
    uniqueId: member.id,
    name,
    email,
    accessLevel: member.accessLevel,
    roles: null,
    createdAt: moment(member.createdAt),
  }
}

/** With the organisation's secrets in clear, as the server answers it (docs/providers/wapikit.md §6.8). */
export function userShape(world: World, user: User, member: Member): object {
  const organization = organizationOf(world, member.organizationId)
  return {
    uniqueId: user.id,
    name: user.name,
    email: user.email,
    username: user.username,
    createdAt: moment(user.createdAt),
    isOwner: member.accessLevel === 'Owner',
    currentOrganizationAccessLevel: member.accessLevel,
    organization: {
      ...organizationShape(world, organization.id),
      whatsappBusinessAccountDetails: {
        businessAccountId: organization.whatsApp.accountId,
        accessToken: organization.whatsApp.accessToken,
        webhookSecret: organization.whatsApp.webhookSecret,
      },
      emailNotificationConfiguration: {
        smtpHost: 'mail.example.com',
        smtpPort: '587',
        smtpUsername: 'desk@example.com',
        smtpPassword: organization.smtpPassword,
      },
    },
  }
}

export function organizationShape(world: World, id: string): object {
  const { name, createdAt } = organizationOf(world, id)
  return { uniqueId: id, name, createdAt: moment(createdAt), description: '', websiteUrl: '', logoUrl: '' }
}

/** RFC 3339 as Go writes it: the server's own offset, and a fraction as long as it needs to be (§10). */
export function moment(at: number): string {
  const local = new Date(at + 2 * 3_600_000).toISOString()
  const fraction = at % 1000 === 0 ? '' : `${local.slice(19, 23)}417`
  return `${local.slice(0, 19)}${fraction}+02:00`
}

export function holding({ assignments }: Conversation): Assignment | null {
  return assignments.findLast(({ isHolding }) => isHolding) ?? null
}

function unanswered(conversation: Conversation): number {
  const messages = orderedMessages(conversation)
  return messages.length - 1 - messages.findLastIndex(({ direction }) => direction === 'OutBound')
}

/** The join names the wrong column: whoever is in one list is in every list of the server (§6.1). */
function listShapes(world: World, contact: Contact): object[] {
  const unfilled = { createdAt: '0001-01-01T00:00:00Z', numberOfContacts: 0, numberOfCampaignsSent: 0 }
  if (contact.listIds.length === 0) return []
  return listsOfAll(world).map(({ id, name }) => ({
    uniqueId: id,
    name,
    description: '',
    tags: null,
    ...unfilled,
  }))
}
