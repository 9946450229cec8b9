import { ScenarioMistake } from '../scenario-input.ts'
import { changed, deleteConversation, moveMessage } from './rules.ts'
import { addRatingCard, setStatus, setTeam, touch, wakeSnoozed } from './rules-state.ts'
import {
  accountNamed,
  inboxNamed,
  messageOf,
  personNamed,
  placeOf,
  type MessageWhere,
  type Where,
} from './scenario-names.ts'
import {
  contactOf,
  tell,
  type Account,
  type Availability,
  type Member,
  type Message,
  type Place,
  type Role,
  type Team,
  type User,
  type World,
} from './world.ts'

/** What else other people do and what happens by itself, a moment or a night later. */
export interface ScenarioEvents {
  /** Answers the card that asks how it was; where nobody asked yet, it is asked first. Answers the card's message. */
  customerRates(given: Where & { rating: number; feedback?: string | undefined }): { message: number }
  customerTypes(given: Where & { isOn: boolean }): void
  agentTypes(given: Where & { as?: string | undefined; isOn: boolean; isPrivate?: boolean | undefined }): void
  /** The team's short name as it is called; null for none. */
  teamAssigned(given: Where & { as?: string | undefined; team: string | null }): void
  /** After the channel has had it for a while: a second and a half where nothing else is said. */
  messageFails(given: MessageWhere & { afterMs?: number | undefined; externalError: string }): void
  contactBlocked(given: Where & { isBlocked: boolean }): void
  /** What the account's auto-resolve does to a quiet conversation. */
  autoResolves(given: Where): void
  /** By an administrator elsewhere: no event tells of it. */
  conversationDeleted(given: Where): void
  /** Takes somebody out of an account, brings them back, or changes their role or presence; me where nobody is named. */
  membership(given: {
    account?: number | undefined
    as?: string | undefined
    isMember?: boolean | undefined
    role?: Role | undefined
    availability?: Availability | undefined
  }): void
  inboxMembership(given: {
    account?: number | undefined
    as?: string | undefined
    inbox: number
    isMember: boolean
  }): void
  /** What administrators set for an inbox. */
  inboxSettings(given: {
    account?: number | undefined
    inbox: number
    autoAssignment?: boolean | undefined
    asksForRating?: boolean | undefined
    isLockedToOne?: boolean | undefined
    /** Its customers have to prove who they are. */
    isHmacMandatory?: boolean | undefined
  }): void
  teamSettings(given: { account?: number | undefined; team: string; allowAutoAssign: boolean }): void
  /** Runs the job that wakes snoozed conversations as if it were that much later. */
  wakeSnoozed(given: { aheadMs?: number | undefined }): void
}

