import type { ReactNode } from 'react'
import './brand.css'

/** The mark: a tray with what lies in it settled. The same lines as the app's icon. */
export function BrandMark({ size = 22 }: { size?: number }): ReactNode {
  const isSmall = size < 48
  return (
    <svg className="brand" width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
      <rect x="2" y="2" width="96" height="96" rx="23" className="brand-back" />
      <path d={isSmall ? smallTray : tray} className="brand-tray" strokeWidth={isSmall ? 10 : 6.5} />
      <path
        d={isSmall ? 'm29 40 15 15 27-32' : 'm34 36 12 12 21-25'}
        className="brand-tick"
        strokeWidth={isSmall ? 11 : 9}
      />
    </svg>
  )
}

const smallTray = 'M18 62v10a12 12 0 0 0 12 12h40a12 12 0 0 0 12-12V62'
const tray =
  'M20 58v14a12 12 0 0 0 12 12h36a12 12 0 0 0 12-12V58h-15a4 4 0 0 0-3.5 2.1l-2.4 4.6a4 4 0 0 1-3.5 2.1H44.4a4 4 0 0 1-3.5-2.1l-2.4-4.6A4 4 0 0 0 35 58Z'
