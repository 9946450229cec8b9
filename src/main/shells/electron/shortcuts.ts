import { globalShortcut } from 'electron'
import type { HostFacts } from '../../../shared/contract/contract.ts'

/** The key that shows and hides the window from anywhere. */
export function createGlobalKey(
  onPressed: () => void,
  tell: (state: HostFacts['globalKey']) => void,
): GlobalKey {
  let wished: string | null = null
  let isHeld = false
  return {
    hold(accelerator) {
      // Asked again whenever any setting changes: a refused key is tried once, not for ever.
      if (accelerator === wished) return
      if (wished !== null && isHeld) globalShortcut.unregister(wished)
      wished = accelerator
      isHeld = accelerator !== null && register(accelerator, onPressed)
      tell(accelerator === null ? 'none' : isHeld ? 'registered' : 'refused')
    },
  }
}

export interface GlobalKey {
  /** Null lets go of it. */
  hold(accelerator: string | null): void
}

/** False when another program holds it; Electron throws for what is no key at all. */
function register(accelerator: string, onPressed: () => void): boolean {
  try {
    return globalShortcut.register(accelerator, onPressed)
  } catch {
    return false
  }
}
