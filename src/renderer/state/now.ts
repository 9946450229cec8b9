import { createStore } from 'zustand/vanilla'

/** The one clock of relative times: ticks on the minute, rests while the window is hidden. */
export const nowStore = createStore<{ readonly nowAt: number }>(() => ({ nowAt: Date.now() }))

const minuteMs = 60_000

/** Starts ticking; returns what stops it. */
export function startNow(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function tick(): void {
    clearTimeout(timer)
    if (document.visibilityState !== 'visible') return
    const nowAt = Date.now()
    nowStore.setState({ nowAt })
    timer = setTimeout(tick, minuteMs - (nowAt % minuteMs))
  }
  document.addEventListener('visibilitychange', tick)
  tick()
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}
