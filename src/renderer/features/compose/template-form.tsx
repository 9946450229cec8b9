import { useState, type KeyboardEvent, type ReactNode } from 'react'
import type { TemplateRow } from '../../../shared/contract/contract.ts'
import type { TemplateUse } from '../../../shared/domain/reply.ts'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Blank } from '../../ui/notice.tsx'
import LayoutTemplate from 'lucide-react/icons/layout-template'
import { filledText, findTemplates, openBlank, partsOf } from './template-text.ts'
import './template-form.css'

/** Picks one of the approved messages and fills its blanks, seeing all the while how it will read. */
export function TemplateForm({ templates, submitWord, onSubmit }: TemplateFormProps): ReactNode {
  const [picked, setPicked] = useState<TemplateRow | null>(null)
  if (templates.length === 0) {
    return <Blank icon={<LayoutTemplate size={24} />} title={say('template.none')} />
  }
  if (picked === null) return <Choice templates={templates} onPick={setPicked} />
  return (
    <Filling template={picked} submitWord={submitWord} onSubmit={onSubmit} onBack={() => setPicked(null)} />
  )
}

interface TemplateFormProps {
  templates: readonly TemplateRow[]
  submitWord: 'template.send' | 'template.use'
  onSubmit: (use: TemplateUse, text: string) => void
}

function Choice({
  templates,
  onPick,
}: {
  templates: readonly TemplateRow[]
  onPick: (template: TemplateRow) => void
}): ReactNode {
  const [words, setWords] = useState('')
  const found = findTemplates(templates, words)
  const first = found.find((each) => each.unusable === null)
  return (
    <div className="template-choice" onKeyDown={walk}>
      <Field
        ref={focusFirst}
        label={say('template.find')}
        hint={null}
        value={words}
        autoComplete="off"
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || first === undefined) return
          event.preventDefault()
          onPick(first)
        }}
      />
      {found.length === 0 ? <p className="template-nothing">{say('template.nothing')}</p> : null}
      <ul className="template-list">
        {found.map((each) => (
          <li key={`${each.key} ${each.language}`}>
            <button
              type="button"
              className="template-row"
              aria-disabled={each.unusable !== null}
              onClick={() => (each.unusable === null ? onPick(each) : undefined)}
            >
              <span className="template-name">
                <bdi>{each.name}</bdi>
                <span className="template-facts">
                  {each.language}
                  {each.category === '' ? '' : ` · ${each.category.toLocaleLowerCase()}`}
                </span>
              </span>
              <span className="template-words" dir="auto">
                {each.body}
              </span>
              {each.unusable === null ? null : (
                <span className="template-why">{say('template.unusable', { why: each.unusable })}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Filling({ template, submitWord, onSubmit, onBack }: FillingProps): ReactNode {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const open = openBlank(template, values)
  function submit(): void {
    if (open !== null) return
    const { key, name, language } = template
    onSubmit({ key, name, language, values: { ...values } }, filledText(template, values))
  }
  return (
    <form
      className="template-filling"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="template-blanks">
        {template.blanks.map(({ key, kind }, index) => (
          <Field
            key={key}
            ref={index === 0 ? focusFirst : undefined}
            label={say(kind === 'url' ? 'template.blankUrl' : 'template.blank', { key })}
            hint={null}
            dir={kind === 'url' ? 'ltr' : 'auto'}
            maxLength={2000}
            value={values[key] ?? ''}
            autoComplete="off"
            onChange={(event) => setValues({ ...values, [key]: event.target.value })}
          />
        ))}
      </div>
      <div className="template-preview" role="group" aria-label={say('template.preview')}>
        {[template.header, template.body, template.footer].map((words, index) =>
          words === null || words === '' ? null : (
            <p key={index} dir="auto" data-part={['header', 'body', 'footer'][index]}>
              {partsOf(words, values).map((part, at) =>
                part.kind === 'words' ? (
                  part.text
                ) : (
                  <mark key={at} data-open={part.value === ''}>
                    {part.value === '' ? part.key : part.value}
                  </mark>
                ),
              )}
            </p>
          ),
        )}
      </div>
      <div className="template-ways">
        <Button look="quiet" onClick={onBack}>
          {say('template.back')}
        </Button>
        <Button
          ref={template.blanks.length === 0 ? focusFirst : undefined}
          type="submit"
          look="primary"
          aria-disabled={open !== null}
        >
          {say(submitWord)}
        </Button>
      </div>
    </form>
  )
}

interface FillingProps extends Pick<TemplateFormProps, 'submitWord' | 'onSubmit'> {
  template: TemplateRow
  onBack: () => void
}

/** Arrows lead from the search through the list, and from its top back to the search. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')]
  const at = rows.findIndex((row) => row === document.activeElement)
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}

function focusFirst(element: HTMLElement | null): void {
  element?.focus()
}
