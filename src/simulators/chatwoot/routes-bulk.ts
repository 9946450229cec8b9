import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute, listOf, type Inside } from './account-route.ts'
import { emptyOk, json } from './answers.ts'
import { noteAction } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import { setAssignee, setLabels, setStatus, setTeam } from './rules-state.ts'
import type { Conversation, ConversationStatus, Place, Sender } from './world.ts'

/**
 * Many conversations at once: accepted with an empty 200, done later, with no word of what became of it and no look at
 * who may see which (docs/providers/chatwoot.md §1.4).
 */
export const bulkRoutes: readonly Route<Exchange>[] = [accountRoute('POST', 'bulk_actions', accept)]

function accept({ world, account, user, params }: Inside): SimulatorAnswer {
  if (params['type'] !== 'Conversation') return json({ success: false }, 422)
  const ids = listOf(params['ids']).map(Number)
  const by: Sender = { kind: 'user', id: user.id }
  world.agenda.after(1000, () => {
    for (const id of ids) {
      const conversation = account.conversations.get(id)
      if (conversation !== undefined) change({ world, account, conversation }, params, by)
    }
  })
  return emptyOk()
}

function change(place: Place, params: JsonObject, by: Sender): void {
  const labels = isObject(params['labels']) ? params['labels'] : {}
  const removed = texts(labels['remove'])
  const added = texts(labels['add'])
  if (removed.length + added.length > 0) {
    const kept = place.conversation.labels.filter((label) => !removed.includes(label))
    setLabels(place, [...kept, ...added], { by })
  }
  const fields = isObject(params['fields']) ? params['fields'] : {}
  changeFields(place, fields, params['snoozed_until'], by)
  noteAction(place, 'bulk', JSON.stringify({ fields, labels }))
}

/** An unknown status breaks the job for this one; a field that is null is as good as absent. */
function changeFields(place: Place, fields: JsonObject, snoozedUntil: unknown, by: Sender): void {
  const status = presentText(fields['status'])
  const known = statusNames.find((name) => name === status)
  if (status !== null && known === undefined) return
  const assignee = fields['assignee_id']
  const team = fields['team_id']
  if (team !== undefined && team !== null) setTeam(place, knownTeam(place, Number(team)), { by })
  if (assignee !== undefined && assignee !== null)
    setAssignee(place, knownAgent(place, Number(assignee)), { by })
  if (known === undefined) return
  const until = Number(presentText(snoozedUntil) ?? Number.NaN)
  setStatus(place, known, Number.isFinite(until) ? { by, snoozedUntil: until * 1000 } : { by })
}

const statusNames: readonly ConversationStatus[] = ['open', 'resolved', 'pending', 'snoozed']

function knownAgent({ account }: Place, id: number): Conversation['assignee'] {
  return account.members.has(id) ? { kind: 'user', id } : null
}

function knownTeam({ account }: Place, id: number): number | null {
  return account.teams.has(id) ? id : null
}

function texts(given: unknown): string[] {
  return listOf(given).flatMap((each) => presentText(each) ?? [])
}
