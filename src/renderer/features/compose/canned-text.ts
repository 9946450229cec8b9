import type { ConversationRow, DirectoryRow } from '../../../shared/contract/contract.ts'

/**
 * Ready-made replies as they will read in one conversation: their blanks, such as `{{contact.first_name}}`, filled with
 * what is known of the customer, the agent and the inbox. A blank nothing is known for stays to be seen. Pure.
 */
export function cannedFor(
  { agents, canned }: Pick<DirectoryRow, 'agents' | 'canned'>,
  { who, inbox }: Pick<ConversationRow, 'who' | 'inbox'>,
): DirectoryRow['canned'] {
  const me = agents.find((agent) => agent.isMe)
  const known: Readonly<Record<string, string | null>> = {
    ...namesOf('contact', who.name),
    'contact.email': who.email,
    'contact.phone': who.phone,
    'contact.phone_number': who.phone,
    ...namesOf('agent', me?.name ?? ''),
    'agent.email': me?.email ?? null,
    'inbox.name': inbox.name,
  }
  return canned.map((each) => ({ ...each, text: filled(each.text, known) }))
}

function filled(text: string, known: Readonly<Record<string, string | null>>): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (blank, key: string) => {
    const value = Object.hasOwn(known, key) ? (known[key] ?? '') : ''
    return value === '' ? blank : value
  })
}

function namesOf(whose: 'contact' | 'agent', name: string): Record<string, string> {
  const words = name.trim().split(/\s+/)
  return {
    [`${whose}.name`]: name.trim(),
    [`${whose}.first_name`]: words[0] ?? '',
    [`${whose}.last_name`]: words.length > 1 ? (words.at(-1) ?? '') : '',
  }
}
