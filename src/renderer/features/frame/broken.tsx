import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { Blank } from '../../ui/notice.tsx'

/** Stands where the window broke. What was written is in the engine's keeping, so a fresh page has it all. */
export function Broken(): ReactNode {
  const again = (
    <Button look="primary" onClick={() => location.reload()}>
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
