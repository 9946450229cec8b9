import { tellFailure } from './acts.ts'
import type { Desk } from './desk.ts'

/** What breaks behind a key or a button leaves the window as it was; it is told, for nothing came of the press. */
export function startCatching(desk: Desk): void {
  const tell = (): void => tellFailure(desk, { code: 'internal', facts: {}, retryAt: null })
  window.addEventListener('error', (event) => {
    // A picture that does not load is an event of this name as well, and has no error; nor has a chattering observer.
    if (event.error !== null && event.error !== undefined) tell()
  })
  window.addEventListener('unhandledrejection', tell)
}
