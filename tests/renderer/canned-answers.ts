import type {
  AccountRow,
  ActionOrder,
  AnyEvent,
  ConversationRow,
  Input,
  Query,
} from '../../src/shared/contract/contract.ts'
import { compareRows, isServersList } from '../../src/renderer/state/list-window.ts'
import { cannedAsks, cannedHits, cannedNotifications } from './canned-directory.ts'
import { cannedProbe, cannedProviders, workAnswers } from './canned-work.ts'
import { countsOf, failure, newMessage, placed, type CannedWorld } from './canned-world.ts'

/** As much of a preview as answering needs. */
export interface Answering {
  readonly world: CannedWorld
  readonly tell: (event: AnyEvent) => void
}

type Answers = Record<string, (desk: Answering, input: Record<string, never>) => unknown>

/** What every command answers when no engine is there; null is `notFound`. What is not here answers `{}`. */
export const answers: Answers = {
  ...(workAnswers as unknown as Answers),
  'app.snapshot': ({ world }) => ({ ...world.facts, revision: world.revision }),
  'settings.change': (desk, input) => {
    desk.world.facts.settings = { ...desk.world.facts.settings, ...input }
    const { settings, host } = desk.world.facts
    desk.tell({ name: 'settings.changed', payload: { revision: ++desk.world.revision, settings, host } })
    return settings
  },
  'inbox.page': ({ world }, input) =>
    inboxPage(world, input as unknown as Query & { after: string | null; limit: number }),
  'thread.open': ({ world }, input) => {
    const conversation = world.rows.find((row) => row.id === input['conversationId'])
    if (conversation === undefined) return null
    const thread = world.threads.get(conversation.id)
    const messages = thread?.messages ?? [
      newMessage(conversation, conversation.preview?.text ?? '', conversation.lastActivityAt),
    ]
    return {
      revision: world.revision,
      conversation,
      messages,
      stranded: thread?.stranded ?? [],
      hasOlder: (thread?.older.length ?? 0) > 0,
    }
  },
  'thread.older': ({ world }, input) => {
    const thread = world.threads.get(input['conversationId'] ?? '')
    const messages = thread?.older.splice(-20) ?? []
    return { messages, hasOlder: (thread?.older.length ?? 0) > 0 }
  },
  'conversation.act': (desk, input) => {
    const { conversationId, action } = input as unknown as Input<'conversation.act'>
    act(desk, conversationId, action)
    return { outboxId: 'o9', undoUntil: null }
  },
  'inbox.act': (desk, input) => {
    const { conversationIds, action } = input as unknown as Input<'inbox.act'>
    const asks = action.kind === 'resolve' ? conversationIds.filter((id) => desk.world.asking.has(id)) : []
    const kept = conversationIds.filter((id) => !asks.includes(id) && !desk.world.refusing.has(id))
    const refused = conversationIds
      .filter((id) => desk.world.refusing.has(id))
      .map((conversationId) => ({
        conversationId,
        failure: failure('forbidden', { host: 'acme.example.com' }),
      }))
    for (const id of kept) act(desk, id, action)
    return { kept: kept.length, outboxIds: kept, undoUntil: null, asks, refused }
  },
  'resolve.asks': () => ({ fields: cannedAsks }),
  'reply.send': (desk, input) => {
    say(desk, input['conversationId'] ?? '', input['text'] ?? '')
    return { outboxIds: ['o10'], undoUntil: null }
  },
  'drafts.list': () => ({ drafts: [] }),
  'outbox.check': () => ({ finding: 'unknowable' }),
  'macro.run': () => ({ isChanged: true }),
  'availability.set': (desk, input) => {
    const { accountId, availability, autoOffline } = input as unknown as Input<'availability.set'>
    const directory = desk.world.directories[accountId]
    if (directory === undefined) return null
    const me = {
      ...directory.me,
      availability: availability ?? directory.me.availability,
      autoOffline: autoOffline ?? directory.me.autoOffline,
    }
    desk.world.directories[accountId] = { ...directory, me }
    tellDirectory(desk, accountId)
    return {}
  },
  'directory.read': ({ world }, input) => {
    const directory = world.directories[input['accountId'] ?? '']
    return directory === undefined ? null : { directory }
  },
  'assign.candidates': ({ world }, input) => {
    const [accountId = ''] = String(input['conversationId']).split(':')
    return { people: world.directories[accountId]?.agents ?? [], isFresh: world.isFresh }
  },
  'notifications.page': () => {
    const notifications = cannedNotifications(Date.now())
    return { notifications, unread: notifications.filter((each) => !each.isRead).length, hasMore: false }
  },
  'search.ask': (_desk, input) => {
    const hits = cannedHits(input['what'] ?? '', input['words'] ?? '', Date.now())
    return { hits, hasMore: hits.length > 0 && Number(input['page']) < 2 }
  },
  'conversation.fetch': ({ world }, input) => {
    const conversationId = `${String(input['accountId'])}:${String(input['key'])}`
    return world.rows.some((row) => row.id === conversationId) ? { conversationId } : null
  },
  'folder.save': (desk, input) => {
    const { accountId, name, terms } = input as unknown as Input<'folder.save'>
    const directory = desk.world.directories[accountId]
    if (directory === undefined) return null
    const folders = [...directory.folders, { key: '99', builtIn: null, name, terms }]
    desk.world.directories[accountId] = { ...directory, folders }
    return { key: '99' }
  },
  'folder.remove': (desk, input) => {
    const { accountId, key } = input as unknown as Input<'folder.remove'>
    const directory = desk.world.directories[accountId]
    if (directory === undefined) return null
    const folders = directory.folders.filter((each) => each.key !== key)
    desk.world.directories[accountId] = { ...directory, folders }
    return {}
  },
  'accounts.providers': () => ({ providers: cannedProviders }),
  'accounts.probe': (_desk, input) => cannedProbe(input as unknown as Input<'accounts.probe'>),
  'accounts.add': () => ({ accountIds: ['cycling'] }),
}

