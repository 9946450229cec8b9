import Link2 from 'lucide-react/icons/link-2'
import X from 'lucide-react/icons/x'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { fileNameAt } from '../../../shared/domain/file-name-at.ts'
import { isFileAddress } from '../../../shared/domain/reply.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import './file-strip.css'

/** Files that go along by their address, for a channel that fetches them itself. */
export function LinkStrip({ links, onChange }: LinkStripProps): ReactNode {
  if (links.length === 0) return null
  return (
    <div className="held-files">
      <ul className="held-list" aria-label={say('links.label')}>
        {links.map((link) => (
          <li key={link} className="held-file">
            <Link2 size={16} aria-hidden="true" />
            <span className="held-words" title={link}>
              <span className="held-name cut" dir="auto">
                {fileNameAt(link)}
              </span>
              <span className="held-size cut">
                <bdi dir="ltr">{new URL(link).host}</bdi>
              </span>
            </span>
            <IconButton
              label={say('files.drop', { name: fileNameAt(link) })}
              tipAt="end"
              icon={<X size={14} />}
              onClick={() => onChange(links.filter((each) => each !== link))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface LinkStripProps {
  links: readonly string[]
  onChange: (links: readonly string[]) => void
}

/** Asks for the address of a file, and says what it has to be like: nobody can fetch what only we can open. */
export function LinkAsk({ links, onAdd, onClose }: LinkAskProps): ReactNode {
  const ref = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<WordKey | null>(null)
  function add(): void {
    const link = ref.current?.value.trim() ?? ''
    const wrong = wrongWith(link, links)
    setError(wrong)
    if (wrong === null) onAdd(link)
    else ref.current?.focus()
  }
  function press(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') add()
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    // Else the line above the text would take the key for its own.
    event.stopPropagation()
  }
  return (
    <div className="link-ask" role="group" aria-label={say('links.attach')} onKeyDown={press}>
      <Field
        ref={(input) => {
          ref.current = input
          if (input !== null && error === null) input.focus()
        }}
        label={say('links.address')}
        hint={say('links.hint')}
        error={error === null ? null : say(error)}
        type="text"
        inputMode="url"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        placeholder={say('links.placeholder')}
        maxLength={2000}
      />
      <div className="link-ask-ways">
        <Button size="small" look="quiet" onClick={onClose}>
          {say('links.cancel')}
        </Button>
        <Button size="small" onClick={add}>
          {say('links.add')}
        </Button>
      </div>
    </div>
  )
}

interface LinkAskProps {
  links: readonly string[]
  onAdd: (link: string) => void
  onClose: () => void
}

function wrongWith(link: string, links: readonly string[]): WordKey | null {
  if (/^http:\/\//i.test(link)) return 'links.needsHttps'
  if (!isFileAddress(link)) return 'links.bad'
  if (links.includes(link)) return 'links.twice'
  return null
}
