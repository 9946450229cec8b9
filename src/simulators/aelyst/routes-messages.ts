import type { Route } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { carry } from './delivery.ts'
import { contactNamed, invalid, isText, objectBodyOf, tookEffect, type Exchange } from './exchange.ts'
import { paged } from './paging.ts'
import { addMessage, expanded, lastChannelOf, setStatus } from './rules.ts'
import { bodyToSend, contentOf } from './sending.ts'
import { messageShape } from './shapes.ts'
import type { Contact } from './world.ts'

/** A contact's messages, newest first, and sending one (docs/providers/aelyst.md §4.3). */
export const messageRoutes: readonly Route<Exchange>[] = [
  {
    method: 'GET',
    pattern: '/contact/:contact/message/list',
    handle: (exchange, params) => {
      const { world } = exchange
      const contact = contactNamed(exchange, params['contact'])
      return paged(exchange, {
        items: contact.messages.toSorted((a, b) => b.id - a.id),
        idOf: ({ id }) => id,
        shape: (message) => messageShape(world, contact, message),
        isNewestFirst: true,
        mostAtOnce: world.manners.messageLimit,
      })
    },
  },
  {
    method: 'GET',
    pattern: '/contact/:contact/message/:message',
    handle: (exchange, params) => {
      const contact = contactNamed(exchange, params['contact'])
      const message = contact.messages.find(({ id }) => id === Number(params['message']))
      if (message === undefined) throw new TurnedDown(refusals.notFound('Message'))
      return json(messageShape(exchange.world, contact, message))
    },
  },
  {
    method: 'POST',
    pattern: '/contact/:contact/message',
    handle: (exchange, params) => send(exchange, contactNamed(exchange, params['contact'])),
  },
  {
    method: 'POST',
    pattern: '/contact/:contact/comment',
    handle: (exchange, params) => {
      const { world } = exchange
      const contact = contactNamed(exchange, params['contact'])
      const { text: given } = objectBodyOf(exchange)
      if (!isText(given) || given.trim() === '') throw invalid()
      if (given.length > 1000) throw invalid('Comment length must not be greater than 1000 characters')
      const text = expanded(given, contact)
      const at = world.clock.now()
      contact.comments.push({ text, at })
      tookEffect(world, contact, 'comment', text)
      return json({ contactId: contact.id, text, created_at: Math.floor(at / 1000) })
    },
  },
]

/** Only an id is answered: no key of ours is kept, and whether it arrives shows later. */
function send(exchange: Exchange, contact: Contact) {
  const { world } = exchange
  const { channelId: wanted, message: given } = objectBodyOf(exchange)
  if (world.clock.now() < contact.queuedUntil) throw new TurnedDown(refusals.queued())
  const isOpen = wanted === undefined || wanted === null
  const channelId = isOpen ? lastChannelOf(contact) : reachable(exchange, contact, wanted)
  if (channelId === null) throw new TurnedDown(refusals.contactNotFound())
  const source = world.channels.get(channelId)?.source ?? ''
  const body = bodyToSend(given, { contact, source, isChannelNamed: !isOpen })
  const message = addMessage(world, contact, {
    channelId,
    traffic: 'outgoing',
    body,
    sender: { source: 'api' },
  })
  if (world.manners.sendingReopens && contact.status !== 'open') setStatus(contact, 'open')
  const content = contentOf(world, channelId, body)
  world.accepted.messages.push({ conversation: contact.id, message: message.id, content, at: message.at })
  carry(world, contact, message)
  return json({ messageId: message.id })
}

/** A channel the contact was on before, or one that only needs an address they have. */
function reachable({ world }: Exchange, contact: Contact, wanted: unknown): number {
  const channel = world.channels.get(Number(wanted))
  if (channel === undefined) throw new TurnedDown(refusals.notFound('Channel'))
  const isOnIt = contact.channels.some(({ channelId }) => channelId === channel.id)
  const isMail = channel.source === 'gmail' || channel.source === 'other_email'
  const address = /whatsapp|twilio/i.test(channel.source) ? contact.phone : isMail ? contact.email : null
  if (!isOnIt && address === null) throw new TurnedDown(refusals.notFound('Channel'))
  return channel.id
}