/** A server's list comes in an order of its own, a few at a time. */
function inboxPage(world: CannedWorld, query: Query & { after: string | null; limit: number }): unknown {
  const isServers = isServersList(query)
  const sorted = world.rows
    .filter((row) =>
      isServers ? row.accountId === query.accountId && row.status.kind !== 'done' : placed(row, query),
    )
    .sort((a, b) => compareRows(query.sort, a, b))
  const rows = isServers ? sorted.slice(0, 60).reverse() : sorted
  const limit = isServers ? 25 : query.limit
  const start = query.after === null ? 0 : rows.findIndex((row) => row.id === query.after) + 1
  const page = rows.slice(start, start + limit)
  const next = start + limit < rows.length ? (page.at(-1)?.id ?? null) : null
  return { revision: world.revision, rows: page, next }
}

/** Puts a changed row where the page can hear of it. */
export function change(desk: Answering, id: string, patch: Partial<ConversationRow>): void {
  const { world } = desk
  const index = world.rows.findIndex((row) => row.id === id)
  const before = world.rows[index]
  if (before === undefined) return
  const row = { ...before, ...patch }
  world.rows[index] = row
  world.facts.counts = countsOf(world.rows)
  const payload = { revision: ++world.revision, upserted: [row], removed: [], counts: world.facts.counts }
  desk.tell({ name: 'inbox.changed', payload })
}

/** Lets the page hear of what an account can do now. */
export function changeAccount(desk: Answering, account: AccountRow): void {
  desk.tell({ name: 'account.changed', payload: { revision: ++desk.world.revision, account } })
}

function tellDirectory(desk: Answering, accountId: string): void {
  const directory = desk.world.directories[accountId]
  if (directory !== undefined)
    desk.tell({
      name: 'directory.changed',
      payload: { revision: ++desk.world.revision, accountId, directory },
    })
}

function act(desk: Answering, id: string, action: ActionOrder): void {
  const row = desk.world.rows.find((each) => each.id === id)
  if (row !== undefined) change(desk, id, patchOf(row, action))
}

function patchOf(row: ConversationRow, action: ActionOrder): Partial<ConversationRow> {
  const rests = { needsYou: false, waitingSince: null }
  switch (action.kind) {
    case 'resolve':
      return { ...rests, status: { kind: 'done' } }
    case 'reopen':
      return { status: { kind: 'open' } }
    case 'pend':
      return { ...rests, status: { kind: 'pending' } }
    case 'snooze':
      return { ...rests, status: { kind: 'snoozed', until: action.until } }
    case 'assign':
      return { assignee: action.to === null ? null : { ...action.to, isBot: false, avatar: null } }
    case 'assignTeam':
      return { team: action.to?.name ?? null }
    case 'label':
      return { labels: [...row.labels.filter((each) => !action.remove.includes(each)), ...action.add] }
    case 'prioritise':
      return { priority: action.priority }
    case 'mute':
      return { ...rests, muted: true, status: { kind: 'done' } }
    case 'unmute':
      return { muted: false }
    case 'markRead':
      return { unread: { kind: 'exact', count: 0 }, needsYou: false }
    case 'markUnread':
      return { unread: { kind: 'exact', count: 1 }, needsYou: true }
  }
}

/** A reply of ours, or with `side: 'them'` a customer who writes. */
export function say(desk: Answering, id: string, text: string, side: 'me' | 'them' = 'me'): void {
  const row = desk.world.rows.find((each) => each.id === id)
  if (row === undefined) return
  const at = Date.now()
  const mine = { side, author: { name: 'Ari Lestari', avatar: null }, delivery: { kind: 'sent' } as const }
  const message = newMessage(row, text, at, side === 'me' ? mine : {})
  desk.world.threads.get(id)?.messages.push(message)
  const payload = {
    revision: ++desk.world.revision,
    conversationId: id,
    upserted: [message],
    removed: [],
    stranded: [],
  }
  desk.tell({ name: 'thread.changed', payload })
  const preview = { side, author: message.author?.name ?? null, text, isNote: false }
  change(desk, id, {
    preview,
    lastActivityAt: at,
    waitingSince: side === 'me' ? null : at,
    needsYou: side === 'them',
  })
}
