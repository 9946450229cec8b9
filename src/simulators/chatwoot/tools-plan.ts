import type { AttributeDefinition } from './office.ts'

/** What an account has besides conversations, written down by hand: people, teams and contacts by their short names. */
export interface ToolsPlan {
  readonly cannedReplies?: Readonly<Record<string, string>>
  readonly macros?: readonly MacroPlan[]
  /** Saved filters, by name: mine where nobody else is named. */
  readonly folders?: readonly FolderPlan[]
  readonly attributes?: readonly Omit<AttributeDefinition, 'id' | 'createdAt'>[]
  readonly requiredAttributes?: readonly string[]
  readonly contactNotes?: readonly { contact: string; by: string; ago: string; text: string }[]
  readonly contactLabels?: Readonly<Record<string, readonly string[]>>
  readonly contactAttributes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface MacroPlan {
  readonly name: string
  readonly by?: string
  /** Personal where it is not said. */
  readonly isForAll?: boolean
  /** By action name; `assign_agent` and `assign_team` take short names. */
  readonly actions: readonly (readonly [name: string, ...values: string[]])[]
}

export interface FolderPlan {
  readonly name: string
  readonly by?: string
  readonly filterType?: 'conversation' | 'contact'
  readonly conditions: readonly Readonly<Record<string, unknown>>[]
}
