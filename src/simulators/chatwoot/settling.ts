import { portrait } from '../media/portrait.ts'
import type {
  AccountPlan,
  ContactPlan,
  FilePlan,
  InboxPlan,
  InstallationPlan,
  LinePlan,
  PersonPlan,
  ThreadPlan,
} from './plan.ts'
import { addConversation, addMessage, setAssignee, setStatus, setTeam } from './rules.ts'
import {
  storeFile,
  type Account,
  type Attachment,
  type Contact,
  type Conversation,
  type Inbox,
  type Member,
  type Message,
  type Sender,
  type StoredFile,
  type User,
  type World,
} from './world.ts'

/**
 * Brings a planned installation into the world as of now: people first, then every line of every thread in the order
 * of time, through the same rules that later requests pass through.
 */
export function settle(world: World, plan: InstallationPlan, token: string): Settled {
  const me = addUser(world, plan.me, token)
  const lives: ThreadLife[] = []
  const events: TimedEvent[] = []
  for (const accountPlan of plan.accounts) {
    const settling = settleAccount(world, accountPlan, me)
    for (const thread of accountPlan.threads) events.push(...threadEvents(settling, thread, lives))
  }
  events.sort((a, b) => a.at - b.at)
  for (const event of events) event.happen()
  return { me, lives }
}

export interface Settled {
  readonly me: User
  /** What the customers of the threads still have to say. */
  readonly lives: readonly ThreadLife[]
}

export interface ThreadLife {
  readonly account: Account
  readonly conversation: Conversation
  readonly then: readonly string[]
  readonly meanwhile: readonly string[]
}

export function addUser(world: World, person: PersonPlan, token = world.random.letters(24)): User {
  const user: User = {
    id: world.users.size + 11,
    name: person.name,
    email: person.email,
    avatar: portraitFile(world, person.name),
    token,
    pubsubToken: world.random.letters(24),
  }
  world.users.set(user.id, user)
  world.tokens.set(token, { kind: 'user', id: user.id })
  return user
}

export function addContact(world: World, account: Account, plan: ContactPlan, at: number): Contact {
  world.lastIds.contact += 1
  const contact: Contact = {
    id: world.lastIds.contact,
    name: plan.name,
    email: plan.email ?? null,
    phone: plan.phone ?? null,
    identifier: null,
    avatar: plan.hasPortrait === false ? null : portraitFile(world, plan.name),
    additionalAttributes: {
      ...(plan.city === undefined ? {} : { city: plan.city }),
      ...(plan.country === undefined ? {} : { country: plan.country }),
      ...(plan.company === undefined ? {} : { company_name: plan.company }),
    },
    customAttributes: {},
    createdAt: at,
    blocked: plan.isBlocked ?? false,
    lastActivityAt: null,
  }
  account.contacts.set(contact.id, contact)
  return contact
}

interface TimedEvent {
  readonly at: number
  readonly happen: () => void
}

interface SettlingAccount {
  readonly world: World
  readonly account: Account
  readonly people: ReadonlyMap<string, Sender>
  readonly inboxes: ReadonlyMap<string, Inbox>
  readonly teams: ReadonlyMap<string, number>
  readonly contacts: ReadonlyMap<string, Contact>
}

function settleAccount(world: World, plan: AccountPlan, me: User): SettlingAccount {
  const now = world.clock.now()
  const people = new Map<string, Sender>([['me', { kind: 'user', id: me.id }]])
  const members = new Map<number, Member>()
  // The first account is the one I was active in last.
  const activeAt = now - world.accounts.size * 3_600_000
  members.set(me.id, { userId: me.id, role: plan.myRole, availability: 'online', activeAt })
  for (const [key, person] of Object.entries(plan.colleagues)) {
    const user = addUser(world, person)
    people.set(key, { kind: 'user', id: user.id })
    const { role = 'agent', availability = 'online' } = person
    members.set(user.id, { userId: user.id, role, availability, activeAt: now - 7_200_000 })
  }
  const botId = plan.bot === undefined ? null : addBot(world, plan.bot)
  if (botId !== null) people.set('bot', { kind: 'bot', id: botId })
  const account = addAccount(world, plan, members)
  const inboxes = new Map<string, Inbox>()
  for (const [key, inbox] of Object.entries(plan.inboxes))
    inboxes.set(key, addInbox(account, inbox, me.id, botId))
  const teams = addTeams(account, plan, people)
  const contacts = new Map<string, Contact>()
  for (const [key, contact] of Object.entries(plan.contacts)) {
    contacts.set(key, addContact(world, account, contact, now - 90 * 86_400_000))
  }
  return { world, account, people, inboxes, teams, contacts }
}

