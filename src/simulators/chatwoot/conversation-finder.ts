import { TurnedDown, refusals } from './answers.ts'
import { seesInbox } from './access.ts'
import type { Account, Conversation, Member, PriorityName, World } from './world.ts'

/**
 * Which conversations a list request means, with the traps of the original (docs/providers/chatwoot.md §1.3): an
 * empty value is a value, `q` forgets the status, `updated_within` forgets the pages, counts forget the assignee.
 */
export function findConversations(
  world: World,
  account: Account,
  member: Member,
  query: URLSearchParams,
): Found {
  const scope = scopeOf(world, account, member, query)
  const type = query.get('assignee_type')
  const asked = sorted(
    scope.filter((conversation) => matchesAssignee(conversation, type, member.userId)),
    query.get('sort_by'),
  )
  return { counts: countsOf(scope, member.userId), conversations: pageOf(world, asked, query) }
}

export interface Found {
  readonly counts: { mine_count: number; assigned_count: number; unassigned_count: number; all_count: number }
  readonly conversations: readonly Conversation[]
}

function scopeOf(world: World, account: Account, member: Member, query: URLSearchParams): Conversation[] {
  const tests = [
    ...visibilityTests(account, member, query),
    ...statusTest(query),
    ...teamTest(account, query),
    ...labelTest(query),
    ...sourceTest(query),
    ...textTest(query),
    ...recencyTest(world, query),
    ...unattendedTest(query),
  ]
  return [...account.conversations.values()].filter((conversation) =>
    tests.every((test) => test(conversation)),
  )
}

type Test = (conversation: Conversation) => boolean

/** What somebody takes part in is theirs to list wherever it is: neither membership nor the asked inbox matter. */
function visibilityTests(account: Account, member: Member, query: URLSearchParams): Test[] {
  const type = query.get('conversation_type')
  if (type === 'participating') return [(conversation) => conversation.participants.has(member.userId)]
  return [
    (conversation) => seesInbox(account, member, conversation.inboxId),
    ...inboxTest(query),
    ...(type === 'mention'
      ? [(conversation: Conversation) => conversation.mentioned.has(member.userId)]
      : []),
  ]
}

/** Absent means open; `status=` compares with the empty text and finds nothing. */
function statusTest(query: URLSearchParams): Test[] {
  if (query.get('q') !== null) return []
  const several = query.getAll('status[]')
  if (several.length > 0) return [(conversation) => several.includes(conversation.status)]
  const status = query.get('status') ?? 'open'
  return status === 'all' ? [] : [(conversation) => conversation.status === status]
}

function inboxTest(query: URLSearchParams): Test[] {
  const inbox = query.get('inbox_id')
  return inbox === null ? [] : [(conversation) => String(conversation.inboxId) === inbox]
}

function teamTest(account: Account, query: URLSearchParams): Test[] {
  const team = query.get('team_id')
  if (team === null) return []
  if (!account.teams.has(Number(team)) || team === '') throw new TurnedDown(refusals.notFound())
  return [(conversation) => conversation.teamId === Number(team)]
}

function labelTest(query: URLSearchParams): Test[] {
  const plain = query.get('labels')
  const titles = plain === null ? query.getAll('labels[]') : plain.split(',')
  if (plain === null && titles.length === 0) return []
  return [(conversation) => titles.some((title) => conversation.labels.includes(title))]
}

function sourceTest(query: URLSearchParams): Test[] {
  const source = query.get('source_id')
  return source === null ? [] : [(conversation) => conversation.sourceId === source]
}

function textTest(query: URLSearchParams): Test[] {
  const sought = query.get('q')?.toLowerCase()
  if (sought === undefined) return []
  return [
    (conversation) =>
      conversation.messages.some(
        ({ type, content }) =>
          (type === 'incoming' || type === 'outgoing') && content?.toLowerCase().includes(sought) === true,
      ),
  ]
}

function recencyTest(world: World, query: URLSearchParams): Test[] {
  const within = query.get('updated_within')
  if (within === null) return []
  const since = world.clock.now() - Number(within) * 1000
  return [(conversation) => conversation.updatedAt > since]
}

function unattendedTest(query: URLSearchParams): Test[] {
  if (query.get('conversation_type') !== 'unattended') return []
  return [(conversation) => conversation.firstReplyAt === null || conversation.waitingSince !== null]
}

function countsOf(scope: readonly Conversation[], userId: number): Found['counts'] {
  let mine = 0
  let unassigned = 0
  for (const conversation of scope) {
    if (isMine(conversation, userId)) mine += 1
    else if (isUnassigned(conversation)) unassigned += 1
  }
  return {
    mine_count: mine,
    assigned_count: scope.length - unassigned,
    unassigned_count: unassigned,
    all_count: scope.length,
  }
}

function matchesAssignee(conversation: Conversation, type: string | null, userId: number): boolean {
  if (type === 'me') return isMine(conversation, userId)
  if (type === 'unassigned') return isUnassigned(conversation)
  return type !== 'assigned' || !isUnassigned(conversation)
}

function isMine({ assignee }: Conversation, userId: number): boolean {
  return assignee?.kind === 'user' && assignee.id === userId
}

/** A bot's conversation has no assignee in this sense. */
function isUnassigned({ assignee }: Conversation): boolean {
  return assignee?.kind !== 'user'
}

type Key = (conversation: Conversation) => number | null

const sortKeys: Record<string, Key> = {
  last_activity_at: (conversation) => conversation.lastActivityAt,
  created_at: (conversation) => conversation.createdAt,
  priority: (conversation) => (conversation.priority === null ? null : priorityRank[conversation.priority]),
  waiting_since: (conversation) => conversation.waitingSince,
}

const priorityRank: Record<PriorityName, number> = { low: 0, medium: 1, high: 2, urgent: 3 }

const olderNames: Record<string, string> = {
  latest: 'last_activity_at_desc',
  sort_on_created_at: 'created_at_asc',
  sort_on_priority: 'priority_desc',
  sort_on_waiting_since: 'waiting_since_asc',
}

/** Whoever has no priority, or does not wait, comes last whichever way round. */
function sorted(conversations: Conversation[], sortBy: string | null): Conversation[] {
  const asked = olderNames[sortBy ?? ''] ?? sortBy ?? ''
  const [, name, direction] = /^(\w+)_(asc|desc)$/.exec(asked) ?? []
  const key = sortKeys[name ?? ''] ?? sortKeys['last_activity_at']
  const sign = sortKeys[name ?? ''] !== undefined && direction === 'asc' ? 1 : -1
  if (key === undefined) return conversations
  return conversations.sort((a, b) => {
    const [first, second] = [key(a), key(b)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return sign * (first - second) || b.displayId - a.displayId
  })
}

function pageOf(world: World, conversations: Conversation[], query: URLSearchParams): Conversation[] {
  if (query.get('updated_within') !== null) return conversations
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1)
  const { pageSize } = world.installation
  return conversations.slice((page - 1) * pageSize, page * pageSize)
}
