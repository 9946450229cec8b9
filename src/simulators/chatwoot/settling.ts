import { portrait } from '../media/portrait.ts'
import { emptyContactFile, emptyTools } from './office.ts'
import type { AccountPlan, ContactPlan, InboxPlan, InstallationPlan, PersonPlan } from './plan.ts'
import { named, threadEvents, type SettlingAccount, type ThreadLife, type TimedEvent } from './threads.ts'
import { settleTools } from './settling-tools.ts'
import {
  storeFile,
  type Account,
  type Contact,
  type Inbox,
  type Member,
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
    if (accountPlan.tools !== undefined) settleTools(settling, accountPlan.tools)
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

export function addUser(world: World, person: PersonPlan, token = world.random.letters(24)): User {
  const user: User = {
    id: world.users.size + 11,
    name: person.name,
    email: person.email,
    avatar: portraitFile(world, person.name),
    token,
    pubsubToken: world.random.letters(24),
    password: person.password ?? `${person.email.split('@')[0] ?? ''}-opens-1!`,
    mfa:
      person.mfa === undefined
        ? null
        : { code: person.mfa.code, backupCodes: new Set(person.mfa.backupCodes) },
    displayName: null,
    signature: person.signature ?? null,
    uiSettings: {},
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
    ...emptyContactFile(),
  }
  account.contacts.set(contact.id, contact)
  return contact
}

function settleAccount(world: World, plan: AccountPlan, me: User): SettlingAccount {
  const now = world.clock.now()
  const people = new Map<string, Sender>([['me', { kind: 'user', id: me.id }]])
  const members = new Map<number, Member>()
  // The first account is the one I was active in last.
  const activeAt = now - world.accounts.size * 3_600_000
  members.set(me.id, {
    userId: me.id,
    role: plan.myRole,
    availability: 'online',
    isAutoOffline: true,
    activeAt,
  })
  for (const [key, person] of Object.entries(plan.colleagues)) {
    const user = addUser(world, person)
    people.set(key, { kind: 'user', id: user.id })
    const { role = 'agent', availability = 'online' } = person
    members.set(user.id, {
      userId: user.id,
      role,
      availability,
      isAutoOffline: true,
      activeAt: now - 7_200_000,
    })
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
    lastDisplayId: 0,
    ...emptyTools(),
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
    lastAutoAssignedId: null,
    medium: plan.medium ?? null,
    asksForRating: plan.asksForRating ?? false,
    isLockedToOne: plan.isLockedToOne ?? false,
    templates: plan.templates ?? [],
    replyWindowMessage: plan.replyWindowMessage ?? null,
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
      allowAutoAssign: team.allowAutoAssign ?? false,
      members,
    })
    teams.set(key, id)
  }
  return teams
}

function portraitFile(world: World, name: string): StoredFile {
  return storeFile(world, { name: 'avatar.png', contentType: 'image/png', bytes: () => portrait(name) })
}
