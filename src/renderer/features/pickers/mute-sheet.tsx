import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { order } from '../../state/orders.ts'
import { accountOfRow, rowOf } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** Muting does more than its word says, so it is said before. */
export function MuteSheet({ conversationIds }: { conversationIds: readonly string[] }): ReactNode {
  const desk = useDesk()
  const first = conversationIds[0]
  const row = useMirror(() => (first === undefined ? null : rowOf(desk, first)))
  const account = useMirror((mirror) => (row === null ? null : accountOfRow(mirror, row)))
  const title =
    conversationIds.length === 1
      ? say('mute.title', { name: row?.who.name ?? '' })
      : say('mute.titleMany', { count: conversationIds.length })
  function close(): void {
    showDialog(desk, null)
  }
  return (
    <Dialog title={title} closeLabel={say('dialog.close')} onClose={close}>
      <div className="sheet-form">
        <p className="sheet-hint">{say('mute.hint', { account: account?.name ?? '' })}</p>
        <div className="sheet-buttons">
          <Button look="quiet" onClick={close}>
            {say('mute.no')}
          </Button>
          <Button
            look="danger"
            onClick={() => {
              close()
              void order(desk, conversationIds, { kind: 'mute' })
            }}
          >
            {say('mute.yes')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
