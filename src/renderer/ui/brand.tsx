import type { ReactNode } from 'react'

/** The mark: a tray whose lip is a tick. */
export function BrandMark({ size = 22 }: { size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect x="1" y="1" width="22" height="22" rx="6.5" fill="var(--accent)" />
      <path
        d="M5.5 12.2h3.1c.5 0 .9.3 1.2.7l1.7 2.5L18 7.4"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M5.5 14.6v1.6c0 1 .8 1.8 1.8 1.8h9.4c1 0 1.8-.8 1.8-1.8v-2.4"
        fill="none"
        stroke="var(--on-accent)"
        strokeOpacity="0.6"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  )
}