export function eventsIn(world: World, me: User): ScenarioEvents {
  const at = (where: Where) => placeOf(world, where)
  return {
    customerRates: (given) => ({ message: rate(at(given), given).id }),
    customerTypes: (given) => {
      const place = at(given)
      typing(place, given.isOn, {
        by: { kind: 'contact', id: place.conversation.contactId },
        isPrivate: false,
      })
    },
    agentTypes: (given) => {
      const place = at(given)
      typing(place, given.isOn, { by: personNamed(place, me, given.as), isPrivate: given.isPrivate ?? false })
    },
    teamAssigned: (given) => {
      const place = at(given)
      setTeam(place, given.team === null ? null : teamNamed(place.account, given.team).id, {
        by: personNamed(place, me, given.as),
      })
    },
    messageFails: (given) => {
      const place = at(given)
      const message = messageOf(place.conversation, given.message)
      const { afterMs = 1500, externalError } = given
      world.agenda.after(afterMs, () => moveMessage(place, message, { status: 'failed', externalError }))
    },
    contactBlocked: (given) => {
      const place = at(given)
      contactOf(place.account, place.conversation).blocked = given.isBlocked
      touch(place)
    },
    autoResolves: (where) => setStatus(at(where), 'resolved', { by: null, because: 'inactivity' }),
    conversationDeleted: (where) => deleteConversation(at(where)),
    membership: createMembership(world, me),
    inboxMembership: ({ account: id, as, inbox, isMember }) => {
      const account = accountNamed(world, id)
      const { members } = inboxNamed(account, inbox)
      const user = memberNamed(world, me, { account: id, as })
      if (isMember) members.add(user)
      else members.delete(user)
    },
    inboxSettings: ({ account, inbox, ...settings }) => {
      const { autoAssignment, asksForRating, isLockedToOne, isHmacMandatory } = settings
      const named = inboxNamed(accountNamed(world, account), inbox)
      named.autoAssignment = autoAssignment ?? named.autoAssignment
      named.asksForRating = asksForRating ?? named.asksForRating
      named.isLockedToOne = isLockedToOne ?? named.isLockedToOne
      if (isHmacMandatory === true) world.publicProofs.mandatory.add(named.id)
      if (isHmacMandatory === false) world.publicProofs.mandatory.delete(named.id)
    },
    teamSettings: ({ account, team, allowAutoAssign }) => {
      teamNamed(accountNamed(world, account), team).allowAutoAssign = allowAutoAssign
    },
    wakeSnoozed: ({ aheadMs = 0 }) => wakeSnoozed(world, world.clock.now() + aheadMs),
  }
}

function rate(
  place: Place,
  { rating, feedback = '' }: { rating: number; feedback?: string | undefined },
): Message {
  if (!Number.isInteger(rating) || rating < 1 || rating > 5) {
    throw new ScenarioMistake('"rating" must be a whole number from 1 to 5.')
  }
  const isCard = (message: Message) => message.contentType === 'input_csat'
  if (!place.conversation.messages.some(isCard)) addRatingCard(place)
  const card = messageOf(place.conversation, place.conversation.messages.findLast(isCard)?.id)
  card.contentAttributes = {
    ...card.contentAttributes,
    submitted_values: { csat_survey_response: { rating, feedback_message: feedback } },
  }
  changed(place, card)
  return card
}

function typing(
  { world, account, conversation }: Place,
  isOn: boolean,
  who: { by: { kind: 'user' | 'bot' | 'contact'; id: number }; isPrivate: boolean },
): void {
  tell(world, { kind: isOn ? 'typingOn' : 'typingOff', account, conversation, message: null, ...who })
}

function teamNamed(account: Account, name: string): Team {
  const team = [...account.teams.values()].find((one) => one.name === name)
  if (team === undefined) throw new ScenarioMistake(`${account.name} has no team ${name}.`)
  return team
}

/** Remembers who left, so that coming back restores the former role. */
function createMembership(world: World, me: User): ScenarioEvents['membership'] {
  const left = new Map<string, Member>()
  return ({ account: id, as, isMember, role, availability }) => {
    const account = accountNamed(world, id)
    const userId = memberNamed(world, me, { account: id, as })
    const key = `${account.id} ${userId}`
    const member = account.members.get(userId) ?? left.get(key)
    const name = world.users.get(userId)?.name ?? 'Nobody'
    if (member === undefined)
      throw new ScenarioMistake(`${name} was never a member of account ${account.id}.`)
    if (role !== undefined) member.role = role
    if (availability !== undefined) member.availability = availability
    if (isMember === false) {
      left.set(key, member)
      account.members.delete(userId)
    } else if (isMember === true) account.members.set(userId, member)
  }
}

/** By how a name begins, also of somebody who has left; me where nobody is named. */
function memberNamed(
  world: World,
  me: User,
  { account, as }: { account?: number | undefined; as?: string | undefined },
): number {
  if (as === undefined || as === 'me') return me.id
  const user = [...world.users.values()].find(({ name }) => name.toLowerCase().startsWith(as.toLowerCase()))
  if (user === undefined)
    throw new ScenarioMistake(`Nobody at ${accountNamed(world, account).name} is called ${as}.`)
  return user.id
}
