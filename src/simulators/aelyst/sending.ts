import { invalid, isObject, isText, type JsonObject } from './exchange.ts'
import { expanded } from './rules.ts'
import type { Contact, MessageBody, World } from './world.ts'

/** What somebody wants to send, as it will be kept: variables filled in, or 400 (docs/providers/aelyst.md §4.3). */
export function bodyToSend(
  given: unknown,
  to: { readonly contact: Contact; readonly source: string; readonly isChannelNamed: boolean },
): MessageBody {
  if (!isObject(given)) throw invalid()
  const { contact, source } = to
  const filled = (text: unknown) => expanded(wordsIn(text), contact)
  switch (given['type']) {
    case 'text':
      return { ...given, type: 'text', text: filled(given['text']) }
    case 'email':
      return { ...given, type: 'email', text: filled(given['text']) }
    case 'attachment':
      return { ...given, type: 'attachment', attachment: attachmentIn(given['attachment']) }
    case 'quick_reply': {
      const replies = given['replies']
      if (!Array.isArray(replies) || replies.length < 1 || replies.length > 10) throw invalid()
      return { ...given, type: 'quick_reply', title: filled(given['title']) }
    }
    case 'whatsapp_template':
      if (!isWhatsApp(source)) throw invalid('Templates are for WhatsApp channels only.')
      return { ...given, type: 'whatsapp_template', template: templateIn(given['template']) }
    case 'custom_payload':
      if (!to.isChannelNamed || !['telegram', 'facebook', 'viber', 'line'].includes(source)) throw invalid()
      return { ...given, type: 'custom_payload' }
    default:
      throw invalid()
  }
}

/** What the customer gets to see of it; nothing where a template was filled in wrongly. */
export function contentOf(world: World, channelId: number, body: MessageBody): string | null {
  const { text, title, attachment, template } = body
  if (isText(text)) return text
  if (isText(title)) return title
  if (isObject(attachment)) return isText(attachment['url']) ? attachment['url'] : null
  return isObject(template) ? filledTemplate(world, channelId, template) : null
}

export function isWhatsApp(source: string): boolean {
  return /whatsapp/i.test(source)
}

export function knownTemplate(world: World, channelId: number, wanted: JsonObject) {
  return [...world.templates.values()].find(
    (each) =>
      each.channelId === channelId &&
      each.name === wanted['name'] &&
      each.languageCode === wanted['languageCode'],
  )
}

/** The blanks of each component must be met one to one, or the bubble arrives empty. */
function filledTemplate(world: World, channelId: number, wanted: JsonObject): string {
  const template = knownTemplate(world, channelId, wanted)
  const given: unknown = wanted['components'] ?? []
  const parts: unknown[] = Array.isArray(given) ? given : []
  const texts = (template?.components ?? []).map(({ type, text = '' }) => {
    const part = parts.find((each) => isObject(each) && each['type'] === type)
    const held = isObject(part) ? part['parameters'] : []
    const parameters: unknown[] = Array.isArray(held) ? held : []
    const words = parameters.flatMap((each) => (isObject(each) && isText(each['text']) ? [each['text']] : []))
    const blanks = new Set(text.match(/\{\{\d+\}\}/g)).size
    if (words.length !== blanks) return null
    return text.replaceAll(/\{\{(\d+)\}\}/g, (_whole, place: string) => words[Number(place) - 1] ?? '')
  })
  return texts.includes(null) ? '' : texts.filter((text) => text !== '').join('\n')
}

function wordsIn(text: unknown): string {
  if (!isText(text) || text.trim() === '') throw invalid()
  return text
}

/** An address that anybody can open; whether there is anything shows when it is fetched. */
function attachmentIn(given: unknown): JsonObject {
  if (!isObject(given) || !isText(given['url']) || !URL.canParse(given['url'])) throw invalid()
  if (!/^https?:$/.test(new URL(given['url']).protocol)) throw invalid()
  if (!['image', 'video', 'audio', 'file'].includes(String(given['type']))) throw invalid()
  return given
}

function templateIn(given: unknown): JsonObject {
  if (!isObject(given) || !isText(given['name']) || !isText(given['languageCode'])) throw invalid()
  return given
}
