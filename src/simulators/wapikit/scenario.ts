import type { FaultBoard, FaultTarget } from '../faults.ts'
import { ScenarioMistake } from '../scenario-input.ts'
import type { Customers, LivePace } from './customers.ts'
import type { Live } from './live.ts'
import { mannersOf, type Manners } from './manners.ts'
import { plainFault, type WapikitFault } from './named-faults.ts'
import { receive, type Received } from './receiving.ts'
import { type Settled } from './settling.ts'
import { conversationShape } from './shapes.ts'
import { keyLivesMs, tokenFor } from './tokens.ts'
import {
  addMessage,
  organizationOf,
  tell,
  userOf,
  type Conversation,
  type ConversationStatus,
  type Member,
  type World,
} from './world.ts'

/**
 * Control over a simulated world: what other people do in it, and what goes wrong around it. The same calls answer
 * over HTTP under `/_scenario/`. Whatever cannot be done throws a ScenarioMistake that says why.
 */
export interface Scenario {
  /** Through WhatsApp, to us unless `isForeign`; a number nobody knows becomes somebody new. */
  customerWrites(given: CustomerWrites): Received
  /** WhatsApp brings the same message again: nobody notices, and it is there twice. */
  redelivers(given: { readonly conversation: string; readonly message?: string | undefined }): Received
  /** From somewhere else: no event tells of it. */
  colleagueWrites(given: { readonly conversation: string; readonly text: string }): { message: string }
  /** To somebody whose name begins so; `me` is me, null takes it from everybody. */
  colleagueAssigns(given: { readonly conversation: string; readonly to: string | null }): void
  /** However the server came by it: its own update may do nothing. */
  colleagueSets(given: { readonly conversation: string; readonly status: ConversationStatus }): void

  fault(fault: WapikitFault, target?: FaultTarget): number
  liftFault(id: number): void
  clearFaults(): void
  /** A dialect brings all its habits; whatever else is named goes before them. */
  server(change: Partial<Manners>): void
  /** Another key for somebody; the old ones go on. */
  issueKey(given: { readonly as?: string | undefined; readonly livesMs?: number | undefined }): string
  /** No key that was handed out so far is good any more. */
  expireKeys(): void
  suspend(given: { readonly as?: string | undefined; readonly isSuspended: boolean }): void
  /** Everything realtime loses its connection. */
  cutLive(): void
  /** Connections stay, and nothing more comes on them. */
  quietLive(isQuiet: boolean): void

  /** Customers who keep writing; null stops them. */
  live(pace: LivePace | null): void
  /** Lets happen what is due by the clock; answers how much. */
  tick(): number
  look(given: { readonly conversation: string }): object
}

export interface CustomerWrites {
  /** Whose customer writes; a new number where neither this nor a phone is named. */
  readonly conversation?: string | undefined
  /** Digits alone. */
  readonly phone?: string | undefined
  readonly text?: string | undefined
  /** By itself a text; the others are what the server drops, a video makes an empty conversation. */
  readonly kind?: 'text' | 'image' | 'audio' | 'document' | 'video' | undefined
  readonly isForeign?: boolean | undefined
  /** WhatsApp's own time of it, epoch ms. */
  readonly at?: number | undefined
}

export interface ScenarioParts {
  readonly world: World
  readonly settled: Settled
  readonly faults: FaultBoard
  readonly customers: Customers
  readonly live: Live
}

export function createScenario(parts: ScenarioParts): Scenario {
  return { ...othersIn(parts), ...troubleFor(parts) }
}

function othersIn({ world, settled, customers }: ScenarioParts) {
  return {
    customerWrites: (given) => customerWrites(world, settled, given),
    redelivers: (given) => redeliver(world, given),
    colleagueWrites: ({ conversation: id, text }) => {
      const conversation = conversationNamed(world, id)
      const at = world.clock.now()
      const message = addMessage(world, conversation, { direction: 'OutBound', data: { text }, at })
      return { message: message.id }
    },
    colleagueAssigns: ({ conversation: id, to }) => {
      const conversation = conversationNamed(world, id)
      for (const assignment of conversation.assignments) assignment.isHolding = false
      if (to !== null) hold(conversation, memberCalled(world, settled, to), world.clock.now())
    },
    colleagueSets: ({ conversation, status }) => {
      conversationNamed(world, conversation).status = status
    },
    live: (pace) => (pace === null ? customers.stop() : customers.start(pace)),
    tick: () => world.agenda.run(),
    look: ({ conversation }) => conversationShape(world, conversationNamed(world, conversation)),
  } satisfies Partial<Scenario>
}