function addAccount(world: World, plan: AccountPlan, members: Map<number, Member>): Account {
  const id = world.accounts.size + 1
  const account: Account = {
    id,
    name: plan.name,
    locale: 'en',
    createdAt: world.clock.now() - 400 * 86_400_000,
    status: 'active',
    members,
    inboxes: new Map(),
    teams: new Map(),
    labels: (plan.labels ?? []).map((label, index) => ({ id: id * 100 + index + 1, ...label })),
    contacts: new Map(),
    conversations: new Map(),
  }
  world.accounts.set(id, account)
  return account
}

function addBot(world: World, name: string): number {
  const bot = { id: world.bots.size + 1, name, token: world.random.letters(24) }
  world.bots.set(bot.id, bot)
  world.tokens.set(bot.token, { kind: 'bot', id: bot.id })
  return bot.id
}

function addInbox(account: Account, plan: InboxPlan, meId: number, botId: number | null): Inbox {
  const members = new Set(account.members.keys())
  if (plan.withoutMe === true) members.delete(meId)
  const inbox: Inbox = {
    id: account.id * 20 + account.inboxes.size + 1,
    name: plan.name,
    channelType: plan.channel,
    members,
    email: plan.email ?? null,
    phone: plan.phone ?? null,
    replyWindowHours: plan.replyWindowHours ?? null,
    activeBotId: plan.isBotActive === true ? botId : null,
    autoAssignment: plan.autoAssignment ?? false,
  }
  account.inboxes.set(inbox.id, inbox)
  return inbox
}

function addTeams(
  account: Account,
  plan: AccountPlan,
  people: ReadonlyMap<string, Sender>,
): ReadonlyMap<string, number> {
  const teams = new Map<string, number>()
  for (const [key, team] of Object.entries(plan.teams ?? {})) {
    const id = account.id * 10 + account.teams.size + 1
    const members = new Set(team.members.map((member) => named(people, member).id))
    account.teams.set(id, {
      id,
      name: team.name,
      description: team.description,
      allowAutoAssign: false,
      members,
    })
    teams.set(key, id)
  }
  return teams
}

function threadEvents(settling: SettlingAccount, thread: ThreadPlan, lives: ThreadLife[]): TimedEvent[] {
  const { world, account } = settling
  const now = world.clock.now()
  const [first] = thread.lines
  if (first === undefined) throw new Error('A planned thread has no line.')
  const startedAt = now - first.agoMs
  let begun: Conversation | null = null
  const conversation = () => {
    if (begun === null) throw new Error(`A line of ${thread.contact} is older than the first of its thread.`)
    return begun
  }
  const lines = thread.lines.map((line, index) => ({
    at: now - line.agoMs,
    happen: () => addLine(settling, conversation(), thread, line, index),
  }))
  const last = now - Math.min(...thread.lines.map((line) => line.agoMs))
  return [
    { at: startedAt - 1, happen: () => (begun = beginThread(settling, thread, startedAt)) },
    {
      at: startedAt + 1,
      happen: () => assignThread(settling, conversation(), thread, Math.min(startedAt + 15_000, now)),
    },
    ...lines,
    { at: last + 1, happen: () => finishThread(settling, conversation(), thread, last) },
    {
      at: now + 1,
      happen: () => {
        const { then = [], meanwhile = [] } = thread
        lives.push({ account, conversation: conversation(), then, meanwhile })
      },
    },
  ]
}

