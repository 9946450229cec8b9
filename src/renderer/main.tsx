import { createRoot } from 'react-dom/client'
import { connect } from './bridge/connect.ts'
import { attend } from './features/frame/attention.ts'
import { Broken } from './features/frame/broken.tsx'
import { Frame } from './features/frame/frame.tsx'
import { createDesk } from './state/desk.ts'
import { DeskContext } from './state/hooks.ts'
import { startNow } from './state/now.ts'
import { startCatching } from './state/catching.ts'
import { startPresence } from './state/presence.ts'
import { Boundary } from './ui/boundary.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'

start()

/** Opens the window's one desk and draws it. */
function start(): void {
  // Known from last time, so that a dark window does not begin with a white flash.
  const theme = localStorage.getItem('tuntas.theme')
  if (theme !== null) document.documentElement.dataset['theme'] = theme

  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no root')
  const desk = createDesk(connect, attend)
  startNow()
  startPresence(desk)
  startCatching(desk)
  desk.feed.start()
  createRoot(root).render(
    <DeskContext value={desk}>
      <Boundary fallback={<Broken />}>
        <Frame />
      </Boundary>
    </DeskContext>,
  )
}
