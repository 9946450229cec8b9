import type { Route, SimulatorAnswer } from '../router.ts'
import { enteredAccount, seesInbox, signedIn, type Caller } from './access.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import { noteAction, senderOf } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { writeMessage } from './message-writing.ts'
import { isObject, paramsOf, presentText, type JsonObject } from './request-body.ts'
import { addConversation } from './rules.ts'
import { setAssignee, setStatus, setTeam } from './rules-state.ts'
import { secondsGiven, statusNamed } from './routes-status.ts'
import { conversationShape } from './shapes.ts'
import { sourceIdToStart } from './source-ids.ts'
import type { Account, Conversation, Inbox, Member, Place, World } from './world.ts'

/** Starting a conversation with a contact, in an inbox one sees (docs/providers/chatwoot.md §1.4). */
export const newConversationRoutes: readonly Route<Exchange>[] = [
  {
    method: 'POST',
    pattern: '/api/v1/accounts/:account/conversations',
    handle: ({ world, request }, path) => {
      const caller = signedIn(world, request, true)
      const { account, member } = enteredAccount(world, caller, path['account'] ?? '')
      return start({ world, account, member, caller, params: paramsOf(request) })
    },
  },
]

interface Starting {
  readonly world: World
  readonly account: Account
  readonly member: Member | null
  readonly caller: Caller
  readonly params: JsonObject
}

function start(starting: Starting): SimulatorAnswer {
  const { world, account, member, caller, params } = starting
  const { inbox, contactId, sourceId } = reached(starting)
  if (member !== null && !seesInbox(account, member, inbox.id)) throw new TurnedDown(refusals.denied())
  const status = presentText(params['status'])
  const wanted = status === null ? null : statusNamed(world, status)
  const last = inbox.isLockedToOne ? lastOf(account, inbox, contactId) : undefined
  const conversation =
    last ?? addConversation(world, account, { inbox, contactId, ...sourceId, ...attributes(params) })
  const place = { world, account, conversation }
  if (last === undefined) settle(place, starting, wanted)
  const message = params['message']
  if (isObject(message)) writeMessage({ ...place, caller, params: message })
  noteAction(place, 'create', inbox.name)
  return json(conversationShape(place))
}

/** By inbox and contact, or in the old way by a source id that says both. */
function reached({ account, params }: Starting): {
  inbox: Inbox
  contactId: number
  sourceId: { sourceId?: string }
} {
  const source = presentText(params['source_id'])
  const all = [...account.conversations.values()]
  if (presentText(params['inbox_id']) === null || presentText(params['contact_id']) === null) {
    const known = all.find(({ sourceId }) => sourceId === source)
    const inbox = known === undefined ? undefined : account.inboxes.get(known.inboxId)
    if (known === undefined || inbox === undefined) throw new TurnedDown(refusals.notFound())
    return { inbox, contactId: known.contactId, sourceId: { sourceId: known.sourceId } }
  }
  const inbox = account.inboxes.get(Number(params['inbox_id']))
  const contact = account.contacts.get(Number(params['contact_id']))
  if (inbox === undefined || contact === undefined) throw new TurnedDown(refusals.notFound())
  const inInbox = all.filter(({ inboxId }) => inboxId === inbox.id)
  if (source !== null && inInbox.some((one) => one.sourceId === source && one.contactId !== contact.id)) {
    throw new TurnedDown(refusals.unprocessable('source_id should be unique'))
  }
  const known =
    source ??
    sourceIdToStart(inbox, contact) ??
    inInbox.find(({ contactId }) => contactId === contact.id)?.sourceId ??
    contact.inboxSources.find(({ inboxId }) => inboxId === inbox.id)?.sourceId
  return { inbox, contactId: contact.id, sourceId: known === undefined ? {} : { sourceId: known } }
}

function lastOf(account: Account, inbox: Inbox, contactId: number): Conversation | undefined {
  return [...account.conversations.values()].findLast(
    (one) => one.inboxId === inbox.id && one.contactId === contactId,
  )
}

/** A blocked contact and an active bot decide the status whatever is asked for. */
function settle(place: Place, { caller, params }: Starting, wanted: Conversation['status'] | null): void {
  const { account, conversation } = place
  const by = senderOf(caller)
  const until = params['snoozed_until']
  const snoozed = presentText(until) === null ? {} : { snoozedUntil: secondsGiven(until) * 1000 }
  if (wanted !== null && conversation.status === 'open') setStatus(place, wanted, { by, ...snoozed })
  const team = account.teams.get(Number(params['team_id'] ?? 0))
  if (team !== undefined) setTeam(place, team.id, { by })
  const assigneeId = Number(params['assignee_id'] ?? 0)
  if (account.members.has(assigneeId)) setAssignee(place, { kind: 'user', id: assigneeId }, { by })
}

function attributes(params: JsonObject): {
  additionalAttributes: Record<string, unknown>
  customAttributes: Record<string, unknown>
} {
  const [additional, custom] = [params['additional_attributes'], params['custom_attributes']]
  return {
    additionalAttributes: isObject(additional) ? { ...additional } : {},
    customAttributes: isObject(custom) ? { ...custom } : {},
  }
}
