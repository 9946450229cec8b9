import { useState, type ReactNode } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { changeQuery, showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import type { Dialog as Asked } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Deletes a folder of one's own, once it is sure. */
export function RemoveFolder({ accountId, folderKey, name }: RemoveFolderProps): ReactNode {
  const desk = useDesk()
  const [failure, setFailure] = useState<Failure | null>(null)
  async function remove(): Promise<void> {
    const answer = await desk.bridge.call('folder.remove', { accountId, key: folderKey })
    if (!answer.ok) return setFailure(answer.failure)
    showDialog(desk, null)
    toast(desk, { title: say('folder.removed', { name }) })
    const { query } = desk.view.getState()
    if (query.folder === folderKey && query.accountId === accountId) changeQuery(desk, { view: query.view })
    void desk.feed.readDirectory(accountId, true)
  }
  return (
    <Dialog
      title={say('folder.removeTitle', { name })}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <div className="sheet-form">
        <p className="sheet-hint">{say('folder.removeHint')}</p>
        {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
        <div className="sheet-buttons">
          <Button look="quiet" onClick={() => showDialog(desk, null)}>
            {say('mute.no')}
          </Button>
          <Button look="danger" onClick={() => void remove()}>
            {say('folder.removeYes')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

type RemoveFolderProps = Omit<Extract<Asked, { kind: 'removeFolder' }>, 'kind'>
