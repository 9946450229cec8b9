import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Input } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { TemplateUse } from '../../../shared/domain/reply.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, openConversation, showDialog } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TemplateForm } from '../compose/template-form.tsx'
import { openField, recipientOf, type Recipient, type StartInbox, type Typed } from './customer-entry.ts'
import { NewCustomer } from './new-customer.tsx'
import { Person } from './pick-customer.tsx'
import { Select } from './select.tsx'
import { useAsked } from './use-asked.ts'

/** Through which inbox, and what; everything typed stays until the conversation is there. */
export function FirstMessage({ accountId, recipient, suggested, onBack }: FirstMessageProps): ReactNode {
  const customerKey = recipient.kind === 'known' ? recipient.customer.key : null
  const asked = useAsked('start.inboxes', { accountId, customerKey })
  const inboxes = asked.value?.inboxes ?? []
  return (
    <div className="start-first">
      <div className="start-chosen">
        <Chosen recipient={recipient} />
        {onBack === null ? null : (
          <Button look="quiet" size="small" onClick={onBack}>
            {say('start.change')}
          </Button>
        )}
      </div>
      {asked.isAsking ? (
        <p role="status">{say(recipient.kind === 'own' ? 'start.readingOwn' : 'start.readingInboxes')}</p>
      ) : null}
      {asked.failure === null ? null : (
        <Notice
          tone="trouble"
          actions={
            <Button size="small" onClick={asked.again}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {failureText(asked.failure)}
        </Notice>
      )}
      {asked.value !== null && inboxes.length === 0 ? (
        <Notice tone="plain">
          {say(recipient.kind === 'own' ? 'start.noOwnInboxes' : 'start.noInboxes')}
        </Notice>
      ) : null}
      {inboxes[0] === undefined ? null : (
        <MessageForm {...{ accountId, recipient, suggested }} inboxes={inboxes} first={inboxes[0]} />
      )}
    </div>
  )
}

function Chosen({ recipient }: { recipient: Recipient }): ReactNode {
  switch (recipient.kind) {
    case 'known':
      return <Person customer={recipient.customer} />
    case 'new':
      return (
        <span className="start-person-words">
          <span className="start-person-name">{say('start.new')}</span>
        </span>
      )
    case 'own':
      return <p className="start-own">{say('start.own')}</p>
  }
}

interface FirstMessageProps {
  accountId: string
  recipient: Recipient
  /** What the search already said of somebody new. */
  suggested: Typed
  /** Null where nobody was chosen. */
  onBack: (() => void) | null
}

function MessageForm({ accountId, recipient, suggested, inboxes, first }: MessageFormProps): ReactNode {
  const [typed, setTyped] = useState(suggested)
  const [inboxKey, setInboxKey] = useState(first.key)
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<{ use: TemplateUse; text: string } | null>(null)
  const [isPicking, setIsPicking] = useState(false)
  const [showsOpen, setShowsOpen] = useState(false)
  const { begin, failure, isBusy } = useBegin()
  const inbox = inboxes.find((each) => each.key === inboxKey) ?? first
  // A template belongs to its inbox.
  const template = inbox.templates.some((each) => each.key === picked?.use.key) ? picked : null
  const open = recipient.kind !== 'new' ? null : openField(typed, inbox.needs)
  const words = template?.text ?? text
  const isReady = (template !== null || (!inbox.onlyTemplates && text.trim() !== '')) && !isBusy

  function submit(): void {
    setShowsOpen(true)
    if (!isReady || open !== null) return
    void begin({
      accountId,
      customer: recipientOf(recipient, typed),
      inboxKey: inbox.key,
      subject: inbox.hasSubject && subject.trim() !== '' ? subject.trim() : null,
      text: words,
      template: template?.use ?? null,
    })
  }
  if (isPicking) {
    return (
      <>
        <TemplateForm
          templates={inbox.templates}
          submitWord="template.use"
          onSubmit={(use, filled) => {
            setPicked({ use, text: filled })
            setIsPicking(false)
          }}
        />
        <Button look="quiet" size="small" onClick={() => setIsPicking(false)}>
          {say('signIn.back')}
        </Button>
      </>
    )
  }
  return (
    <form
      ref={focusNext}
      className="start-form"
      noValidate
      onKeyDown={sendByKey}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {recipient.kind === 'new' ? (
        <NewCustomer typed={typed} needs={inbox.needs} open={showsOpen ? open : null} onChange={setTyped} />
      ) : null}
      {recipient.kind === 'own' && inboxes.length === 1 ? null : (
        <Select
          label={say(recipient.kind === 'own' ? 'start.ownInbox' : 'start.inbox')}
          value={inbox.key}
          options={inboxes.map((each) => ({ value: each.key, label: each.name }))}
          onPick={setInboxKey}
        />
      )}
      {inbox.hasSubject ? (
        <Field
          label={say('start.subject')}
          hint={null}
          dir="auto"
          maxLength={500}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
      ) : null}
      <Words
        inbox={inbox}
        text={text}
        template={template?.text ?? null}
        onText={setText}
        onPick={() => setIsPicking(true)}
        onDrop={() => setPicked(null)}
      />
      {failure === null ? null : (
        <Notice tone="trouble">{say('start.failed', { why: failureText(failure) })}</Notice>
      )}
      <Button type="submit" look="primary" className="start-begin" aria-disabled={!isReady}>
        {say(isBusy ? 'start.beginning' : 'start.begin')}
      </Button>
    </form>
  )
}

interface MessageFormProps extends Omit<FirstMessageProps, 'onBack'> {
  inboxes: readonly StartInbox[]
  first: StartInbox
}

/** A template, one's own words, or whichever of the two the inbox takes. */
function Words({ inbox, text, template, onText, onPick, onDrop }: WordsProps): ReactNode {
  const ways =
    inbox.templates.length === 0 ? null : (
      <div className="start-ways">
        <Button size="small" onClick={onPick}>
          {say(template === null ? 'start.pickTemplate' : 'start.otherTemplate')}
        </Button>
        {template === null || inbox.onlyTemplates ? null : (
          <Button size="small" look="quiet" onClick={onDrop}>
            {say('start.noTemplate')}
          </Button>
        )}
      </div>
    )
  if (template !== null) {
    return (
      <div className="field">
        <p className="field-label">{say('start.template')}</p>
        <p className="start-template" dir="auto">
          {template}
        </p>
        {ways}
      </div>
    )
  }
  return (
    <>
      {inbox.onlyTemplates ? (
        <Notice tone="plain">{say('start.onlyTemplates', { inbox: inbox.name })}</Notice>
      ) : (
        <label className="field">
          <span className="field-label">{say('start.text')}</span>
          <textarea
            className="field-input start-text scrolls"
            dir="auto"
            rows={4}
            maxLength={150_000}
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        </label>
      )}
      {ways}
    </>
  )
}

interface WordsProps {
  inbox: StartInbox
  text: string
  template: string | null
  onText: (text: string) => void
  onPick: () => void
  onDrop: () => void
}

type Beginning = Omit<Input<'start.begin'>, 'clientKey'>

/** The same message begun again after a failure is the same one: never two conversations for one. */
function useBegin(): {
  begin: (given: Beginning) => Promise<void>
  failure: Failure | null
  isBusy: boolean
} {
  const desk = useDesk()
  const attempt = useRef<{ written: string; clientKey: string } | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  async function begin(given: Beginning): Promise<void> {
    const written = JSON.stringify(given)
    if (attempt.current?.written !== written) attempt.current = { written, clientKey: crypto.randomUUID() }
    setIsBusy(true)
    const answer = await desk.bridge.call('start.begin', { ...given, clientKey: attempt.current.clientKey })
    setIsBusy(false)
    if (!answer.ok) return setFailure(answer.failure)
    showDialog(desk, null)
    openConversation(desk, answer.value.conversationId)
    askFocus(desk, 'composer')
  }
  return { begin, failure, isBusy }
}

function sendByKey(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** On the first thing to write; once a template was picked, on what begins the conversation. */
function focusNext(form: HTMLFormElement | null): void {
  const isPicked = form?.querySelector('.start-template') !== null
  form?.querySelector<HTMLElement>(isPicked ? '[type="submit"]' : 'input, textarea, button')?.focus()
}
