import type { Route } from '../router.ts'
import { TurnedDown, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { paged } from './paging.ts'
import { spaceChannelShape, templateShape, userShape } from './shapes.ts'

/** What a workspace has: users, closing notes, channels and their templates; its tags cannot be listed. */
export const spaceRoutes: readonly Route<Exchange>[] = [
  {
    method: 'GET',
    pattern: '/space/user',
    handle: (exchange) =>
      paged(exchange, {
        items: [...exchange.world.users.values()],
        idOf: ({ id }) => id,
        shape: (user) => userShape(exchange.world, user),
      }),
  },
  {
    method: 'GET',
    pattern: '/space/user/:user',
    handle: ({ world }, params) => {
      const user = world.users.get(Number(params['user']))
      if (user === undefined) throw new TurnedDown(refusals.notFound('User'))
      return json(userShape(world, user))
    },
  },
  {
    method: 'GET',
    pattern: '/space/closing_notes',
    handle: (exchange) => {
      const sorted = exchange.world.closingNotes.toSorted((a, b) => a.category.localeCompare(b.category))
      return paged(exchange, {
        items: sorted,
        idOf: (note) => sorted.indexOf(note) + 1,
        shape: (note) => note,
      })
    },
  },
  {
    method: 'GET',
    pattern: '/space/channel',
    handle: (exchange) =>
      paged(exchange, {
        items: [...exchange.world.channels.values()],
        idOf: ({ id }) => id,
        shape: spaceChannelShape,
      }),
  },
  { method: 'GET', pattern: '/space/channel/:channel/template', handle: templates },
  { method: 'GET', pattern: '/space/channel/:channel/mtm', handle: templates },
  {
    method: 'GET',
    pattern: '/space/mtm/:template',
    handle: ({ world }, params) => {
      const template = world.templates.get(Number(params['template']))
      if (template === undefined) throw new TurnedDown(refusals.notFound('Template'))
      return json({ status: 'success', message: 'Template found.', data: templateShape(world, template) })
    },
  },
]

function templates(exchange: Exchange, params: Readonly<Record<string, string>>) {
  const { world } = exchange
  const channel = world.channels.get(Number(params['channel']))
  if (channel === undefined) throw new TurnedDown(refusals.notFound('Channel'))
  return paged(exchange, {
    items: [...world.templates.values()].filter(({ channelId }) => channelId === channel.id),
    idOf: ({ id }) => id,
    shape: (template) => templateShape(world, template),
  })
}
