/** What was ordered a moment ago and can still be taken back, newest last. */
export interface Undoable {
  readonly outboxIds: readonly string[]
  /** Epoch ms. */
  readonly until: number
  /** Where a reply was written, to go on writing there. */
  readonly reply: { readonly conversationId: string; readonly isNote: boolean } | null
}
