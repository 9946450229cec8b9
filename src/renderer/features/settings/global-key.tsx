import { useState, type KeyboardEvent, type ReactNode } from 'react'
import type { HostFacts } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { acceleratorOf, acceleratorParts } from './accelerator.ts'

/** The key that shows and hides the window from anywhere, and whether the system granted it. */
export function GlobalKey({ value, state, onChange }: GlobalKeyProps): ReactNode {
  const [isListening, setIsListening] = useState(false)
  function press(event: KeyboardEvent): void {
    if (!isListening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setIsListening(false)
    const accelerator = acceleratorOf(event)
    if (accelerator === null) return
    setIsListening(false)
    onChange(accelerator)
  }
  return (
    <div className="global-key" onKeyDown={press}>
      <div className="global-key-line">
        <span className="field-label">{say('settings.globalKey')}</span>
        <span className="global-key-caps">
          {value === null
            ? say('settings.noKey')
            : acceleratorParts(value).map((part) => <KeyCap key={part}>{part}</KeyCap>)}
        </span>
      </div>
      <p className="field-hint" role="status">
        {isListening ? say('settings.pressKey') : say(`globalKey.${state}`)}
      </p>
      {state === 'unsupported' ? null : (
        <div className="global-key-ways">
          <Button
            size="small"
            aria-pressed={isListening}
            onClick={() => setIsListening(!isListening)}
            onBlur={() => setIsListening(false)}
          >
            {say('settings.changeKey')}
          </Button>
          {value === null ? null : (
            <Button size="small" look="quiet" onClick={() => onChange(null)}>
              {say('settings.clearKey')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

interface GlobalKeyProps {
  value: string | null
  state: HostFacts['globalKey']
  onChange: (value: string | null) => void
}
