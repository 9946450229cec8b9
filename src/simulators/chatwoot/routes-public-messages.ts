import type { Route, SimulatorAnswer } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { recordInvalid } from './account-route.ts'
import type { Exchange } from './exchange.ts'
import { attachmentsGiven } from './message-files.ts'
import { contactRoute, missed, type AtContact, type AtTicket } from './public-route.ts'
import { publicMessageShape, shownTo } from './public-shapes.ts'
import { isObject, presentText } from './request-body.ts'
import { addMessage, changed } from './rules.ts'
import { UploadedFile } from '../multipart.ts'

/** A customer's messages (docs/providers/chatwoot-public.md §2.3). What they write is incoming to the agents. */
export const publicMessageRoutes: readonly Route<Exchange>[] = [
  messagesRoute('GET', '/messages', list),
  messagesRoute('POST', '/messages', create),
  messagesRoute('PATCH', '/messages/:message', answerForm),
  messagesRoute('PUT', '/messages/:message', answerForm),
]

type Handle = (at: AtTicket, path: Readonly<Record<string, string>>) => SimulatorAnswer

/**
 * These find a conversation of the contact in whatever inbox, proven identity or not: a hole of the original. Where there
 * is none, a list is empty and anything else breaks the server.
 */
function messagesRoute(method: string, tail: string, handle: Handle): Route<Exchange> {
  return contactRoute(method, `/conversations/:conversation${tail}`, (at, path) => {
    const conversation = at.account.conversations.get(Number(path['conversation']))
    if (conversation === undefined || conversation.contactId !== at.contact.id) return withoutAny(at, method)
    return handle({ ...at, conversation }, path)
  })
}

function withoutAny(_: AtContact, method: string): SimulatorAnswer {
  if (method === 'GET') return json([])
  throw new TurnedDown(refusals.internal())
}

const pageSize = 20

/** The newest twenty, or those before one; `after` is not looked at. */
function list(at: AtTicket): SimulatorAnswer {
  const before = presentText(at.params['before'])
  const shown = shownTo(at.conversation.messages).toSorted((a, b) => a.id - b.id)
  const asked = before === null ? shown : shown.filter(({ id }) => id < (Number.parseInt(before, 10) || 0))
  const newest = asked.slice(-pageSize).toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id)
  return json(newest.map((message) => publicMessageShape(at, message)))
}

const maxContentLength = 150_000
const maxMessagesPerMinute = 200

/** What the sender calls it is in the event alone; attributes of their own are not taken. */
function create(at: AtTicket): SimulatorAnswer {
  const { world, account, conversation, contact, params } = at
  const content = typeof params['content'] === 'string' ? params['content'] : null
  if (content !== null && [...content].length > maxContentLength)
    throw recordInvalid({ content: 'is too long (maximum is 150000 characters)' })
  const since = world.clock.now() - 60_000
  const lately = conversation.messages.slice(-maxMessagesPerMinute).filter((each) => each.createdAt >= since)
  if (lately.length >= maxMessagesPerMinute)
    throw new TurnedDown(json({ message: 'Too many messages', attributes: ['base'] }, 422))
  const echoId = presentText(params['echo_id'])
  const message = addMessage(at, {
    type: 'incoming',
    sender: { kind: 'contact', id: contact.id },
    content,
    attachments: filesIn(at),
    ...(echoId === null ? {} : { echoId }),
  })
  world.accepted.messages.push({
    account: account.id,
    conversation: conversation.displayId,
    message: message.id,
    content,
    at: message.createdAt,
  })
  return json(publicMessageShape(at, message))
}

/** Only files that came along: a signed id of one stored before has no type to read, which breaks the server. */
function filesIn({ world, params }: AtTicket): ReturnType<typeof attachmentsGiven> {
  const { attachments: given } = params
  if (given === undefined || given === null || given === '') return []
  const all: unknown[] = Array.isArray(given) ? given : []
  if (all.length === 0 || !all.every((each) => each instanceof UploadedFile))
    throw new TurnedDown(refusals.internal())
  return attachmentsGiven(world, all)
}

const longestSurveyMs = 14 * 86_400_000

function answerForm(at: AtTicket, path: Readonly<Record<string, string>>): SimulatorAnswer {
  const message = at.conversation.messages.find(({ id }) => id === Number(path['message']))
  if (message === undefined) throw missed(at.world, at.request)
  const isTooOld = at.world.clock.now() - message.createdAt > longestSurveyMs
  if (message.contentType === 'input_csat' && isTooOld)
    throw new TurnedDown(json({ error: 'You cannot update the CSAT survey after 14 days' }, 422))
  const values = at.params['submitted_values']
  if (isObject(values) || Array.isArray(values))
    message.contentAttributes = { ...message.contentAttributes, submitted_values: values }
  changed(at, message)
  return json(publicMessageShape(at, message))
}
