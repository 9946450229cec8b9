import Unplug from 'lucide-react/icons/unplug'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import './connection-bar.css'

/** Says that the engine behind this page is gone, for as long as it is. Nothing on screen pretends otherwise. */
export function ConnectionBar(): ReactNode {
  const desk = useDesk()
  const connection = useMirror((mirror) => mirror.connection)
  const failure = useMirror((mirror) => (mirror.desk === null ? mirror.deskFailure : null))
  if (connection === 'lost' || connection === 'refused') {
    return (
      <div className="connection" role="alert">
        <Unplug size={15} aria-hidden="true" />
        {say(connection === 'lost' ? 'connection.lost' : 'connection.refused')}
      </div>
    )
  }
  if (failure === null) return null
  return (
    <div className="connection" role="alert">
      {failureText(failure)}
      <Button size="small" onClick={() => void desk.feed.reload()}>
        {say('act.tryAgain')}
      </Button>
    </div>
  )
}
