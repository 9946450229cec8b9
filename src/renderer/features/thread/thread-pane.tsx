import CircleAlert from 'lucide-react/icons/circle-alert'
import MessagesSquare from 'lucide-react/icons/messages-square'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { say } from '../../../shared/words/words.ts'
import { closeConversation } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import type { ThreadState } from '../../state/mirror.ts'
import { accountOfRow } from '../../state/selectors.ts'
import { Boundary } from '../../ui/boundary.tsx'
import { Button } from '../../ui/button.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { Blank } from '../../ui/notice.tsx'
import { Composer } from '../compose/composer.tsx'
import { keyHint } from '../commands/registry.ts'
import { MessageList } from './message-list.tsx'
import { StrandedActions } from './stranded-actions.tsx'
import { ThreadHead } from './thread-head.tsx'
import './thread-pane.css'

/** The open conversation, or a calm word where none is open. */
export function ThreadPane(): ReactNode {
  const thread = useMirror((mirror) => mirror.thread)
  const openId = useView((view) => view.openId)
  if (openId === null || thread === null) return <NothingOpen />
  return <OpenThread thread={thread} />
}

const ContactPanel = lazy(async () => ({
  default: (await import('../panel/contact-panel.tsx')).ContactPanel,
}))

/** Beside the thread where there is room for both, else over it. */
function OpenThread({ thread }: { thread: ThreadState }): ReactNode {
  const desk = useDesk()
  const ref = useRef<HTMLElement>(null)
  const isSheet = useIsNarrow(ref)
  const { row, conversationId } = thread
  const account = useMirror((mirror) => (row === null ? null : accountOfRow(mirror, row)))
  const panelFor = useView((view) => view.panelFor)
  const isPanelOpen = panelFor !== null && (panelFor === conversationId || !isSheet)
  const isOver = isPanelOpen && isSheet
  useEffect(() => {
    // What lies over a thread would hide the next one that is opened; what is beside it goes along.
    if (isPanelOpen && panelFor !== conversationId) desk.view.setState({ panelFor: conversationId })
  }, [desk, isPanelOpen, panelFor, conversationId])
  const close = (): void => desk.view.setState({ panelFor: null })
  return (
    <section
      ref={ref}
      className="thread"
      data-pane="thread"
      data-panel={isPanelOpen ? (isSheet ? 'over' : 'beside') : 'none'}
      aria-label={row?.who.name ?? say('thread.label')}
    >
      <div className="thread-main" inert={isOver}>
        {row === null ? <HeadWithoutRow /> : <ThreadHead row={row} />}
        <StrandedActions stranded={thread.stranded} named={account?.named ?? null} />
        <ThreadBody thread={thread} />
      </div>
      {isOver ? <div className="thread-scrim" aria-hidden="true" onClick={close} /> : null}
      {isPanelOpen && row !== null ? (
        <Boundary fallback={null}>
          <Suspense>
            <ContactPanel row={row} takesFocus={isSheet} />
          </Suspense>
        </Boundary>
      ) : null}
    </section>
  )
}

/** Below this a thread and a panel side by side would both be too narrow to read. */
const bothFitPx = 780

function useIsNarrow(ref: RefObject<HTMLElement | null>): boolean {
  const [isNarrow, setIsNarrow] = useState(false)
  useEffect(() => {
    const observer = new ResizeObserver(() => setIsNarrow((ref.current?.clientWidth ?? 0) < bothFitPx))
    if (ref.current !== null) observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref])
  return isNarrow
}

function ThreadBody({ thread }: { thread: ThreadState }): ReactNode {
  const desk = useDesk()
  if (thread.phase === 'failed' && thread.failure !== null) {
    return (
      <Blank
        tone="trouble"
        icon={<CircleAlert size={24} />}
        title={say('thread.failed')}
        action={
          <Button onClick={() => void desk.feed.openThread(thread.conversationId)}>
            {say('act.tryAgain')}
          </Button>
        }
      >
        {failureText(thread.failure)}
      </Blank>
    )
  }
  return (
    <>
      {thread.phase === 'loading' ? (
        <LoadingMessages />
      ) : (
        <MessageList key={thread.conversationId} thread={thread} />
      )}
      {thread.row === null ? null : <Composer key={`compose ${thread.conversationId}`} row={thread.row} />}
    </>
  )
}

/** A thread that could not be read has no head of its own, and still needs its way back. */
function HeadWithoutRow(): ReactNode {
  const desk = useDesk()
  return (
    <header className="thread-head">
      <Button look="quiet" onClick={() => closeConversation(desk)}>
        {say('thread.back')}
      </Button>
    </header>
  )
}

function LoadingMessages(): ReactNode {
  const ref = useRef<HTMLDivElement>(null)
  const focusAsk = useView((view) => view.focusAsk)
  useEffect(() => {
    if (focusAsk?.target === 'thread') ref.current?.focus()
  }, [focusAsk])
  return (
    <div className="thread-loading" ref={ref} tabIndex={-1} role="status">
      <span className="unseen">{say('thread.loading')}</span>
      {[62, 38, 54, 30].map((percent, index) => (
        <span key={index} className="ghost ghost-bubble" style={{ inlineSize: `${String(percent)}%` }} />
      ))}
    </div>
  )
}

function NothingOpen(): ReactNode {
  return (
    <section className="thread thread-none" data-pane="thread" aria-label={say('thread.label')}>
      <Blank icon={<MessagesSquare size={24} />} title={say('thread.none')}>
        <span className="thread-none-keys">
          {say('thread.noneMove')} <KeyCap>{keyHint('next')}</KeyCap> <KeyCap>{keyHint('previous')}</KeyCap>
          {say('thread.noneOpen')} <KeyCap>{keyHint('open')}</KeyCap>
        </span>
      </Blank>
    </section>
  )
}
