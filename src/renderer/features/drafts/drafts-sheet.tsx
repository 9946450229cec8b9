import PenLine from 'lucide-react/icons/pen-line'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import type { WrittenPiece } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, openConversation, showDialog } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { arrowList } from '../../ui/arrow-list.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Blank, Notice } from '../../ui/notice.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { DraftLine } from './draft-line.tsx'
import './drafts-sheet.css'

/** Everything written that did not reach a server, wherever its conversation is by now. */
export function DraftsSheet(): ReactNode {
  const desk = useDesk()
  const [pieces, setPieces] = useState<readonly WrittenPiece[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const read = useCallback(async (): Promise<void> => {
    // What was typed a moment ago belongs here, too.
    await Promise.all([...desk.view.getState().keepDrafts].map((keep) => keep()))
    const answer = await desk.bridge.call('drafts.list', {})
    if (answer.ok) setPieces(answer.value.drafts)
    setFailure(answer.ok ? null : answer.failure)
  }, [desk])
  async function drop(piece: WrittenPiece): Promise<void> {
    const { conversationId, kind, outboxId } = piece
    const answer =
      outboxId === null
        ? await desk.bridge.call('draft.drop', { conversationId, kind })
        : await desk.bridge.call('outbox.discard', { outboxId })
    if (!answer.ok) return setFailure(answer.failure)
    desk.view.setState({ restored: { conversationId } })
    await read()
  }
  useEffect(() => void read(), [read])
  return (
    <Dialog
      title={say('drafts.title')}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
      {pieces?.length === 0 ? <Blank icon={<PenLine size={24} />} title={say('drafts.none')} /> : null}
      <ul className="drafts" onKeyDown={arrowList} ref={enter}>
        {pieces?.map((piece) => (
          <DraftLine
            key={`${piece.outboxId ?? piece.kind} ${piece.conversationId}`}
            piece={piece}
            onOpen={() => open(desk, piece)}
            onDrop={() => void drop(piece)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

function open(desk: Desk, { conversationId, kind, outboxId }: WrittenPiece): void {
  openConversation(desk, conversationId)
  askFocus(desk, outboxId !== null ? 'thread' : kind === 'note' ? 'note' : 'composer')
}

function enter(list: HTMLElement | null): void {
  const focused = document.activeElement
  if (focused === null || !focused.matches('body, h2')) return
  takeFocus(list?.querySelector<HTMLElement>('[data-item]') ?? null)
}
