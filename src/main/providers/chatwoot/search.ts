import type { Hit, SearchBundle } from '../provider.ts'
import type { Desk } from './desk.ts'
import {
  asList,
  asObject,
  asText,
  isObject,
  momentOrNull,
  textOrNull,
  type Loose,
} from '../../foreign/read.ts'
import { nameOf } from './transform-message.ts'

const pageSize = 15
const excerptLength = 300

/** The server's own search, beyond what is kept here; messages of the last three months (docs/providers/chatwoot.md §1.7). */
export function searchBundle(desk: Desk): SearchBundle {
  return {
    async ask({ what, words, page }, signal) {
      const q = words.trim()
      // An empty question is a value too, and nothing would answer to it.
      if (q === '') return { hits: [], hasMore: false }
      const { route, from } = kinds[what]
      const answer = await desk.client.call(
        { path: `${desk.accountPath}/search/${route}`, query: { q, page } },
        signal,
      )
      const payload = asObject(asObject(answer.json())['payload'])[route]
      if (!Array.isArray(payload)) throw desk.unexpected('no list of hits')
      const hits = asList(payload).flatMap((raw) => (isObject(raw) ? (from(raw) ?? []) : []))
      return { hits, hasMore: payload.length >= pageSize }
    },
  }
}

const kinds: Readonly<
  Record<
    Parameters<SearchBundle['ask']>[0]['what'],
    { readonly route: string; readonly from: (raw: Loose) => Hit | null }
  >
> = {
  conversations: { route: 'conversations', from: conversationHit },
  messages: { route: 'messages', from: messageHit },
  customers: { route: 'contacts', from: customerHit },
}

function conversationHit(raw: Loose): Hit | null {
  const conversationKey = textOrNull(raw['id'])
  if (conversationKey === null) return null
  const contact = asObject(raw['contact'])
  const message = asObject(raw['message'])
  return {
    kind: 'conversation',
    conversationKey,
    customerKey: textOrNull(contact['id']),
    title: nameOf(contact),
    excerpt: excerptOf(message['content']),
    inbox: textOrNull(asObject(raw['inbox'])['name']),
    at: momentOrNull(message['created_at']) ?? momentOrNull(raw['created_at']),
  }
}

function messageHit(raw: Loose): Hit | null {
  const conversationKey = textOrNull(raw['conversation_id'])
  if (conversationKey === null) return null
  const sender = asObject(raw['sender'])
  const isTheirs = sender['type'] === 'contact'
  return {
    kind: 'message',
    conversationKey,
    customerKey: isTheirs ? textOrNull(sender['id']) : null,
    title: nameOf(sender),
    excerpt: excerptOf(raw['content']),
    inbox: textOrNull(asObject(raw['inbox'])['name']),
    at: momentOrNull(raw['created_at']),
  }
}

function customerHit(raw: Loose): Hit | null {
  const customerKey = textOrNull(raw['id'])
  if (customerKey === null) return null
  const reached = [raw['email'], raw['phone_number'], raw['identifier']].map(textOrNull)
  return {
    kind: 'customer',
    conversationKey: null,
    customerKey,
    title: nameOf(raw),
    excerpt: reached.filter((each) => each !== null).join(' · '),
    inbox: null,
    at: momentOrNull(raw['last_activity_at']),
  }
}

function excerptOf(content: unknown): string {
  return asText(content).replace(/\s+/g, ' ').trim().slice(0, excerptLength)
}
