import type { Wire } from '../../shared/contract/bridge.ts'

declare global {
  interface Window {
    /** Exposed by the preload script; absent in a plain browser. */
    readonly tuntas?: Wire
  }
}

/** The wire through Electron's preload script, where there is one. It cannot be lost while the window lives. */
export function preloadWire(): Wire | null {
  return window.tuntas ?? null
}
