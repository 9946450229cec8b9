import { tell, type Message, type Place } from './world.ts'

/**
 * Whom a private note names: agents and whole teams, of these only members of the inbox and administrators. They take
 * part in the conversation from then on, and are told (docs/providers/chatwoot.md §6, §1.8).
 */
export function noteMentions(place: Place, message: Message): void {
  const { world, account, conversation } = place
  const users = mentionedIn(place, message.content ?? '')
  if (users.length === 0) return
  for (const id of users) {
    conversation.mentioned.add(id)
    conversation.participants.add(id)
  }
  tell(world, { kind: 'mentioned', account, conversation, message, by: message.sender, users })
}

function mentionedIn({ account, conversation }: Place, content: string): number[] {
  const named = [...content.matchAll(/\(mention:\/\/(user|team)\/(\d+)\/[^)]+\)/g)].flatMap(([, kind, id]) =>
    kind === 'team' ? [...(account.teams.get(Number(id))?.members ?? [])] : [Number(id)],
  )
  const inbox = account.inboxes.get(conversation.inboxId)
  return [...new Set(named)].filter((id) => {
    const member = account.members.get(id)
    return member !== undefined && (member.role === 'administrator' || inbox?.members.has(id) === true)
  })
}
