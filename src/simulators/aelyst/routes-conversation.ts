import type { Route } from '../router.ts'
import { json } from './answers.ts'
import { contactNamed, invalid, isText, objectBodyOf, tookEffect, type Exchange } from './exchange.ts'
import { setStatus } from './rules.ts'
import type { User, World } from './world.ts'

/** The two calls that move a conversation. Their answer is the contact's id, whether anything changed or not. */
export const conversationRoutes: readonly Route<Exchange>[] = [
  {
    method: 'POST',
    pattern: '/contact/:contact/conversation/status',
    handle: (exchange, params) => {
      const { world } = exchange
      const contact = contactNamed(exchange, params['contact'])
      const { status, category, summary } = objectBodyOf(exchange)
      if (status !== 'open' && status !== 'close') throw invalid()
      const note = closingNote(world, status, category ?? null, summary ?? null)
      const wanted = status === 'open' ? 'open' : 'closed'
      if (contact.status === wanted && world.manners.sameStatus === 'refused') {
        throw invalid(`Conversation is already ${wanted}.`)
      }
      if (!world.manners.ignoresWrites) {
        setStatus(contact, wanted)
        tookEffect(world, contact, 'status', note === null ? status : `${status} ${note}`)
      }
      return json({ contactId: contact.id })
    },
  },
  {
    method: 'POST',
    pattern: '/contact/:contact/conversation/assignee',
    handle: (exchange, params) => {
      const { world } = exchange
      const contact = contactNamed(exchange, params['contact'])
      const { assignee } = objectBodyOf(exchange)
      const user = assignee === null ? null : userNamed(world, assignee)
      if (user === undefined) throw invalid('Assignee not found.')
      if (!world.manners.ignoresWrites) {
        contact.assigneeId = user?.id ?? null
        tookEffect(world, contact, 'assignee', user?.email ?? null)
      }
      return json({ contactId: contact.id })
    },
  },
]

/** The category is the name of one of the workspace's closing notes; without one the summary is dropped. */
function closingNote(
  world: World,
  status: 'open' | 'close',
  category: unknown,
  summary: unknown,
): string | null {
  if (status === 'open') return null
  if (category === null || category === '') {
    if (world.manners.requiresCategory) throw invalid('A closing note category is required.')
    return null
  }
  if (!isText(category) || category.length > 128) throw invalid()
  if (!world.closingNotes.some((note) => note.category === category)) throw invalid('Category not found.')
  if (summary === null) return category
  if (!isText(summary) || summary.length > 512) throw invalid()
  return `${category}: ${summary}`
}

function userNamed(world: World, assignee: unknown): User | undefined {
  if (typeof assignee === 'number') return world.users.get(assignee)
  if (!isText(assignee)) throw invalid()
  const users = [...world.users.values()]
  return users.find(({ id, email }) => email === assignee.toLowerCase() || String(id) === assignee)
}
