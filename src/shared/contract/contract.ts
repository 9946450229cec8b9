/* eslint-disable max-lines -- the contract is one object: a reader finds every command and event on one page */
import * as z from 'zod'
import { actionKinds } from '../domain/action.ts'
import { filterOperators } from '../domain/filter.ts'
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
const actionKind = z.enum(actionKinds)
const priority = z.enum(['low', 'medium', 'high', 'urgent'])
const attributeValue = z.union([text.max(2000), z.number(), z.boolean(), z.null()])
const answers = z.record(z.string().max(200), attributeValue)
const label = z.string().min(1).max(100)

/** What an agent orders; domain/action says what each means. */
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resolve'), answers }),
  z.strictObject({ kind: z.literal('reopen') }),
  z.strictObject({ kind: z.literal('pend') }),
  z.strictObject({ kind: z.literal('snooze'), until: at.nullable() }),
  z.strictObject({
    kind: z.literal('assign'),
    to: z.strictObject({ key: id, name: text, isMe: z.boolean() }).nullable(),
  }),
  z.strictObject({ kind: z.literal('assignTeam'), to: z.strictObject({ key: id, name: text }).nullable() }),
  z.strictObject({ kind: z.literal('label'), add: z.array(label).max(100), remove: z.array(label).max(100) }),
  z.strictObject({ kind: z.literal('prioritise'), priority: priority.nullable() }),
  z.strictObject({ kind: z.literal('mute') }),
  z.strictObject({ kind: z.literal('unmute') }),
  z.strictObject({ kind: z.literal('markRead') }),
  z.strictObject({ kind: z.literal('markUnread') }),
])

/** What the channel takes from us; domain/reply says what each means. */
const limits = z.strictObject({
  maxLength: z.number(),
  files: z.enum(['none', 'one', 'many']),
  quotes: z.boolean(),
  copies: z.boolean(),
  templates: z.boolean(),
})

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
  assignee: z
    .strictObject({ key: text, name: text, isMe: z.boolean(), isBot: z.boolean(), avatar: media })
    .nullable(),
  team: text.nullable(),
  labels: z.array(text),
  priority: priority.nullable(),
  muted: z.boolean(),
  unread,
  readScope: z.enum(['everyone', 'own', 'device']),
  needsYou: z.boolean(),
  waitingSince: at.nullable(),
  lastActivityAt: at,
  /** Whether free text may be sent, as long as `replyUntil` (null: for ever) is not over. */
  canReply: z.boolean(),
  replyUntil: at.nullable(),
  limits,
  preview: z.strictObject({ side, author: text.nullable(), text, isNote: z.boolean() }).nullable(),
  /** Actions of ours not yet confirmed, and what stands in the outbox that needs the agent. */
  pending: z.array(actionKind),
  outbox: z.enum(['clear', 'onItsWay', 'failed', 'notDone', 'asks']),
  /** Replies and actions that wait for a reply of ours that stopped. */
  heldBack: z.number().int(),
  /** Something is written or attached that was not sent. */
  hasDraft: z.boolean(),
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
  /** Nothing leaves before `until`: so long it can be taken back. */
  z.strictObject({ kind: z.literal('held'), until: at }),
  z.strictObject({
    kind: z.literal('queued'),
    notBefore: at.nullable(),
    /** What kept it here the last time, where that passes by itself. */
    why: z.enum(['network', 'busy', 'limited']).nullable(),
    /** The message of ours above that stopped: nothing leaves before the agent has settled it. */
    waitsFor: id.nullable(),
    /** Whether it may be taken out of the queue and written on. */
    canEdit: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('sending') }),
  /** `holdsBack` counts the replies and actions that wait for this one. */
  z.strictObject({ kind: z.literal('refused'), failure, holdsBack: z.number().int(), canEdit: z.boolean() }),
  /** May have been sent: `asks` once looking it up could not settle it. */
  z.strictObject({
    kind: z.literal('unsure'),
    asks: z.boolean(),
    finding: z.enum(['absent', 'unknowable']).nullable(),
    holdsBack: z.number().int(),
    /** Whether its words may go back into the draft when it is given up. */
    canEdit: z.boolean(),
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
  /** Addresses of an e-mail. */
  mail: z
    .strictObject({ from: z.array(text), to: z.array(text), cc: z.array(text), bcc: z.array(text) })
    .nullable(),
  /** A question how satisfied they are; `stars` once answered. */
  rating: z.strictObject({ stars: z.number().nullable(), words: text.nullable() }).nullable(),
  /** The outbox row behind this bubble, while there is one. */
  outboxId: id.nullable(),
})

