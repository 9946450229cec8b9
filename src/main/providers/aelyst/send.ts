import { conversationId, messageId } from '../../../shared/domain/ids.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { Mention } from '../../../shared/domain/reply.ts'
import { asObject, textOrNull, type Loose } from '../../foreign/read.ts'
import { ProviderFailure, type OutgoingReply, type SentReply } from '../provider.ts'
import { channelFacts } from './channels.ts'
import { readTemplates } from './channel-templates.ts'
import { contactPath, idOf, type Desk } from './desk.ts'
import { momentOf } from './moments.ts'
import { channelOfTemplate, filledTemplate, isTemplate } from './templates.ts'
import { messageFrom, type Frame } from './transform-message.ts'

/** The longest comment (docs/providers/aelyst.md §4). */
const mostComment = 1000

/**
 * Sends once. The server keeps no id of ours and answers with its own alone, so the message is told as it left; a later
 * look brings what became of it (docs/providers/aelyst.md §4.3).
 */
export async function sendReply(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  return reply.isNote ? comment(desk, reply, signal) : message(desk, reply, signal)
}

async function message(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  const { template, conversationKey: key } = reply
  const channelKey = template === null ? null : channelOfTemplate(template)
  const body = template === null ? contentOf(desk, reply) : await templateOf(desk, reply, signal)
  const { json } = await desk.client.call(
    {
      path: `${contactPath(key)}/message`,
      kind: 'message',
      // Null is the channel they used last.
      body: { channelId: channelKey === null ? null : idOf(channelKey), message: body },
      onLeaving: reply.leaves,
    },
    signal,
  )
  const id = asObject(json)['messageId']
  if (textOrNull(id) === null) throw desk.unexpected('no message', true)
  return { message: asItLeft(reply, { messageId: id, message: body }, desk.frameNow()), keepsOwnId: false }
}

/** A text; with an address of a file alone, the file; an e-mail where it is one, which takes both. */
function contentOf(desk: Desk, reply: OutgoingReply): Loose {
  const { text, mail, replyTo, links = [] } = reply
  const [link] = links
  const isMail = mail !== null || replyTo !== null || isMailed(desk, reply.conversationKey)
  if (isMail)
    return {
      type: 'email',
      text,
      ...(mail !== null && mail.cc.length > 0 ? { cc: mail.cc } : {}),
      ...(mail !== null && mail.bcc.length > 0 ? { bcc: mail.bcc } : {}),
      ...(replyTo === null ? {} : { replyToMessageId: idOf(replyTo) }),
      ...(links.length === 0
        ? {}
        : { attachments: links.map((url) => ({ ...fileAt(url), fileName: nameOf(url) })) }),
    }
  if (link !== undefined && links.length === 1 && text.trim() === '')
    return { type: 'attachment', attachment: fileAt(link) }
  // One reply is one message: elsewhere a text has no file beside it, and its address can be opened all the same.
  return { type: 'text', text: [text, ...links].filter((each) => each.trim() !== '').join('\n') }
}

/** Whether the channel they used last is an e-mail one, as far as it was heard of since the start. */
function isMailed(desk: Desk, key: string): boolean {
  const { channelKey = null } = desk.summaries.get(key) ?? {}
  const source = desk.space.known(channelKey)?.source ?? ''
  return channelFacts(source).channel === 'email'
}

async function templateOf(desk: Desk, { template }: OutgoingReply, signal: AbortSignal): Promise<Loose> {
  if (template === null) return {}
  const templates = await readTemplates(desk, channelOfTemplate(template), signal)
  const known = templates.find((each) => isTemplate(each, template))
  return { type: 'whatsapp_template', template: filledTemplate(template, known) }
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/\.(jpe?g|png|gif|webp)$/i, 'image'],
  [/\.(mp4|mov|webm|3gp)$/i, 'video'],
  [/\.(mp3|ogg|oga|opus|m4a|wav|aac|amr)$/i, 'audio'],
]

function fileAt(url: string): { type: string; url: string } {
  const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: '' }
  return { type: kinds.find(([pattern]) => pattern.test(pathname))?.[1] ?? 'file', url }
}

function nameOf(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : undefined
  return last === undefined || last === '' ? 'file' : last
}

/** As the server will tell it; a text with placeholders reads otherwise then, and so it is shown. */
function asItLeft(reply: OutgoingReply, raw: Loose, frame: Frame): Message {
  const { message } = messageFrom(
    { ...raw, traffic: 'outgoing', sender: { source: 'api' } },
    reply.conversationKey,
    frame,
  )
  const text = reply.template === null ? message.text : reply.text
  return { ...message, text, side: 'me', ownId: reply.ownId }
}

/** A comment is kept by the server and never told again: what is seen of it is this. */
async function comment(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  const text = encodeMentions(reply.text, reply.mentions)
  if (text.length > mostComment) {
    const facts = {
      host: desk.client.host,
      count: String(text.length - mostComment),
      most: String(mostComment),
    }
    throw new ProviderFailure({ kind: 'rejected', code: 'tooLong', facts, mayHaveLeft: false })
  }
  const { conversationKey: key, ownId } = reply
  const { accountId, userId, users } = desk.frameNow()
  const call = { path: `${contactPath(key)}/comment`, body: { text }, onLeaving: reply.leaves } as const
  const { json } = await desk.client.call({ ...call, kind: 'message' }, signal)
  const { contactId, created_at } = asObject(json)
  if (textOrNull(contactId) === null) throw desk.unexpected('no comment', true)
  const conversation = conversationId(accountId, key)
  const noteKey = `comment-${ownId}`
  const sentAt = momentOf(created_at) ?? desk.clock.now()
  const note: Message = {
    id: messageId(conversation, noteKey),
    conversationId: conversation,
    key: noteKey,
    side: 'me',
    author: { key: userId, name: users.get(userId)?.name ?? '', avatarUrl: null },
    kind: 'note',
    text: reply.text,
    ...{ html: null, subject: null, replyTo: null, mail: null, rating: null },
    sentAt,
    sequence: sentAt * 1000,
    delivery: { kind: 'sent' },
    attachments: [],
    isDeleted: false,
    ownId,
  }
  return { message: note, keepsOwnId: false }
}

/** Whom a comment calls, as the server writes it (docs/providers/aelyst.md §4.4); the longest name first. */
export function encodeMentions(text: string, mentions: readonly Mention[]): string {
  return mentions
    .filter(({ kind }) => kind === 'agent')
    .toSorted((a, b) => b.name.length - a.name.length)
    .reduce((now, { key, name }) => now.replaceAll(`@${name}`, `{{@user.${key}}}`), text)
}
