import { bridgeOver, type Bridge } from '../../shared/contract/bridge.ts'
import { loopbackWire, type LoopbackState } from './loopback-wire.ts'
import { preloadWire } from './preload-wire.ts'

/** The bridge to whichever host opened this page. `onState` tells when the engine behind it is gone and back. */
export function connect(onState: (state: LoopbackState) => void): Bridge {
  const preload = preloadWire()
  if (preload !== null) {
    onState('connected')
    return bridgeOver(preload)
  }
  return bridgeOver(
    loopbackWire({
      token: pageToken(),
      fetch: (input, init) => fetch(input, init),
      onState: (state) => {
        onState(state)
        if (state === 'refused') void reloadIfServed()
      },
      onOtherBuild: () => location.reload(),
      pause: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    }),
  )
}

/** The token came with the page and leaves the document at once, so that nothing that copies the page copies it. */
function pageToken(): string {
  const tag = document.querySelector<HTMLMetaElement>('meta[name="tuntas-token"]')
  const token = tag?.content ?? ''
  tag?.remove()
  return token
}

/** A restarted engine knows another token, which a fresh page carries; where there is none, this one stays and says so. */
async function reloadIfServed(): Promise<void> {
  const page = await fetch(location.href, { cache: 'no-store' }).catch(() => null)
  if (page?.ok === true) location.reload()
}
