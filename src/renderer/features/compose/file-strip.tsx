import CircleAlert from 'lucide-react/icons/circle-alert'
import Paperclip from 'lucide-react/icons/paperclip'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { fileSize } from '../../ui/sizes.ts'
import type { HeldFile } from './file-copies.ts'
import './file-strip.css'

/** Files that go along: how far each is copied, what went wrong, and the way to leave one out. */
export function FileStrip({ files, isOneEach, onDrop }: FileStripProps): ReactNode {
  if (files.length === 0) return null
  return (
    <div className="held-files">
      <ul className="held-list" aria-label={say('files.label')}>
        {files.map((file) => (
          <li key={file.id} className="held-file" data-copy={file.copy.kind}>
            {file.copy.kind === 'failed' || file.copy.kind === 'half' ? (
              <CircleAlert size={16} aria-hidden="true" />
            ) : (
              <Paperclip size={16} aria-hidden="true" />
            )}
            <span className="held-words">
              <span className="held-name cut" dir="auto" title={file.name}>
                {file.name}
              </span>
              <CopyLine file={file} />
            </span>
            <IconButton
              label={say('files.drop', { name: file.name })}
              tipAt="end"
              icon={<X size={14} />}
              onClick={() => onDrop(file.id)}
            />
          </li>
        ))}
      </ul>
      {isOneEach ? <p className="held-hint">{say('files.oneEach')}</p> : null}
    </div>
  )
}

interface FileStripProps {
  files: readonly HeldFile[]
  /** The channel takes one file a message. */
  isOneEach: boolean
  onDrop: (fileId: string) => void
}

function CopyLine({ file }: { file: HeldFile }): ReactNode {
  const { copy } = file
  switch (copy.kind) {
    case 'done':
      return <span className="held-size">{fileSize(file.sizeBytes)}</span>
    case 'half':
      return (
        <span className="held-why" role="alert">
          {say('files.half')}
        </span>
      )
    case 'failed':
      return (
        <span className="held-why" role="alert">
          {failureText(copy.failure)}
        </span>
      )
    case 'copying':
      return (
        <progress
          className="progress-bar"
          aria-label={say('files.copying', { name: file.name })}
          value={copy.bytes}
          max={Math.max(1, file.sizeBytes)}
        />
      )
  }
}
