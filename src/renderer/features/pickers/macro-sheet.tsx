import { useState, type ReactNode } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { useDirectory } from '../../state/use-directory.ts'
import { useRow } from '../../state/use-row.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import './macro-sheet.css'

/** Shows what a macro does before it does it: it cannot be taken back, and its server does not say whether it worked. */
export function MacroSheet({ conversationId, macroKey }: MacroSheetProps): ReactNode {
  const desk = useDesk()
  const row = useRow(conversationId)
  const { directory } = useDirectory(row?.accountId ?? null)
  const macro = directory?.macros.find(({ key }) => key === macroKey)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  async function run(name: string): Promise<void> {
    if (isRunning) return
    setIsRunning(true)
    const answer = await desk.bridge.call('macro.run', { conversationId, macroKey })
    setIsRunning(false)
    if (!answer.ok) return setFailure(answer.failure)
    showDialog(desk, null)
    toast(desk, {
      title: say(answer.value.isChanged ? 'toast.macroDone' : 'toast.macroNothing', { macro: name }),
    })
  }
  const steps = macro?.steps ?? []
  return (
    <Dialog
      title={say('macro.title', { macro: macro?.name ?? '' })}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <div className="sheet-form">
        {macro === undefined ? <p className="sheet-hint">{say('macro.gone')}</p> : null}
        <p className="sheet-hint">{say(steps.length === 0 ? 'macro.noSteps' : 'macro.steps')}</p>
        <ol className="macro-steps">
          {steps.map(({ name, about }, index) => (
            <li key={index} className="macro-step">
              <span className="macro-nth" aria-hidden="true">
                {index + 1}
              </span>
              <span className="macro-words" dir="auto">
                <b className="macro-verb">{name.replaceAll('_', ' ')}</b> {about}
              </span>
            </li>
          ))}
        </ol>
        {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
        <div className="sheet-buttons">
          <Button look="quiet" onClick={() => showDialog(desk, null)}>
            {say('mute.no')}
          </Button>
          <Button
            look="primary"
            data-focus
            disabled={macro === undefined || isRunning}
            onClick={() => void run(macro?.name ?? '')}
          >
            {say(isRunning ? 'macro.running' : 'macro.run')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

interface MacroSheetProps {
  conversationId: string
  macroKey: string
}
