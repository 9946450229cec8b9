import type { AttributeValue } from './attributes.ts'
import type { FilterTerm } from './filter.ts'
import type { Template } from './reply.ts'

/** What an account's pickers offer: people, teams, labels, macros, ready-made replies, folders. Kept, so that it is there offline. */
export interface Directory {
  readonly me: {
    readonly availability: Availability | null
    /** Whether the server shows us as offline once we are away. */
    readonly autoOffline: boolean | null
    readonly signature: string | null
    readonly isAdmin: boolean
  }
  readonly agents: readonly Agent[]
  readonly teams: readonly { readonly key: string; readonly name: string; readonly isMine: boolean }[]
  readonly labels: readonly {
    readonly title: string
    readonly color: string | null
    readonly description: string
  }[]
  readonly macros: readonly Macro[]
  readonly canned: readonly { readonly key: string; readonly code: string; readonly text: string }[]
  readonly folders: readonly Folder[]
  /** What a filter may ask for. */
  readonly filterable: readonly Filterable[]
  readonly inboxes: readonly DirectoryInbox[]
  readonly attributes: readonly AttributeDefinition[]
  /** Keys of the conversation attributes that must be filled in before resolving. */
  readonly requiredToResolve: readonly string[]
  /** Unread notifications, where the provider has such. */
  readonly unreadNotifications: number | null
}

export type Availability = 'online' | 'busy' | 'offline'

export interface Agent {
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly avatarUrl: string | null
  readonly availability: Availability | null
  readonly isMe: boolean
}

export interface Macro {
  readonly key: string
  readonly name: string
  readonly isOwn: boolean
  readonly steps: readonly MacroStep[]
}

/** `name` is the provider's own word for a step; what we know of it is said in ours. */
export interface MacroStep {
  readonly name: string
  readonly about: string
}

export interface Folder {
  readonly key: string
  /** Ours for the built-in ones: the words come from the catalogue. */
  readonly builtIn: 'mentions' | 'participating' | 'unattended' | null
  readonly name: string
  readonly terms: readonly FilterTerm[]
}

export interface Filterable {
  readonly key: string
  /** Words of the provider for its own custom attributes; null for what the catalogue names. */
  readonly label: string | null
  readonly operators: readonly FilterTerm['operator'][]
  readonly values:
    | 'status'
    | 'priority'
    | 'agent'
    | 'inbox'
    | 'team'
    | 'label'
    | 'text'
    | 'number'
    | 'date'
    | 'days'
    | 'choice'
    | 'yesNo'
  readonly choices: readonly string[]
}

export interface DirectoryInbox {
  readonly key: string
  readonly name: string
  readonly templates: readonly Template[]
}

export interface AttributeDefinition {
  readonly key: string
  readonly label: string
  readonly of: 'conversation' | 'customer'
  readonly kind: 'text' | 'number' | 'link' | 'date' | 'list' | 'checkbox'
  readonly choices: readonly string[]
  readonly description: string
}

/** One thing to fill in with an order; where it `isRequired`, before it can be carried out. */
export interface AskedField extends AttributeDefinition {
  readonly value: AttributeValue
  readonly isRequired: boolean
  /** Characters; null for no limit. */
  readonly maxLength: number | null
}

export const emptyDirectory: Directory = {
  me: { availability: null, autoOffline: null, signature: null, isAdmin: false },
  agents: [],
  teams: [],
  labels: [],
  macros: [],
  canned: [],
  folders: [],
  filterable: [],
  inboxes: [],
  attributes: [],
  requiredToResolve: [],
  unreadNotifications: null,
}
