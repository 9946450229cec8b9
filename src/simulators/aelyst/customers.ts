import { bodyOf } from './plan.ts'
import { addMessage, currentStatus, lastChannelOf, moveMessage } from './rules.ts'
import { deliveredAfterMs } from './delivery.ts'
import type { Life, Settled } from './settling.ts'
import type { Contact, Message, World } from './world.ts'

/**
 * The customers of a world while somebody watches: they read what reaches them, answer in character, add something while
 * they wait, and now and then somebody new turns up. All of it happens on the world's agenda.
 */
export interface Customers {
  start(pace: LivePace): void
  stop(): void
}

export interface LivePace {
  /** About how long until somebody writes unasked. */
  readonly everyMs: number
  /** About how long until a customer answers. */
  readonly answerAfterMs: number
}

export function createCustomers(world: World, { lives, turnUp }: Settled): Customers {
  const known = new Map(lives.map((life) => [life.contact, life]))
  const answering = new Set<Contact>()
  const strangers = [...turnUp]
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
      if (world.random.chance(0.4) || !addSomething(world, known.values())) arrive()
      if (pace !== null) planNext(pace)
    })
  }

  function arrive(): void {
    const life = strangers.shift()?.()
    if (life === undefined) addSomething(world, known.values())
    else known.set(life.contact, life)
  }

  /** People are answered, machines are not; several replies meanwhile get one answer. */
  function hear(contact: Contact, message: Message): void {
    const source = message.sender?.source ?? ''
    const life = known.get(contact)
    if (pace === null || life === undefined || !['user', 'api', 'echo'].includes(source)) return
    if (answering.has(contact)) return
    answering.add(contact)
    const waitMs = deliveredAfterMs + aroundMs(world, pace.answerAfterMs)
    world.agenda.after(waitMs, () => {
      answering.delete(contact)
      if (pace !== null && currentStatus(message) !== 'failed') answer(world, life)
    })
  }

  return { start, stop }
}

function answer(world: World, { contact, then, meanwhile }: Life): void {
  for (const message of contact.messages) {
    const now = currentStatus(message)
    if (now === 'sent' || now === 'delivered') moveMessage(world, message, 'read')
  }
  const text = then.shift()
  // What they would have said while waiting no longer fits.
  meanwhile.splice(0)
  if (text !== undefined) say(world, contact, text)
}

/** Somebody who waits adds a line; false where nobody has anything to add. */
function addSomething(world: World, lives: Iterable<Life>): boolean {
  const waiting = [...lives].filter(({ contact, meanwhile }) => meanwhile.length > 0 && isWaiting(contact))
  if (waiting.length === 0) return false
  const { contact, meanwhile } = world.random.pick(waiting)
  const text = meanwhile.shift()
  if (text !== undefined) say(world, contact, text)
  return true
}

function isWaiting({ status, isBlocked, messages }: Contact): boolean {
  return status === 'open' && !isBlocked && messages.at(-1)?.traffic === 'incoming'
}

function say(world: World, contact: Contact, text: string): void {
  const channelId = lastChannelOf(contact)
  if (channelId !== null && world.contacts.has(contact.id)) {
    addMessage(world, contact, { channelId, traffic: 'incoming', body: bodyOf(text) })
  }
}

/** Half as much to one and a half times as much. */
function aroundMs(world: World, ms: number): number {
  return Math.round(ms * (0.5 + world.random.next()))
}
