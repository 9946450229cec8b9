import { presentText } from './request-body.ts'
import type { Macro, MacroAction } from './office.ts'
import { addMessage } from './rules.ts'
import { mute, setAssignee, setLabels, setPriority, setStatus, setTeam } from './rules-state.ts'
import type { Conversation, ConversationStatus, Place, PriorityName, Sender } from './world.ts'

/**
 * Runs a macro's actions on one conversation, one after the other (docs/providers/chatwoot.md §1.2). An action that
 * cannot be done is passed over without a word, and the next one follows.
 */
export function runMacro(place: Place, macro: Macro, by: Sender): void {
  for (const action of macro.actions) runAction(place, action, by)
}

export const macroActionNames = [
  'assign_agent',
  'assign_team',
  'remove_assigned_team',
  'add_label',
  'remove_label',
  'send_message',
  'add_private_note',
  'change_status',
  'change_priority',
  'snooze_conversation',
  'resolve_conversation',
  'open_conversation',
  'pending_conversation',
  'mute_conversation',
  'send_email_transcript',
] as const

function runAction(place: Place, { name, values }: MacroAction, by: Sender): void {
  const { conversation } = place
  const first = presentText(values[0])
  const titles = values.flatMap((value) => presentText(value) ?? [])
  switch (name) {
    case 'assign_agent':
      return assignAgent(place, first, by)
    case 'assign_team':
      return assignTeam(place, first, by)
    case 'remove_assigned_team':
      return setTeam(place, null, { by })
    case 'add_label':
      return setLabels(place, [...conversation.labels, ...titles], { by })
    case 'remove_label':
      return setLabels(
        place,
        conversation.labels.filter((label) => !titles.includes(label)),
        { by },
      )
    case 'send_message':
    case 'add_private_note':
      if (first === null) return
      addMessage(place, {
        type: 'outgoing',
        sender: by,
        content: first,
        isPrivate: name === 'add_private_note',
      })
      return
    case 'change_status':
      if (isStatus(first)) setStatus(place, first, { by })
      return
    case 'change_priority':
      if (first === 'nil' || isPriority(first)) setPriority(place, first === 'nil' ? null : first, { by })
      return
    case 'snooze_conversation':
      return setStatus(place, 'snoozed', { by })
    case 'resolve_conversation':
      return setStatus(place, 'resolved', { by })
    case 'open_conversation':
      return setStatus(place, 'open', { by })
    case 'pending_conversation':
      return setStatus(place, 'pending', { by })
    case 'mute_conversation':
      return mute(place, { by })
    case 'send_email_transcript':
      return sendTranscripts(place, first)
  }
}

export function sendTranscripts({ world, account, conversation }: Place, addresses: string | null): void {
  const at = world.clock.now()
  const { displayId } = conversation
  for (const email of (addresses ?? '').split(',').map((each) => each.trim())) {
    if (email === '') continue
    world.office.transcripts.push({ account: account.id, conversation: displayId, email, at })
  }
}

/** Somebody who is neither of the inbox nor an administrator is passed over. */
function assignAgent(place: Place, wanted: string | null, by: Sender): void {
  const { account, conversation } = place
  if (wanted === 'nil') return setAssignee(place, null, { by })
  const id =
    wanted === 'self'
      ? by.id
      : wanted === 'last_responding_agent'
        ? lastResponder(conversation)
        : Number(wanted)
  const member = account.members.get(id ?? 0)
  const inbox = account.inboxes.get(conversation.inboxId)
  if (member === undefined) return
  if (member.role !== 'administrator' && inbox?.members.has(member.userId) !== true) return
  setAssignee(place, { kind: 'user', id: member.userId }, { by })
}

function lastResponder({ messages }: Conversation): number | undefined {
  return messages.findLast(({ type, sender }) => type === 'outgoing' && sender?.kind === 'user')?.sender?.id
}

function assignTeam(place: Place, wanted: string | null, by: Sender): void {
  if (wanted === null || wanted === 'nil' || wanted === '0') return setTeam(place, null, { by })
  if (place.account.teams.has(Number(wanted))) setTeam(place, Number(wanted), { by })
}

function isStatus(name: string | null): name is ConversationStatus {
  return name === 'open' || name === 'resolved' || name === 'pending' || name === 'snoozed'
}

function isPriority(name: string | null): name is PriorityName {
  return name === 'low' || name === 'medium' || name === 'high' || name === 'urgent'
}
