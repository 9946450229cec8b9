import Ban from 'lucide-react/icons/ban'
import Copy from 'lucide-react/icons/copy'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { ConversationRow, PanelRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { askFocus, showPicker } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountOfRow, directoryOf } from '../../state/selectors.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dot } from '../../ui/dot.tsx'
import { Notice } from '../../ui/notice.tsx'
import { keyHint } from '../commands/registry.ts'
import { copyText } from '../../state/copy-text.ts'
import './contact-panel.css'
import { CustomerNotes } from './customer-notes.tsx'
import { Participants } from './participants.tsx'
import { PreviousConversations } from './previous-conversations.tsx'
import { Section } from './section.tsx'
import { usePanel, type PanelState } from './use-panel.ts'

/** Who the open conversation is with, what is known of them, and what was before. */
export function ContactPanel({ row, takesFocus }: { row: ConversationRow; takesFocus: boolean }): ReactNode {
  const desk = useDesk()
  const ref = useRef<HTMLHeadingElement>(null)
  const state = usePanel(row.id)
  useEffect(() => {
    if (takesFocus) ref.current?.focus({ preventScroll: true })
  }, [takesFocus])
  function close(): void {
    desk.view.setState({ panelFor: null })
    askFocus(desk, 'thread')
  }
  function leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    // One step out: from a note being written to the panel, from the panel to the thread.
    if (event.target instanceof HTMLTextAreaElement) ref.current?.focus()
    else close()
  }
  return (
    <aside className="panel" aria-label={say('panel.label')} onKeyDown={leave}>
      <header className="panel-head">
        <h3 ref={ref} tabIndex={-1} className="panel-title">
          {say('panel.title')}
        </h3>
        <IconButton
          label={say('panel.close')}
          hint={keyHint('panel')}
          tipAt="end"
          icon={<X size={17} />}
          onClick={close}
        />
      </header>
      <div className="panel-body scrolls">
        <Who row={row} panel={state.panel} />
        <Standing state={state} />
        {state.panel === null ? (
          <LabelsPart row={row} />
        ) : (
          <Parts row={row} panel={state.panel} again={state.again} />
        )}
      </div>
    </aside>
  )
}

/** Known at once from the list; what the panel brings is added when it is there. */
function Who({ row, panel }: { row: ConversationRow; panel: PanelRow | null }): ReactNode {
  const desk = useDesk()
  const customer = panel?.customer ?? { ...row.who, identifier: null, blocked: false }
  const { name, email, phone, identifier } = customer
  const addresses = [email, phone, identifier].filter((each) => each !== null && each !== '')
  return (
    <div className="panel-who">
      <Avatar name={name} media={customer.avatar} size="large" />
      <p className="panel-name" dir="auto">
        {name}
      </p>
      {customer.blocked ? (
        <p className="panel-blocked">
          <Ban size={14} aria-hidden="true" />
          {say('panel.blocked')}
        </p>
      ) : null}
      {addresses.length === 0 ? null : (
        <ul className="panel-addresses">
          {addresses.map((address) => (
            <li key={address} className="panel-address">
              <bdi dir="ltr">{address}</bdi>
              <IconButton
                label={say('copy.what', { what: address ?? '' })}
                tipAt="end"
                icon={<Copy size={14} />}
                onClick={() => void copyText(desk, address ?? '')}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Standing({ state }: { state: PanelState }): ReactNode {
  const { failure, isLoading, panel, again } = state
  if (failure !== null) {
    return (
      <Notice
        tone={panel === null ? 'trouble' : 'warm'}
        actions={
          <Button size="small" onClick={again}>
            {say('act.tryAgain')}
          </Button>
        }
      >
        {failureText(failure)}
      </Notice>
    )
  }
  if (!isLoading || panel !== null) return null
  return (
    <div className="panel-loading" role="status">
      <span className="unseen">{say('panel.loading')}</span>
      {[70, 45, 60].map((percent) => (
        <span key={percent} className="ghost panel-ghost" style={{ inlineSize: `${String(percent)}%` }} />
      ))}
    </div>
  )
}

function Parts({
  row,
  panel,
  again,
}: {
  row: ConversationRow
  panel: PanelRow
  again: () => void
}): ReactNode {
  const can = useMirror((mirror) => accountOfRow(mirror, row)?.can ?? null)
  const misses = (part: PanelRow['missing'][number]): boolean => panel.missing.includes(part)
  return (
    <>
      <LabelsPart row={row} />
      <Section title={say('panel.ofConversation')} isEmpty={panel.conversation.attributes.length === 0}>
        <Attributes lines={panel.conversation.attributes} />
      </Section>
      <Section
        title={say('panel.ofCustomer')}
        isMissing={misses('customer')}
        isEmpty={panel.customer.attributes.length === 0}
      >
        <Attributes lines={panel.customer.attributes} />
      </Section>
      {can?.participants === true ? (
        <Participants
          row={row}
          people={panel.participants}
          isMissing={misses('participants')}
          again={again}
        />
      ) : null}
      <CustomerNotes
        key={row.id}
        conversationId={row.id}
        notes={panel.notes}
        isMissing={misses('notes')}
        canWrite={can?.customerNotes ?? false}
        again={again}
      />
      <PreviousConversations rows={panel.previous} isMissing={misses('previous')} />
    </>
  )
}

function LabelsPart({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const canLabel = useMirror((mirror) => accountOfRow(mirror, row)?.can.label ?? false)
  const known = useMirror((mirror) => directoryOf(mirror, row.accountId)?.labels)
  if (row.labels.length === 0 && !canLabel) return null
  const change = (
    <Button
      size="small"
      look="quiet"
      onClick={(event) =>
        showPicker(desk, { kind: 'label', conversationIds: [row.id], anchor: event.currentTarget })
      }
    >
      {say('panel.change')}
    </Button>
  )
  return (
    <Section title={say('panel.labels')} action={canLabel ? change : null}>
      {row.labels.length === 0 ? (
        <p className="panel-none">{say('panel.noLabels')}</p>
      ) : (
        <ul className="panel-labels">
          {row.labels.map((label) => (
            <li key={label} className="panel-label">
              <Dot color={known?.find(({ title }) => title === label)?.color ?? null} />
              <span className="cut" dir="auto">
                {label}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Attributes({ lines }: { lines: PanelRow['conversation']['attributes'] }): ReactNode {
  return (
    <dl className="panel-facts">
      {lines.map(({ key, label, value }) => (
        <div key={key} className="panel-fact">
          <dt dir="auto">{label}</dt>
          <dd dir="auto">{shown(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A ticked box arrives as a word of the server's. */
function shown(value: string): string {
  if (value === 'true') return say('yesNo.true')
  if (value === 'false') return say('yesNo.false')
  return value === '' ? '–' : value
}
