import AtSign from 'lucide-react/icons/at-sign'
import LayoutTemplate from 'lucide-react/icons/layout-template'
import Link2 from 'lucide-react/icons/link-2'
import Paperclip from 'lucide-react/icons/paperclip'
import Signature from 'lucide-react/icons/signature'
import SquareSlash from 'lucide-react/icons/square-slash'
import { useRef, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { IconButton } from '../../ui/button.tsx'

/** What can be put into a reply besides words; only what works here is there. */
export function ComposeTools({
  onFiles,
  onLink,
  onSign,
  onTemplate,
  onSignature,
}: ComposeToolsProps): ReactNode {
  const fileRef = useRef<HTMLInputElement>(null)
  return (
    <div className="composer-tools">
      {onFiles === null ? null : (
        <>
          <input
            ref={fileRef}
            className="composer-picker"
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])])
              // The same file can be picked again.
              event.currentTarget.value = ''
            }}
          />
          <IconButton
            label={say('compose.attach')}
            tipAt="start"
            icon={<Paperclip size={16} />}
            onClick={() => fileRef.current?.click()}
          />
        </>
      )}
      {onLink === null ? null : (
        <IconButton
          label={say('links.attach')}
          tipAt="start"
          aria-expanded={onLink.isOpen}
          icon={onFiles === null ? <Paperclip size={16} /> : <Link2 size={16} />}
          onClick={onLink.run}
        />
      )}
      {onSign === null ? null : onSign.sign === '/' ? (
        <IconButton
          label={say('compose.canned')}
          hint="/"
          icon={<SquareSlash size={16} />}
          onClick={onSign.run}
        />
      ) : (
        <IconButton
          label={say('compose.mention')}
          hint="@"
          icon={<AtSign size={16} />}
          onClick={onSign.run}
        />
      )}
      {onTemplate === null ? null : (
        <IconButton
          label={say('compose.template')}
          icon={<LayoutTemplate size={16} />}
          onClick={onTemplate}
        />
      )}
      {onSignature === null ? null : (
        <IconButton label={say('compose.signature')} icon={<Signature size={16} />} onClick={onSignature} />
      )}
    </div>
  )
}

interface ComposeToolsProps {
  onFiles: ((files: readonly File[]) => void) | null
  /** Asks for the address of a file. */
  onLink: { readonly isOpen: boolean; readonly run: () => void } | null
  /** Types the sign that begins a lookup. */
  onSign: { readonly sign: '/' | '@'; readonly run: () => void } | null
  onTemplate: (() => void) | null
  onSignature: (() => void) | null
}