/** An action of ours that needs the agent's word. */
const strandedAction = z.strictObject({ outboxId: id, conversationId: id, action: actionKind, failure })

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
  /** The same with all that signing in again takes. */
  baseUrl: text,
  me: z.strictObject({ name: text, email: text.nullable(), avatar: media }),
  role: text.nullable(),
  keptIn: z.enum(['keychain', 'session']),
  syncing,
  /** Last moment a pull succeeded. */
  asOf: at.nullable(),
  can: z.strictObject({
    resolve: z.boolean(),
    reopen: z.boolean(),
    pend: z.boolean(),
    snooze: z.boolean(),
    /** Whether a snooze may also last until the customer writes. */
    snoozeUntilReply: z.boolean(),
    assign: z.boolean(),
    assignTeam: z.boolean(),
    label: z.boolean(),
    prioritise: z.boolean(),
    mute: z.boolean(),
    markRead: z.boolean(),
    markUnread: z.boolean(),
    note: z.boolean(),
    mention: z.boolean(),
    attach: z.boolean(),
    deleteMessage: z.boolean(),
    retryMessage: z.boolean(),
    directory: z.boolean(),
    macros: z.boolean(),
    transcript: z.boolean(),
    typing: z.boolean(),
    availability: z.boolean(),
    participants: z.boolean(),
    notifications: z.boolean(),
    search: z.boolean(),
    folders: z.boolean(),
    panel: z.boolean(),
    customerNotes: z.boolean(),
    start: z.boolean(),
    /** The agent is the customer there: what is started needs nobody chosen. */
    startOwn: z.boolean(),
    attachLink: z.boolean(),
    /** Whether something may be filled in when resolving that need not be. */
    resolveWith: z.boolean(),
  }),
  /** What can be done is called so there, and reaches so far: here is only this computer. */
  named: z.strictObject({
    done: z.enum(['resolve', 'close', 'resolveSeen', 'resolveHere']),
    snooze: z.enum(['snooze', 'snoozeHere']),
    read: z.enum(['everyone', 'own', 'device']),
    /** An echo cannot be read back: it is seen only where it was written. */
    notes: z.enum(['kept', 'echo']),
    /** What the server would take for placeholders of its own. */
    placeholders: z.array(text),
  }),
})

const mention = z.strictObject({ kind: z.enum(['agent', 'team']), key: id, name: text })
const fileRef = z.strictObject({ id, name: text, contentType: text, sizeBytes: z.number() })
const templateUse = z.strictObject({
  key: id,
  name: text,
  language: text,
  values: z.record(z.string(), z.string().max(2000)),
})
const template = z.strictObject({
  key: id,
  name: text,
  language: text,
  category: text,
  /** Words with their blanks as `{{key}}`. */
  header: text.nullable(),
  body: text,
  footer: text.nullable(),
  blanks: z.array(z.strictObject({ key: text, kind: z.enum(['text', 'url']) })),
  /** The provider's word for what makes it impossible to send from here. */
  unusable: text.nullable(),
})
const addresses = z.array(z.string().min(3).max(320)).max(50)
/** Addresses of files; absent where there are none. */
const links = z.array(z.string().max(2000)).max(30).readonly().optional()
const draftKind = z.enum(['reply', 'note'])
const draft = z.strictObject({
  text: z.string().max(150_000),
  replyTo: text.max(300).nullable(),
  mentions: z.array(mention).max(100),
  cc: z.string().max(4000),
  bcc: z.string().max(4000),
  links,
})

