/* eslint-disable max-lines -- the contract is one object: a reader finds every command and event on one page */
import * as z from 'zod'
import { views } from '../domain/view.ts'
import { failureCodes } from './failure.ts'

/**
 * The one object both sides agree on: for each command its input and output, for each event its payload.
 * JSON values only (null, never undefined), unknown keys refused, names `topic.verb` and `topic.pastTense`.
 * Every `...At` and `waitingSince` is epoch milliseconds. Media fields hold an opaque id served at `/media/<id>`.
 */

const id = z.string().min(1).max(300)
const at = z.number()
const text = z.string()
const media = z.string().nullable()
const provider = z.string().min(1).max(40)

const failure = z.strictObject({
  code: z.enum(failureCodes),
  facts: z.record(z.string(), z.string()),
  retryAt: at.nullable(),
})

const status = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('pending') }),
  z.strictObject({ kind: z.literal('snoozed'), until: at.nullable() }),
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('gone') }),
  z.strictObject({ kind: z.literal('unknown'), raw: text }),
])

const unread = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), count: z.number().int() }),
  z.strictObject({ kind: z.literal('atLeast'), count: z.number().int() }),
  z.strictObject({ kind: z.literal('some') }),
])

const channel = z.enum([
  'web',
  'email',
  'whatsapp',
  'sms',
  'facebook',
  'instagram',
  'telegram',
  'line',
  'tiktok',
  'voice',
  'api',
  'other',
])
const side = z.enum(['me', 'colleague', 'bot', 'them', 'system'])
const action = z.enum(['resolve', 'reopen', 'markRead', 'markUnread'])

/** One line of the list: everything it shows and nothing else. */
const conversationRow = z.strictObject({
  id,
  accountId: id,
  who: z.strictObject({ name: text, email: text.nullable(), phone: text.nullable(), avatar: media }),
  inbox: z.strictObject({ name: text, channel }),
  subject: text.nullable(),
  status,
  /** True when the status is only this computer's. */
  isLocal: z.boolean(),
  assignee: z.strictObject({ name: text, isMe: z.boolean(), isBot: z.boolean(), avatar: media }).nullable(),
  team: text.nullable(),
  labels: z.array(text),
  priority: z.enum(['low', 'medium', 'high', 'urgent']).nullable(),
  unread,
  readScope: z.enum(['everyone', 'own', 'device']),
  needsYou: z.boolean(),
  waitingSince: at.nullable(),
  lastActivityAt: at,
  canReply: z.boolean(),
  preview: z.strictObject({ side, author: text.nullable(), text, isNote: z.boolean() }).nullable(),
  /** Actions of ours not yet confirmed, and what stands in the outbox that needs the agent. */
  pending: z.array(action),
  outbox: z.enum(['clear', 'onItsWay', 'failed', 'asks']),
})

const attachment = z.strictObject({
  kind: z.enum(['image', 'audio', 'video', 'file', 'location', 'contact', 'other']),
  name: text,
  media,
  thumb: media,
  sizeBytes: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
})

/** How far a message got. The outbox's own states come first; the server's word once it has the message. */
const delivery = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queued'), notBefore: at.nullable() }),
  z.strictObject({ kind: z.literal('sending') }),
  z.strictObject({ kind: z.literal('refused'), failure }),
  /** May have been sent: `asks` once looking it up could not settle it. */
  z.strictObject({
    kind: z.literal('unsure'),
    asks: z.boolean(),
    finding: z.enum(['absent', 'unknowable']).nullable(),
  }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('sent') }),
  z.strictObject({ kind: z.literal('delivered') }),
  z.strictObject({ kind: z.literal('read') }),
  z.strictObject({ kind: z.literal('failed'), reason: text.nullable() }),
])

const message = z.strictObject({
  id,
  conversationId: id,
  side,
  author: z.strictObject({ name: text, avatar: media }).nullable(),
  kind: z.enum(['text', 'note', 'activity', 'other']),
  text,
  /** Foreign HTML, unsanitised; show it only through the sanitiser. */
  html: text.nullable(),
  subject: text.nullable(),
  sentAt: at,
  sequence: z.number(),
  delivery,
  attachments: z.array(attachment),
  replyTo: id.nullable(),
  isDeleted: z.boolean(),
  /** The outbox row behind this bubble, while there is one. */
  outboxId: id.nullable(),
})

/** An action of ours that needs the agent's word. */
const strandedAction = z.strictObject({ outboxId: id, conversationId: id, action, failure })

