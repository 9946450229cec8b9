import type { AccountRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { orderName } from '../../../shared/domain/order-name.ts'
import type { WordKey } from '../../../shared/words/words.ts'
import {
  askFocus,
  openConversation,
  replyTo,
  showDialog,
  showPicker,
  toggleUnread,
} from '../../state/acts.ts'
import { askForAnswers, order, toggleResolved } from '../../state/orders.ts'
import { accountsOfRows, canReopen, isUnread, rowsOf } from '../../state/selectors.ts'
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
    ...onAllowed((can) => can.note, 1),
    run: (at) =>
      onOne(at, (id) => {
        openConversation(at.desk, id)
        askFocus(at.desk, 'note')
      }),
  },
  {
    id: 'resolve',
    word: resolveWord,
    group: 'act',
    keys: ['e'],
    needs: (can) => can.resolve,
    when: (at) => allows(at, (account, row) => (isDone(row) ? canReopen(account, row) : account.can.resolve)),
    run: resolveAll,
  },
  {
    id: 'resolveWith',
    word: (at) => `with.${orderName('resolve', namedAt(at))}`,
    group: 'act',
    keys: ['Mod+Shift+e'],
    ...onAllowed((can, row) => can.resolveWith && !isDone(row)),
    run: (at) => askForAnswers(at.desk, targetsOf(at), 'free'),
  },
  picking(
    'snooze',
    'z',
    snoozeWord,
    onAllowed((can) => can.snooze),
  ),
  picking(
    'assign',
    'a',
    'act.assign',
    onAllowed((can) => can.assign || can.assignTeam),
  ),
  picking(
    'label',
    'l',
    'act.label',
    onAllowed((can) => can.label),
  ),
  picking(
    'priority',
    'p',
    'act.prioritise',
    onAllowed((can) => can.prioritise),
  ),
  picking(
    'macro',
    'm',
    'act.macro',
    onAllowed((can) => can.macros, 1),
  ),
  {
    id: 'pend',
    word: 'act.pend',
    group: 'act',
    keys: ['Shift+e'],
    ...onAllowed((can, row) => can.pend && row?.status.kind !== 'pending'),
    run: (at) => void order(at.desk, targetsOf(at), { kind: 'pend' }),
  },
  {
    id: 'unread',
    word: (at) =>
      orderName('markRead', namedAt(at)) === 'markRead' ? 'command.unread' : 'command.unreadHere',
    group: 'act',
    keys: ['u'],
    ...onAllowed((can) => can.markRead || can.markUnread),
    run: markAll,
  },
  {
    id: 'panel',
    word: 'panel.open',
    group: 'act',
    keys: ['i'],
    ...onAllowed((can) => can.panel, 1),
    run: (at) => onOne(at, (id) => togglePanel(at.desk, id)),
  },
  {
    id: 'mute',
    word: 'act.mute',
    group: 'act',
    keys: [],
    ...onAllowed((can, row) => can.mute && row?.muted !== true),
    run: (at) => showDialog(at.desk, { kind: 'mute', conversationIds: targetsOf(at) }),
  },
  {
    id: 'unmute',
    word: 'act.unmute',
    group: 'act',
    keys: [],
    ...onAllowed((can, row) => can.mute && row?.muted !== false),
    run: (at) => void order(at.desk, targetsOf(at), { kind: 'unmute' }),
  },
  {
    id: 'transcript',
    word: 'act.transcript',
    group: 'act',
    keys: [],
    ...onAllowed((can) => can.transcript, 1),
    run: (at) => onOne(at, (conversationId) => showDialog(at.desk, { kind: 'transcript', conversationId })),
  },
]

/** Needs an account that can, and is there where all that is meant allow it; without a row it is asked of the account alone. */
function onAllowed(
  may: (can: AccountRow['can'], row: ConversationRow | null) => boolean,
  most = Infinity,
): Pick<Command, 'needs' | 'when'> {
  return {
    needs: (can) => may(can, null),
    when: (at) => allows(at, ({ can }, row) => may(can, row), most),
  }
}

type PickerId = 'snooze' | 'assign' | 'label' | 'priority' | 'macro'

function picking(
  kind: PickerId,
  key: string,
  word: Command['word'],
  allowed: Pick<Command, 'needs' | 'when'>,
): Command {
  const run = (at: Where): void =>
    showPicker(at.desk, { kind, conversationIds: targetsOf(at), anchor: at.anchor ?? null })
  return { id: kind, word, group: 'act', keys: [key], ...allowed, run }
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

/** As all that is meant call it; whether it may be opened again is said where all of them can be. */
function resolveWord(at: Where): WordKey {
  const rows = rowsOf(at.desk, targetsOf(at))
  const accounts = accountsOfRows(at.desk.mirror.getState(), rows)
  const name = orderName('resolve', namedAt(at))
  const isUndone = accounts.every(({ can, named }) => can.reopen || named.done === 'resolveHere')
  return isUndone || rows.some(isDone) ? `command.${name}` : `act.${name}`
}

function snoozeWord(at: Where): WordKey {
  return `act.${orderName('snooze', namedAt(at))}`
}

function namedAt(at: Where): readonly AccountRow['named'][] {
  return accountsOfRows(at.desk.mirror.getState(), rowsOf(at.desk, targetsOf(at))).map(({ named }) => named)
}

function isDone(row: ConversationRow | null): boolean {
  return row?.status.kind === 'done'
}
