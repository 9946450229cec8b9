import type { Store } from '../../src/main/store/store.ts'
import type { Bridge } from '../../src/shared/contract/bridge.ts'
import type { CommandName, Input, Output } from '../../src/shared/contract/contract.ts'
import type { ConversationId, OutboxId } from '../../src/shared/domain/ids.ts'
import { emptyDraft } from '../../src/shared/domain/reply.ts'
import type { GivenOrder, Told } from './child-talk.ts'
import type { CrashFile, CrashReply } from './crash-orders.ts'

/** What the agent of a crash run does at the window, and what they find there when it opens again after a crash. */
export interface CrashAgent {
  /** Acknowledged when it returns. What was typed before a crash is sent as it is found, never typed again. */
  give(given: GivenOrder, id: ConversationId): Promise<void>
}

export function crashAgent(bridge: Bridge, store: Store, tell: (told: Told) => void): CrashAgent {
  const isKept = (key: string): boolean => store.outboxRow(key as OutboxId) !== null

  async function giveReply(given: GivenOrder, reply: CrashReply, id: ConversationId): Promise<void> {
    const { clientKey, formerKey } = reply
    const first = formerKey ?? clientKey
    if (!isKept(clientKey) && !isKept(first)) {
      const found = given.isTyped ? await wordsIn(bridge, reply, id) : 'none'
      if (found === 'none' && given.isTyped) return tell({ kind: 'words', index: given.index, are: 'gone' })
      if (found === 'none') {
        await type(bridge, reply, id)
        tell({ kind: 'typed', index: given.index })
      }
      // Typed and not ordered: it was never sent, or it was taken back.
      await send(bridge, reply, id, given.isTyped ? clientKey : first)
    }
    if (!isKept(clientKey) && formerKey !== null) {
      const { undone } = await ask(bridge, 'outbox.undo', { outboxIds: [formerKey] })
      // Where that came too late, it is on its way.
      if (undone > 0) await sendFromDraft(given, reply, id)
    }
    if ((await wordsIn(bridge, reply, id)) !== 'none')
      tell({ kind: 'words', index: given.index, are: 'twice' })
  }

  async function sendFromDraft(given: GivenOrder, reply: CrashReply, id: ConversationId): Promise<void> {
    const found = await wordsIn(bridge, reply, id)
    if (found === 'all') await send(bridge, reply, id, reply.clientKey)
    else tell({ kind: 'words', index: given.index, are: 'gone' })
  }

  return {
    async give(given, id) {
      const { what } = given.order
      if (what.kind === 'reply') return giveReply(given, what, id)
      const action = what.action as Input<'conversation.act'>['action']
      await ask(bridge, 'conversation.act', { conversationId: id, action })
    },
  }
}

export async function ask<N extends CommandName>(
  bridge: Bridge,
  name: N,
  input: Input<N>,
): Promise<Output<N>> {
  const result = await bridge.call(name, input)
  if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** Whether the draft holds this reply, with its file. */
async function wordsIn(bridge: Bridge, reply: CrashReply, id: ConversationId): Promise<'all' | 'none'> {
  const { draft, files } = await ask(bridge, 'draft.get', { conversationId: id, kind: kindOf(reply) })
  const isWhole = files.map((file) => file.id).join() === (reply.file?.id ?? '')
  return draft.text === reply.text && isWhole ? 'all' : 'none'
}

async function type(bridge: Bridge, reply: CrashReply, id: ConversationId): Promise<void> {
  const draft = { ...emptyDraft, text: reply.text, mentions: [] }
  const at = { conversationId: id, kind: kindOf(reply) }
  const { draft: over } = await ask(bridge, 'draft.get', at)
  await ask(bridge, 'draft.keep', { ...at, draft, over })
  if (reply.file !== null) await attach(bridge, reply, reply.file, id)
}

/** In two pieces, as a large one would be. */
async function attach(bridge: Bridge, reply: CrashReply, file: CrashFile, id: ConversationId): Promise<void> {
  const { id: fileId, name, sizeBytes } = file
  const about = { conversationId: id, kind: kindOf(reply), fileId, name, contentType: 'text/plain' }
  await ask(bridge, 'file.begin', { ...about, sizeBytes })
  const bytes = Buffer.alloc(sizeBytes, name)
  for (const [from, to] of [
    [0, 1000],
    [1000, sizeBytes],
  ] as const) {
    const base64 = bytes.subarray(from, to).toString('base64')
    await ask(bridge, 'file.append', { fileId, offset: from, base64 })
  }
}

async function send(bridge: Bridge, reply: CrashReply, id: ConversationId, clientKey: string): Promise<void> {
  const { text, isNote, file } = reply
  const bare = { replyTo: null, mentions: [], cc: [], bcc: [], template: null }
  const files = file === null ? [] : [file.id]
  await ask(bridge, 'reply.send', { conversationId: id, text, isNote, files, clientKey, ...bare })
}

function kindOf({ isNote }: CrashReply): 'note' | 'reply' {
  return isNote ? 'note' : 'reply'
}
