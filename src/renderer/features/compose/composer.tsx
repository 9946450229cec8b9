import SendHorizontal from 'lucide-react/icons/send-horizontal'
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { ConversationRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import { isEmptyDraft, type DraftKind } from '../../../shared/domain/reply.ts'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { keyHint } from '../commands/registry.ts'
import { cannedFor } from './canned-text.ts'
import { ComposeTools } from './compose-tools.tsx'
import './composer.css'
import { dropFile } from './file-copies.ts'
import { FileStrip } from './file-strip.tsx'
import { GoodToKnow, Linked } from './composer-along.tsx'
import { MailLines } from './mail-lines.tsx'
import { ModeTabs } from './mode-tabs.tsx'
import { QuoteLine } from './quote-line.tsx'
import { TemplateSheet } from './template-sheet.tsx'
import { TextBox } from './text-box.tsx'
import { lengthOf, useComposing, type Composing } from './use-composing.ts'
import { useDroppedFiles } from './use-dropped-files.ts'
import { WindowClosed, WindowLine } from './window-line.tsx'

/** Where a reply or a note is written, each with a draft of its own. All of it stays here until the engine has it. */
export function Composer({ row }: { row: ConversationRow }): ReactNode {
  const desk = useDesk()
  const formRef = useRef<HTMLFormElement>(null)
  const boxRef = useRef<HTMLTextAreaElement>(null)
  const panelId = useId()
  const [choosesTemplate, setChoosesTemplate] = useState(false)
  const [asksLink, setAsksLink] = useState(false)
  const composing = useComposing(row, formRef)
  const { can, kind, place, draft, files, isClosed, sending, pick, send } = composing
  const isOver = useDroppedFiles(formRef, composing.onFiles)
  const hasNotes = can?.note ?? false
  const onTemplate = kind === 'reply' && row.limits.templates ? () => setChoosesTemplate(true) : null
  const { text } = draft.draft
  return (
    <>
      <form
        ref={formRef}
        className="composer"
        data-kind={kind}
        data-over={isOver}
        aria-label={say(kind === 'note' ? 'compose.noteLabel' : 'compose.label')}
        onKeyDown={(event) => besideTheText(event, boxRef.current)}
        onSubmit={(event) => {
          event.preventDefault()
          if (composing.isReady) void send(null, text)
        }}
      >
        {sending.failure === null || choosesTemplate ? null : (
          <Notice tone="trouble">{say('compose.notKept', { why: failureText(sending.failure) })}</Notice>
        )}
        {draft.state.kind === 'notKept' && sending.failure === null ? (
          <Notice tone="warm">
            {say('compose.draftNotKept', { why: failureText(draft.state.failure) })}
          </Notice>
        ) : null}
        <div className="composer-box">
          {hasNotes || composing.window.kind === 'closing' ? (
            <div className="composer-head">
              {hasNotes ? (
                <ModeTabs
                  kind={kind}
                  waits={!isEmptyDraft(composing.other.draft)}
                  panelId={panelId}
                  onPick={pick}
                />
              ) : null}
              {kind === 'reply' ? <WindowLine window={composing.window} /> : null}
            </div>
          ) : null}
          <div id={panelId} className="composer-panel" role={hasNotes ? 'tabpanel' : undefined}>
            {isClosed ? (
              <>
                <WindowClosed
                  row={row}
                  onTemplate={onTemplate}
                  onNote={hasNotes ? () => pick('note') : null}
                />
                {text === '' ? null : <StuckText text={text} />}
              </>
            ) : (
              <Writing row={row} composing={composing} boxRef={boxRef} />
            )}
            <GoodToKnow composing={composing} />
            <FileStrip
              files={files}
              isOneEach={
                kind === 'reply' && row.limits.files === 'one' && files.length + composing.links.length > 1
              }
              onDrop={(fileId) => dropFile(desk, place, fileId)}
            />
            <Linked composing={composing} isAsking={asksLink} onAsk={setAsksLink} boxRef={boxRef} />
          </div>
          {isClosed ? null : (
            <Foot {...{ composing, boxRef, onTemplate, asksLink }} onLink={() => setAsksLink(!asksLink)} />
          )}
          {isOver ? (
            <div className="composer-drop" aria-hidden="true">
              {say('compose.drop')}
            </div>
          ) : null}
        </div>
      </form>
      {choosesTemplate ? (
        <TemplateSheet
          conversationId={row.id}
          failure={sending.failure}
          onSend={(use, words) =>
            void send(use, words).then((isKept) => (isKept ? setChoosesTemplate(false) : undefined))
          }
          onClose={() => {
            sending.fail(null)
            setChoosesTemplate(false)
          }}
        />
      ) : null}
    </>
  )
}

type BoxRef = RefObject<HTMLTextAreaElement | null>

function Writing({ row, composing, boxRef }: WritingProps): ReactNode {
  const { can, kind, draft, copies, typing, directory, onFiles } = composing
  const { text, replyTo, mentions } = draft.draft
  const { name, email } = row.who
  const offered = useMemo(
    () => (directory === null ? null : { ...directory, canned: cannedFor(directory, row) }),
    [directory, row],
  )
  return (
    <>
      {copies.isShown ? (
        <MailLines to={email ?? name} {...copies.typed} bad={copies.bad} onChange={copies.change} />
      ) : null}
      {kind === 'reply' && row.limits.quotes && replyTo !== null ? (
        <QuoteLine messageId={replyTo} who={name} onDrop={() => copies.write({ replyTo: null })} />
      ) : null}
      <TextBox
        boxRef={boxRef}
        label={say(kind === 'note' ? 'compose.noteAbout' : 'compose.to', { name })}
        text={text}
        directory={offered}
        kinds={kind === 'note' && can?.mention === true ? lookUps.note : lookUps.reply}
        onWrite={(words, mention) =>
          copies.write(mention === null ? { text: words } : { text: words, mentions: [...mentions, mention] })
        }
        onFiles={onFiles}
        onKey={typing.press}
        onLeave={typing.rest}
      />
    </>
  )
}

interface WritingProps {
  row: ConversationRow
  composing: Composing
  boxRef: BoxRef
}

const lookUps = { reply: ['canned'], note: ['canned', 'mention'] } as const

function Foot({ composing, boxRef, onTemplate, asksLink, onLink }: FootProps): ReactNode {
  const { kind, draft, copies, directory, can, onFiles, isReady, maxLength } = composing
  const { text } = draft.draft
  const signature = kind === 'reply' ? (directory?.me.signature ?? '').trim() : ''
  function insert(words: string): void {
    copies.write({ text: words })
    requestAnimationFrame(() => {
      boxRef.current?.focus()
      boxRef.current?.setSelectionRange(words.length, words.length)
    })
  }
  const sign = signOf(kind, directory, can?.mention ?? false)
  return (
    <div className="composer-foot">
      <ComposeTools
        onFiles={onFiles}
        onLink={!composing.takesLinks ? null : { isOpen: asksLink, run: onLink }}
        onSign={sign === null ? null : { sign, run: () => insert(withSign(text, sign)) }}
        onTemplate={onTemplate}
        onSignature={
          signature === '' || text.includes(signature)
            ? null
            : () => insert(`${text.trimEnd()}\n\n${signature}`.trimStart())
        }
      />
      <FootWord composing={composing} length={lengthOf(text, maxLength)} maxLength={maxLength} />
      <Button
        type="submit"
        look="primary"
        size="small"
        icon={<SendHorizontal size={14} className="turns" />}
        hint={keyHint('send')}
        disabled={!isReady}
      >
        {say(kind === 'note' ? 'compose.addNote' : 'act.send')}
      </Button>
    </div>
  )
}

interface FootProps {
  composing: Composing
  boxRef: BoxRef
  onTemplate: (() => void) | null
  asksLink: boolean
  onLink: () => void
}

/** What the agent should know of the text: too long first, then whether it is kept. */
function FootWord({
  composing,
  length,
  maxLength,
}: {
  composing: Composing
  length: number
  maxLength: number
}): ReactNode {
  const left = maxLength - length
  const { state } = composing.draft
  if (left < Math.min(100, maxLength / 5)) {
    return (
      <span className="composer-word" role="status" data-over={left < 0}>
        {left < 0 ? say('compose.tooLong', { count: -left }) : say('compose.left', { count: left })}
      </span>
    )
  }
  return (
    <span className="composer-word" role="status">
      {state.kind === 'kept' ? say('compose.draftKept') : null}
      {state.kind === 'joined' ? say('compose.draftJoined') : null}
    </span>
  )
}

/** Written before the channel closed: it can be read and copied, and waits for them to write again. */
function StuckText({ text }: { text: string }): ReactNode {
  return (
    <div className="composer-stuck">
      <p className="composer-word">{say('compose.stuck')}</p>
      <textarea
        className="composer-text scrolls"
        dir="auto"
        rows={1}
        readOnly
        value={text}
        aria-label={say('compose.stuck')}
      />
    </div>
  )
}

function signOf(kind: DraftKind, directory: DirectoryRow | null, canMention: boolean): '/' | '@' | null {
  if (kind === 'note' && canMention) return '@'
  return (directory?.canned.length ?? 0) > 0 ? '/' : null
}

function withSign(text: string, sign: string): string {
  return text === '' || /\s$/.test(text) ? text + sign : `${text} ${sign}`
}

/** In the lines above the text: the send key sends, Enter goes on to the text, and Escape leads back to it. */
function besideTheText(event: KeyboardEvent<HTMLFormElement>, box: HTMLTextAreaElement | null): void {
  const { target } = event
  if (!(target instanceof HTMLInputElement) || event.nativeEvent.isComposing) return
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
  else if (event.key === 'Enter' || event.key === 'Escape') box?.focus()
  else return
  event.preventDefault()
}
