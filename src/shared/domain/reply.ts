/** What the agent writes: to the customer, or as a note among colleagues. All of it is kept with its outbox row. */
export interface Reply {
  readonly text: string
  /** Only the team sees it. */
  readonly isNote: boolean
  /** Key of the message it answers. */
  readonly replyTo: string | null
  /** Whom a note calls; their `@name` stands in the text. */
  readonly mentions: readonly Mention[]
  /** Files kept on this computer until the server has them, in the order of attaching. */
  readonly files: readonly FileRef[]
  /** Addresses of files that anybody can open, where a channel takes files by their address. */
  readonly links?: readonly string[]
  /** Further addresses of an e-mail. */
  readonly mail: { readonly cc: readonly string[]; readonly bcc: readonly string[] } | null
  /** A message the channel's owner approved beforehand; `text` is how it reads. */
  readonly template: TemplateUse | null
}

export interface Mention {
  readonly kind: 'agent' | 'team'
  readonly key: string
  readonly name: string
}

export interface FileRef {
  /** Id of the kept bytes. */
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly sizeBytes: number
}

export interface TemplateUse {
  readonly key: string
  readonly name: string
  readonly language: string
  /** By the key of the blank. */
  readonly values: Readonly<Record<string, string>>
}

/** A message with blanks, approved beforehand, for when a channel takes nothing else. */
export interface Template {
  readonly key: string
  readonly name: string
  readonly language: string
  readonly category: string
  /** Words with their blanks as `{{key}}`; null where it has no such part. */
  readonly header: string | null
  readonly body: string
  readonly footer: string | null
  readonly blanks: readonly { readonly key: string; readonly kind: 'text' | 'url' }[]
  /** Why it cannot be sent from here (a header that needs a kind of file, a form); null where it can. */
  readonly unusable: string | null
}

/** What is being written, as it is kept between two starts. */
export interface Draft {
  readonly text: string
  readonly replyTo: string | null
  readonly mentions: readonly Mention[]
  readonly cc: string
  readonly bcc: string
  /** Addresses of files that go along; absent in drafts kept before there were any. */
  readonly links?: readonly string[] | undefined
}

/** A conversation has two drafts: one to the customer, one for colleagues. */
export type DraftKind = 'reply' | 'note'

export const emptyDraft: Draft = { text: '', replyTo: null, mentions: [], cc: '', bcc: '' }

export function isEmptyDraft(draft: Draft): boolean {
  const hasLinks = (draft.links?.length ?? 0) > 0
  return draft.text === '' && draft.replyTo === null && draft.cc === '' && draft.bcc === '' && !hasLinks
}

/** Whether a file can be fetched from there by anybody, which is how a channel gets one by its address. */
export function isFileAddress(text: string): boolean {
  return /^https:\/\/[^\s/@]+\.[^\s/@.]{2,}(:\d+)?\/\S*$/i.test(text) && text.length <= mostFileAddress
}

export const mostFileAddress = 2000

/** What a conversation's channel takes from us. */
export interface ReplyLimits {
  /** Characters of one message. */
  readonly maxLength: number
  /** `one`: each file needs a message of its own. */
  readonly files: 'none' | 'one' | 'many'
  /** Whether it shows which message is answered. */
  readonly quotes: boolean
  /** Whether it has further addresses (cc, bcc). */
  readonly copies: boolean
  /** Whether approved messages exist here, which go out even when the channel is closed for free text. */
  readonly templates: boolean
}
