import { accountOf, type AccountId, type ConversationId } from '../../shared/domain/ids.ts'
import type { DraftKind, FileRef } from '../../shared/domain/reply.ts'
import { freshPart, halfSentKeptMs, isWhole } from './file-rules.ts'
import { noPlaceFor, noSuchAccount, noSuchFile } from './refusals.ts'
import type { Files } from './sqlite-files.ts'

/** Files in memory, in the order they were attached: bytes in one piece each, so that it is plain what they are. */
export function memoryFiles(hasAccount: (id: AccountId) => boolean): MemoryFiles {
  const files = new Map<string, KeptFile>()
  return { ...draftsIn(files, hasAccount), ...ordersIn(files) }
}

type OfOrders =
  'takeOver' | 'giveBack' | 'releaseFiles' | 'tidyFiles' | 'removeFilesOf' | 'snapshot' | 'moveDraft'

function draftsIn(
  files: Map<string, KeptFile>,
  hasAccount: (id: AccountId) => boolean,
): Omit<MemoryFiles, OfOrders> {
  const keep = (given: KeptFile): void => void files.set(given.ref.id, given)
  const ofDraft = (place: string): KeptFile[] =>
    [...files.values()].filter((file) => file.orderId === null && file.draft === place)
  return {
    putFile({ conversationId, kind, ...ref }) {
      if (!hasAccount(accountOf(conversationId))) throw noSuchAccount(accountOf(conversationId))
      if (files.has(ref.id)) return
      keep({
        ref,
        draft: draftOf(conversationId, kind),
        orderId: null,
        bytes: new Uint8Array(),
        idleSince: null,
      })
    },
    appendFile(id, offset, bytes) {
      const file = files.get(id)
      if (file === undefined) throw noSuchFile(id)
      const fresh = freshPart(extentOf(file), offset, bytes)
      if (fresh === null) throw noPlaceFor(id, { offset, have: file.bytes.length })
      const idleSince = fresh.length === 0 ? file.idleSince : null
      keep({ ...file, bytes: joined(file.bytes, fresh), idleSince })
      return file.bytes.length + fresh.length
    },
    draftFiles: (id, kind) =>
      ofDraft(draftOf(id, kind))
        .filter((file) => isWhole(extentOf(file)))
        .map((file) => file.ref),
    halfFiles: (id, kind) =>
      ofDraft(draftOf(id, kind))
        .filter((file) => !isWhole(extentOf(file)))
        .map((file) => file.ref),
    attached: () =>
      [...new Set([...files.values()].flatMap((file) => (file.orderId === null ? [file.draft] : [])))].map(
        (place) => ({ ...placeIn(place), fileCount: ofDraft(place).length }),
      ),
    file: (id) => files.get(id)?.ref ?? null,
    fileBytes(id) {
      const file = files.get(id)
      return file === undefined || !isWhole(extentOf(file)) ? null : file.bytes.slice()
    },
    removeFile(id) {
      if (files.get(id)?.orderId === null) files.delete(id)
    },
  }
}

function ordersIn(files: Map<string, KeptFile>): Pick<MemoryFiles, OfOrders> {
  const keep = (given: KeptFile): void => void files.set(given.ref.id, given)
  const removeWhere = (isOver: (file: KeptFile) => boolean): void => {
    for (const each of [...files.values()]) if (isOver(each)) files.delete(each.ref.id)
  }
  return {
    takeOver(refs, from, orderId) {
      const taken = refs.map(({ id }) => {
        const file = files.get(id)
        const isOfDraft = file?.orderId === null && file.draft === draftOf(from.conversationId, from.kind)
        if (!isOfDraft || !isWhole(extentOf(file))) throw noSuchFile(id)
        return { ...file, orderId }
      })
      taken.forEach(keep)
    },
    giveBack(orderId) {
      for (const file of files.values()) if (file.orderId === orderId) keep({ ...file, orderId: null })
    },
    releaseFiles: (orderId) => removeWhere((file) => file.orderId === orderId),
    tidyFiles(now) {
      removeWhere((file) => file.idleSince !== null && file.idleSince < now - halfSentKeptMs)
      for (const file of files.values()) {
        if (!isWhole(extentOf(file)) && file.idleSince === null) keep({ ...file, idleSince: now })
      }
    },
    removeFilesOf: (account) => removeWhere((file) => file.draft.startsWith(`${account}:`)),
    moveDraft(from, to) {
      for (const [id, file] of files) if (file.draft === from) files.set(id, { ...file, draft: to })
    },
    snapshot() {
      const kept = new Map(files)
      return () => {
        files.clear()
        for (const [id, file] of kept) files.set(id, file)
      }
    },
  }
}

export interface MemoryFiles extends Files {
  removeFilesOf(account: AccountId): void
  /** All of a draft, also those an order of its took over. */
  moveDraft(from: string, to: string): void
  /** How to go back to what is here now. */
  snapshot(): () => void
}

interface KeptFile {
  readonly ref: FileRef
  readonly draft: string
  readonly orderId: string | null
  readonly bytes: Uint8Array
  readonly idleSince: number | null
}

export function draftOf(conversationId: string, kind: DraftKind): string {
  return `${conversationId} ${kind}`
}

export function placeIn(draft: string): { conversationId: ConversationId; kind: DraftKind } {
  const at = draft.lastIndexOf(' ')
  return {
    conversationId: draft.slice(0, at) as ConversationId,
    kind: draft.slice(at + 1) === 'note' ? 'note' : 'reply',
  }
}

function extentOf(file: KeptFile): { have: number; sizeBytes: number } {
  return { have: file.bytes.length, sizeBytes: file.ref.sizeBytes }
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const whole = new Uint8Array(before.length + after.length)
  whole.set(before)
  whole.set(after, before.length)
  return whole
}
