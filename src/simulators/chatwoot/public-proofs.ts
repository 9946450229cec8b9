/** What the Client API keeps besides the world: which inboxes insist on a proven identity, and who has proven theirs. */
export interface PublicProofs {
  /** Ids of inboxes. */
  readonly mandatory: Set<number>
  /** Source ids whose owner came with the right hash once; nothing takes that back. */
  readonly verified: Set<string>
}

export function createPublicProofs(): PublicProofs {
  return { mandatory: new Set(), verified: new Set() }
}
