import { seesInbox } from './access.ts'
import { unreadCount } from './read-state.ts'
import type { Account, Member } from './world.ts'

/** How many conversations have something unread, per inbox, label and team: newer trees only (docs/providers/chatwoot.md §1.4). */
export function unreadCountsShape(account: Account, member: Member): object {
  const inboxes = new Map<string, number>()
  const labels = new Map<string, number>()
  const teams = new Map<string, number>()
  let all = 0
  for (const conversation of account.conversations.values()) {
    const counts = conversation.status === 'open' && seesInbox(account, member, conversation.inboxId)
    if (!counts || unreadCount(conversation) === 0) continue
    all += 1
    add(inboxes, String(conversation.inboxId))
    if (conversation.teamId !== null) add(teams, String(conversation.teamId))
    for (const title of conversation.labels) {
      const label = account.labels.find((one) => one.title === title)
      if (label !== undefined) add(labels, String(label.id))
    }
  }
  const [inboxTotals, labelTotals, teamTotals] = [inboxes, labels, teams].map((map) =>
    Object.fromEntries(map),
  )
  return { payload: { all_count: all, inboxes: inboxTotals, labels: labelTotals, teams: teamTotals } }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
