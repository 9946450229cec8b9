/**
 * How the simulated server behaves: one of three dialects (docs/providers/wapikit.md §13), each habit of which can be
 * changed while it runs.
 */
export interface Manners {
  dialect: Dialect
  /** What answers at the address at all. */
  mode: 'wapikit' | 'otherSite' | 'proxyPage'
  messageTypeKey: 'message_type' | 'messageType'
  tagTextKey: 'name' | 'label'
  /** `stale`: in lists only, with every assignment there ever was. `shown`: the one that holds, everywhere. */
  assignedTo: 'never' | 'stale' | 'shown'
  hasContactLists: boolean
  /** `totalMessages`, `replyToMessageId`, `whatsAppMessageId`. */
  hasLaterFields: boolean
  /** Whether lists of conversations tell how many there are; 0 otherwise. */
  tellsTotals: boolean
  countsUnread: boolean
  /** `listed` is how pages of other systems document theirs: a description and a list of errors. */
  errorBody: 'message' | 'string' | 'listed'
  messagesRoute: 'broken' | 'works'
  update: 'noop' | 'works'
  assignVerb: 'GET' | 'POST'
  realtime: 'socket' | 'events' | 'none'
  isLimiting: boolean
  /** The limiter falls over where it should say 429. */
  limiterPanics: boolean
  /** Whether the account id that is written into the code exists: without it every send fails, after delivery. */
  hasExpectedAccount: boolean
  whatsApp: 'connected' | 'absent' | 'refuses'
  /** Free texts are refused once a customer has been silent for 24 hours. */
  keepsReplyWindow: boolean
  membersMay: boolean
  /** A page for every unknown path; 404 without it. */
  hasWindow: boolean
}

export type Dialect = 'main' | 'newer' | 'hosted'

export function mannersOf(dialect: Dialect): Manners {
  return {
    dialect,
    mode: 'wapikit',
    countsUnread: false,
    limiterPanics: false,
    hasExpectedAccount: true,
    whatsApp: 'connected',
    keepsReplyWindow: false,
    membersMay: false,
    hasWindow: true,
    ...ofDialect[dialect],
  }
}

const main = {
  messageTypeKey: 'message_type',
  tagTextKey: 'name',
  assignedTo: 'never',
  hasContactLists: true,
  hasLaterFields: false,
  tellsTotals: false,
  errorBody: 'message',
  messagesRoute: 'broken',
  update: 'noop',
  assignVerb: 'GET',
  realtime: 'socket',
  isLimiting: false,
} as const

const newer = {
  ...main,
  tagTextKey: 'label',
  assignedTo: 'stale',
  hasContactLists: false,
  errorBody: 'string',
  assignVerb: 'POST',
  realtime: 'events',
  isLimiting: true,
} as const

/** Nobody has seen its source: what its page shows, and the newer branch for the rest. */
const hosted = {
  ...newer,
  messageTypeKey: 'messageType',
  assignedTo: 'shown',
  hasLaterFields: true,
  tellsTotals: true,
  messagesRoute: 'works',
  update: 'works',
} as const

const ofDialect = { main, newer, hosted }
