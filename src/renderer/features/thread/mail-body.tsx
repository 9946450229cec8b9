import ImageOff from 'lucide-react/icons/image-off'
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Button } from '../../ui/button.tsx'
import { readMail } from './mail-html.ts'
import './mail-body.css'

/** An HTML mail, sanitised; loaded only when one is there to show. */
export function MailBody({ html }: { html: string }): ReactNode {
  const mail = useMemo(() => readMail(html), [html])
  const [showsQuoted, setShowsQuoted] = useState(false)
  return (
    <>
      <Harmless fragment={mail.body} />
      {mail.remoteImages === 0 ? null : (
        <p className="mail-images">
          <ImageOff size={13} aria-hidden="true" />
          {say('mail.imagesOff', { count: mail.remoteImages })}
        </p>
      )}
      {mail.quoted === null ? null : (
        <Button
          look="link"
          size="small"
          aria-expanded={showsQuoted}
          onClick={() => setShowsQuoted(!showsQuoted)}
        >
          {say(showsQuoted ? 'mail.hideQuoted' : 'mail.showQuoted')}
        </Button>
      )}
      {mail.quoted !== null && showsQuoted ? <Harmless fragment={mail.quoted} isQuoted /> : null}
    </>
  )
}

/** Puts sanitised nodes on the page; they are copied, so that they can be shown again. */
function Harmless({
  fragment,
  isQuoted = false,
}: {
  fragment: DocumentFragment
  isQuoted?: boolean
}): ReactNode {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    ref.current?.replaceChildren(document.importNode(fragment, true))
  }, [fragment])
  return <div ref={ref} className={isQuoted ? 'mail mail-quoted' : 'mail'} dir="auto" />
}
