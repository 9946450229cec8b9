import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute, adminsOnly, notFound, textOf, type Inside } from './account-route.ts'
import { enteredAccount, seesInbox, signedIn } from './access.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { inboxShape } from './inbox-shapes.ts'
import { tellOffice, type Tools } from './office.ts'
import { accountShape, agentShape, cacheKeysShape, teamShape } from './people-shapes.ts'
import { userOf, type Account, type Inbox, type World } from './world.ts'

/** The probe, accounts, and who and what is in them. Each list has its own wrapping (docs/providers/chatwoot.md §8.1). */
export const accountRoutes: readonly Route<Exchange>[] = [
  { method: 'GET', pattern: '/api', handle: ({ world }) => json(probeShape(world)) },
  {
    method: 'GET',
    pattern: '/api/v1/accounts/:account',
    handle: ({ world, request }, params) => {
      const caller = signedIn(world, request, false)
      const account = world.accounts.get(Number(params['account']))
      // Who is no member is told that there is nothing, not that it is forbidden.
      if (account === undefined || caller.kind === 'bot' || !account.members.has(caller.user.id)) {
        throw new TurnedDown(refusals.notFound())
      }
      return json(accountShape(account))
    },
  },
  accountRoute('GET', 'cache_keys', ({ account }) => {
    const answer = json({ cache_keys: cacheKeysShape(account) })
    const headers = { ...answer.headers, 'cache-control': 'max-age=10, private, stale-while-revalidate=300' }
    return { ...answer, headers }
  }),
  accountRoute('POST', 'update_active_at', ({ world, member }) => {
    member.activeAt = world.clock.now()
    return emptyOk()
  }),
  accountRoute('GET', 'inboxes', ({ world, account, member }) => {
    const seen = [...account.inboxes.values()].filter((inbox) => seesInbox(account, member, inbox.id))
    const byName = seen.toSorted((a, b) => a.name.localeCompare(b.name))
    return json({ payload: byName.map((inbox) => inboxShape(world, inbox, member.role)) })
  }),
  accountRoute('GET', 'inboxes/:inbox', (inside) =>
    json(inboxShape(inside.world, inboxNamed(inside), inside.member.role)),
  ),
  accountRoute('PATCH', 'inboxes/:inbox', changeInbox),
  accountRoute('GET', 'agents', ({ world, account }) =>
    json([...account.members.keys()].map((id) => agentShape(world, account, userOf(world, id)))),
  ),
  accountRoute('GET', 'assignable_agents', assignableAgents),
  accountRoute('GET', 'teams', ({ account, user }) =>
    json([...account.teams.values()].map((team) => teamShape(account, team, user.id))),
  ),
  accountRoute('GET', 'teams/:team', ({ account, user, path }) => {
    const team = account.teams.get(Number(path['team']))
    if (team === undefined) throw notFound()
    return json(teamShape(account, team, user.id))
  }),
  accountRoute('GET', 'teams/:team/team_members', ({ world, account, path }) => {
    const team = account.teams.get(Number(path['team']))
    if (team === undefined) throw notFound()
    return json([...team.members].map((id) => agentShape(world, account, userOf(world, id))))
  }),
  {
    method: 'GET',
    pattern: '/api/v2/accounts/:account/reports/summary',
    handle: ({ world, request }, params) => {
      const caller = signedIn(world, request, false)
      const { member } = enteredAccount(world, caller, params['account'] ?? '')
      if (member?.role !== 'administrator') throw new TurnedDown(refusals.denied())
      return json({ ...emptySummary, previous: emptySummary })
    },
  },
]

/** Clients keep copies of labels, inboxes and teams; the key tells them that one of these changed. */
export function outdate(world: World, account: Account, what: keyof Tools['cacheKeys']): void {
  account.cacheKeys[what] += 1
  tellOffice(world.office, { kind: 'cacheInvalidated', account: account.id })
}

function inboxNamed({ account, member, path }: Inside): Inbox {
  const inbox = account.inboxes.get(Number(path['inbox']))
  if (inbox === undefined) throw notFound()
  if (!seesInbox(account, member, inbox.id)) throw new TurnedDown(refusals.denied())
  return inbox
}

function changeInbox(inside: Inside): SimulatorAnswer {
  const { world, account, member, params } = inside
  const inbox = inboxNamed(inside)
  adminsOnly(inside)
  inbox.name = textOf(params['name']) ?? inbox.name
  const isLocked = params['lock_to_single_conversation']
  if (isLocked !== undefined) inbox.isLockedToOne = isLocked === true || isLocked === 'true'
  outdate(world, account, 'inbox')
  return json(inboxShape(world, inbox, member.role))
}

/** Those who may take a conversation in every one of the inboxes: members common to all, and all administrators. */
function assignableAgents({ world, account, member, query }: Inside): SimulatorAnswer {
  const inboxIds = query.getAll('inbox_ids[]').map(Number)
  if (inboxIds.some((id) => !account.inboxes.has(id))) throw notFound()
  if (inboxIds.some((id) => !seesInbox(account, member, id))) throw new TurnedDown(refusals.denied())
  const assignable = [...account.members.values()].filter((other) =>
    inboxIds.every((id) => seesInbox(account, other, id)),
  )
  return json({ payload: assignable.map((other) => agentShape(world, account, userOf(world, other.userId))) })
}

const emptySummary = {
  conversations_count: 0,
  incoming_messages_count: 0,
  outgoing_messages_count: 0,
  avg_first_response_time: '0',
  avg_resolution_time: '0',
  resolutions_count: 0,
  reply_time: '0',
}

function probeShape(world: World): object {
  const timestamp = new Date(world.clock.now()).toISOString().replace('T', ' ').slice(0, 19)
  return { version: world.installation.version, timestamp, queue_services: 'ok', data_services: 'ok' }
}
