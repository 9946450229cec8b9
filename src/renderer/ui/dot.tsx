import type { ReactNode } from 'react'
import './dot.css'

/** A dot in a label's own colour, or of somebody's presence; the words beside it say the same. */
export function Dot({ color, availability }: DotProps): ReactNode {
  // A server's colour is let in only where it is plainly one.
  const isColor = color !== undefined && color !== null && /^#[\da-f]{3,8}$/i.test(color)
  return (
    <span
      className="dot"
      aria-hidden="true"
      data-availability={availability}
      ref={(element) => {
        if (isColor) element?.style.setProperty('--dot', color)
      }}
    />
  )
}

interface DotProps {
  color?: string | null
  availability?: 'online' | 'busy' | 'offline'
}
