import type { LucideIcon } from 'lucide-react'
import Download from 'lucide-react/icons/download'
import File from 'lucide-react/icons/file'
import FileAudio from 'lucide-react/icons/file-audio'
import FileVideo from 'lucide-react/icons/file-video'
import MapPin from 'lucide-react/icons/map-pin'
import UserRound from 'lucide-react/icons/user-round'
import { useState, type ReactNode } from 'react'
import type { AttachmentRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { mediaUrl } from '../../ui/avatar.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { fileSize } from '../../ui/sizes.ts'
import './attachments.css'

/** What came along with a message: pictures to look at, everything else to save. Nothing opens by itself. */
export function Attachments({ attachments }: { attachments: readonly AttachmentRow[] }): ReactNode {
  if (attachments.length === 0) return null
  return (
    <ul className="attachments">
      {attachments.map((attachment, index) => (
        <li key={index}>
          {attachment.kind === 'image' && attachment.media !== null ? (
            <Picture attachment={attachment} media={attachment.media} />
          ) : (
            <FileCard attachment={attachment} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Picture({ attachment, media }: { attachment: AttachmentRow; media: string }): ReactNode {
  const [isLarge, setIsLarge] = useState(false)
  const [isBroken, setIsBroken] = useState(false)
  if (isBroken) return <FileCard attachment={attachment} />
  const { width, height } = attachment
  // Its place is kept before it loads, so that nothing being read moves.
  const style =
    width === null || height === null
      ? {}
      : {
          aspectRatio: `${String(width)} / ${String(height)}`,
          inlineSize: `min(${String(width)}px, 20rem, 70cqi)`,
        }
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={say('attachment.enlarge', { name: attachment.name })}
        onClick={() => setIsLarge(true)}
      >
        <img
          src={mediaUrl(attachment.thumb ?? media)}
          alt=""
          style={style}
          loading="lazy"
          decoding="async"
          onError={() => setIsBroken(true)}
        />
      </button>
      {isLarge ? (
        <Dialog
          title={attachment.name}
          closeLabel={say('dialog.close')}
          size="wide"
          onClose={() => setIsLarge(false)}
        >
          <img className="picture-large" src={mediaUrl(media)} alt={attachment.name} />
          <FileCard attachment={attachment} />
        </Dialog>
      ) : null}
    </>
  )
}

const icons: Record<AttachmentRow['kind'], LucideIcon> = {
  image: File,
  file: File,
  other: File,
  audio: FileAudio,
  video: FileVideo,
  location: MapPin,
  contact: UserRound,
}

function FileCard({ attachment }: { attachment: AttachmentRow }): ReactNode {
  const Icon = icons[attachment.kind]
  const inside = (
    <>
      <Icon size={18} aria-hidden="true" />
      <span className="file-words">
        <span className="file-name" dir="auto">
          {attachment.name}
        </span>
        <span className="file-size">
          {attachment.sizeBytes === null
            ? say(`attachment.${attachment.kind}`)
            : fileSize(attachment.sizeBytes)}
        </span>
      </span>
    </>
  )
  if (attachment.media === null) return <div className="file">{inside}</div>
  return (
    <a className="file" href={mediaUrl(attachment.media)} download={attachment.name}>
      <span className="unseen">{say('attachment.save')}</span>
      {inside}
      <Download size={15} aria-hidden="true" />
    </a>
  )
}
