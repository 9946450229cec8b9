import type { FilePlan, LinePlan, ThreadPlan } from './plan.ts'
import { addConversation, addMessage } from './rules.ts'
import { mute, setAssignee, setStatus, setTeam } from './rules-state.ts'
import {
  storeFile,
  type Account,
  type Attachment,
  type Contact,
  type Conversation,
  type Inbox,
  type Message,
  type MessageType,
  type Place,
  type Sender,
  type World,
} from './world.ts'

/** One planned thread as what happened and when; played in the order of time among those of all other threads. */
export function threadEvents(
  settling: SettlingAccount,
  thread: ThreadPlan,
  lives: ThreadLife[],
): TimedEvent[] {
  const { world } = settling
  const now = world.clock.now()
  const startedAt = now - Math.max(...thread.lines.map((line) => line.agoMs))
  const lastAt = now - Math.min(...thread.lines.map((line) => line.agoMs))
  let begun: Telling | null = null
  const telling = () => {
    if (begun === null) throw new Error(`The thread of ${thread.contact} goes on before it began.`)
    return begun
  }
  return [
    { at: startedAt - 1, happen: () => (begun = beginThread(settling, thread, startedAt)) },
    { at: startedAt + 1, happen: () => assignThread(telling(), Math.min(startedAt + 15_000, now)) },
    ...thread.lines.map((line, index) => ({
      at: now - line.agoMs,
      happen: () => addLine(telling(), line, index),
    })),
    { at: lastAt + 1, happen: () => finishThread(telling(), lastAt) },
    {
      at: now + 1,
      happen: () => {
        const { then = [], meanwhile = [] } = thread
        lives.push({ place: telling().place, then, meanwhile })
      },
    },
  ]
}

export interface TimedEvent {
  readonly at: number
  readonly happen: () => void
}

export interface SettlingAccount {
  readonly world: World
  readonly account: Account
  readonly people: ReadonlyMap<string, Sender>
  readonly inboxes: ReadonlyMap<string, Inbox>
  readonly teams: ReadonlyMap<string, number>
  readonly contacts: ReadonlyMap<string, Contact>
}

/** A thread's place, and what its customer still has to say. */
export interface ThreadLife {
  readonly place: Place
  readonly then: readonly string[]
  readonly meanwhile: readonly string[]
}

interface Telling {
  readonly settling: SettlingAccount
  readonly thread: ThreadPlan
  readonly place: Place
}

function beginThread(settling: SettlingAccount, thread: ThreadPlan, at: number): Telling {
  const { world, account, inboxes, contacts } = settling
  const inbox = named(inboxes, thread.inbox)
  const conversation = addConversation(world, account, {
    inbox,
    contactId: named(contacts, thread.contact).id,
    at,
    additionalAttributes: {
      ...(thread.subject === undefined ? {} : { mail_subject: thread.subject, source: 'email' }),
      ...(inbox.channelType === 'Channel::WebWidget' ? browserAttributes : {}),
    },
    customAttributes: { ...thread.customAttributes },
  })
  return { settling, thread, place: { world, account, conversation } }
}

const browserAttributes = {
  browser: { browser_name: 'Firefox', platform_name: 'Linux' },
  browser_language: 'en',
  referer: 'https://shop.example.com/',
}

function assignThread({ settling, thread, place }: Telling, at: number): void {
  const { people, teams } = settling
  for (const name of thread.participants ?? []) place.conversation.participants.add(named(people, name).id)
  if (thread.team !== undefined) setTeam(place, named(teams, thread.team), { by: null, at })
  if (thread.assignee === undefined) return
  const { kind, id } = named(people, thread.assignee)
  if (kind !== 'contact') setAssignee(place, { kind, id }, { by: { kind, id }, at })
}

function addLine(telling: Telling, line: LinePlan, index: number): void {
  const { place, settling } = telling
  const { extra } = line
  const type = typeOf(line)
  const answered =
    extra.answersLinesBack === undefined ? undefined : place.conversation.messages.at(-extra.answersLinesBack)
  const said = addMessage(place, {
    type,
    sender: senderOf(telling, line),
    content: line.text,
    isPrivate: line.isNote,
    contentType: extra.contentType ?? (extra.email === undefined ? 'text' : 'incoming_email'),
    contentAttributes: {
      ...extra.contentAttributes,
      ...(answered === undefined ? {} : { in_reply_to: answered.id }),
      ...(extra.externalError === undefined ? {} : { external_error: extra.externalError }),
      ...emailAttributes(settling.world, line),
    },
    attachments: attachmentsOf(settling.world, line),
    status: type === 'incoming' ? 'sent' : (extra.status ?? usualStatus(telling, line, index)),
    at: settling.world.clock.now() - line.agoMs,
  })
  if (extra.isDeleted === true) hide(said)
}

