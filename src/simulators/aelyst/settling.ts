import { fileUrl } from './files.ts'
import type { ContactPlan, LinePlan, SpacePlan } from './plan.ts'
import { addContact, addMessage, setStatus } from './rules.ts'
import type { Contact, Sender, World } from './world.ts'

/** Moves people into an empty world: everything of the plan has just happened, as long ago as it says. */
export function settle(world: World, plan: SpacePlan): Settled {
  const users = Object.entries(plan.users).map(([short, { name, email, ...more }], index) => {
    const [firstName = '', ...rest] = name.split(' ')
    const id = 101 + index
    const { role = 'agent', team = null, restrictions = [] } = more
    world.users.set(id, { id, firstName, lastName: rest.join(' '), email, role, team, restrictions })
    return [short, id] as const
  })
  const channels = Object.entries(plan.channels).map(([short, { name, source, templates = [] }], index) => {
    const id = 201 + index
    world.channels.set(id, { id, name, source, createdAt: world.clock.now() - 400 * dayMs })
    for (const { category = 'UTILITY', status = 'approved', ...template } of templates) {
      const templateId = 601 + world.templates.size
      world.templates.set(templateId, { id: templateId, channelId: id, category, status, ...template })
    }
    return [short, id] as const
  })
  world.closingNotes = plan.closingNotes
  world.stages = plan.stages
  const names = { users: new Map(users), channels: new Map(channels) }
  const lives = plan.contacts.map((each) => lifeOf(moveIn(world, names, each), each))
  const newcomers = plan.newcomers ?? []
  return { lives, turnUp: newcomers.map((each) => () => lifeOf(moveIn(world, names, each), each)) }
}

export interface Settled {
  readonly lives: readonly Life[]
  readonly turnUp: readonly (() => Life)[]
}

export interface Life {
  readonly contact: Contact
  readonly then: string[]
  readonly meanwhile: string[]
}

interface Names {
  readonly users: ReadonlyMap<string, number>
  readonly channels: ReadonlyMap<string, number>
}

interface Thread {
  readonly world: World
  readonly contact: Contact
  readonly channelId: number
  readonly names: Names
}

const dayMs = 86_400_000

function moveIn(world: World, names: Names, plan: ContactPlan): Contact {
  const now = world.clock.now()
  const [firstName = '', ...rest] = plan.name.split(' ')
  const oldestMs = Math.max(0, ...plan.lines.map(({ agoMs }) => agoMs))
  const fields = {
    firstName,
    lastName: rest.length === 0 ? null : rest.join(' '),
    phone: plan.phone ?? null,
    email: plan.email ?? null,
    language: plan.language ?? null,
    countryCode: plan.countryCode ?? null,
    profilePic: plan.hasPortrait === true ? fileUrl(`portrait-${world.contacts.size}.png`) : null,
    customFields: plan.customFields ?? null,
  }
  const contact = addContact(world, fields, now - oldestMs - 1000)
  const channelId = idOf(names.channels, plan.channel)
  for (const line of plan.lines) say({ world, contact, channelId, names }, line)
  contact.tags = plan.tags ?? []
  contact.lifecycle = plan.lifecycle ?? null
  contact.assigneeId = plan.assignee === undefined ? null : idOf(names.users, plan.assignee)
  contact.isBlocked = plan.isBlocked ?? false
  if (plan.status !== undefined) setStatus(contact, plan.status)
  return contact
}

function say(thread: Thread, line: LinePlan): void {
  const { world, contact, channelId, names } = thread
  const at = world.clock.now() - line.agoMs
  const isTheirs = line.by === 'them'
  const message = addMessage(world, contact, {
    channelId,
    traffic: isTheirs ? 'incoming' : 'outgoing',
    body: line.body,
    at,
    ...(isTheirs ? {} : { sender: senderNamed(names, line.by) }),
  })
  if (isTheirs) return
  if (line.failed === undefined)
    message.statuses.push({ value: 'sent', at }, { value: 'delivered', at: at + 1000 })
  else message.statuses.push({ value: 'failed', at: at + 1000, message: line.failed })
}

function senderNamed({ users }: Names, who: string): Sender {
  const userId = users.get(who)
  if (userId !== undefined) return { source: 'user', userId }
  return who === 'workflow' ? { source: who, workflowId: 501 } : { source: who }
}

function idOf(names: ReadonlyMap<string, number>, short: string): number {
  const id = names.get(short)
  if (id === undefined) throw new Error(`Nothing is called ${short} in this plan.`)
  return id
}

function lifeOf(contact: Contact, { then = [], meanwhile = [] }: ContactPlan): Life {
  return { contact, then: [...then], meanwhile: [...meanwhile] }
}
