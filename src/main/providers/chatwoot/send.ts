import { ProviderFailure, type OutgoingReply, type SentReply } from '../provider.ts'
import { idOf } from './actions.ts'
import type { Told } from './client.ts'
import type { Desk } from './desk.ts'
import { uploadDirectly, uploadTimeoutMs } from './direct-upload.ts'
import { shieldLiquid } from './liquid.ts'
import { encodeMentions } from './mentions.ts'
import { multipart } from '../../foreign/multipart.ts'
import { isObject, textOrNull } from '../../foreign/read.ts'
import { templateParams } from './templates.ts'
import { messageFrom } from './transform-message.ts'
import type { SentMessage } from './wire-types.ts'

const timeoutMs = 30_000

/**
 * Sends a reply or a note once. Our id travels in `content_attributes`, which current servers keep and give back;
 * `echo_id` only comes back with this answer (docs/providers/chatwoot.md §1.5).
 */
export async function sendReply(desk: Desk, reply: OutgoingReply, signal: AbortSignal): Promise<SentReply> {
  const body = messageOf(reply)
  const path = pathOf(desk, reply)
  const answer =
    reply.files.length === 0
      ? await desk.client.call({ path, body, timeoutMs, onLeaving: reply.leaves }, signal)
      : await sendFiles(desk, reply, body, signal)
  const raw = answer.json()
  if (!isObject(raw) || textOrNull(raw['id']) === null) throw desk.unexpected('no message', true)
  const message = messageFrom(raw, reply.conversationKey, desk.frame)
  return { message, keepsOwnId: message.ownId === reply.ownId }
}

function pathOf(desk: Desk, { conversationKey }: OutgoingReply): string {
  return `${desk.conversationPath(conversationKey)}/messages`
}

function messageOf(reply: OutgoingReply): SentMessage {
  const { replyTo, mail, template } = reply
  const text = shieldLiquid(reply.text)
  const [cc, bcc] = [mail?.cc ?? [], mail?.bcc ?? []].map((each) => each.join(','))
  return {
    content: reply.isNote ? encodeMentions(text, reply.mentions) : text,
    message_type: 'outgoing',
    content_attributes: {
      tuntas_id: reply.ownId,
      ...(replyTo === null ? {} : { in_reply_to: idOf(replyTo) }),
    },
    echo_id: reply.ownId,
    ...(reply.isNote ? { private: true } : {}),
    ...(cc ? { cc_emails: cc } : {}),
    ...(bcc ? { bcc_emails: bcc } : {}),
    ...(template === null ? {} : { template_params: templateParams(template) }),
  }
}

/**
 * Files go along in one form. Where something before the server finds that too large, which it says before the server
 * saw any of it, they are taken to its store one by one and only named in the message.
 */
async function sendFiles(
  desk: Desk,
  reply: OutgoingReply,
  message: SentMessage,
  signal: AbortSignal,
): Promise<Told> {
  const path = pathOf(desk, reply)
  const form = multipart(
    fieldsOf(message),
    reply.files.map((file) => ['attachments[]', file]),
    reply.ownId,
  )
  try {
    const call = { path, form, timeoutMs: uploadTimeoutMs(form.bytes.length), onLeaving: reply.leaves }
    return await desk.client.call(call, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.facts['status'] !== '413') throw error
    const body: SentMessage = { ...message, attachments: await storedFiles(desk, reply, error, signal) }
    return desk.client.call({ path, body, timeoutMs, onLeaving: reply.leaves }, signal)
  }
}

/** In a form everything is text; what has parts of its own goes as JSON. */
function fieldsOf(message: SentMessage): [string, string][] {
  return Object.entries(message).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
}

/** Until the message itself is posted nothing was sent, whatever became of the files. */
async function storedFiles(
  desk: Desk,
  { conversationKey, files }: OutgoingReply,
  tooLarge: ProviderFailure,
  signal: AbortSignal,
): Promise<string[]> {
  const signed: string[] = []
  try {
    for (const file of files) signed.push(await uploadDirectly(desk, conversationKey, file, signal))
    return signed
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    // Where there is no such way either, the first refusal is the one that says what to do.
    const isNoWay = ['gone', 'rejected', 'forbidden', 'protocol'].includes(error.kind)
    throw new ProviderFailure({ ...(isNoWay ? tooLarge : error), mayHaveLeft: false })
  }
}
