import type { Desk } from './desk.ts'

/** Tells view and engine whether the window is seen, has the keys, and which thread is open; returns what stops it. */
export function startPresence(desk: Desk): () => void {
  let reported = ''
  function look(): void {
    desk.view.setState({ isVisible: document.visibilityState === 'visible', isFocused: document.hasFocus() })
  }
  function report(): void {
    const { isVisible, isFocused, openId } = desk.view.getState()
    const input = { visible: isVisible, focused: isFocused, conversationId: openId }
    const written = JSON.stringify(input)
    if (written === reported) return
    reported = written
    void desk.bridge.call('window.report', input)
  }
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
  window.addEventListener('blur', look)
  const unsubscribe = desk.view.subscribe(report)
  report()
  return () => {
    unsubscribe()
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
    window.removeEventListener('blur', look)
  }
}