const syncing = z.discriminatedUnion('kind', [
  /** First load or catching up: pages done of a total where the server says it. */
  z.strictObject({ kind: z.literal('loading'), done: z.number(), total: z.number().nullable() }),
  z.strictObject({ kind: z.literal('upToDate') }),
  /** Waiting after a failure; what is on screen is from `asOf`. */
  z.strictObject({ kind: z.literal('resting'), failure, retryAt: at }),
  /** Nothing happens until the agent does something: token refused, account suspended, secret not in memory. */
  z.strictObject({ kind: z.literal('locked'), failure }),
])

const account = z.strictObject({
  id,
  provider,
  providerLabel: text,
  /** What the agent calls it: the provider's account name. */
  name: text,
  /** The address it is reached at, for showing. */
  host: text,
  me: z.strictObject({ name: text, email: text.nullable(), avatar: media }),
  role: text.nullable(),
  keptIn: z.enum(['keychain', 'session']),
  syncing,
  /** Last moment a pull succeeded. */
  asOf: at.nullable(),
  can: z.strictObject({
    resolve: z.boolean(),
    reopen: z.boolean(),
    markRead: z.boolean(),
    markUnread: z.boolean(),
  }),
})

const viewCounts = z.strictObject({
  needsYou: z.number(),
  mine: z.number(),
  unassigned: z.number(),
  open: z.number(),
  pending: z.number(),
  snoozed: z.number(),
  done: z.number(),
})
const counts = z.strictObject({ all: viewCounts, byAccount: z.record(z.string(), viewCounts) })

const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Electron accelerator of the global show/hide key; null for none. */
  globalKey: text.nullable(),
  closeToTray: z.boolean(),
  notifications: z.boolean(),
  /** Whether notifications show what was written, or only who. */
  notificationText: z.boolean(),
})

const host = z.strictObject({
  shell: z.enum(['electron', 'loopback']),
  version: text,
  platform: z.enum(['darwin', 'win32', 'linux', 'other']),
  isDemo: z.boolean(),
  keychain: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ready') }),
    z.strictObject({ kind: z.literal('absent'), failure }),
  ]),
  /** Null until tried; a refused key says why. */
  globalKey: z.enum(['none', 'registered', 'refused', 'unsupported']),
})

const viewName = z.enum(views)
const query = z.strictObject({
  view: viewName,
  accountId: id.nullable(),
  find: z.string().max(200).nullable(),
  sort: z.enum(['newest', 'longestWait']),
})

const signInField = z.strictObject({
  name: text,
  /** Key of its label and hint in the message catalogue. */
  label: text,
  hint: text.nullable(),
  kind: z.enum(['url', 'secret', 'text']),
  placeholder: text,
})

const sent = z.strictObject({ outboxId: id })
const none = z.strictObject({})

