import type { SimulatorAnswer } from '../router.ts'
import { json, refusal } from './answers.ts'
import {
  fieldsIn,
  guarded,
  isUuid,
  pageOf,
  pagingIn,
  paginationMeta,
  type Exchange,
  type WapikitRoute,
} from './exchange.ts'
import { limits } from './limiter.ts'
import { memberShape, organizationShape, userShape } from './shapes.ts'
import { nextId, organizationOf } from './world.ts'

const own = { limit: limits.user, isGated: false }
const open = { limit: limits.organization, isGated: false }
const gated = { limit: limits.organization, isGated: true }

/** Who I am, with whom, and what there is to choose from (docs/providers/wapikit.md §6.8). */
export const peopleRoutes: readonly WapikitRoute[] = [
  guarded('GET', '/api/user', own, ({ world, user, member }) =>
    json({ user: userShape(world, user, member) }),
  ),
  guarded('GET', '/api/user/notifications', own, (exchange) => {
    const paging = pagingIn(exchange, false)
    return json({ notifications: [], unreadCount: 0, paginationMeta: paginationMeta(paging, 0) })
  }),
  {
    ...guarded('GET', '/api/user/feature-flags', own, featureFlags),
    isThere: ({ manners }) => manners.dialect === 'main',
  },
  {
    ...guarded('GET', '/api/system/feature-flags', own, featureFlags),
    isThere: ({ manners }) => manners.dialect !== 'main',
  },
  guarded('GET', '/api/organization', open, organizations),
  guarded('GET', '/api/organization/members', gated, members),
  // Read into fields that the database layer cannot see, so nothing is ever in them.
  guarded('GET', '/api/organization/members/:id', gated, () => json({ member: unfilledMember })),
  guarded('GET', '/api/organization/tags', gated, tags),
  {
    ...guarded('POST', '/api/organization/tags', gated, addTag),
    isThere: ({ manners }) => manners.dialect !== 'main',
  },
  guarded('GET', '/api/organization/templates', gated, () => json([])),
  guarded('GET', '/api/organization/phone-numbers', gated, () => json([])),
  guarded('GET', '/api/organization/:id', open, organization),
  guarded('POST', '/api/organization/:id', gated, organization),
]

function organizations(exchange: Exchange): SimulatorAnswer {
  const { world, user } = exchange
  const paging = pagingIn(exchange, false)
  const mine = [...world.organizations.values()].filter(({ members: all }) =>
    [...all.values()].some(({ userId }) => userId === user.id),
  )
  const shown = pageOf(mine, paging).map(({ id }) => organizationShape(world, id))
  return json({ organizations: shown, paginationMeta: paginationMeta(paging, mine.length) })
}

function organization(exchange: Exchange, { id = '' }: Readonly<Record<string, string>>): SimulatorAnswer {
  const { world, user } = exchange
  if (!isUuid(id)) return refusal(world.manners, 500, 'Invalid organization Id')
  const found = world.organizations.get(id)
  const isMine = [...(found?.members.values() ?? [])].some(({ userId }) => userId === user.id)
  if (!isMine) return refusal(world.manners, 403, 'You do not have access to this organization')
  return json({ organization: organizationShape(world, id) })
}

/** Always the oldest first, whatever is asked; a page beyond the last is null. */
function members(exchange: Exchange): SimulatorAnswer {
  const { world, member } = exchange
  const paging = pagingIn(exchange, false)
  const all = [...organizationOf(world, member.organizationId).members.values()]
  const shown = pageOf(all, paging).map((each) => memberShape(world, each))
  const total = shown.length === 0 ? 0 : all.length
  return json({ members: shown.length === 0 ? null : shown, paginationMeta: paginationMeta(paging, total) })
}

function tags(exchange: Exchange): SimulatorAnswer {
  const { world, member } = exchange
  const paging = pagingIn(exchange, false)
  const all = organizationOf(world, member.organizationId).tags
  const shown = pageOf(all, paging).map(({ id, text }) => ({
    uniqueId: id,
    [world.manners.tagTextKey]: text,
  }))
  return json({ tags: shown, paginationMeta: paginationMeta(paging, all.length) })
}

function addTag(exchange: Exchange): SimulatorAnswer {
  const { world, member } = exchange
  const text = fieldsIn(exchange).get('label')
  if (typeof text !== 'string' || text === '') return refusal(world.manners, 400, 'label is required')
  const tag = { id: nextId(world), text }
  organizationOf(world, member.organizationId).tags.push(tag)
  world.accepted.actions.push({ action: 'tag', conversation: null, value: text, at: world.clock.now() })
  return json({ tag: { uniqueId: tag.id, [world.manners.tagTextKey]: text } })
}

function featureFlags(): SimulatorAnswer {
  const systemFeatureFlags = { isApiAccessEnabled: true, isMultiOrganizationEnabled: true }
  return json({ featureFlags: { SystemFeatureFlags: systemFeatureFlags, IntegrationFeatureFlags: {} } })
}

const unfilledMember = {
  uniqueId: '00000000-0000-0000-0000-000000000000',
  name: '',
  email: '',
  accessLevel: '',
  roles: [],
  createdAt: '0001-01-01T00:00:00Z',
}
