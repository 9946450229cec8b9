import { userOf, type Conversation, type ConversationStatus, type Sender, type World } from './world.ts'

/** What the system writes into a thread when something happens to it: sentences, with no code to go by. */
export function statusWords(world: World, status: ConversationStatus, by: Sender | null): string {
  const who = by === null ? 'system due to a new message' : nameOf(world, by)
  switch (status) {
    case 'open':
      return `Conversation was reopened by ${who}`
    case 'resolved':
      return `Conversation was marked resolved by ${who}`
    case 'pending':
      return `Conversation was marked as pending by ${who}`
    case 'snoozed':
      return `Conversation was snoozed by ${who}`
  }
}

export function assigneeWords(world: World, assignee: Conversation['assignee'], by: Sender | null): string {
  const who = nameOf(world, by)
  if (assignee === null) return `Conversation unassigned by ${who}`
  if (assignee.kind === 'user' && by?.kind === 'user' && by.id === assignee.id) {
    return `${who} self-assigned this conversation`
  }
  return `Assigned to ${nameOf(world, assignee)} by ${who}`
}

export function nameOf(world: World, who: Sender | null): string {
  if (who === null) return 'Automation System'
  if (who.kind === 'user') return userOf(world, who.id).name
  if (who.kind === 'bot') return world.bots.get(who.id)?.name ?? 'Bot'
  return 'the contact'
}
