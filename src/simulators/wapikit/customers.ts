import { receive } from './receiving.ts'
import type { NewcomerPlan, ThreadLife } from './settling.ts'
import { contactOf, orderedMessages, type Conversation, type News, type World } from './world.ts'

/**
 * The customers of a world while somebody watches: they answer in character, add something while they wait, and now
 * and then somebody new turns up. All of it happens on the world's agenda.
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

interface Part {
  readonly then: string[]
  readonly meanwhile: string[]
  isAnswering: boolean
}

export function createCustomers(
  world: World,
  organizationId: string,
  people: { readonly lives: readonly ThreadLife[]; readonly newcomers: readonly NewcomerPlan[] },
): Customers {
  const parts = new Map(people.lives.map((life) => [life.conversation.id, partOf(life)]))
  const newcomers = [...people.newcomers]
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

  function planNext(current: LivePace): void {
    cancelNext = world.agenda.after(aroundMs(world, current.everyMs), () => {
      if (world.random.chance(0.4) || !addSomething(world, parts)) turnUp()
      if (pace !== null) planNext(pace)
    })
  }

  /** One answer to however many replies come meanwhile. */
  function hear({ kind, conversation }: News): void {
    const part = parts.get(conversation.id)
    if (kind !== 'sent' || pace === null || part === undefined || part.isAnswering) return
    const text = part.then.shift()
    if (text === undefined) return
    part.isAnswering = true
    // What they would have said while waiting no longer fits.
    part.meanwhile.splice(0)
    world.agenda.after(aroundMs(world, pace.answerAfterMs), () => {
      part.isAnswering = false
      if (pace !== null) say(world, conversation, text)
    })
  }

  function turnUp(): void {
    const newcomer = newcomers.shift()
    if (newcomer === undefined) return void addSomething(world, parts)
    const { phone, says, then } = newcomer
    const at = world.clock.now()
    const { conversation } = receive(world, { organizationId, phone, kind: 'text', text: says, at })
    if (conversation !== null) parts.set(conversation, { then: [...then], meanwhile: [], isAnswering: false })
  }

  return { start, stop }
}

/** Somebody who waits adds a line; false where nobody has anything to add. */
function addSomething(world: World, parts: ReadonlyMap<string, Part>): boolean {
  const waiting = [...parts].flatMap(([id, part]) => {
    const conversation = world.conversations.get(id)
    const isWaiting = conversation !== undefined && part.meanwhile.length > 0 && isUnanswered(conversation)
    return isWaiting ? [{ conversation, part }] : []
  })
  if (waiting.length === 0) return false
  const { conversation, part } = world.random.pick(waiting)
  const text = part.meanwhile.shift()
  if (text !== undefined) say(world, conversation, text)
  return true
}

function say(world: World, conversation: Conversation, text: string): void {
  const { phone } = contactOf(world, conversation)
  const at = world.clock.now()
  receive(world, { organizationId: conversation.organizationId, phone, kind: 'text', text, at })
}

function partOf({ then, meanwhile }: ThreadLife): Part {
  return { then: [...then], meanwhile: [...meanwhile], isAnswering: false }
}

function isUnanswered(conversation: Conversation): boolean {
  const isOpen = conversation.status === 'Active'
  return isOpen && orderedMessages(conversation).at(-1)?.direction === 'InBound'
}

/** Half as much to one and a half times as much. */
function aroundMs(world: World, ms: number): number {
  return Math.round(ms * (0.5 + world.random.next()))
}
