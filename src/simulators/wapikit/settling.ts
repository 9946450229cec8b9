import { keyLivesMs, tokenFor } from './tokens.ts'
import {
  addContact,
  addConversation,
  addMessage,
  nextId,
  present,
  type Conversation,
  type ConversationStatus,
  type Member,
  type Organization,
  type Tag,
  type World,
} from './world.ts'

/** What a data set says of a server: organisations, who works there, who wrote. */
export interface ServerPlan {
  /** The first is the agent's own; the others share the server with it. */
  readonly organizations: readonly OrganizationPlan[]
}

export interface OrganizationPlan {
  readonly name: string
  /** The first made the organisation, owns it and is the only one with a key of the server's own making. */
  readonly people: readonly { readonly name: string; readonly accessLevel?: 'Owner' | 'Member' }[]
  readonly tags: readonly string[]
  readonly lists: readonly string[]
  readonly threads: readonly ThreadPlan[]
  readonly newcomers?: readonly NewcomerPlan[]
}

export interface ThreadPlan {
  /** Empty for somebody whom nobody has named yet. */
  readonly name: string
  readonly phone: string
  /** Empty for a conversation that began with something the server does not keep. */
  readonly lines: readonly Line[]
  readonly startedMinutesAgo?: number
  readonly status?: ConversationStatus
  /** How the names of those begin to whom it was given, in order; all but the last lost it again. */
  readonly assigned?: readonly string[]
  readonly tags?: readonly string[]
  readonly isInLists?: boolean
  readonly isCampaign?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  /** What they answer, one answer to each time they are answered. */
  readonly then?: readonly string[]
  /** What they add while they wait. */
  readonly meanwhile?: readonly string[]
}

export interface NewcomerPlan {
  readonly phone: string
  readonly says: string
  readonly then: readonly string[]
}

export interface Line {
  readonly by: 'them' | 'us'
  readonly minutesAgo: number
  readonly text: string
}

export function them(minutesAgo: number, text: string): Line {
  return { by: 'them', minutesAgo, text }
}

export function us(minutesAgo: number, text: string): Line {
  return { by: 'us', minutesAgo, text }
}

/** Brings a plan into the world as of now. */
export function settle(world: World, plan: ServerPlan): Settled {
  const settled = plan.organizations.map((each) => settleOrganization(world, each))
  const lives = settled.flatMap((each) => each.lives)
  const members = settled.map((each) => each.members)
  const [ownMembers = [], foreignMembers = []] = members
  return {
    me: present(ownMembers[0], 'member'),
    colleagues: ownMembers.slice(1),
    foreigner: foreignMembers[0] ?? null,
    lives,
    newcomers: plan.organizations[0]?.newcomers ?? [],
  }
}

export interface Settled {
  readonly me: Member
  readonly colleagues: readonly Member[]
  /** Who owns the other organisation on the same server. */
  readonly foreigner: Member | null
  readonly lives: readonly ThreadLife[]
  readonly newcomers: readonly NewcomerPlan[]
}

/** What a customer still has to say. */
export interface ThreadLife {
  readonly conversation: Conversation
  readonly then: readonly string[]
  readonly meanwhile: readonly string[]
}

function settleOrganization(
  world: World,
  plan: OrganizationPlan,
): { members: Member[]; lives: ThreadLife[] } {
  const createdAt = world.clock.now() - 300 * 86_400_000
  const organization: Organization = {
    id: nextId(world),
    name: plan.name,
    createdAt,
    members: new Map(),
    tags: plan.tags.map((text) => ({ id: nextId(world), text })),
    lists: plan.lists.map((name) => ({ id: nextId(world), name })),
    whatsApp: {
      accountId: '103043282674158',
      accessToken: `canary-whatsapp-token-${world.random.letters(16)}`,
      webhookSecret: `canary-webhook-secret-${world.random.letters(16)}`,
    },
    smtpPassword: `canary-smtp-password-${world.random.letters(16)}`,
  }
  world.organizations.set(organization.id, organization)
  const members = plan.people.map((person, index) => addMember(world, organization, { ...person, index }))
  const [owner] = members
  if (owner !== undefined) {
    owner.apiKey = { id: nextId(world), key: tokenFor(world, owner, keyLivesMs), createdAt }
  }
  return { members, lives: plan.threads.map((thread) => settleThread(world, organization, thread)) }
}

function addMember(
  world: World,
  organization: Organization,
  { name, accessLevel = 'Owner', index }: OrganizationPlan['people'][number] & { readonly index: number },
): Member {
  const username = (name.split(' ')[0] ?? name).toLowerCase()
  const createdAt = organization.createdAt + index * 86_400_000
  const email = `${username}@example.com`
  const user = {
    id: nextId(world),
    name,
    email,
    username,
    password: `${username}-opens-1!`,
    createdAt,
    isActive: true,
  }
  world.users.set(user.id, user)
  const member: Member = {
    id: nextId(world),
    organizationId: organization.id,
    userId: user.id,
    accessLevel,
    createdAt,
    apiKey: null,
  }
  organization.members.set(member.id, member)
  return member
}

function settleThread(world: World, organization: Organization, plan: ThreadPlan): ThreadLife {
  const { startedMinutesAgo = plan.lines[0]?.minutesAgo ?? 0, then = [], meanwhile = [] } = plan
  const ago = (minutes: number) => world.clock.now() - minutes * 60_000
  const at = ago(startedMinutesAgo)
  const known = [...world.contacts.values()].find(({ phone }) => phone === plan.phone)
  const contact =
    known ??
    addContact(world, {
      organizationId: organization.id,
      createdAt: at,
      name: plan.name,
      phone: plan.phone,
      attributes: plan.attributes ?? {},
      listIds: plan.isInLists === true ? organization.lists.slice(0, 1).map(({ id }) => id) : [],
    })
  const campaignId = plan.isCampaign === true ? nextId(world) : undefined
  const conversation = addConversation(world, contact, { at, campaignId })
  for (const { by, minutesAgo, text } of plan.lines) {
    const direction = by === 'them' ? 'InBound' : 'OutBound'
    addMessage(world, conversation, { direction, data: { text }, at: ago(minutesAgo) })
  }
  conversation.status = plan.status ?? 'Active'
  conversation.tagIds.push(...(plan.tags ?? []).map((text) => tagNamed(organization.tags, text).id))
  for (const [index, name] of (plan.assigned ?? []).entries()) {
    const member = memberNamed(world, organization, name)
    const isHolding = index === (plan.assigned ?? []).length - 1
    conversation.assignments.push({ memberId: member.id, createdAt: at + index * 1000, isHolding })
  }
  return { conversation, then, meanwhile }
}

export function memberNamed(world: World, organization: Organization, name: string): Member {
  const all = [...organization.members.values()]
  const wanted = name.toLowerCase()
  const found = all.find((each) => world.users.get(each.userId)?.name.toLowerCase().startsWith(wanted))
  return present(found, `member called ${name}`)
}

function tagNamed(tags: readonly Tag[], text: string): Tag {
  return present(
    tags.find((tag) => tag.text === text),
    `tag called ${text}`,
  )
}