/** A draft, or a reply that stopped, wherever its conversation is. */
const writtenPiece = z.strictObject({
  conversationId: id,
  accountId: id,
  kind: draftKind,
  /** `draft` for one that was never sent. */
  state: z.enum(['draft', 'failed', 'asks']),
  /** The row of one that was sent. */
  outboxId: id.nullable(),
  text,
  fileCount: z.number().int(),
  /** Whom it is to; null where the conversation is not known here (any more). */
  who: text.nullable(),
  /** The conversation is no longer at its server. */
  isGone: z.boolean(),
})

const availability = z.enum(['online', 'busy', 'offline'])
const filterTerm = z.strictObject({
  attribute: z.string().min(1).max(200),
  operator: z.enum(filterOperators),
  values: z.array(z.string().max(500)).max(50),
  join: z.enum(['and', 'or']),
})
const attributeKind = z.enum(['text', 'number', 'link', 'date', 'list', 'checkbox'])
const attributeDefinition = z.strictObject({
  key: text,
  label: text,
  of: z.enum(['conversation', 'customer']),
  kind: attributeKind,
  choices: z.array(text),
  description: text,
})
const agent = z.strictObject({
  key: text,
  name: text,
  email: text.nullable(),
  avatar: media,
  availability: availability.nullable(),
  isMe: z.boolean(),
})

/** What an account's pickers offer; domain/directory. */
const directory = z.strictObject({
  me: z.strictObject({
    availability: availability.nullable(),
    autoOffline: z.boolean().nullable(),
    signature: text.nullable(),
    isAdmin: z.boolean(),
  }),
  agents: z.array(agent),
  teams: z.array(z.strictObject({ key: text, name: text, isMine: z.boolean() })),
  labels: z.array(z.strictObject({ title: text, color: text.nullable(), description: text })),
  macros: z.array(
    z.strictObject({
      key: text,
      name: text,
      isOwn: z.boolean(),
      steps: z.array(z.strictObject({ name: text, about: text })),
    }),
  ),
  canned: z.array(z.strictObject({ key: text, code: text, text })),
  folders: z.array(
    z.strictObject({
      key: text,
      builtIn: z.enum(['mentions', 'participating', 'unattended']).nullable(),
      name: text,
      terms: z.array(filterTerm),
    }),
  ),
  filterable: z.array(
    z.strictObject({
      key: text,
      label: text.nullable(),
      operators: z.array(z.enum(filterOperators)),
      values: z.enum([
        'status',
        'priority',
        'agent',
        'inbox',
        'team',
        'label',
        'text',
        'number',
        'date',
        'days',
        'choice',
        'yesNo',
      ]),
      choices: z.array(text),
    }),
  ),
  inboxes: z.array(z.strictObject({ key: text, name: text })),
  attributes: z.array(attributeDefinition),
  unreadNotifications: z.number().nullable(),
})

const attributeLine = z.strictObject({ key: text, label: text, value: text })
/** Everything beside a conversation: who they are, what is known, what was before. */
const panel = z.strictObject({
  customer: z.strictObject({
    name: text,
    email: text.nullable(),
    phone: text.nullable(),
    identifier: text.nullable(),
    avatar: media,
    blocked: z.boolean(),
    attributes: z.array(attributeLine),
  }),
  conversation: z.strictObject({ attributes: z.array(attributeLine) }),
  notes: z.array(z.strictObject({ key: text, text, author: text.nullable(), at: at.nullable() })),
  participants: z.array(agent),
  /** Conversations they had before, newest first. */
  previous: z.array(conversationRow),
  /** Parts that could not be read; the rest is there. */
  missing: z.array(z.enum(['customer', 'notes', 'participants', 'previous'])),
})

