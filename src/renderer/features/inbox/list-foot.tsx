import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { isServersList } from '../../state/list-window.ts'
import { Button } from '../../ui/button.tsx'

/** Below the last row: that more is on its way, could not be read, or that this is the end of a server's list. */
export function ListFoot(): ReactNode {
  const desk = useDesk()
  const { query, next, failure } = useMirror((mirror) => mirror.list)
  if (failure !== null) {
    return (
      <Line>
        <p>{say('folder.moreFailed', { why: failureText(failure) })}</p>
        <Button size="small" onClick={() => void (next === null ? desk.feed.readAgain() : desk.feed.more())}>
          {say('act.tryAgain')}
        </Button>
      </Line>
    )
  }
  if (!isServersList(query)) return null
  return <Line>{say(next === null ? 'folder.end' : 'list.wait')}</Line>
}

/** A grid has nothing but rows in it. */
function Line({ children }: { children: ReactNode }): ReactNode {
  return (
    <div role="row">
      <div role="gridcell" aria-live="polite" className="list-foot">
        {children}
      </div>
    </div>
  )
}
