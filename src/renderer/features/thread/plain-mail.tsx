import { useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { splitQuoted } from './quoted-text.ts'
import { WrittenText } from './written-text.tsx'

/** Written text; what a mail program quoted below it is folded away. */
export function PlainMail({ text }: { text: string }): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  const { said, quoted } = splitQuoted(text)
  return (
    <>
      <WrittenText text={said} />
      {quoted === null ? null : (
        <Button look="link" size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {say(isOpen ? 'mail.hideQuoted' : 'mail.showQuoted')}
        </Button>
      )}
      {quoted !== null && isOpen ? <WrittenText text={quoted} /> : null}
    </>
  )
}
