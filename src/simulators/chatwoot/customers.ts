import type { NewcomerPlan } from './plan.ts'
import { addConversation, addMessage, moveMessage, readByCustomer } from './rules.ts'
import { addContact, type ThreadLife } from './settling.ts'
import {
  inboxOf,
  type Account,
  type Change,
  type Conversation,
  type Inbox,
  type Message,
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
  const parts = new Map(lives.map((life) => [life.conversation, partOf(life)]))
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
      if (world.random.chance(0.45) || !addSomething()) turnUp()
      if (pace !== null) planNext(pace)
    })
  }

  function hear({ kind, account, conversation, message }: Change): void {
    const isReply = message?.type === 'outgoing' && !message.isPrivate && message.sender?.kind === 'user'
    if (kind !== 'messageCreated' || message === null || !isReply || pace === null) return
    carry(world, account, conversation, message)
    const answer = parts.get(conversation)?.then.shift()
    if (answer === undefined) return
    const part = parts.get(conversation)
    // Once answered, what they would have said while waiting no longer fits.
    part?.meanwhile.splice(0)
    world.agenda.after(aroundMs(world, pace.answerAfterMs), () => {
      if (pace === null) return
      readByCustomer(world, account, conversation)
      say(world, account, conversation, answer)
    })
  }

  function addSomething(): boolean {
    const waiting = [...parts.values()].filter(
      (part) => part.meanwhile.length > 0 && isWaiting(part.conversation),
    )
    if (waiting.length === 0) return false
    const part = world.random.pick(waiting)
    const text = part.meanwhile.shift()
    if (text !== undefined) say(world, part.account, part.conversation, text)
    return true
  }

  function turnUp(): void {
    const newcomer = waitingNewcomers.shift()
    if (newcomer === undefined) return void addSomething()
    const { account, inbox, plan } = newcomer
    const contact = addContact(world, account, plan.contact, world.clock.now())
    const conversation = addConversation(world, account, { inbox, contactId: contact.id })
    const { then, meanwhile = [] } = plan
    parts.set(conversation, partOf({ account, conversation, then, meanwhile }))
    say(world, account, conversation, plan.says)
  }

  return { start, stop }
}

interface Part {
  readonly account: Account
  readonly conversation: Conversation
  readonly then: string[]
  readonly meanwhile: string[]
}

function partOf({ account, conversation, then, meanwhile }: ThreadLife): Part {
  return { account, conversation, then: [...then], meanwhile: [...meanwhile] }
}

function isWaiting(conversation: Conversation): boolean {
  return conversation.status === 'open' && conversation.waitingSince !== null
}

/** The channel takes the reply to the customer's phone, where it says so. */
function carry(world: World, account: Account, conversation: Conversation, message: Message): void {
  const { channelType } = inboxOf(account, conversation)
  if (channelType === 'Channel::Email' || channelType === 'Channel::Telegram') return
  world.agenda.after(aroundMs(world, 1800), () => {
    if (message.status === 'sent') moveMessage(world, account, conversation, message, { status: 'delivered' })
  })
}

function say(world: World, account: Account, conversation: Conversation, text: string): void {
  addMessage(world, account, conversation, {
    type: 'incoming',
    sender: { kind: 'contact', id: conversation.contactId },
    content: text,
  })
}

/** Half as much to one and a half times as much. */
function aroundMs(world: World, ms: number): number {
  return Math.round(ms * (0.5 + world.random.next()))
}
