/**
 * How a workspace behaves where servers of this family differ or nobody has written it down; a scenario may change any
 * of it (docs/providers/aelyst.md §11).
 */
export interface Manners {
  /** Read: `blocked` is a status only where closed ones are `closed`. Written it is always `close`. */
  statusWords: 'closed' | 'close'
  statusFilter: FilterManner
  /** Several conditions at once; `ignored` looks at the first alone. */
  combinedFilter: FilterManner
  updatedAtFilter: FilterManner
  /** A contact that is nobody's: null, or an object without an id. */
  nobody: 'null' | 'nullId'
  endOfPages: 'null' | 'empty'
  /** Whether addresses of other pages can be followed: Aelyst leaves the version out of them. */
  pagesKeepBase: boolean
  /** The last of a page comes again as the first of the next. */
  pagesOverlap: boolean
  listLimit: number
  messageLimit: number
  messageIds: 'micros' | 'counted'
  userIds: 'number' | 'text'
  templateComponents: 'list' | 'text'
  channelTimes: 'seconds' | 'millis'
  /** Closing takes a category. */
  requiresCategory: boolean
  /** Opening what is open, closing what is closed. */
  sameStatus: 'accepted' | 'refused'
  /** Answers status, assignee and tags like always, and does nothing. */
  ignoresWrites: boolean
  sendingReopens: boolean
  /** What the id of a contact that was merged away is answered with. */
  mergedAnswer: 'notFound' | 'object'
  /** How long a contact made by a request is still in the queue (449). */
  queuedForMs: number
  isLimiting: boolean
  limitPerSecond: number
  /** Each path for itself, or all paths of a method together. */
  limitScope: 'path' | 'method'
  tellsRetryInBody: boolean
  /** More requests a second than this are stopped by the CDN with a page; null for never. */
  blocksBurstsOver: number | null
}

export type FilterManner = 'works' | 'refused' | 'ignored'
export type MannerName = 'aelyst' | 'respondio'

export function mannersOf(name: MannerName): Manners {
  return name === 'aelyst' ? { ...aelyst } : { ...aelyst, ...respondio }
}

const aelyst: Manners = {
  statusWords: 'closed',
  statusFilter: 'works',
  combinedFilter: 'works',
  updatedAtFilter: 'refused',
  nobody: 'null',
  endOfPages: 'null',
  pagesKeepBase: false,
  pagesOverlap: false,
  listLimit: 99,
  messageLimit: 50,
  messageIds: 'micros',
  userIds: 'number',
  templateComponents: 'list',
  channelTimes: 'seconds',
  requiresCategory: false,
  sameStatus: 'accepted',
  ignoresWrites: false,
  sendingReopens: true,
  mergedAnswer: 'notFound',
  queuedForMs: 3_000,
  isLimiting: true,
  limitPerSecond: 5,
  limitScope: 'path',
  tellsRetryInBody: false,
  blocksBurstsOver: null,
}

const respondio: Partial<Manners> = {
  statusWords: 'close',
  nobody: 'nullId',
  endOfPages: 'empty',
  pagesKeepBase: true,
  listLimit: 100,
  messageLimit: 100,
  userIds: 'text',
  templateComponents: 'text',
  channelTimes: 'millis',
  mergedAnswer: 'object',
  limitScope: 'method',
  tellsRetryInBody: true,
}
