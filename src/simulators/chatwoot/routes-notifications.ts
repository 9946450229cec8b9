import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute, listOf, notFound, pageOf, textOf, wrapped, type Inside } from './account-route.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { notificationRowShape, notificationShape } from './notification-shapes.ts'
import { deleteNotification, flagsOf } from './notifying.ts'
import { notificationTypes, tellOffice, type Notification } from './office.ts'
import { presentText } from './request-body.ts'

/** My notifications in one account, and what I want to be told of (docs/providers/chatwoot.md §1.8). */
export const notificationRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'notifications', list),
  accountRoute('GET', 'notifications/unread_count', (inside) =>
    json(unread(inside).filter(({ snoozedUntil }) => snoozedUntil === null).length),
  ),
  accountRoute('POST', 'notifications/read_all', readAll),
  accountRoute('POST', 'notifications/destroy_all', destroyAll),
  notificationRoute('PATCH', '', (inside, notification) => {
    notification.readAt = inside.world.clock.now()
    return changed(inside, notification)
  }),
  notificationRoute('PUT', '', (inside, notification) => {
    notification.readAt = inside.world.clock.now()
    return changed(inside, notification)
  }),
  notificationRoute('POST', '/unread', (inside, notification) => {
    notification.readAt = null
    return changed(inside, notification)
  }),
  notificationRoute('POST', '/snooze', (inside, notification) => {
    notification.snoozedUntil = momentGiven(inside.params['snoozed_until'])
    return changed(inside, notification)
  }),
  notificationRoute('DELETE', '', ({ world }, notification) => {
    deleteNotification(world.office, notification)
    return emptyOk()
  }),
  accountRoute('GET', 'notification_settings', (inside) => json(settingsShape(inside))),
  accountRoute('PATCH', 'notification_settings', changeSettings),
  accountRoute('PUT', 'notification_settings', changeSettings),
]

const perPage = 15

function notificationRoute(
  method: string,
  tail: string,
  handle: (inside: Inside, notification: Notification) => SimulatorAnswer,
): Route<Exchange> {
  return accountRoute(method, `notifications/:notification${tail}`, (inside) => {
    const notification = mine(inside).find(({ id }) => id === Number(inside.path['notification']))
    if (notification === undefined) throw notFound()
    return handle(inside, notification)
  })
}

/** Without being asked for more: what is unread and not snoozed. The count is of what was asked for. */
function list(inside: Inside): SimulatorAnswer {
  const { query } = inside
  const includes = query.getAll('includes[]')
  const found = mine(inside).filter(
    ({ readAt, snoozedUntil }) =>
      (readAt === null || includes.includes('read')) &&
      (snoozedUntil === null || includes.includes('snoozed')),
  )
  const direction = query.get('sort_order') === 'asc' ? 1 : -1
  const sorted = found.toSorted((a, b) => (a.lastActivityAt - b.lastActivityAt || a.id - b.id) * direction)
  const shown = pageOf(sorted, query.get('page'), perPage)
  return json({
    data: {
      meta: {
        unread_count: found.filter(({ readAt }) => readAt === null).length,
        count: found.length,
        current_page: query.get('page') ?? 1,
      },
      payload: shown.map((notification) => notificationShape(inside.world, notification)),
    },
  })
}

/** Of one conversation by its database id, or all; nobody is told by realtime. */
function readAll(inside: Inside): SimulatorAnswer {
  const { world, account, params } = inside
  const wanted = [...account.conversations.values()].find(
    ({ id }) => id === Number(params['primary_actor_id']),
  )
  const isOfOne = params['primary_actor_type'] === 'Conversation' && wanted !== undefined
  for (const notification of unread(inside)) {
    if (isOfOne && notification.conversation !== wanted.displayId) continue
    notification.readAt = world.clock.now()
  }
  return emptyOk()
}

/** Happens a moment later, and in all of my accounts, not only in this one. */
function destroyAll({ world, user, params }: Inside): SimulatorAnswer {
  const onlyRead = params['type'] === 'read'
  world.agenda.after(500, () => {
    const gone = world.office.notifications.filter(
      ({ userId, readAt }) => userId === user.id && (!onlyRead || readAt !== null),
    )
    for (const notification of gone) deleteNotification(world.office, notification)
  })
  return emptyOk()
}

/** Both lists are replaced: the one that was not sent is empty afterwards. */
function changeSettings(inside: Inside): SimulatorAnswer {
  const { account, user, params } = inside
  const given = wrapped(params, 'notification_settings', ['selected_email_flags', 'selected_push_flags'])
  const flags = (value: unknown) => listOf(value).flatMap((flag) => textOf(flag) ?? [])
  account.notificationFlags.set(user.id, {
    email: flags(given['selected_email_flags']),
    push: flags(given['selected_push_flags']),
  })
  return json(settingsShape(inside))
}

function settingsShape({ account, user }: Inside): object {
  const { email, push } = flagsOf(account, user.id)
  return {
    id: user.id,
    user_id: user.id,
    account_id: account.id,
    all_email_flags: notificationTypes.map((type) => `email_${type}`),
    selected_email_flags: email,
    all_push_flags: notificationTypes.map((type) => `push_${type}`),
    selected_push_flags: push,
  }
}

function changed({ world }: Inside, notification: Notification): SimulatorAnswer {
  notification.updatedAt = world.clock.now()
  tellOffice(world.office, { kind: 'notificationUpdated', notification })
  return json(notificationRowShape(world, notification))
}

function mine({ world, account, user }: Inside): Notification[] {
  return world.office.notifications.filter(
    ({ userId, accountId }) => userId === user.id && accountId === account.id,
  )
}

function unread(inside: Inside): Notification[] {
  return mine(inside).filter(({ readAt }) => readAt === null)
}

/** Unix seconds; a date in words breaks the original, nothing at all clears it. */
function momentGiven(value: unknown): number | null {
  const text = presentText(value)
  if (text === null) return null
  if (!/^\d+$/.test(text)) throw new TurnedDown(refusals.internal())
  return Number(text) * 1000
}
