import {
  userOf,
  type Conversation,
  type ConversationStatus,
  type PriorityName,
  type Sender,
  type World,
} from './world.ts'

/** What the system writes into a thread when something happens to it: sentences, with no code to go by. */
export function statusWords(
  world: World,
  status: ConversationStatus,
  { by, because = 'newMessage' }: { by: Sender | null; because?: StatusReason },
): string {
  const who = by === null ? reasons[because] : nameOf(world, by)
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

/** Why the system did it, where nobody did. */
export type StatusReason = 'newMessage' | 'snoozeOver' | 'inactivity'

const reasons: Record<StatusReason, string> = {
  newMessage: 'system due to a new message',
  snoozeOver: 'system',
  inactivity: 'system due to 2 days of inactivity',
}

export function assigneeWords(world: World, assignee: Conversation['assignee'], by: Sender | null): string {
  const who = nameOf(world, by)
  if (assignee === null) return `Conversation unassigned by ${who}`
  if (assignee.kind === 'user' && by?.kind === 'user' && by.id === assignee.id) {
    return `${who} self-assigned this conversation`
  }
  return `Assigned to ${nameOf(world, assignee)} by ${who}`
}

export function priorityWords(
  world: World,
  before: PriorityName | null,
  after: PriorityName | null,
  by: Sender | null,
): string {
  const who = nameOf(world, by)
  if (after === null) return `${who} removed the priority`
  return before === null
    ? `${who} set the priority to ${after}`
    : `${who} changed the priority from ${before} to ${after}`
}

export function labelWords(
  world: World,
  added: readonly string[],
  removed: readonly string[],
  by: Sender | null,
): string[] {
  const who = nameOf(world, by)
  return [
    ...(added.length > 0 ? [`${who} added ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`${who} removed ${removed.join(', ')}`] : []),
  ]
}

export function muteWords(world: World, isMuted: boolean, by: Sender | null): string {
  return `${nameOf(world, by)} has ${isMuted ? 'muted' : 'unmuted'} the conversation`
}

export function nameOf(world: World, who: Sender | null): string {
  if (who === null) return 'Automation System'
  if (who.kind === 'user') return userOf(world, who.id).name
  if (who.kind === 'bot') return world.bots.get(who.id)?.name ?? 'Bot'
  return 'the contact'
}
