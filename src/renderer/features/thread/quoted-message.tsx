import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { toast } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import './quoted-message.css'

/** The message another one answers, in a line above it; leads there. */
export function QuotedMessage({ messageId, who }: { messageId: string; who: string }): ReactNode {
  const desk = useDesk()
  const message = useMirror((mirror) => mirror.thread?.messages.find((each) => each.id === messageId) ?? null)
  const name = message?.side === 'me' ? say('thread.you') : (message?.author?.name ?? who)
  const words =
    message === null ? '' : message.text === '' ? (message.attachments[0]?.name ?? '') : message.text
  return (
    <button type="button" className="quoted" onClick={() => void goTo(desk, messageId)}>
      {message === null ? (
        say('quoted.earlier')
      ) : (
        <>
          <span className="quoted-who cut" dir="auto">
            {name}
          </span>
          <span className="quoted-words" dir="auto">
            {message.isDeleted ? say('thread.deleted') : words}
          </span>
        </>
      )}
    </button>
  )
}

/** Earlier messages are fetched for as long as that brings it closer, within reason. */
async function goTo(desk: Desk, messageId: string): Promise<void> {
  for (let page = 0; page < mostPages && !isHeld(desk, messageId); page += 1) {
    const { thread } = desk.mirror.getState()
    if (thread === null || !thread.hasOlder || thread.older === 'failed') break
    await desk.feed.older()
  }
  if (!isHeld(desk, messageId)) return toast(desk, { title: say('quoted.notHere') })
  requestAnimationFrame(() => {
    const element = document.getElementById(`message-${messageId}`)
    element?.scrollIntoView({ block: 'center' })
    element?.focus({ preventScroll: true })
    element?.animate([{ opacity: 0.3 }, { opacity: 1 }], { duration: 600 })
  })
}

const mostPages = 20

function isHeld(desk: Desk, messageId: string): boolean {
  return desk.mirror.getState().thread?.messages.some((each) => each.id === messageId) ?? false
}
