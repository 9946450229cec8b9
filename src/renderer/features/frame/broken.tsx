import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Blank } from '../../ui/notice.tsx'
import './broken.css'

/** Stands where one part of the window broke: the rest goes on, and this one is begun anew at a press. */
export function BrokenPart({ onAgain }: { onAgain: () => void }): ReactNode {
  const desk = useDesk()
  return (
    <section className="broken-part" role="alert">
      <Blank
        tone="trouble"
        icon={<CircleAlert size={24} />}
        title={say('window.partBroken')}
        action={
          <div className="broken-ways">
            <Button look="primary" onClick={onAgain}>
              {say('window.partAgain')}
            </Button>
            <Button onClick={() => void reload(desk)}>{say('window.reload')}</Button>
          </div>
        }
      >
        {say('window.brokenHint')}
      </Blank>
    </section>
  )
}

/** Stands where the window broke. What was written is in the engine's keeping, so a fresh page has it all. */
export function Broken(): ReactNode {
  const desk = useDesk()
  const again = (
    <Button look="primary" onClick={() => void reload(desk)}>
      {say('window.reload')}
    </Button>
  )
  return (
    <main className="welcome">
      <Blank tone="trouble" icon={<CircleAlert size={24} />} title={say('window.broken')} action={again}>
        {say('window.brokenHint')}
      </Blank>
    </main>
  )
}

/** A fresh page, once what was typed a moment ago is kept; an engine that does not answer holds nobody up for long. */
async function reload(desk: Desk): Promise<void> {
  const kept = Promise.all([...desk.view.getState().keepDrafts].map((keep) => keep()))
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, longestKeepMs))])
  location.reload()
}

const longestKeepMs = 2_000
