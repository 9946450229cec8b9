import type { Input, Output } from '../../../shared/contract/contract.ts'
import { Refusal } from '../../../shared/contract/failure.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { messageId, type ConversationId, type OutboxId } from '../../../shared/domain/ids.ts'
import { isFileAddress, type DraftKind, type FileRef, type Reply } from '../../../shared/domain/reply.ts'
import { mayReply } from '../../../shared/domain/reply-window.ts'
import { FileFault } from '../../store/store.ts'
import { told } from '../asking.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { firstState, undoUntil } from '../holding.ts'
import { isOwnRowId } from '../rows.ts'
import { isAddress } from './asked.ts'

type Names = 'reply.send' | 'file.begin' | 'file.append' | 'file.drop'

/** What the agent writes and attaches: kept while it is written, checked before it is queued, durable once answered. */
export function writingHandlers(core: Core): Pick<Handlers, Names> {
  const { store } = core.parts
  return {
    'reply.send': (given) => send(core, given),
    'file.begin'({ conversationId, kind, fileId, name, contentType, sizeBytes }) {
      const said = told(core, conversationId as ConversationId)
      const file = { id: fileId, name, contentType: contentType || anyBytes, sizeBytes }
      checkFiles(core, said, { kind, files: [file] })
      store.putFile({ ...file, conversationId: said.id, kind })
      core.publisher.draftMoved(said.id)
      return {}
    },
    'file.append': ({ fileId, offset, base64 }) => ({
      receivedBytes: orRefusal(() => store.appendFile(fileId, offset, bytesIn(base64))),
    }),
    'file.drop'({ fileId }) {
      const before = store.drafts()
      store.removeFile(fileId)
      const left = new Set(store.drafts().map((each) => each.conversationId))
      for (const { conversationId: id } of before) if (!left.has(id)) core.publisher.draftMoved(id)
      return {}
    },
  }
}

const anyBytes = 'application/octet-stream'
/** What a server takes as a file when it does not say. */
const usualMaxBytes = 40 * 1024 * 1024

function send(core: Core, given: Input<'reply.send'>): Output<'reply.send'> {
  const { store, clock } = core.parts
  // Before anything is checked: what left with these rows is no longer where it would be looked for.
  const kept = idsOf(given).filter((id) => store.outboxRow(id) !== null)
  if (kept.length > 0) return { outboxIds: kept, undoUntil: null }
  const said = told(core, given.conversationId as ConversationId)
  if (!core.desk.accounts.has(said.accountId)) throw new Refusal('notFound')
  const rows = partsOf(said, checked(core, said, given)).map((reply, index) => ({
    id: idOf(given.clientKey, index),
    accountId: said.accountId,
    conversationId: said.id,
    order: { kind: 'reply' as const, ...reply, seenAt: said.lastTheirsAt },
    state: firstState(core, 'reply'),
    createdAt: clock.now(),
    attempts: 0,
  }))
  const outboxIds = orRefusal(() => store.enqueueAll(rows)).map((row) => row.id)
  core.publisher.orderMoved(said.id)
  core.outbox.pump()
  return { outboxIds, undoUntil: undoUntil(rows) }
}

/** The reply as it is to be kept, without what its channel has no place for; refused where the agent would miss it. */
function checked(core: Core, said: Conversation, given: Input<'reply.send'>): Reply {
  const { isNote, template, mentions, cc, bcc } = given
  const kind = isNote ? 'note' : 'reply'
  const files = [...new Set(given.files)].map((id) => core.parts.store.file(id) ?? missing())
  const text = given.text.trim() === '' ? '' : given.text
  const links = [...new Set(given.links ?? [])]
  if (text === '' && files.length + links.length === 0 && template === null)
    throw new Refusal('badInput', { field: 'text' })
  if (template !== null && (isNote || files.length + links.length > 0))
    throw new Refusal('badInput', { field: 'template' })
  if (isNote && !canOf(core, said).note) throw new Refusal('notPossible')
  if (!isNote) checkChannel(core, said, { text, template })
  checkFiles(core, said, { kind, files })
  checkLinks(core, said, { isNote, links })
  const wrong = [...cc, ...bcc].find((each) => !isAddress(each))
  if (wrong !== undefined) throw new Refusal('badEmail', { email: wrong })
  return {
    text,
    isNote,
    replyTo: isNote || said.limits.quotes ? keyOfMessage(said.id, given.replyTo) : null,
    mentions: isNote && canOf(core, said).mention ? mentions : [],
    files,
    ...(links.length === 0 ? {} : { links }),
    mail: !isNote && said.limits.copies ? { cc: trimmed(cc), bcc: trimmed(bcc) } : null,
    template,
  }
}

