/**
 * Chromium knows no `app://`, so every page of a custom scheme is served at an https address that cannot exist:
 * `app://tuntas/x` is `https://tuntas.app-scheme.test/x` inside the page, and `app://tuntas/x` everywhere else -
 * in the app's process, in `senderFrame`, in navigation events and in the preload's `location`. Both are standard,
 * secure origins of their own, so same-origin rules, `'self'` in a policy and secure-context features are the same.
 */
export function toPage(appUrl: string): string {
  const parts = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/s.exec(appUrl)
  if (parts === null || isOrdinary(parts[1] ?? '')) return appUrl
  return `https://${parts[2] ?? ''}.${parts[1] ?? ''}-scheme.test${parts[3] ?? ''}`
}

export function toApp(pageUrl: string): string {
  return pageUrl.replace(/^https:\/\/([^./]+)\.([a-z][a-z0-9+-]*)-scheme\.test(?=[/?#]|$)/, '$2://$1')
}

/** The scheme a page address stands for, or its own. */
export function schemeOf(pageUrl: string): string {
  return new URL(toApp(pageUrl)).protocol.slice(0, -1)
}

export function originOf(appUrl: string): string {
  return /^[a-z][a-z0-9+-]*:\/\/[^/?#]*/.exec(appUrl)?.[0] ?? 'null'
}

function isOrdinary(scheme: string): boolean {
  return ['http', 'https', 'ws', 'wss', 'file', 'devtools', 'chrome'].includes(scheme)
}