function beginThread(
  { world, account, inboxes, contacts }: SettlingAccount,
  thread: ThreadPlan,
  at: number,
): Conversation {
  const inbox = named(inboxes, thread.inbox)
  const isWeb = inbox.channelType === 'Channel::WebWidget'
  return addConversation(world, account, {
    inbox,
    contactId: named(contacts, thread.contact).id,
    at,
    additionalAttributes: {
      ...(thread.subject === undefined ? {} : { mail_subject: thread.subject, source: 'email' }),
      ...(isWeb
        ? { browser: { browser_name: 'Firefox', platform_name: 'Linux' }, browser_language: 'en' }
        : {}),
      ...(isWeb ? { referer: 'https://shop.example.com/' } : {}),
    },
  })
}

function assignThread(
  { world, account, people, teams }: SettlingAccount,
  conversation: Conversation,
  thread: ThreadPlan,
  at: number,
): void {
  if (thread.team !== undefined)
    setTeam(world, account, conversation, named(teams, thread.team), { by: null, at })
  if (thread.assignee === undefined) return
  const { kind, id } = named(people, thread.assignee)
  if (kind !== 'contact') setAssignee(world, account, conversation, { kind, id }, { by: { kind, id }, at })
}

function addLine(
  settling: SettlingAccount,
  conversation: Conversation,
  thread: ThreadPlan,
  line: LinePlan,
  index: number,
): void {
  const { world, account, people } = settling
  const { extra } = line
  const at = world.clock.now() - line.agoMs
  const isTheirs = line.by === 'them'
  const isSystem = line.by === 'system'
  const contact: Sender = { kind: 'contact', id: conversation.contactId }
  const answered =
    extra.answersLinesBack === undefined ? undefined : conversation.messages.at(-extra.answersLinesBack)
  const said = addMessage(world, account, conversation, {
    type: isTheirs ? 'incoming' : isSystem ? 'activity' : extra.isTemplate === true ? 'template' : 'outgoing',
    sender: isTheirs ? contact : isSystem || extra.isTemplate === true ? null : named(people, line.by),
    content: line.text,
    isPrivate: line.isNote,
    contentType: extra.contentType ?? (extra.email === undefined ? 'text' : 'incoming_email'),
    contentAttributes: {
      ...extra.contentAttributes,
      ...(answered === undefined ? {} : { in_reply_to: answered.id }),
      ...(extra.externalError === undefined ? {} : { external_error: extra.externalError }),
      ...emailAttributes(world, line),
    },
    attachments: attachmentsOf(world, line),
    status: isTheirs ? 'sent' : (extra.status ?? usualStatus(settling, thread, line, index)),
    at,
  })
  if (extra.isDeleted === true) hide(said)
}

function finishThread(
  settling: SettlingAccount,
  conversation: Conversation,
  thread: ThreadPlan,
  last: number,
): void {
  const { world, account, people } = settling
  const now = world.clock.now()
  const status = thread.status ?? 'open'
  conversation.labels = [...(thread.labels ?? [])]
  conversation.priority = thread.priority ?? null
  const at = Math.min(last + 90_000, now)
  if (conversation.status !== status) {
    const until = thread.snoozedForHours === undefined ? null : now + thread.snoozedForHours * 3_600_000
    const by = people.get(thread.assignee ?? '') ?? null
    const doing = { by: by ?? named(people, 'me'), at }
    setStatus(
      world,
      account,
      conversation,
      status,
      status === 'snoozed' ? { ...doing, snoozedUntil: until } : doing,
    )
  }
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

function usualStatus(
  { inboxes }: SettlingAccount,
  thread: ThreadPlan,
  line: LinePlan,
  index: number,
): Message['status'] {
  const { channelType } = named(inboxes, thread.inbox)
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

function portraitFile(world: World, name: string): StoredFile {
  return storeFile(world, { name: 'avatar.png', contentType: 'image/png', bytes: () => portrait(name) })
}

function named<T>(among: ReadonlyMap<string, T>, key: string): T {
  const found = among.get(key)
  if (found === undefined) throw new Error(`The plan names "${key}", and nobody is called so.`)
  return found
}
