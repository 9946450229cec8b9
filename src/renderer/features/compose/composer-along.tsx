import type { ReactNode, RefObject } from 'react'
import { say } from '../../../shared/words/words.ts'
import { LinkAsk, LinkStrip } from './link-strip.tsx'
import type { Composing } from './use-composing.ts'

/** Files by their address: those that go along, and the line that asks for one more. */
export function Linked({ composing, isAsking, onAsk, boxRef }: LinkedProps): ReactNode {
  const { links, takesLinks, copies } = composing
  function change(next: readonly string[]): void {
    copies.write({ links: next })
    onAsk(false)
    boxRef.current?.focus()
  }
  return (
    <>
      <LinkStrip links={links} onChange={change} />
      {isAsking && takesLinks ? (
        <LinkAsk
          links={links}
          onAdd={(link) => change([...links, link])}
          onClose={() => {
            onAsk(false)
            boxRef.current?.focus()
          }}
        />
      ) : null}
    </>
  )
}

interface LinkedProps {
  composing: Composing
  isAsking: boolean
  onAsk: (isAsking: boolean) => void
  boxRef: RefObject<HTMLTextAreaElement | null>
}

/** What this account makes of what is being written, where that is not what one would expect. */
export function GoodToKnow({ composing }: { composing: Composing }): ReactNode {
  const { account, kind, draft, isClosed } = composing
  if (account === null || isClosed) return null
  const { placeholders, notes } = account.named
  const sign = placeholders.find((each) => draft.draft.text.includes(each))
  if (kind === 'note' && notes === 'echo')
    return <p className="composer-know">{say('compose.noteEcho', { host: account.host })}</p>
  return kind === 'reply' && sign !== undefined ? (
    <p className="composer-know" role="status">
      {say('compose.placeholder', { sign, host: account.host })}
    </p>
  ) : null
}
