import { refusalByChannel } from './delivery.ts'
import type { NewcomerPlan } from './plan.ts'
import { addConversation, addMessage, moveMessage, readByCustomer } from './rules.ts'
import { addContact } from './settling.ts'
import type { ThreadLife } from './threads.ts'
import {
  inboxOf,
  type Account,
  type Change,
  type Inbox,
  type Message,
  type Place,
  type World,
} from './world.ts'

/**
 * The customers of a world while somebody watches: they read what is sent to them, answer in character, add something
 * while they wait, and now and then somebody new turns up. All of it happens on the world's agenda.
 */
export interface Customers {
  start(pace: LivePace): void
  stop(): void
}

export interface LivePace {
  /** About how long until somebody writes unasked. */
  readonly everyMs: number
  /** About how long until a customer answers an agent. */
  readonly answerAfterMs: number
}

/** A stranger who may turn up, with the account and inbox of the plan already found. */
export interface Newcomer {
  readonly account: Account
  readonly inbox: Inbox
  readonly plan: NewcomerPlan
}

export function createCustomers(
  world: World,
  lives: readonly ThreadLife[],
  newcomers: readonly Newcomer[],
): Customers {
  const parts = new Map(lives.map((life) => [life.place.conversation, partOf(life)]))
  const waitingNewcomers = [...newcomers]
  let pace: LivePace | null = null
  let cancelNext = () => {}

  function start(wanted: LivePace): void {
    stop()
    pace = wanted
    world.listeners.add(hear)
    planNext(wanted)
  }

  function stop(): void {
    pace = null
    world.listeners.delete(hear)
    cancelNext()
  }

  function planNext({ everyMs }: LivePace): void {
    cancelNext = world.agenda.after(aroundMs(world, everyMs), () => {
      if (world.random.chance(0.45) || !addSomething(world, parts.values())) turnUp()
      if (pace !== null) planNext(pace)
    })
  }

  function hear({ kind, account, conversation, message }: Change): void {
    const isReply = message?.type === 'outgoing' && !message.isPrivate && message.sender?.kind === 'user'
    if (kind !== 'messageCreated' || message === null || !isReply || pace === null) return
    const place = { world, account, conversation }
    if (refusalByChannel(place, message) !== null) return
    carry(place, message)
    const part = parts.get(conversation)
    if (part !== undefined && !part.isAnswering) answer(part, pace)
  }

  /** One answer to however many replies come meanwhile. */
  function answer(part: Part, { answerAfterMs }: LivePace): void {
    const text = part.then.shift()
    if (text === undefined) return
    part.isAnswering = true
    // What they would have said while waiting no longer fits.
    part.meanwhile.splice(0)
    world.agenda.after(aroundMs(world, answerAfterMs), () => {
      part.isAnswering = false
      if (pace === null) return
      readByCustomer(part.place)
      say(part.place, text)
    })
  }

  function turnUp(): void {
    const newcomer = waitingNewcomers.shift()
    if (newcomer === undefined) return void addSomething(world, parts.values())
    const part = arrive(world, newcomer)
    parts.set(part.place.conversation, part)
    say(part.place, newcomer.plan.says)
  }

  return { start, stop }
}

interface Part {
  readonly place: Place
  readonly then: string[]
  readonly meanwhile: string[]
  isAnswering: boolean
}

function partOf({ place, then, meanwhile }: ThreadLife): Part {
  return { place, then: [...then], meanwhile: [...meanwhile], isAnswering: false }
}

/** Somebody who waits adds a line; false where nobody has anything to add. */
function addSomething(world: World, parts: Iterable<Part>): boolean {
  const waiting = [...parts].filter((part) => part.meanwhile.length > 0 && isWaiting(part.place))
  if (waiting.length === 0) return false
  const part = world.random.pick(waiting)
  const text = part.meanwhile.shift()
  if (text !== undefined) say(part.place, text)
  return true
}

function arrive(world: World, { account, inbox, plan }: Newcomer): Part {
  const contact = addContact(world, account, plan.contact, world.clock.now())
  const conversation = addConversation(world, account, { inbox, contactId: contact.id })
  const { then, meanwhile = [] } = plan
  return partOf({ place: { world, account, conversation }, then, meanwhile })
}

function isWaiting({ conversation }: Place): boolean {
  return conversation.status === 'open' && conversation.waitingSince !== null
}

/** The channel takes the reply to the customer's phone, and the customer looks at it, where the channel says so. */
function carry(place: Place, message: Message): void {
  const { world, account, conversation } = place
  const { channelType } = inboxOf(account, conversation)
  if (channelType === 'Channel::Email' || channelType === 'Channel::Telegram') return
  world.agenda.after(aroundMs(world, 1800), () => {
    if (message.status !== 'sent') return
    moveMessage(place, message, { status: 'delivered' })
    world.agenda.after(aroundMs(world, 4000), () => readByCustomer(place))
  })
}

function say(place: Place, text: string): void {
  addMessage(place, {
    type: 'incoming',
    sender: { kind: 'contact', id: place.conversation.contactId },
    content: text,
  })
}

/** Half as much to one and a half times as much. */
function aroundMs(world: World, ms: number): number {
  return Math.round(ms * (0.5 + world.random.next()))
}
