import type { SimulatorRequest } from '../simulator-server.ts'
import { TurnedDown, refusals } from './answers.ts'
import type { Account, Conversation, Member, User, World } from './world.ts'

/**
 * Who is asking, and whether they may: in the order in which Chatwoot checks it, each refusal with the body that
 * tells it from the other kinds of 401 (docs/providers/chatwoot.md §4, §0.2-0.3). Throws `TurnedDown`.
 */
export function signedIn(world: World, request: SimulatorRequest, botMay: boolean): Caller {
  const token = tokenOf(world, request)
  if (token === null) throw new TurnedDown(refusals.signIn())
  const owner = world.tokens.get(token)
  if (owner === undefined) throw new TurnedDown(refusals.invalidToken())
  if (owner.kind === 'bot') {
    if (!botMay) throw new TurnedDown(refusals.bot())
    return { kind: 'bot', id: owner.id }
  }
  const user = world.users.get(owner.id)
  if (user === undefined) throw new TurnedDown(refusals.invalidToken())
  return { kind: 'user', user }
}

export type Caller =
  { readonly kind: 'user'; readonly user: User } | { readonly kind: 'bot'; readonly id: number }

/** The account of the path, for somebody who may enter it. Suspension is looked at before membership. */
export function enteredAccount(
  world: World,
  caller: Caller,
  id: string,
): { account: Account; member: Member | null } {
  const account = world.accounts.get(Number(id))
  if (account === undefined) throw new TurnedDown(refusals.notFound())
  if (account.status === 'suspended') throw new TurnedDown(refusals.suspended())
  if (caller.kind === 'bot') return { account, member: null }
  const member = account.members.get(caller.user.id)
  if (member === undefined) throw new TurnedDown(refusals.notMember())
  return { account, member }
}

/** By display id. Openable in one's own inboxes, and in one's own teams although never listed there. */
export function openedConversation(
  { world, account }: { world: World; account: Account },
  member: Member | null,
  displayId: string,
): Conversation {
  const conversation = account.conversations.get(Number(displayId))
  if (conversation === undefined) throw new TurnedDown(refusals.notFound())
  if (member === null || seesInbox(account, member, conversation.inboxId)) return conversation
  const team = conversation.teamId === null ? undefined : account.teams.get(conversation.teamId)
  const teamsOpen = !world.installation.isBeforeTeamsAndBots
  if (teamsOpen && team?.members.has(member.userId) === true) return conversation
  throw new TurnedDown(refusals.denied())
}

export function seesInbox(account: Account, member: Member, inboxId: number): boolean {
  return member.role === 'administrator' || account.inboxes.get(inboxId)?.members.has(member.userId) === true
}

/** Rack folds both spellings into one key; what a proxy dropped never came. */
function tokenOf(world: World, request: SimulatorRequest): string | null {
  const { strips } = world.installation
  if (strips === 'all') return null
  const dashes = request.headers['api-access-token']
  const underscores = strips === 'underscores' ? undefined : request.headers['api_access_token']
  return dashes ?? underscores ?? null
}
