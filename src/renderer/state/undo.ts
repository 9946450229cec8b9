import { say } from '../../shared/words/words.ts'
import { askFocus, tellFailure, toast } from './acts.ts'
import type { Desk } from './desk.ts'
import type { Undoable } from './undoable.ts'

/** Tells what was done with the way back, for as long as there is one. */
export function offerUndo(desk: Desk, title: string, undoable: Undoable): void {
  const { undoables } = desk.view.getState()
  desk.view.setState({ undoables: [...undoables.filter(isStanding), undoable] })
  toast(desk, {
    title,
    until: undoable.until,
    action: { label: say('undo.now'), run: () => void takeBack(desk, undoable) },
  })
}

/** Takes back what was ordered last. */
export function undoLatest(desk: Desk): void {
  const latest = desk.view.getState().undoables.filter(isStanding).at(-1)
  if (latest === undefined) toast(desk, { title: say('undo.nothing') })
  else void takeBack(desk, latest)
}

async function takeBack(desk: Desk, undoable: Undoable): Promise<void> {
  const { undoables, toasts, keepDrafts } = desk.view.getState()
  desk.view.setState({
    undoables: undoables.filter((each) => each !== undoable),
    toasts: toasts.filter((each) => each.until !== undoable.until),
  })
  // What was typed since is put under what comes back, so it has to be there first.
  await Promise.all([...keepDrafts].map((keep) => keep()))
  const answer = await desk.bridge.call('outbox.undo', { outboxIds: [...undoable.outboxIds] })
  if (!answer.ok) return tellFailure(desk, answer.failure)
  const { undone, late } = answer.value
  if (late > 0) toast(desk, { tone: 'trouble', title: say('undo.late', { count: late }) })
  if (undone === 0) return
  toast(desk, { title: say('undo.done') })
  if (undoable.reply === null) return
  const { conversationId, isNote } = undoable.reply
  desk.view.setState({ restored: { conversationId } })
  if (desk.view.getState().openId === conversationId) askFocus(desk, isNote ? 'note' : 'composer')
}

function isStanding({ until }: Undoable): boolean {
  return until > Date.now()
}