export const commands = {
  /** Everything the window needs before its first list; `revision` orders it among the events. */
  'app.snapshot': {
    input: none,
    output: z.strictObject({ revision: z.number(), host, settings, accounts: z.array(account), counts }),
  },
  'settings.change': { input: settings.partial(), output: settings },
  /** What is on screen; decides what is announced and when pulling hurries. */
  'window.report': {
    input: z.strictObject({ visible: z.boolean(), focused: z.boolean(), conversationId: id.nullable() }),
    output: none,
  },

  'inbox.page': {
    input: z.strictObject({
      ...query.shape,
      after: z.string().max(400).nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.strictObject({
      revision: z.number(),
      rows: z.array(conversationRow),
      next: z.string().nullable(),
    }),
  },
  'inbox.refresh': { input: none, output: none },

  /** The newest messages; asks the server for fresh ones in the background. */
  'thread.open': {
    input: z.strictObject({ conversationId: id }),
    output: z.strictObject({
      revision: z.number(),
      conversation: conversationRow,
      messages: z.array(message),
      stranded: z.array(strandedAction),
      hasOlder: z.boolean(),
    }),
  },
  'thread.older': {
    input: z.strictObject({ conversationId: id, before: id }),
    output: z.strictObject({ messages: z.array(message), hasOlder: z.boolean() }),
  },

  /** Durable once it answers. The same `clientKey` twice is one reply. */
  'reply.send': {
    input: z.strictObject({ conversationId: id, text: z.string().min(1).max(150_000), clientKey: z.uuid() }),
    output: sent,
  },
  'conversation.act': { input: z.strictObject({ conversationId: id, action }), output: sent },
  'outbox.sendAgain': { input: z.strictObject({ outboxId: id }), output: none },
  'outbox.check': {
    input: z.strictObject({ outboxId: id }),
    output: z.strictObject({ finding: z.enum(['found', 'absent', 'unknowable']) }),
  },
  'outbox.discard': { input: z.strictObject({ outboxId: id }), output: none },

  'draft.get': { input: z.strictObject({ conversationId: id }), output: z.strictObject({ text }) },
  'draft.keep': {
    input: z.strictObject({ conversationId: id, text: z.string().max(150_000) }),
    output: none,
  },

  'accounts.providers': {
    input: none,
    output: z.strictObject({
      providers: z.array(z.strictObject({ id: provider, label: text, fields: z.array(signInField) })),
    }),
  },
  /** Looks who answers there with these fields. The secret stays in main, behind `probeId`, for ten minutes. */
  'accounts.probe': {
    input: z.strictObject({ provider, fields: z.record(z.string(), z.string().max(4000)) }),
    output: z.strictObject({
      probeId: id,
      host: text,
      server: text.nullable(),
      me: z.strictObject({ name: text, email: text.nullable() }),
      choices: z.array(
        z.strictObject({
          key: text,
          name: text,
          role: text.nullable(),
          isSuspended: z.boolean(),
          isAdded: z.boolean(),
        }),
      ),
    }),
  },
  'accounts.add': {
    input: z.strictObject({
      probeId: id,
      keys: z.array(z.string()).min(1).max(200),
      keepIn: z.enum(['keychain', 'session']),
    }),
    output: z.strictObject({ accountIds: z.array(id) }),
  },
  /** A new secret for a locked account: same fields, same server. */
  'accounts.unlock': {
    input: z.strictObject({
      accountId: id,
      fields: z.record(z.string(), z.string().max(4000)),
      keepIn: z.enum(['keychain', 'session']),
    }),
    output: none,
  },
  /** Refused with `unsentRows` (facts.count) unless `unsent` names exactly how many unsent rows may be thrown away. */
  'accounts.remove': { input: z.strictObject({ accountId: id, unsent: z.number().int() }), output: none },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export const events = {
  'inbox.changed': z.strictObject({
    revision: z.number(),
    upserted: z.array(conversationRow),
    removed: z.array(id),
    counts,
  }),
  'thread.changed': z.strictObject({
    revision: z.number(),
    conversationId: id,
    upserted: z.array(message),
    removed: z.array(id),
    stranded: z.array(strandedAction),
  }),
  'account.changed': z.strictObject({ revision: z.number(), account }),
  'account.removed': z.strictObject({ revision: z.number(), accountId: id, counts }),
  'settings.changed': z.strictObject({ revision: z.number(), settings, host }),
  /** The tray, a notification or a global key asks the window to show something. */
  'attention.asked': z.strictObject({
    revision: z.number(),
    conversationId: id.nullable(),
    purpose: z.enum(['open', 'reply', 'addAccount', 'settings', 'find']),
  }),
  /** Something the agent should know that is no failure; the words are 'notice.<kind>'. */
  'notice.raised': z.strictObject({
    revision: z.number(),
    notice: z.enum(['assigneeNotRestored', 'sentAfterAll']),
    conversationId: id.nullable(),
    facts: z.record(z.string(), z.string()),
  }),
  /** A new message worth telling; the window shows it where the host has no notifications of its own. */
  'message.announced': z.strictObject({
    revision: z.number(),
    conversationId: id,
    title: text,
    body: text,
    inWindow: z.boolean(),
  }),
} satisfies Record<string, z.ZodType>

export type Commands = typeof commands
export type CommandName = keyof Commands
export type Input<N extends CommandName> = z.infer<Commands[N]['input']>
export type Output<N extends CommandName> = z.infer<Commands[N]['output']>

export type Events = { [N in keyof typeof events]: z.infer<(typeof events)[N]> }
export type EventName = keyof Events
/** One event as it travels. */
export type AnyEvent = { [N in EventName]: { readonly name: N; readonly payload: Events[N] } }[EventName]

export type ConversationRow = z.infer<typeof conversationRow>
export type MessageRow = z.infer<typeof message>
export type AttachmentRow = z.infer<typeof attachment>
export type AccountRow = z.infer<typeof account>
export type StrandedAction = z.infer<typeof strandedAction>
export type Counts = z.infer<typeof counts>
export type ViewCounts = z.infer<typeof viewCounts>
export type Settings = z.infer<typeof settings>
export type HostFacts = z.infer<typeof host>
export type Query = z.infer<typeof query>
export type SignInField = z.infer<typeof signInField>
