import type { AnswerStream, SimulatorAnswer } from '../router.ts'
import type { SimulatorRequest } from '../simulator-server.ts'
import { messageShape, moment } from './shapes.ts'
import { holderOf } from './tokens.ts'
import { contactOf, organizationOf, type Conversation, type Message, type World } from './world.ts'

export interface EventStreams {
  answer(request: SimulatorRequest): SimulatorAnswer | null
  tell(conversation: Conversation, message: Message): void
  cut(): void
}

/** Server-sent events: no heartbeat, no ids, nothing is told again (docs/providers/wapikit.md §7). */
export function startEventStreams(world: World): EventStreams {
  const open = new Set<AnswerStream>()

  function answer({ method, path, query }: SimulatorRequest): SimulatorAnswer | null {
    const { manners } = world
    if (manners.realtime !== 'events' || manners.mode !== 'wapikit') return null
    if (method !== 'GET' || path !== '/api/events') return null
    if (holderOf(world, query.get('token') ?? '') === null) {
      return { status: 401, headers: {}, body: 'event: error\ndata: Authorization failed\n\n' }
    }
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      body: 'event: connected\ndata: OK\n\n',
      goOn: (stream) => {
        open.add(stream)
        stream.onClosed(() => open.delete(stream))
      },
    }
  }

  function tell(conversation: Conversation, message: Message): void {
    const data = JSON.stringify({
      conversation: rawConversation(world, conversation),
      message: messageShape(world, message),
    })
    for (const stream of open) stream.write(`event: NewMessage\ndata: ${data}\n\n`)
  }

  return {
    answer,
    tell,
    cut: () => {
      for (const stream of open) stream.end()
    },
  }
}

/** The database's own row with what hangs on it, the organisation's keys among it. */
function rawConversation(world: World, conversation: Conversation): object {
  const contact = contactOf(world, conversation)
  const { whatsApp, smtpPassword, ...organization } = organizationOf(world, conversation.organizationId)
  return {
    UniqueId: conversation.id,
    CreatedAt: moment(conversation.createdAt),
    UpdatedAt: moment(conversation.createdAt),
    ContactId: conversation.contactId,
    OrganizationId: conversation.organizationId,
    Status: conversation.status,
    PhoneNumberUsed: '',
    InitiatedBy: conversation.campaignId === null ? 'Contact' : 'Campaign',
    InitiatedByCampaignId: conversation.campaignId,
    contact: {
      UniqueId: contact.id,
      Name: contact.name,
      PhoneNumber: contact.phone,
      Attributes: JSON.stringify(contact.attributes),
      Status: contact.status,
    },
    assignedTo: { UniqueId: '00000000-0000-0000-0000-000000000000', user: { Email: '' } },
    whatsappBusinessAccount: {
      AccountId: whatsApp.accountId,
      AccessToken: whatsApp.accessToken,
      WebhookSecret: whatsApp.webhookSecret,
      organization: { UniqueId: organization.id, Name: organization.name, SmtpClientPassword: smtpPassword },
    },
  }
}
