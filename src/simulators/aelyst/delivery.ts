import { isObject, isText } from './exchange.ts'
import { currentStatus, moveMessage } from './rules.ts'
import { isWhatsApp, knownTemplate } from './sending.ts'
import type { Contact, Message, World } from './world.ts'

/** What becomes of a message once it was answered with 200: sent and delivered, or failed with a reason, later. */
export function carry(world: World, contact: Contact, message: Message): void {
  const reason = refusalOf(world, contact, message)
  const then = (delayMs: number, value: 'sent' | 'delivered' | 'failed', why?: string) =>
    world.agenda.after(delayMs, () => {
      if (currentStatus(message) !== 'failed') moveMessage(world, message, value, why)
    })
  if (reason !== null) return void then(refusedAfterMs, 'failed', reason)
  then(sentAfterMs, 'sent')
  then(deliveredAfterMs, 'delivered')
}

export const sentAfterMs = 400
export const refusedAfterMs = 1_500
export const deliveredAfterMs = 2_000
const dayMs = 86_400_000

function refusalOf(world: World, contact: Contact, message: Message): string | null {
  const { body, channelId } = message
  const source = world.channels.get(channelId)?.source ?? ''
  if (body.type === 'whatsapp_template') {
    const isThere = isObject(body['template']) && knownTemplate(world, channelId, body['template'])
    return isThere ? templateRefusal(isThere.status) : 'Template name does not exist in the translation'
  }
  if (isTooLate(contact, message) && needsAnswerInADay(source) && body['messageTag'] === undefined)
    return isWhatsApp(source)
      ? 'Message failed to send because more than 24 hours have passed since the customer last replied to this number'
      : 'This message is sent outside of allowed window.'
  return isFetchable(body['attachment']) ? null : 'Media could not be downloaded from the given link'
}

function templateRefusal(status: string): string | null {
  return status === 'approved' ? null : `Template is ${status}`
}

function needsAnswerInADay(source: string): boolean {
  return isWhatsApp(source) || source === 'facebook' || source === 'instagram'
}

/** The day begins anew with each message of theirs on that channel. */
function isTooLate(contact: Contact, { channelId, at }: Message): boolean {
  const lastAt = contact.channels.find((one) => one.channelId === channelId)?.lastIncomingAt ?? null
  return lastAt === null || lastAt < at - dayMs
}

/** Nobody outside can open what lies on somebody's own machine. */
function isFetchable(attachment: unknown): boolean {
  if (!isObject(attachment) || !isText(attachment['url'])) return true
  const { hostname } = new URL(attachment['url'])
  return hostname !== 'localhost' && hostname !== '127.0.0.1' && !hostname.endsWith('.invalid')
}
