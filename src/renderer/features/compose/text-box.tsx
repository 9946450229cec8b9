import { useId, type ClipboardEvent, type ReactNode, type RefObject } from 'react'
import type { DirectoryRow } from '../../../shared/contract/contract.ts'
import type { Mention } from '../../../shared/domain/reply.ts'
import { OfferList, offerId } from './offer-list.tsx'
import type { Lookup } from './completion.ts'
import { useCompletion } from './use-completion.ts'

/** The words themselves, with what may be inserted offered above them. */
export function TextBox(props: TextBoxProps): ReactNode {
  const { boxRef, label, text, directory, kinds, onWrite, onFiles, onKey, onLeave } = props
  const listId = useId()
  const completion = useCompletion({ ref: boxRef, text, directory, kinds, onPick: onWrite })
  const { offers, active } = completion

  function paste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files]
    // Office programs put a picture of the words beside the words.
    const hasWords = event.clipboardData.types.includes('text/plain')
    if (onFiles === null || files.length === 0 || hasWords) return
    event.preventDefault()
    onFiles(files)
  }

  return (
    <>
      <OfferList id={listId} completion={completion} />
      <textarea
        ref={boxRef}
        className="composer-text scrolls"
        dir="auto"
        rows={1}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={offers.length === 0 ? undefined : listId}
        aria-activedescendant={offers.length === 0 ? undefined : offerId(listId, active)}
        placeholder={label}
        value={text}
        onChange={(event) => {
          onWrite(event.target.value, null)
          onKey()
          completion.look()
        }}
        onKeyDown={completion.onKeyDown}
        onSelect={completion.look}
        onPaste={paste}
        onFocus={completion.look}
        onBlur={() => {
          completion.look()
          onLeave()
        }}
      />
    </>
  )
}

interface TextBoxProps {
  boxRef: RefObject<HTMLTextAreaElement | null>
  label: string
  text: string
  directory: DirectoryRow | null
  kinds: readonly Lookup['kind'][]
  onWrite: (text: string, mention: Mention | null) => void
  onFiles: ((files: readonly File[]) => void) | null
  onKey: () => void
  onLeave: () => void
}
