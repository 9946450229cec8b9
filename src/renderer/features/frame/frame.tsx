import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { Welcome } from '../accounts/welcome.tsx'
import { useKeys } from '../commands/use-keys.ts'
import { ListPane } from '../inbox/list-pane.tsx'
import { Sidebar } from '../inbox/sidebar.tsx'
import { ThreadPane } from '../thread/thread-pane.tsx'
import { Boundary } from '../../ui/boundary.tsx'
import { BrokenPart } from './broken.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import './frame.css'
import { Toasts } from './toasts.tsx'

const Pickers = lazy(async () => ({ default: (await import('../pickers/pickers.tsx')).Pickers }))
const Dialogs = lazy(async () => ({ default: (await import('./dialogs.tsx')).Dialogs }))

/** The whole window: three panes where there is room, one at a time where there is not. */
export function Frame(): ReactNode {
  useKeys()
  useTheme()
  useTitle()
  const hasDialog = useView((view) => view.dialog !== null)
  const hasPicker = useView((view) => view.picker !== null)
  return (
    <div className="frame">
      <ConnectionBar />
      <Panes />
      {hasDialog ? (
        <Suspense>
          <Dialogs />
        </Suspense>
      ) : null}
      {hasPicker ? (
        <Suspense>
          <Pickers />
        </Suspense>
      ) : null}
      <Toasts />
    </div>
  )
}

function Panes(): ReactNode {
  const desk = useDesk()
  const isLoaded = useMirror((mirror) => mirror.desk !== null)
  const hasAccounts = useMirror((mirror) => (mirror.desk?.accounts.length ?? 0) > 0)
  const openId = useView((view) => view.openId)
  const isThreadOpen = openId !== null
  const isDrawerOpen = useView((view) => view.isDrawerOpen)
  useDrawerFocus(isDrawerOpen)
  if (isLoaded && !hasAccounts) return <Welcome />
  return (
    // What may turn out to be the first screen takes no focus before it is known which it is.
    <div
      className="panes"
      data-shows={isThreadOpen ? 'thread' : 'list'}
      data-drawer={isDrawerOpen}
      inert={!isLoaded}
    >
      <Sidebar />
      {isDrawerOpen ? (
        <button
          type="button"
          className="panes-scrim"
          aria-label={say('sidebar.close')}
          onClick={() => desk.view.setState({ isDrawerOpen: false })}
        />
      ) : null}
      <main className="panes-main" inert={isDrawerOpen}>
        <h1 className="unseen">{say('app.name')}</h1>
        <Boundary fallback={(again) => <BrokenPart onAgain={again} />}>
          <ListPane />
        </Boundary>
        <Boundary of={openId} fallback={(again) => <BrokenPart onAgain={again} />}>
          <ThreadPane />
        </Boundary>
      </main>
    </div>
  )
}

/** The focus goes into the drawer with the eye, and back to the button that opened it. */
function useDrawerFocus(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    document.querySelector<HTMLElement>('.sidebar [aria-current="page"], .sidebar button')?.focus()
    return () => document.querySelector<HTMLElement>('.list-menu')?.focus()
  }, [isOpen])
}

function useTheme(): void {
  const theme = useMirror((mirror) => mirror.desk?.settings.theme ?? null)
  useEffect(() => {
    if (theme !== null) document.documentElement.dataset['theme'] = theme
    if (theme !== null) localStorage.setItem('tuntas.theme', theme)
  }, [theme])
}

function useTitle(): void {
  const count = useMirror((mirror) => mirror.desk?.counts.all.needsYou ?? 0)
  useEffect(() => {
    document.title = count === 0 ? say('app.name') : say('app.title', { count })
  }, [count])
}
