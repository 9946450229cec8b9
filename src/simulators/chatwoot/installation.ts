/** How this installation and the proxies before it behave; a scenario may change any of it. */
export interface Installation {
  version: string
  /** Where it believes to be reached (FRONTEND_URL): the start of every file address. */
  origin: string
  /** 4.10 keeps unknown keys of `content_attributes`; the 4.2 tree drops them. */
  keepsUnknownContentAttributes: boolean
  /** Newer trees answer an unknown status or priority with 422 where 4.10 breaks (docs/providers/chatwoot.md §8.4). */
  refusesUnknownEnums: boolean
  /** Newer trees retry failed messages only and keep their attributes; 4.10 retries anything and wipes them. */
  retriesOnlyFailed: boolean
  /** Newer trees skip the write of `update_last_seen` where nothing is unread and the last one is younger than an hour. */
  skipsIdleLastSeen: boolean
  /** The 4.2 tree knows no bots as assignees, and lets nobody open what is only in their team. */
  isBeforeTeamsAndBots: boolean
  /** Meta's human agent flag: a week to answer on Facebook and Instagram instead of a day. */
  hasHumanAgentFlag: boolean
  /** `conversations/unread_counts`: absent from 4.10, there but switched off (403) or on in newer trees. */
  unreadCounts: 'absent' | 'off' | 'on'
  /** `underscores`: stock nginx drops `api_access_token`. `all`: a proxy drops either spelling. */
  strips: 'nothing' | 'underscores' | 'all'
  /** Whether answers say what time it is; something on the way may drop that or spoil it. */
  date: 'told' | 'absent' | 'junk'
  mode: ServerMode
  pageSize: number
  /** The default throttles of §4; off unless a test is about them. */
  isThrottling: boolean
  /** What e-mailing a transcript meets: newer trees know a plan (402) and a daily limit (429 without a body). */
  transcripts: 'sent' | 'planTooSmall' | 'tooMany'
  /** How the Client API says that something is not there: as JSON to who accepts it, or as a page whatever was asked. */
  publicMisses: 'json' | 'page'
  /** The 4.2 tree breaks over the list of a contact whose identity was proven (docs/providers/chatwoot-public.md §6). */
  breaksListOfVerified: boolean
  /** In which order the Client API lists conversations: it promises none. */
  publicOrder: 'oldestFirst' | 'newestFirst' | 'mixed'
  /** A derived server whose `toggle_status` says yes to a customer and leaves the conversation as it is. */
  ignoresResolveByCustomer: boolean
}

/** `chatwoot` behaves; the others are what else may answer at an address somebody typed. */
export type ServerMode = 'chatwoot' | 'otherSite' | 'otherApi' | 'proxyPage' | 'toHttps' | 'notOnboarded'

export function standardInstallation(): Installation {
  return {
    version: '4.10.0',
    origin: 'http://127.0.0.1',
    keepsUnknownContentAttributes: true,
    refusesUnknownEnums: false,
    retriesOnlyFailed: false,
    skipsIdleLastSeen: false,
    isBeforeTeamsAndBots: false,
    hasHumanAgentFlag: false,
    unreadCounts: 'absent',
    strips: 'nothing',
    date: 'told',
    mode: 'chatwoot',
    pageSize: 25,
    isThrottling: false,
    transcripts: 'sent',
    publicMisses: 'json',
    breaksListOfVerified: false,
    publicOrder: 'mixed',
    ignoresResolveByCustomer: false,
  }
}
