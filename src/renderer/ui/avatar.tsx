import { useState, type ReactNode } from 'react'
import './avatar.css'
import { hueOf, initialsOf } from './initials.ts'

/** Somebody's picture, or their initials on a colour that is always theirs. The name stands beside it, so it is decoration. */
export function Avatar({ name, media, size = 'normal' }: AvatarProps): ReactNode {
  const [broken, setBroken] = useState<string | null>(null)
  const shows = media !== null && broken !== media
  return (
    <span className={`avatar avatar-${size}`} data-hue={hueOf(name)} aria-hidden="true">
      {shows ? (
        <img src={mediaUrl(media)} alt="" loading="lazy" decoding="async" onError={() => setBroken(media)} />
      ) : (
        initialsOf(name)
      )}
    </span>
  )
}

interface AvatarProps {
  name: string
  media: string | null
  size?: 'tiny' | 'small' | 'normal' | 'large'
}

/** Where the shell serves a foreign file under its opaque id. */
export function mediaUrl(id: string): string {
  return `/media/${encodeURIComponent(id)}`
}
