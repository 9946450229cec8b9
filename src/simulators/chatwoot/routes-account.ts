import type { Route } from '../router.ts'
import { enteredAccount, seesInbox, signedIn } from './access.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { accountShape, agentShape, inboxShape, teamShape, userShape } from './people-shapes.ts'
import { userOf, type Account, type Member, type User, type World } from './world.ts'

/** The probe, the profile, and what lists of an account there are. Each has its own wrapping (docs/providers/chatwoot.md §8.1). */
export const accountRoutes: readonly Route<Exchange>[] = [
  { method: 'GET', pattern: '/api', handle: ({ world }) => json(probeShape(world)) },
  {
    method: 'GET',
    pattern: '/api/v1/profile',
    handle: ({ world, request }) => {
      const caller = signedIn(world, request, false)
      if (caller.kind === 'bot') throw new TurnedDown(refusals.bot())
      return json(userShape(world, caller.user))
    },
  },
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
  inAccount('inboxes', ({ world, account, member }) => {
    const seen = [...account.inboxes.values()].filter((inbox) => seesInbox(account, member, inbox.id))
    const byName = seen.toSorted((a, b) => a.name.localeCompare(b.name))
    return { payload: byName.map((inbox) => inboxShape(world, inbox)) }
  }),
  inAccount('inboxes/:inbox', ({ world, account, member, params }) => {
    const inbox = account.inboxes.get(Number(params['inbox']))
    if (inbox === undefined) throw new TurnedDown(refusals.notFound())
    if (!seesInbox(account, member, inbox.id)) throw new TurnedDown(refusals.denied())
    return inboxShape(world, inbox)
  }),
  inAccount('agents', ({ world, account }) =>
    [...account.members.keys()].map((id) => agentShape(world, account, userOf(world, id))),
  ),
  inAccount('assignable_agents', ({ world, account, member, query }) => {
    const inboxIds = query.getAll('inbox_ids[]').map(Number)
    if (inboxIds.some((id) => !seesInbox(account, member, id))) throw new TurnedDown(refusals.denied())
    const assignable = [...account.members.values()].filter((other) =>
      inboxIds.every((id) => seesInbox(account, other, id)),
    )
    return { payload: assignable.map((other) => agentShape(world, account, userOf(world, other.userId))) }
  }),
  inAccount('teams', ({ account, user }) =>
    [...account.teams.values()].map((team) => teamShape(account, team, user.id)),
  ),
  inAccount('labels', ({ account }) => ({
    payload: account.labels.map((label) => ({
      id: label.id,
      title: label.title,
      description: label.description,
      color: label.color,
      show_on_sidebar: true,
    })),
  })),
]

interface Inside {
  readonly world: World
  readonly account: Account
  readonly member: Member
  readonly user: User
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
}

function inAccount(path: string, shape: (inside: Inside) => unknown): Route<Exchange> {
  return {
    method: 'GET',
    pattern: `/api/v1/accounts/:account/${path}`,
    handle: ({ world, request }, params) => {
      const caller = signedIn(world, request, false)
      const { account, member } = enteredAccount(world, caller, params['account'] ?? '')
      if (caller.kind === 'bot' || member === null) throw new TurnedDown(refusals.bot())
      return json(shape({ world, account, member, user: caller.user, query: request.query, params }))
    },
  }
}

function probeShape(world: World): object {
  const timestamp = new Date(world.clock.now()).toISOString().replace('T', ' ').slice(0, 19)
  return { version: world.installation.version, timestamp, queue_services: 'ok', data_services: 'ok' }
}