const notification = z.strictObject({
  key: text,
  kind: z.enum(['created', 'assigned', 'message', 'mention', 'participating', 'sla', 'other']),
  title: text,
  body: text,
  at,
  isRead: z.boolean(),
  snoozedUntil: at.nullable(),
  /** Key of the conversation it is about, to be fetched. */
  conversationKey: text.nullable(),
})

const hit = z.strictObject({
  kind: z.enum(['conversation', 'message', 'customer']),
  /** Null for a customer without a conversation named along. */
  conversationKey: text.nullable(),
  customerKey: text.nullable(),
  title: text,
  excerpt: text,
  inbox: text.nullable(),
  at: at.nullable(),
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
  /** Seconds within which what is sent or ordered can be taken back; 0 for none. */
  undoSeconds: z.number().int().min(0).max(60),
  notifications: z.boolean(),
  /** Whether notifications show what was written, or only who. */
  notificationText: z.boolean(),
})

const host = z.strictObject({
  shell: z.enum(['electron', 'loopback']),
  version: text,
  platform: z.enum(['darwin', 'win32', 'linux', 'other']),
  isDemo: z.boolean(),
  /** Where the log lies on this computer; null where there is none. */
  logFile: text.nullable(),
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
  /** A folder of `accountId`, or a filter made on the spot: its server's list, in the server's order. */
  folder: text.nullable(),
  terms: z.array(filterTerm).max(20).nullable(),
})

const signInField = z.strictObject({
  name: text,
  /** Key of its label and hint in the message catalogue. */
  label: text,
  hint: text.nullable(),
  kind: z.enum(['url', 'secret', 'text', 'email', 'code', 'choice', 'lines']),
  placeholder: text,
  /** Of a choice; empty for every other kind. */
  choices: z.array(z.strictObject({ key: text, label: text })).optional(),
  isOptional: z.boolean().optional(),
})
const signInMethod = z.strictObject({
  key: text,
  label: text,
  hint: text.nullable(),
  fields: z.array(signInField),
})
/** A known place to sign in at: what it fills in need not be asked. */
const signInPreset = z.strictObject({
  key: text,
  label: text,
  hint: text.nullable(),
  fields: z.record(z.string(), z.string()),
})

