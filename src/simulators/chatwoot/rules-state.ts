import {
  assigneeWords,
  labelWords,
  muteWords,
  nameOf,
  priorityWords,
  statusWords,
  type StatusReason,
} from './activity-words.ts'
import { addActivity, appendMessage } from './append-message.ts'
import {
  contactOf,
  inboxOf,
  tell,
  type Conversation,
  type ConversationStatus,
  type Place,
  type PriorityName,
  type Sender,
  type World,
} from './world.ts'

/**
 * What agents and the system do to a conversation short of writing: status, assignee, team, priority, labels, muting
 * (docs/providers/chatwoot.md §1.4, §8.2). Each leaves the activity and sets in motion what Chatwoot would.
 */
export function setStatus(
  place: Place,
  status: ConversationStatus,
  doing: Doing & { snoozedUntil?: number | null; because?: StatusReason },
): void {
  const { world, conversation } = place
  const before = conversation.status
  if (doing.snoozedUntil !== undefined) conversation.snoozedUntil = doing.snoozedUntil
  conversation.status = status
  if (status !== 'snoozed') conversation.snoozedUntil = null
  if (status === 'resolved') conversation.waitingSince = null
  touch(place, doing.at)
  if (before === status) return
  addActivity(place, statusWords(world, status, doing), doing.at)
  if (status === 'open') assignAutomatically(place, doing.at)
  if (status === 'resolved' && doing.at === undefined) askForRating(place)
}

/** Who did it and when: `at` is only handed in while a data set's past is being told. */
export interface Doing {
  readonly by: Sender | null
  readonly at?: number
}

export function setAssignee(place: Place, assignee: Conversation['assignee'], doing: Doing): void {
  const { world, conversation } = place
  const before = conversation.assignee
  if (before?.id === assignee?.id && before?.kind === assignee?.kind) return
  hold(place, assignee, doing)
  touch(place, doing.at)
  addActivity(place, assigneeWords(world, assignee, doing.by), doing.at)
}

/** An assignee outside the team is dropped; a team that assigns by itself then takes the next of its own. */
export function setTeam(place: Place, teamId: number | null, doing: Doing): void {
  const { world, account, conversation } = place
  conversation.teamId = teamId
  const team = teamId === null ? undefined : account.teams.get(teamId)
  const words = team === undefined ? 'Unassigned from the team' : `Assigned to ${team.name}`
  addActivity(place, `${words} by ${nameOf(world, doing.by)}`, doing.at)
  const { assignee } = conversation
  if (team !== undefined && assignee?.kind === 'user' && !team.members.has(assignee.id)) {
    hold(place, null, doing)
  }
  if (team?.allowAutoAssign === true && conversation.assignee === null) {
    const next = nextInRound(place, team.members)
    if (next !== null) hold(place, { kind: 'user', id: next }, doing)
  }
  touch(place, doing.at)
}

export function setPriority(place: Place, priority: PriorityName | null, doing: Doing): void {
  const { world, conversation } = place
  const before = conversation.priority
  conversation.priority = priority
  touch(place, doing.at)
  if (before !== priority) addActivity(place, priorityWords(world, before, priority, doing.by), doing.at)
}

/** Takes the place of all there were; nobody asks whether the account has defined them. */
export function setLabels(place: Place, labels: readonly string[], doing: Doing): void {
  const { world, conversation } = place
  const before = conversation.labels
  const after = [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ''))]
  conversation.labels = after
  touch(place, doing.at)
  const added = after.filter((label) => !before.includes(label))
  const removed = before.filter((label) => !after.includes(label))
  for (const sentence of labelWords(world, added, removed, doing.by)) addActivity(place, sentence, doing.at)
}

/** Blocks the contact in the whole account and resolves this one conversation. */
export function mute(place: Place, doing: Doing): void {
  const { world, account, conversation } = place
  setStatus(place, 'resolved', doing)
  contactOf(account, conversation).blocked = true
  addActivity(place, muteWords(world, true, doing.by), doing.at)
  touch(place, doing.at)
}

