import type { Route, SimulatorAnswer } from '../router.ts'
import { attachmentListShape } from './attachment-shapes.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { conversationRoute, noteAction, senderOf, type AtConversation } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { agentShape } from './people-shapes.ts'
import { isObject, presentText } from './request-body.ts'
import { setLabels, touch } from './rules-state.ts'
import { senderPart } from './shapes.ts'
import { userOf, type Message, type Place } from './world.ts'

/** What is filed on one conversation: labels, participants, attributes, a shared draft, its files (docs/providers/chatwoot.md §1.4). */
export const filingRoutes: readonly Route<Exchange>[] = [
  conversationRoute('GET', '/labels', false, (at) => json({ payload: at.conversation.labels })),
  conversationRoute('POST', '/labels', false, (at) => {
    setLabels(at, titlesGiven(at.params['labels']), { by: senderOf(at.caller) })
    noteAction(at, 'labels', at.conversation.labels.join(','))
    return json({ payload: at.conversation.labels })
  }),
  conversationRoute('GET', '/participants', false, (at) =>
    json(agents(at, [...at.conversation.participants])),
  ),
  conversationRoute('POST', '/participants', false, (at) => {
    const { participants } = at.conversation
    const added = idsGiven(at).filter((id) => typeof id !== 'number' || !participants.has(id))
    const joined = added.filter((id) => join(at, Number(id))).map(Number)
    noteAction(at, 'participants', [...participants].join(','))
    return json(agents(at, joined))
  }),
  conversationRoute('PATCH', '/participants', false, replaceParticipants),
  conversationRoute('PUT', '/participants', false, replaceParticipants),
  conversationRoute('DELETE', '/participants', false, (at) => {
    for (const id of idsGiven(at)) at.conversation.participants.delete(Number(id))
    noteAction(at, 'participants', [...at.conversation.participants].join(','))
    return emptyOk()
  }),
  conversationRoute('POST', '/custom_attributes', true, (at) => {
    const given = at.params['custom_attributes']
    at.conversation.customAttributes = isObject(given) ? { ...given } : {}
    touch(at)
    noteAction(at, 'custom_attributes', JSON.stringify(at.conversation.customAttributes))
    return json({ custom_attributes: at.conversation.customAttributes })
  }),
  conversationRoute('GET', '/attachments', false, (at) => {
    const page = Number.parseInt(presentText(at.params['page']) ?? '1', 10) || 1
    const sender = (message: Message) => senderPart(at.world, at.account, message.sender)
    return json(attachmentListShape(at, Math.max(1, page), sender))
  }),
  conversationRoute('GET', '/draft_messages', false, ({ conversation: { draft } }) =>
    json(draft === null ? { has_draft: false } : { has_draft: true, message: draft }),
  ),
  conversationRoute('PATCH', '/draft_messages', false, keepDraft),
  conversationRoute('PUT', '/draft_messages', false, keepDraft),
  conversationRoute('DELETE', '/draft_messages', false, ({ conversation }) => {
    conversation.draft = null
    return emptyOk()
  }),
]

/**
 * Sets are compared before anything is read as a number, so an id sent as text counts as new *and* leaves the old one
 * to be removed: whoever sends texts loses the participants they meant to keep.
 */
function replaceParticipants(at: AtConversation): SimulatorAnswer {
  const { participants } = at.conversation
  const wanted = idsGiven(at)
  const removed = [...participants].filter((id) => !wanted.includes(id))
  for (const id of wanted) if (!participants.has(Number(id))) join(at, Number(id))
  for (const id of removed) participants.delete(id)
  noteAction(at, 'participants', [...participants].join(','))
  return json(agents(at, [...participants]))
}

/** Only members of the inbox and administrators can take part; anybody else is left out without a word. */
function join({ account, conversation }: Place, id: number): boolean {
  const member = account.members.get(id)
  const inbox = account.inboxes.get(conversation.inboxId)
  if (member === undefined) return false
  if (member.role !== 'administrator' && inbox?.members.has(id) !== true) return false
  conversation.participants.add(id)
  return true
}

function idsGiven({ params }: AtConversation): readonly unknown[] {
  const ids = params['user_ids']
  if (!Array.isArray(ids)) throw new TurnedDown(refusals.internal())
  return ids
}

function agents({ world, account }: Place, ids: readonly number[]): object[] {
  return ids.map((id) => agentShape(world, account, userOf(world, id)))
}

function keepDraft({ conversation, params }: AtConversation): SimulatorAnswer {
  const given = params['draft_message']
  const message = isObject(given) ? given['message'] : undefined
  conversation.draft = typeof message === 'string' ? message : ''
  return emptyOk()
}

function titlesGiven(given: unknown): string[] {
  if (typeof given === 'string') return given.split(',')
  return Array.isArray(given) ? given.flatMap((title) => presentText(title) ?? []) : []
}
