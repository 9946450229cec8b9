import { ScenarioMistake } from '../scenario-input.ts'
import type { Account, Conversation, Inbox, Message, Place, User, World } from './world.ts'

/** What a scenario call names, found in the world; what cannot be found is said in a sentence. */
export function placeOf(world: World, where: Where): Place {
  const account = accountNamed(world, where.account)
  return { world, account, conversation: conversationNamed(account, where.conversation) }
}

export interface Where {
  /** The first account where none is named. */
  readonly account?: number | undefined
  /** The display id. */
  readonly conversation: number
}

export interface MessageWhere extends Where {
  /** The newest where none is named. */
  readonly message?: number | undefined
}

/** The first account where none is named. */
export function accountNamed(world: World, id: number | undefined): Account {
  const account = id === undefined ? [...world.accounts.values()][0] : world.accounts.get(id)
  if (account === undefined) throw new ScenarioMistake(`There is no account ${id ?? ''} in this world.`)
  return account
}

export function conversationNamed(account: Account, displayId: number): Conversation {
  const conversation = account.conversations.get(displayId)
  if (conversation === undefined)
    throw new ScenarioMistake(`${account.name} has no conversation ${displayId}.`)
  return conversation
}

/** The newest message where none is named. */
export function messageOf(conversation: Conversation, id: number | undefined): Message {
  const { messages, displayId } = conversation
  const message = id === undefined ? messages.at(-1) : messages.find((one) => one.id === id)
  if (message === undefined)
    throw new ScenarioMistake(`Conversation ${displayId} has no message ${id ?? ''}.`)
  return message
}

/** The first inbox where none is named. */
export function inboxNamed(account: Account, id: number | undefined): Inbox {
  const inbox = id === undefined ? [...account.inboxes.values()][0] : account.inboxes.get(id)
  if (inbox === undefined) throw new ScenarioMistake(`${account.name} has no inbox ${id ?? ''}.`)
  return inbox
}

/** `me`, `bot`, or how a member's name begins; the first colleague there is where nobody is named. */
export function personNamed(
  { world, account }: Place,
  me: User,
  name: string | undefined,
): { kind: 'user' | 'bot'; id: number } {
  if (name === 'me') return { kind: 'user', id: me.id }
  const [bot] = world.bots.values()
  if (name === 'bot' && bot !== undefined) return { kind: 'bot', id: bot.id }
  const members = [...account.members.keys()].flatMap((id) => world.users.get(id) ?? [])
  const wanted = (user: User) =>
    name === undefined ? user.id !== me.id : user.name.toLowerCase().startsWith(name.toLowerCase())
  const user = members.find(wanted)
  if (user === undefined)
    throw new ScenarioMistake(`Nobody at ${account.name} is called ${name ?? 'a colleague'}.`)
  return { kind: 'user', id: user.id }
}
