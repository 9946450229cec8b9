import Trash from 'lucide-react/icons/trash-2'
import { useState, type ReactNode, type SyntheticEvent } from 'react'
import type { PanelRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useNow } from '../../state/hooks.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { fullTime, shortTime } from '../../ui/times.ts'
import { WrittenText } from '../thread/written-text.tsx'
import { Section } from './section.tsx'

/** What the team wrote about a customer; new ones at the top. What is typed stays until it is kept. */
export function CustomerNotes({ conversationId, notes, isMissing, canWrite, again }: NotesProps): ReactNode {
  return (
    <Section title={say('panel.notes')} isMissing={isMissing} isEmpty={!canWrite && notes.length === 0}>
      {canWrite ? <NewNote conversationId={conversationId} again={again} /> : null}
      <ul className="panel-notes">
        {notes.map((note) => (
          <NoteCard key={note.key} note={note} {...{ conversationId, canWrite, again }} />
        ))}
      </ul>
    </Section>
  )
}

interface NotesProps {
  conversationId: string
  notes: PanelRow['notes']
  isMissing: boolean
  canWrite: boolean
  again: () => void
}

/** Notes begun and not kept yet, by conversation; the panel may be closed over them. */
const begun = new Map<string, string>()

function NewNote({ conversationId, again }: { conversationId: string; again: () => void }): ReactNode {
  const desk = useDesk()
  const [text, setText] = useState(begun.get(conversationId) ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  function write(next: string): void {
    begun.set(conversationId, next)
    setText(next)
  }
  async function add(event: SyntheticEvent): Promise<void> {
    event.preventDefault()
    if (text.trim() === '' || isBusy) return
    setIsBusy(true)
    const answer = await desk.bridge.call('panel.addNote', { conversationId, text: text.trim() })
    setIsBusy(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    write('')
    again()
  }
  return (
    <form className="panel-new-note" onSubmit={(event) => void add(event)}>
      <textarea
        className="panel-note-text scrolls"
        dir="auto"
        rows={2}
        maxLength={20_000}
        aria-label={say('panel.newNote')}
        placeholder={say('panel.newNote')}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      {failure === null ? null : (
        <Notice tone="trouble">{say('panel.noteNotKept', { why: failureText(failure) })}</Notice>
      )}
      {text.trim() === '' ? null : (
        <Button type="submit" size="small" look="primary" disabled={isBusy}>
          {say('panel.addNote')}
        </Button>
      )}
    </form>
  )
}

function NoteCard({ note, conversationId, canWrite, again }: NoteCardProps): ReactNode {
  const desk = useDesk()
  const nowAt = useNow()
  const [isAsking, setIsAsking] = useState(false)
  async function remove(): Promise<void> {
    const answer = await desk.bridge.call('panel.removeNote', { conversationId, key: note.key })
    setIsAsking(false)
    if (answer.ok) again()
    else tellFailure(desk, answer.failure)
  }
  return (
    <li className="panel-note">
      <WrittenText text={note.text} />
      <p className="panel-note-foot">
        <span className="cut" dir="auto">
          {note.author ?? say('thread.somebody')}
        </span>
        {note.at === null ? null : (
          <time dateTime={new Date(note.at).toISOString()} title={fullTime(note.at)}>
            {shortTime(note.at, nowAt)}
          </time>
        )}
        {canWrite && !isAsking ? (
          <IconButton
            label={say('panel.removeNote')}
            tipAt="end"
            icon={<Trash size={14} />}
            onClick={() => setIsAsking(true)}
          />
        ) : null}
      </p>
      {isAsking ? (
        <div className="panel-sure" role="alert">
          <span>{say('panel.removeSure')}</span>
          <Button size="small" onClick={() => setIsAsking(false)}>
            {say('panel.keep')}
          </Button>
          <Button ref={focusIt} size="small" look="danger" onClick={() => void remove()}>
            {say('panel.remove')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

type NoteCardProps = Omit<NotesProps, 'notes' | 'isMissing'> & { note: PanelRow['notes'][number] }

function focusIt(element: HTMLElement | null): void {
  element?.focus()
}