function typeOf({ by, extra }: LinePlan): MessageType {
  if (by === 'them') return 'incoming'
  if (by === 'system') return 'activity'
  return extra.isTemplate === true ? 'template' : 'outgoing'
}

function senderOf({ settling, place }: Telling, line: LinePlan): Sender | null {
  const type = typeOf(line)
  if (type === 'incoming') return { kind: 'contact', id: place.conversation.contactId }
  return type === 'outgoing' ? named(settling.people, line.by) : null
}

function finishThread({ settling, thread, place }: Telling, lastAt: number): void {
  const { conversation } = place
  const now = settling.world.clock.now()
  const status = thread.status ?? 'open'
  conversation.labels = [...(thread.labels ?? [])]
  conversation.priority = thread.priority ?? null
  if (conversation.status !== status) {
    const by = settling.people.get(thread.assignee ?? 'me') ?? null
    const doing = { by, at: Math.min(lastAt + 90_000, now) }
    const until = thread.snoozedForHours === undefined ? null : now + thread.snoozedForHours * 3_600_000
    setStatus(place, status, status === 'snoozed' ? { ...doing, snoozedUntil: until } : doing)
  }
  if (thread.isMuted === true) mute(place, { by: named(settling.people, 'me'), at: lastAt + 95_000 })
  markPlanned(conversation, thread, now)
}

/** A reply normally reads away what came before it; the plan may say otherwise. */
function markPlanned(conversation: Conversation, thread: ThreadPlan, now: number): void {
  const incoming = conversation.messages.filter(({ type }) => type === 'incoming')
  const lastReply = conversation.messages.findLast(
    ({ type, sender }) => type === 'outgoing' && sender?.kind === 'user',
  )
  const sinceReply = incoming.filter(({ createdAt }) => createdAt > (lastReply?.createdAt ?? 0)).length
  const unread = thread.unread ?? (conversation.status === 'resolved' ? 0 : sinceReply)
  const firstUnread = incoming.at(-unread)
  if (unread === 0 || firstUnread === undefined) conversation.agentLastSeenAt = now
  else conversation.agentLastSeenAt = incoming.length > unread ? firstUnread.createdAt - 1000 : null
  conversation.assigneeLastSeenAt = conversation.assignee === null ? null : conversation.agentLastSeenAt
  conversation.contactLastSeenAt = incoming.at(-1)?.createdAt ?? null
}

function usualStatus({ settling, thread }: Telling, line: LinePlan, index: number): Message['status'] {
  const { channelType } = named(settling.inboxes, thread.inbox)
  const isTold = channelType !== 'Channel::Email' && channelType !== 'Channel::Telegram'
  if (line.isNote || !isTold) return 'sent'
  const isAnswered = thread.lines.slice(index + 1).some(({ by }) => by === 'them')
  return isAnswered ? 'read' : channelType === 'Channel::WebWidget' ? 'sent' : 'delivered'
}

function emailAttributes(world: World, { extra, agoMs }: LinePlan): Record<string, unknown> {
  const { email } = extra
  if (email === undefined) return {}
  const html = email.html.replaceAll('{origin}', world.installation.origin)
  const full = html + (email.quotedHtml ?? '')
  return {
    email: {
      subject: email.subject,
      from: [email.from],
      to: [email.to],
      cc: email.cc === undefined ? null : [email.cc],
      bcc: null,
      date: new Date(world.clock.now() - agoMs).toISOString(),
      message_id: `${world.random.letters(16)}@mail.example.com`,
      in_reply_to: null,
      multipart: true,
      content_type: 'multipart/alternative; boundary=simulated',
      number_of_attachments: extra.files?.length ?? 0,
      html_content: { full, reply: html, quoted: email.quotedHtml ?? '' },
      text_content: { full: email.plain, reply: email.plain, quoted: '' },
      auto_reply: false,
    },
    cc_email: email.cc === undefined ? null : [email.cc],
    bcc_email: null,
  }
}

function attachmentsOf(world: World, { extra }: LinePlan): Attachment[] {
  const files = (extra.files ?? []).map((file) => attach(world, file))
  if (extra.location === undefined) return files
  world.lastIds.attachment += 1
  const id = world.lastIds.attachment
  return [
    ...files,
    { id, fileType: 'location', file: null, width: null, height: null, location: extra.location },
  ]
}

export function attach(world: World, plan: FilePlan): Attachment {
  world.lastIds.attachment += 1
  return {
    id: world.lastIds.attachment,
    fileType: plan.fileType,
    file: storeFile(world, plan),
    width: plan.width ?? null,
    height: plan.height ?? null,
    location: null,
  }
}

function hide(message: Message): void {
  message.content = 'This message was deleted'
  message.contentAttributes = { deleted: true }
  message.attachments = []
}

export function named<T>(among: ReadonlyMap<string, T>, key: string): T {
  const found = among.get(key)
  if (found === undefined) throw new Error(`The plan names "${key}", and nobody is called so.`)
  return found
}
