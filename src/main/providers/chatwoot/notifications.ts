import {
  ProviderFailure,
  type Notification,
  type NotificationChange,
  type NotificationsBundle,
  type NotificationsPage,
} from '../provider.ts'
import type { Call } from './client.ts'
import type { Desk } from './desk.ts'
import {
  asList,
  asObject,
  asText,
  entryOf,
  isObject,
  momentOrNull,
  numberOrNull,
  textOrNull,
  type Loose,
} from '../../foreign/read.ts'

const timeoutMs = 20_000
const pageSize = 15

/** The agent's own notifications in this account, read and put off ones too (docs/providers/chatwoot.md §1.8). */
export function notificationsBundle(desk: Desk): NotificationsBundle {
  const path = `${desk.accountPath}/notifications`
  return {
    async page(page, signal) {
      const query = { page, 'includes[]': ['read', 'snoozed'] }
      const answer = await desk.client.call({ path, query }, signal)
      const data = asObject(asObject(answer.json())['data'])
      if (!Array.isArray(data['payload'])) throw desk.unexpected('no list of notifications')
      return pageFrom(data, page)
    },
    async change(key, change, signal) {
      const call =
        key === null ? callForAll(path, change) : callFor(`${path}/${encodeURIComponent(key)}`, change)
      if (call === null) throw notPossible(desk)
      await desk.client.call({ ...call, timeoutMs }, signal)
    },
  }
}

function pageFrom(data: Readonly<Record<string, unknown>>, page: number): NotificationsPage {
  const rows = asList(data['payload'])
  const meta = asObject(data['meta'])
  const count = numberOrNull(meta['count'])
  return {
    notifications: rows.flatMap((row) => notificationFrom(row) ?? []),
    unread: Math.max(0, numberOrNull(meta['unread_count']) ?? 0),
    hasMore: rows.length > 0 && (count === null ? rows.length >= pageSize : page * pageSize < count),
  }
}

function notificationFrom(raw: unknown): Notification | null {
  if (!isObject(raw)) return null
  const key = textOrNull(raw['id'])
  if (key === null) return null
  const type = asText(raw['notification_type'])
  return {
    key,
    kind: entryOf(kinds, type) ?? (type.startsWith('sla_') ? 'sla' : 'other'),
    title: asText(raw['push_message_title']),
    body: asText(raw['push_message_body']),
    at: momentOrNull(raw['last_activity_at']) ?? momentOrNull(raw['created_at']) ?? 0,
    isRead: momentOrNull(raw['read_at']) !== null,
    snoozedUntil: momentOrNull(raw['snoozed_until']),
    conversationKey: conversationKeyOf(asText(raw['primary_actor_type']), asObject(raw['primary_actor'])),
  }
}

/** A conversation's own id is the display id; the one beside it is the database's, which no route takes. */
function conversationKeyOf(type: string, actor: Loose): string | null {
  return textOrNull(type === '' || type === 'Conversation' ? actor['id'] : actor['conversation_id'])
}

const kinds: Readonly<Record<string, Notification['kind']>> = {
  conversation_creation: 'created',
  conversation_assignment: 'assigned',
  assigned_conversation_new_message: 'message',
  conversation_mention: 'mention',
  participating_conversation_new_message: 'participating',
}

function callFor(path: string, change: NotificationChange): Call {
  switch (change.kind) {
    case 'read':
      return { path, method: 'PATCH', body: {} }
    case 'unread':
      return { path: `${path}/unread`, body: {} }
    case 'remove':
      return { path, method: 'DELETE' }
    case 'snooze':
      return { path: `${path}/snooze`, body: { snoozed_until: Math.round(change.until / 1000) } }
  }
}

/** Only reading is limited to this account: removing all at once would reach every account of the agent (§1.8). */
function callForAll(path: string, change: NotificationChange): Call | null {
  return change.kind === 'read' ? { path: `${path}/read_all`, body: {} } : null
}

function notPossible(desk: Desk): ProviderFailure {
  return new ProviderFailure({
    kind: 'rejected',
    code: 'notPossible',
    facts: { host: desk.client.host },
    mayHaveLeft: false,
  })
}
