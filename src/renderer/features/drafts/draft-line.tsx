import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Copy from 'lucide-react/icons/copy'
import Lock from 'lucide-react/icons/lock'
import PenLine from 'lucide-react/icons/pen-line'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState, type ReactNode } from 'react'
import type { WrittenPiece } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountsOf } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText } from '../../state/copy-text.ts'

/** One draft: whom it is to, how it begins, and the ways to it; it is thrown away only after a yes. */
export function DraftLine({ piece, onOpen, onDrop }: DraftLineProps): ReactNode {
  const desk = useDesk()
  const [asks, setAsks] = useState(false)
  const account = useMirror(
    (mirror) => accountsOf(mirror).find(({ id }) => id === piece.accountId)?.name ?? '',
  )
  const { who, text } = piece
  return (
    <li className="drafts-line">
      <button type="button" className="drafts-open" data-item disabled={who === null} onClick={onOpen}>
        <PieceIcon piece={piece} />
        <span className="drafts-words">
          <span className="drafts-who cut" dir="auto">
            {who ?? say('drafts.nobody')}
            <span className="drafts-kind">{` · ${kindWords(piece)} · ${account}`}</span>
          </span>
          <span className="drafts-text" dir="auto">
            {text === '' ? null : text}
            {piece.fileCount === 0 ? null : (
              <span className="drafts-kind"> {say('drafts.files', { count: piece.fileCount })}</span>
            )}
          </span>
          {piece.isGone || who === null ? <span className="drafts-gone">{say('drafts.gone')}</span> : null}
        </span>
      </button>
      {asks ? (
        <span className="drafts-acts" role="group" aria-label={say('drafts.drop')}>
          <Button size="small" look="danger" onClick={onDrop} ref={(button) => button?.focus()}>
            {say('delivery.throwAway')}
          </Button>
          <Button size="small" onClick={() => setAsks(false)}>
            {say('account.keep')}
          </Button>
        </span>
      ) : (
        <span className="drafts-acts">
          {text === '' ? null : (
            <IconButton
              label={say('message.copy')}
              tipAt="end"
              icon={<Copy size={15} />}
              onClick={() => void copyText(desk, text)}
            />
          )}
          {piece.state === 'asks' ? null : (
            <IconButton
              label={say('drafts.drop')}
              tipAt="end"
              icon={<Trash2 size={15} />}
              onClick={() => setAsks(true)}
            />
          )}
        </span>
      )}
    </li>
  )
}

interface DraftLineProps {
  piece: WrittenPiece
  onOpen: () => void
  onDrop: () => void
}

function PieceIcon({ piece }: { piece: WrittenPiece }): ReactNode {
  const shared = { size: 16, className: `drafts-icon drafts-${piece.state}`, 'aria-hidden': true } as const
  if (piece.state === 'failed') return <CircleAlert {...shared} />
  if (piece.state === 'asks') return <CircleQuestionMark {...shared} />
  return piece.kind === 'note' ? <Lock {...shared} /> : <PenLine {...shared} />
}

function kindWords({ state, kind }: WrittenPiece): string {
  if (state === 'failed') return say('row.failed')
  if (state === 'asks') return say('row.asks')
  return say(kind === 'note' ? 'compose.note' : 'compose.reply')
}