/** Unblocks and nothing else: what muting resolved stays resolved. */
export function unmute(place: Place, doing: Doing): void {
  const { world, account, conversation } = place
  contactOf(account, conversation).blocked = false
  addActivity(place, muteWords(world, false, doing.by), doing.at)
  touch(place, doing.at)
}

/** The cron that wakes snoozed conversations: it runs every 5 minutes and forgets those more than 3 days late. */
export function wakeSnoozed(world: World, now = world.clock.now()): void {
  for (const account of world.accounts.values()) {
    for (const conversation of account.conversations.values()) {
      const { snoozedUntil } = conversation
      if (conversation.status !== 'snoozed' || snoozedUntil === null) continue
      const isDue = snoozedUntil <= now && snoozedUntil > now - 3 * 86_400_000
      const doing = { by: null, because: 'snoozeOver' } as const
      if (isDue) setStatus({ world, account, conversation }, 'open', doing)
    }
  }
}

/** On becoming open, where nobody of the inbox holds it and the inbox gives work out by itself. */
export function assignAutomatically(place: Place, at?: number): void {
  const { account, conversation } = place
  const inbox = inboxOf(account, conversation)
  const { assignee } = conversation
  const isHeld = assignee?.kind === 'user' && inbox.members.has(assignee.id)
  if (!inbox.autoAssignment || isHeld) return
  const next = nextInRound(place, inbox.members)
  if (next === null) return
  setAssignee(place, { kind: 'user', id: next }, at === undefined ? { by: null } : { by: null, at })
}

/** A new version of the conversation, told to whoever listens. */
export function touch(place: Place, at?: number): void {
  const { world, account, conversation } = place
  conversation.updatedAt = Math.max(conversation.updatedAt, at ?? world.clock.now())
  tell(world, { kind: 'conversationUpdated', account, conversation, message: null })
}

/** Whoever is given a conversation takes part in it from then on. */
function hold(place: Place, assignee: Conversation['assignee'], { by }: Doing): void {
  const { world, account, conversation } = place
  conversation.assignee = assignee
  if (assignee?.kind === 'user') conversation.participants.add(assignee.id)
  const users = assignee?.kind === 'user' ? [assignee.id] : []
  tell(world, { kind: 'assigneeChanged', account, conversation, message: null, by, users })
}

/** The next one online after whoever had the last turn in this inbox, among those allowed. */
function nextInRound({ account, conversation }: Place, allowed: ReadonlySet<number>): number | null {
  const inbox = inboxOf(account, conversation)
  const online = [...inbox.members].filter(
    (id) => allowed.has(id) && account.members.get(id)?.availability === 'online',
  )
  const members = [...inbox.members]
  const last = inbox.lastAutoAssignedId === null ? -1 : members.indexOf(inbox.lastAutoAssignedId)
  const next = online.find((id) => members.indexOf(id) > last) ?? online[0] ?? null
  if (next !== null) inbox.lastAutoAssignedId = next
  return next
}

/** Once for each conversation, a moment after it was resolved, and only while it still is. */
function askForRating(place: Place): void {
  const { world, account, conversation } = place
  const wasAsked = conversation.messages.some(({ contentType }) => contentType === 'input_csat')
  if (!inboxOf(account, conversation).asksForRating || wasAsked) return
  world.agenda.after(1000, () => {
    if (conversation.status === 'resolved') addRatingCard(place)
  })
}

export function addRatingCard(place: Place): void {
  const { world, account, conversation } = place
  const message = appendMessage(place, {
    type: 'template',
    sender: null,
    content: 'Please rate the conversation',
    contentType: 'input_csat',
    contentAttributes: { display_type: 'emoji' },
  })
  tell(world, { kind: 'messageCreated', account, conversation, message })
}
