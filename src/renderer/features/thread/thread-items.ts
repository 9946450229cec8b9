import type { MessageRow } from '../../../shared/contract/contract.ts'
import { dayKey } from '../../ui/times.ts'

/** What a thread shows, in order: days, the line where unread begins, quiet activities, and runs of one author. */
export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'activity'; readonly key: string; readonly message: MessageRow }
  | { readonly kind: 'run'; readonly key: string; readonly messages: readonly [MessageRow, ...MessageRow[]] }

/** Messages of one author this close together read as one thing said. */
const sameBreathMs = 10 * 60_000

export function threadItems(
  messages: readonly MessageRow[],
  unreadFrom: string | null,
): readonly ThreadItem[] {
  const items: ThreadItem[] = []
  let day = ''
  for (const message of messages) {
    const today = dayKey(message.sentAt)
    if (today !== day) items.push({ kind: 'day', key: `day ${today}`, at: message.sentAt })
    day = today
    if (message.id === unreadFrom) items.push({ kind: 'unread', key: 'unread' })
    add(items, message)
  }
  return items
}

function add(items: ThreadItem[], message: MessageRow): void {
  if (message.kind === 'activity') {
    items.push({ kind: 'activity', key: message.id, message })
    return
  }
  const last = items.at(-1)
  const before = last?.kind === 'run' ? last.messages.at(-1) : undefined
  if (last?.kind === 'run' && before !== undefined && isSameBreath(before, message)) {
    items[items.length - 1] = { ...last, messages: [...last.messages, message] }
  } else {
    items.push({ kind: 'run', key: message.id, messages: [message] })
  }
}

function isSameBreath(before: MessageRow, message: MessageRow): boolean {
  return (
    before.side === message.side &&
    before.kind === message.kind &&
    before.author?.name === message.author?.name &&
    message.html === null &&
    before.html === null &&
    message.sentAt - before.sentAt < sameBreathMs
  )
}
