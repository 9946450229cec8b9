import { asList, asObject, isObject, parseJson } from '../../foreign/read.ts'
import type { HttpAnswer } from '../../ports/http.ts'
import type { Dialect } from './learned.ts'
import type { WireConversation, WireMessage } from './wire-types.ts'

/**
 * Which family a server is of, by how it writes (docs/providers/wapikit.md §13): what it refuses with, and what a list
 * of conversations holds. An empty list leaves only the refusal.
 */
export function dialectOf(refusal: HttpAnswer, conversations: unknown): Dialect {
  const rows = asList(conversations).map(asObject)
  if (rows.some(isHosted)) return 'hosted'
  const isNewer = rows.some((each) => asList(each['tags']).some((tag) => 'label' in asObject(tag)))
  if (isNewer) return 'newer'
  const isMain = rows.some((row) => isObject(row['contact']) && 'lists' in row['contact'])
  if (isMain) return 'main'
  const body = parseJson(refusal.bytes)?.value
  if (typeof body === 'string') return 'newer'
  return isObject(body) && 'message' in body ? 'main' : 'hosted'
}

/** Only the hosted servers name these. */
export function isHosted(wire: WireConversation): boolean {
  if (wire.totalMessages !== undefined) return true
  return asList(wire.messages).some((each) => {
    const message: WireMessage = asObject(each)
    return message.messageType !== undefined || message.whatsAppMessageId !== undefined
  })
}