/** `undoUntil`: so long it can be taken back; null where it leaves at once. */
const sent = z.strictObject({ outboxId: id, undoUntil: at.nullable() })
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
    input: z.strictObject({
      conversationId: id,
      text: z.string().max(150_000),
      isNote: z.boolean(),
      /** Id of the message it answers. */
      replyTo: id.nullable(),
      mentions: z.array(mention).max(100),
      /** Ids of kept files. */
      files: z.array(id).max(30),
      links,
      cc: addresses,
      bcc: addresses,
      template: templateUse.nullable(),
      clientKey: z.uuid(),
    }),
    /** One row, or several where the channel takes one file a message. */
    output: z.strictObject({ outboxIds: z.array(id), undoUntil: at.nullable() }),
  },
  /** Refused with `needsAnswers` where resolving asks for more than is known; see `resolve.asks`. */
  'conversation.act': { input: z.strictObject({ conversationId: id, action }), output: sent },
  /** The same for many: each is an order of its own, and those that cannot be are named. */
  'inbox.act': {
    input: z.strictObject({ conversationIds: z.array(id).min(1).max(500), action }),
    output: z.strictObject({
      kept: z.number(),
      outboxIds: z.array(id),
      undoUntil: at.nullable(),
      /** Those that ask for answers first. */
      asks: z.array(id),
      refused: z.array(z.strictObject({ conversationId: id, failure })),
    }),
  },
  /** What has to be filled in before this one can be resolved; empty where nothing is. */
  'resolve.asks': {
    input: z.strictObject({ conversationId: id }),
    output: z.strictObject({
      fields: z.array(
        z.strictObject({
          ...attributeDefinition.shape,
          value: attributeValue,
          isRequired: z.boolean(),
          maxLength: z.number().nullable(),
        }),
      ),
    }),
  },
  /** The account's default answers, used whenever it is resolved without asking; null forgets them. */
  'resolve.remember': { input: z.strictObject({ accountId: id, answers: answers.nullable() }), output: none },
  /** Takes back what has not left; what was written is in its draft again. `late` are those that had left. */
  'outbox.undo': {
    input: z.strictObject({ outboxIds: z.array(id).min(1).max(500) }),
    output: z.strictObject({ undone: z.number(), late: z.number() }),
  },
  'outbox.sendAgain': { input: z.strictObject({ outboxId: id }), output: none },
  'outbox.check': {
    input: z.strictObject({ outboxId: id }),
    output: z.strictObject({ finding: z.enum(['found', 'absent', 'unknowable']) }),
  },
  'outbox.discard': { input: z.strictObject({ outboxId: id }), output: none },
  /**
   * Takes a reply out of the queue and puts what was written back into its draft. One of unknown fate only where the
   * agent knows (`mayBeThere`) that it may have arrived.
   */
  'outbox.edit': {
    input: z.strictObject({ outboxId: id, mayBeThere: z.boolean() }),
    output: z.strictObject({ conversationId: id, kind: draftKind }),
  },

  /** `halfFiles` are those whose copying was never finished. */
  'draft.get': {
    input: z.strictObject({ conversationId: id, kind: draftKind }),
    output: z.strictObject({ draft, files: z.array(fileRef), halfFiles: z.array(fileRef) }),
  },
  /**
   * Kept over `over`, the draft as the window last knew it. Where something else stands there by now nothing is kept, and
   * `standing` is what stands there: another window wrote it.
   */
  'draft.keep': {
    input: z.strictObject({ conversationId: id, kind: draftKind, draft, over: draft }),
    output: z.strictObject({ standing: draft.nullable() }),
  },
  /** Throws a draft away with its files. */
  'draft.drop': { input: z.strictObject({ conversationId: id, kind: draftKind }), output: none },
  /** Everything written that did not reach a server: replies that stopped, then drafts, the newest first. */
  'drafts.list': {
    input: none,
    output: z.strictObject({ drafts: z.array(writtenPiece) }),
  },
  /** A file attached to a draft, kept in pieces on this computer: it survives a restart, and its reply being sent. */
  'file.begin': {
    input: z.strictObject({
      conversationId: id,
      kind: draftKind,
      fileId: z.uuid(),
      name: z.string().min(1).max(255),
      contentType: z.string().max(200),
      sizeBytes: z.number().int().min(0),
    }),
    output: none,
  },
  'file.append': {
    input: z.strictObject({
      fileId: z.uuid(),
      /** Bytes before this piece; a piece that is there already is taken as it is. */
      offset: z.number().int().min(0),
      base64: z.string().max(1_400_000),
    }),
    output: z.strictObject({ receivedBytes: z.number() }),
  },
  'file.drop': { input: z.strictObject({ fileId: z.uuid() }), output: none },

  // What is asked of the server directly: it happens now or not at all, and is never repeated by itself.
  'message.delete': { input: z.strictObject({ conversationId: id, messageId: id }), output: none },
  /** The server tries to deliver a failed message once more; it forgets what it answered. */
  'message.retry': { input: z.strictObject({ conversationId: id, messageId: id }), output: none },
  'macro.run': {
    input: z.strictObject({ conversationId: id, macroKey: id }),
    /** Servers do not say whether the steps worked: whether anything changed soon after. */
    output: z.strictObject({ isChanged: z.boolean() }),
  },
  'transcript.send': {
    input: z.strictObject({ conversationId: id, email: z.string().max(320) }),
    output: none,
  },
  /** Fire and forget; the engine tells the server when to take it back. */
  'typing.tell': {
    input: z.strictObject({ conversationId: id, isNote: z.boolean(), isTyping: z.boolean() }),
    output: none,
  },
  'availability.set': {
    input: z.strictObject({
      accountId: id,
      availability: availability.nullable(),
      autoOffline: z.boolean().nullable(),
    }),
    output: none,
  },

  /** What the account's pickers offer, as last heard; asks for news in the background (`directory.changed`). */
  'directory.read': { input: z.strictObject({ accountId: id }), output: z.strictObject({ directory }) },
  /** Who this conversation may be assigned to, most available first. `isFresh` is false where the server could not be asked. */
  'assign.candidates': {
    input: z.strictObject({ conversationId: id }),
    output: z.strictObject({ people: z.array(agent), isFresh: z.boolean() }),
  },
  /** Approved messages of this conversation's channel. */
  'templates.list': {
    input: z.strictObject({ conversationId: id }),
    output: z.strictObject({ templates: z.array(template) }),
  },

  'panel.read': { input: z.strictObject({ conversationId: id }), output: z.strictObject({ panel }) },
  'panel.addNote': {
    input: z.strictObject({ conversationId: id, text: z.string().min(1).max(20_000) }),
    output: none,
  },
  'panel.removeNote': { input: z.strictObject({ conversationId: id, key: id }), output: none },
  'panel.participants': {
    input: z.strictObject({ conversationId: id, add: z.array(id).max(50), remove: z.array(id).max(50) }),
    output: none,
  },

  'notifications.page': {
    input: z.strictObject({ accountId: id, page: z.number().int().min(1) }),
    output: z.strictObject({
      notifications: z.array(notification),
      unread: z.number(),
      hasMore: z.boolean(),
    }),
  },
  'notifications.change': {
    input: z.strictObject({
      accountId: id,
      /** Null for all of them. */
      key: text.nullable(),
      change: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('read') }),
        z.strictObject({ kind: z.literal('unread') }),
        z.strictObject({ kind: z.literal('remove') }),
        z.strictObject({ kind: z.literal('snooze'), until: at }),
      ]),
    }),
    output: none,
  },

  /** Looks on the server, beyond what is kept here. */
  'search.ask': {
    input: z.strictObject({
      accountId: id,
      what: z.enum(['conversations', 'messages', 'customers']),
      words: z.string().min(1).max(200),
      page: z.number().int().min(1),
    }),
    output: z.strictObject({ hits: z.array(hit), hasMore: z.boolean() }),
  },
  /** Brings one conversation from the server by its key, so that it can be opened. */
  'conversation.fetch': {
    input: z.strictObject({ accountId: id, key: id }),
    output: z.strictObject({ conversationId: id }),
  },

  'folder.save': {
    input: z.strictObject({
      accountId: id,
      name: z.string().min(1).max(200),
      terms: z.array(filterTerm).min(1).max(20),
    }),
    output: z.strictObject({ key: text }),
  },
  'folder.remove': { input: z.strictObject({ accountId: id, key: id }), output: none },

  'start.customers': {
    input: z.strictObject({ accountId: id, words: z.string().min(1).max(200) }),
    output: z.strictObject({
      customers: z.array(
        z.strictObject({
          key: text,
          name: text,
          email: text.nullable(),
          phone: text.nullable(),
          avatar: media,
        }),
      ),
    }),
  },
  /** Through which inboxes this customer can be written to; for somebody new, every inbox that takes a first message. */
  'start.inboxes': {
    input: z.strictObject({ accountId: id, customerKey: id.nullable() }),
    output: z.strictObject({
      inboxes: z.array(
        z.strictObject({
          key: text,
          name: text,
          channel,
          /** What a new customer must have for it. */
          needs: z.enum(['email', 'phone', 'nothing']),
          hasSubject: z.boolean(),
          templates: z.array(template),
          /** Only approved messages may begin here. */
          onlyTemplates: z.boolean(),
        }),
      ),
    }),
  },
  /** Opens the conversation on the server, then sends the first message through the outbox. */
  'start.begin': {
    input: z.strictObject({
      accountId: id,
      customer: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('known'), key: id }),
        /** The agent is the customer there (`can.startOwn`). */
        z.strictObject({ kind: z.literal('own') }),
        z.strictObject({
          kind: z.literal('new'),
          name: z.string().max(200),
          email: z.string().max(320).nullable(),
          phone: z.string().max(40).nullable(),
        }),
      ]),
      inboxKey: id,
      subject: z.string().max(500).nullable(),
      text: z.string().max(150_000),
      template: templateUse.nullable(),
      clientKey: z.uuid(),
    }),
    output: z.strictObject({ conversationId: id }),
  },

  'accounts.providers': {
    input: none,
    output: z.strictObject({
      providers: z.array(
        z.strictObject({
          id: provider,
          label: text,
          presets: z.array(signInPreset),
          methods: z.array(signInMethod),
        }),
      ),
    }),
  },
  /**
   * Looks who answers there with these fields. The secret stays in main, behind `probeId`, for ten minutes.
   * Where the server asks for more (`asks`), the same command goes on with those fields and the `probeId`.
   */
  'accounts.probe': {
    input: z.strictObject({
      provider,
      method: z.string().min(1).max(40),
      fields: z.record(z.string(), z.string().max(4000)),
      probeId: id.nullable(),
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('asks'), probeId: id, host: text, fields: z.array(signInField) }),
      z.strictObject({
        kind: z.literal('found'),
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
    ]),
  },
  'accounts.add': {
    input: z.strictObject({
      probeId: id,
      keys: z.array(z.string()).min(1).max(200),
      keepIn: z.enum(['keychain', 'session']),
    }),
    output: z.strictObject({ accountIds: z.array(id) }),
  },
  /** A new secret for a locked account, found by a probe of the same person at the same server. */
  'accounts.unlock': {
    input: z.strictObject({
      accountId: id,
      probeId: id,
      keepIn: z.enum(['keychain', 'session']),
    }),
    output: none,
  },
  /** What it is called in the window; the server does not hear of it. */
  'accounts.rename': {
    input: z.strictObject({ accountId: id, name: z.string().trim().min(1).max(100) }),
    output: none,
  },
  /**
   * Refused with `unsentRows` (facts `unsent` and `drafts`) unless both are named exactly: how many unsent rows, and how
   * many drafts, may be thrown away.
   */
  'accounts.remove': {
    input: z.strictObject({ accountId: id, unsent: z.number().int(), drafts: z.number().int() }),
    output: none,
  },
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
  'directory.changed': z.strictObject({ revision: z.number(), accountId: id, directory }),
  'account.removed': z.strictObject({ revision: z.number(), accountId: id, counts }),
  'settings.changed': z.strictObject({ revision: z.number(), settings, host }),
  /** The tray, a notification or a global key asks the window to show something. */
  'attention.asked': z.strictObject({
    revision: z.number(),
    conversationId: id.nullable(),
    /** `resolve`: it asks for answers first. */
    purpose: z.enum(['open', 'reply', 'resolve', 'addAccount', 'settings', 'find']),
  }),
  /** Something the agent should know that is no failure; the words are 'notice.<kind>'. */
  'notice.raised': z.strictObject({
    revision: z.number(),
    notice: z.enum(['assigneeNotRestored', 'sentAfterAll', 'orderRefused', 'doneHere', 'innerFault']),
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
export type SignInMethod = z.infer<typeof signInMethod>
export type SignInPreset = z.infer<typeof signInPreset>
export type DirectoryRow = z.infer<typeof directory>
export type AgentRow = z.infer<typeof agent>
export type TemplateRow = z.infer<typeof template>
export type PanelRow = z.infer<typeof panel>
export type NotificationRow = z.infer<typeof notification>
export type HitRow = z.infer<typeof hit>
export type FileRow = z.infer<typeof fileRef>
export type DraftRow = z.infer<typeof draft>
export type WrittenPiece = z.infer<typeof writtenPiece>
export type ActionOrder = z.infer<typeof action>
export type AskedFieldRow = Output<'resolve.asks'>['fields'][number]