/** What the customer's channel takes; among colleagues none of it holds. */
function checkChannel(
  core: Core,
  said: Conversation,
  { text, template }: Pick<Reply, 'text' | 'template'>,
): void {
  const { limits, inbox } = said
  if (template !== null) {
    if (!limits.templates) throw new Refusal('notPossible')
    return
  }
  if (!mayReply(said, core.parts.clock.now())) throw new Refusal('windowClosed', { inbox: inbox.name })
  const over = [...text].length - limits.maxLength
  if (over > 0) throw new Refusal('tooLong', { count: String(over), most: String(limits.maxLength) })
}

function checkFiles(
  core: Core,
  said: Conversation,
  { kind, files }: { readonly kind: DraftKind; readonly files: readonly FileRef[] },
): void {
  if (files.length === 0) return
  const takesFiles = kind === 'note' || said.limits.files !== 'none'
  if (!canOf(core, said).attach || !takesFiles) throw new Refusal('notPossible')
  const maxBytes = core.desk.session(said.accountId)?.attachments?.maxBytes ?? usualMaxBytes
  const large = files.find((each) => each.sizeBytes > maxBytes)
  if (large !== undefined) throw new Refusal('fileTooLarge', { name: large.name, most: sizeText(maxBytes) })
}

/** The other side fetches them itself: from an address that is not public, or not encrypted, nothing would arrive. */
function checkLinks(
  core: Core,
  said: Conversation,
  { isNote, links }: { readonly isNote: boolean; readonly links: readonly string[] },
): void {
  if (links.length === 0) return
  if (isNote || !canOf(core, said).attachLink || said.limits.files === 'none')
    throw new Refusal('notPossible')
  const wrong = links.find((each) => !isFileAddress(each))
  if (wrong !== undefined) throw new Refusal('badFileAddress', { address: wrong })
}

/**
 * One row each where the channel takes one file a message; what was written goes with the first. A file the other side
 * fetches is a message of its own: nothing goes with it.
 */
function partsOf({ limits }: Conversation, { links = [], ...reply }: Reply): Reply[] {
  const alone = { ...reply, text: '', replyTo: null, files: [] }
  const linked = links.map((link) => ({ ...alone, links: [link] }))
  if (linked.length > 0 && reply.text === '' && reply.files.length === 0) return linked
  if (reply.isNote || limits.files !== 'one' || reply.files.length < 2) return [reply, ...linked]
  const filed = reply.files.map((file, index) =>
    index === 0 ? { ...reply, files: [file] } : { ...alone, files: [file] },
  )
  return [...filed, ...linked]
}

/** Every row these words may have become: the same client key again names the same rows. */
function idsOf({ clientKey, files, links = [] }: Input<'reply.send'>): OutboxId[] {
  return Array.from({ length: Math.max(1, files.length) + links.length }, (_, index) =>
    idOf(clientKey, index),
  )
}

function idOf(clientKey: string, index: number): OutboxId {
  return (index === 0 ? clientKey : `${clientKey}-${index + 1}`) as OutboxId
}

/** A bubble that is only ours has no key a server could know. */
function keyOfMessage(conversation: ConversationId, id: string | null): string | null {
  if (id === null) return null
  const before = messageId(conversation, '')
  if (!id.startsWith(before) || isOwnRowId(conversation, id))
    throw new Refusal('badInput', { field: 'replyTo' })
  return id.slice(before.length)
}

function canOf(
  core: Core,
  said: Conversation,
): Record<'note' | 'mention' | 'attach' | 'attachLink', boolean> {
  const account = core.desk.accounts.get(said.accountId)
  if (account === undefined) throw new Refusal('notFound')
  return account.can
}

/** Faults of a kept file in words the agent can act on. */
function orRefusal<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    throw error.why === 'missing' ? new Refusal('fileMissing') : new Refusal('badInput', { field: 'offset' })
  }
}

function missing(): never {
  throw new Refusal('fileMissing')
}

function bytesIn(base64: string): Uint8Array {
  try {
    const plain = atob(base64)
    const bytes = new Uint8Array(plain.length)
    for (let index = 0; index < plain.length; index += 1) bytes[index] = plain.charCodeAt(index)
    return bytes
  } catch {
    throw new Refusal('badInput', { field: 'base64' })
  }
}

/** Servers reckon a megabyte as 1024 × 1024 bytes; said so, their limit is the round number people know. */
function sizeText(bytes: number): string {
  const [unit, each] =
    bytes < 1024 * 1024 ? (['kilobyte', 1024] as const) : (['megabyte', 1024 * 1024] as const)
  return new Intl.NumberFormat('en', { style: 'unit', unit }).format(Math.floor(bytes / each))
}

function trimmed(addresses: readonly string[]): string[] {
  return addresses.map((each) => each.trim())
}
