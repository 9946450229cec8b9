import { seesInbox } from './access.ts'
import { TurnedDown, refusals } from './answers.ts'
import { customTest, fieldTest, type Condition, type FilterTest } from './filter-tests.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import type { Account, Conversation, Member, World } from './world.ts'

/**
 * `conversations/filter` (docs/providers/chatwoot.md §1.3): every status unless one is named, the newest first, pages of
 * 25 whatever the installation is set to. AND binds closer than OR, as in the query it becomes.
 */
export function filterConversations(
  world: World,
  account: Account,
  member: Member,
  params: JsonObject,
): Filtered {
  const matches = groupsOf(world, account, params['payload'])
  const found = [...account.conversations.values()]
    .filter((conversation) => seesInbox(account, member, conversation.inboxId))
    .filter((conversation) => matches.some((group) => group.every((test) => test(conversation))))
    .sort((a, b) => b.lastActivityAt - a.lastActivityAt || b.displayId - a.displayId)
  const page = Math.max(1, Number.parseInt(presentText(params['page']) ?? '1', 10) || 1)
  return {
    counts: countsOf(found, member.userId),
    conversations: found.slice((page - 1) * pageSize, page * pageSize),
  }
}

export interface Filtered {
  /** Without the assigned ones, which only the list counts. */
  readonly counts: { mine_count: number; unassigned_count: number; all_count: number }
  readonly conversations: readonly Conversation[]
}

const pageSize = 25

/** No payload at all breaks the original; an empty one asks for everything. */
function groupsOf(world: World, account: Account, payload: unknown): FilterTest[][] {
  if (!Array.isArray(payload)) throw new TurnedDown(refusals.internal())
  const groups: FilterTest[][] = [[]]
  for (const [index, given] of payload.entries()) {
    const condition = conditionOf(given)
    groups.at(-1)?.push(testOf(world, account, condition))
    const joiner = joinerOf(given)
    const isLast = index === payload.length - 1
    // A query that ends in AND, or joins two conditions by nothing, is no query.
    if (isLast !== (joiner === null)) throw new TurnedDown(refusals.internal())
    if (joiner === 'OR') groups.push([])
  }
  return groups
}

function conditionOf(given: unknown): Condition {
  const fields: JsonObject = isObject(given) ? given : {}
  const values = fields['values']
  return {
    key: presentText(fields['attribute_key']) ?? '',
    operator: presentText(fields['filter_operator']) ?? '',
    values: (Array.isArray(values) ? values : [values]).flatMap((value) => presentText(value) ?? []),
    customType: presentText(fields['custom_attribute_type']),
  }
}

function joinerOf(given: unknown): 'AND' | 'OR' | null {
  const joiner = isObject(given) ? presentText(given['query_operator']) : null
  const upper = joiner?.toUpperCase() ?? null
  if (upper === null || upper === 'AND' || upper === 'OR') return upper
  throw new TurnedDown(refusals.unprocessable('Invalid query operator. Must be either "AND" or "OR".'))
}

function testOf(world: World, account: Account, condition: Condition): FilterTest {
  const test = fieldTest(world, condition) ?? customTest(world, account, condition)
  if (test !== null) return test
  throw new TurnedDown(
    refusals.unprocessable(
      `Invalid attribute key - [${condition.key}]. It is neither a standard key nor a custom attribute of the account.`,
    ),
  )
}

function countsOf(found: readonly Conversation[], userId: number): Filtered['counts'] {
  const held = found.filter(({ assignee }) => assignee?.kind === 'user')
  return {
    mine_count: held.filter(({ assignee }) => assignee?.id === userId).length,
    unassigned_count: found.length - held.length,
    all_count: found.length,
  }
}
