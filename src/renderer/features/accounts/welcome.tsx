import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk } from '../../state/hooks.ts'
import { BrandMark } from '../../ui/brand.tsx'
import { Button } from '../../ui/button.tsx'
import './accounts.css'

/** The first thing anybody sees: what this is, and the one step to take. */
export function Welcome(): ReactNode {
  const desk = useDesk()
  return (
    <main className="welcome">
      <div className="welcome-card">
        <BrandMark size={56} />
        <h1>{say('welcome.title')}</h1>
        <p>{say('welcome.words')}</p>
        <Button look="primary" onClick={() => showDialog(desk, { kind: 'addAccount' })}>
          {say('welcome.add')}
        </Button>
        <p className="welcome-note">{say('welcome.note')}</p>
      </div>
    </main>
  )
}