function troubleFor({ world, settled, faults, live }: ScenarioParts) {
  return {
    fault: (fault, target = {}) => faults.add(plainFault(world, fault), target),
    liftFault: (id) => {
      if (!faults.lift(id)) {
        throw new ScenarioMistake(`There is no fault ${id}: it was used up or lifted before.`)
      }
    },
    clearFaults: () => faults.clear(),
    server: (wanted) => {
      const habits = wanted.dialect === undefined ? {} : mannersOf(wanted.dialect)
      Object.assign(world.manners, habits, wanted)
    },
    issueKey: ({ as, livesMs = keyLivesMs }) => tokenFor(world, memberCalled(world, settled, as), livesMs),
    expireKeys: () => {
      world.secret = world.random.letters(32)
    },
    suspend: ({ as, isSuspended }) => {
      userOf(world, memberCalled(world, settled, as)).isActive = !isSuspended
    },
    cutLive: () => live.cut(),
    quietLive: (isQuiet) => live.quiet(isQuiet),
  } satisfies Partial<Scenario>
}

function customerWrites(world: World, settled: Settled, given: CustomerWrites): Received {
  const { conversation: id, text = 'Hello?', kind = 'text', isForeign = false } = given
  const of = isForeign ? settled.foreigner : settled.me
  if (of === null) throw new ScenarioMistake('There is only one organisation in this data set.')
  const conversation = id === undefined ? null : conversationNamed(world, id)
  const contact = conversation === null ? undefined : world.contacts.get(conversation.contactId)
  return receive(world, {
    organizationId: conversation?.organizationId ?? of.organizationId,
    phone: contact?.phone ?? given.phone ?? newPhone(world),
    kind,
    text,
    at: given.at ?? world.clock.now(),
  })
}

function redeliver(world: World, given: Parameters<Scenario['redelivers']>[0]): Received {
  const conversation = conversationNamed(world, given.conversation)
  const theirs = conversation.messages.filter(({ direction }) => direction === 'InBound')
  const message = given.message === undefined ? theirs.at(-1) : theirs.find(({ id }) => id === given.message)
  if (message === undefined) throw new ScenarioMistake('The customer has not written that.')
  const { data, createdAt: at, whatsAppId } = message
  const again = addMessage(world, conversation, { direction: 'InBound', data, at, whatsAppId })
  tell(world, { kind: 'received', conversation, message: again })
  return { conversation: conversation.id, message: again.id }
}

function hold(conversation: Conversation, member: Member, at: number): void {
  const former = conversation.assignments.find(({ memberId }) => memberId === member.id)
  if (former === undefined) {
    conversation.assignments.push({ memberId: member.id, createdAt: at, isHolding: true })
  } else former.isHolding = true
}

function conversationNamed(world: World, id: string): Conversation {
  const conversation = world.conversations.get(id)
  if (conversation === undefined) throw new ScenarioMistake(`There is no conversation ${id}.`)
  return conversation
}

function memberCalled(world: World, { me, foreigner }: Settled, name = 'me'): Member {
  if (name === 'me') return me
  for (const { organizationId } of [me, ...(foreigner === null ? [] : [foreigner])]) {
    const { members } = organizationOf(world, organizationId)
    const found = [...members.values()].find((each) =>
      userOf(world, each).name.toLowerCase().startsWith(name.toLowerCase()),
    )
    if (found !== undefined) return found
  }
  throw new ScenarioMistake(`Nobody here is called ${name}.`)
}

/** From the range that is reserved for stories. */
function newPhone(world: World): string {
  const taken = new Set([...world.contacts.values()].map(({ phone }) => phone))
  for (let number = 15_550_110_000; ; number += 1) if (!taken.has(`${number}`)) return `${number}`
}
