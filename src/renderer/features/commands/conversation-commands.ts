import type { ConversationRow } from '../../../shared/contract/contract.ts'
import type { WordKey } from '../../../shared/words/words.ts'
import {
  askFocus,
  openConversation,
  replyTo,
  showDialog,
  showPicker,
  toggleUnread,
} from '../../state/acts.ts'
import { order, toggleResolved } from '../../state/orders.ts'
import { isUnread, rowsOf } from '../../state/selectors.ts'
import { togglePanel } from '../panel/toggle-panel.ts'
import type { Command, Where } from './command.ts'
import { allows, onlyTarget, targetsOf } from './targets.ts'

/** What can be done with one conversation or with all that are ticked. */
export const conversationCommands: readonly Command[] = [
  {
    id: 'reply',
    word: 'command.reply',
    group: 'act',
    keys: ['r'],
    when: (at) => onlyTarget(at) !== null,
    run: (at) => onOne(at, (id) => replyTo(at.desk, id)),
  },
  {
    id: 'note',
    word: 'command.note',
    group: 'act',
    keys: ['n'],
    when: (at) => allows(at, (can) => can.note, 1),
    run: (at) =>
      onOne(at, (id) => {
        openConversation(at.desk, id)
        askFocus(at.desk, 'note')
      }),
  },
  {
    id: 'resolve',
    word: 'command.resolve',
    group: 'act',
    keys: ['e'],
    when: (at) => allows(at, (can, row) => (isDone(row) ? can.reopen : can.resolve)),
    run: resolveAll,
  },
  picking('snooze', 'z', 'act.snooze', (at) => allows(at, (can) => can.snooze)),
  picking('assign', 'a', 'act.assign', (at) => allows(at, (can) => can.assign || can.assignTeam)),
  picking('label', 'l', 'act.label', (at) => allows(at, (can) => can.label)),
  picking('priority', 'p', 'act.prioritise', (at) => allows(at, (can) => can.prioritise)),
  picking('macro', 'm', 'act.macro', (at) => allows(at, (can) => can.macros, 1)),
  {
    id: 'pend',
    word: 'act.pend',
    group: 'act',
    keys: ['Shift+e'],
    when: (at) => allows(at, (can, row) => can.pend && row.status.kind !== 'pending'),
    run: (at) => void order(at.desk, targetsOf(at), { kind: 'pend' }),
  },
  {
    id: 'unread',
    word: 'command.unread',
    group: 'act',
    keys: ['u'],
    when: (at) => allows(at, (can) => can.markRead || can.markUnread),
    run: markAll,
  },
  {
    id: 'panel',
    word: 'panel.open',
    group: 'act',
    keys: ['i'],
    when: (at) => allows(at, (can) => can.panel, 1),
    run: (at) => onOne(at, (id) => togglePanel(at.desk, id)),
  },
  {
    id: 'mute',
    word: 'act.mute',
    group: 'act',
    keys: [],
    when: (at) => allows(at, (can, row) => can.mute && !row.muted),
    run: (at) => showDialog(at.desk, { kind: 'mute', conversationIds: targetsOf(at) }),
  },
  {
    id: 'unmute',
    word: 'act.unmute',
    group: 'act',
    keys: [],
    when: (at) => allows(at, (can, row) => can.mute && row.muted),
    run: (at) => void order(at.desk, targetsOf(at), { kind: 'unmute' }),
  },
  {
    id: 'transcript',
    word: 'act.transcript',
    group: 'act',
    keys: [],
    when: (at) => allows(at, (can) => can.transcript, 1),
    run: (at) => onOne(at, (conversationId) => showDialog(at.desk, { kind: 'transcript', conversationId })),
  },
]

type PickerId = 'snooze' | 'assign' | 'label' | 'priority' | 'macro'

function picking(kind: PickerId, key: string, word: WordKey, when: (at: Where) => boolean): Command {
  const run = (at: Where): void =>
    showPicker(at.desk, { kind, conversationIds: targetsOf(at), anchor: at.anchor ?? null })
  return { id: kind, word, group: 'act', keys: [key], when, run }
}

/** Ticked ones are resolved together; only where all of them are resolved already are they reopened. */
function resolveAll(at: Where): void {
  const ids = targetsOf(at)
  const only = onlyTarget(at)
  if (only !== null) return toggleResolved(at.desk, only)
  const open = rowsOf(at.desk, ids)
    .filter((row) => !isDone(row))
    .map(({ id }) => id)
  if (open.length > 0) void order(at.desk, open, { kind: 'resolve', answers: {} })
  else void order(at.desk, ids, { kind: 'reopen' })
}

/** Read where anything is unread; else all unread again. */
function markAll(at: Where): void {
  const ids = targetsOf(at)
  const only = onlyTarget(at)
  if (only !== null) return toggleUnread(at.desk, only)
  const unread = rowsOf(at.desk, ids)
    .filter(isUnread)
    .map(({ id }) => id)
  if (unread.length > 0) void order(at.desk, unread, { kind: 'markRead' })
  else void order(at.desk, ids, { kind: 'markUnread' })
}

function onOne(at: Where, run: (conversationId: string) => void): void {
  const target = onlyTarget(at)
  if (target !== null) run(target)
}

function isDone(row: ConversationRow): boolean {
  return row.status.kind === 'done'
}
