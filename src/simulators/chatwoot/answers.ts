import type { SimulatorAnswer } from '../router.ts'

/** The exact status, body and content type of what Chatwoot and the proxies before it answer (docs/providers/chatwoot.md §4). */
export function json(body: unknown, status = 200): SimulatorAnswer {
  return { status, headers: { ...jsonType }, body: JSON.stringify(body) }
}

/** Thrown where a request is turned down on its way to a route; the answer is all there is to say. */
export class TurnedDown extends Error {
  readonly answer: SimulatorAnswer
  constructor(answer: SimulatorAnswer) {
    super(`answered ${answer.status}`)
    this.name = 'TurnedDown'
    this.answer = answer
  }
}

export function html(body: string, status = 200): SimulatorAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

export function emptyOk(): SimulatorAnswer {
  return { status: 200, headers: { 'content-type': 'text/html' }, body: '' }
}

export function redirectTo(url: string, status: 301 | 302): SimulatorAnswer {
  const body = `<html><body>You are being <a href="${url}">redirected</a>.</body></html>`
  return { status, headers: { location: url, 'content-type': 'text/html; charset=utf-8' }, body }
}

export const refusals = {
  /** No token reached Rails. */
  signIn: () => json({ errors: ['You need to sign in or sign up before continuing.'] }, 401),
  invalidToken: () => json({ error: 'Invalid Access Token' }, 401),
  bot: () => json({ error: 'Access to this endpoint is not authorized for bots' }, 401),
  suspended: () => json({ error: 'Account is suspended' }, 401),
  notMember: () => json({ error: 'You are not authorized to access this account' }, 401),
  denied: () => json({ error: 'You are not authorized to do this action' }, 401),
  notFound: () => json({ error: 'Resource could not be found' }, 404),
  unprocessable: (error: string) => json({ error }, 422),
  badRequest: () => json({ status: 400, error: 'Bad Request' }, 400),
  internal: () => json({ status: 500, error: 'Internal Server Error' }, 500),
  featureOff: () => json({ error: 'This feature is not enabled for this account' }, 403),
  onlyApiInboxes: () => json({ error: 'Message status update is only allowed for API inboxes' }, 403),
  dashboardAsJson: () =>
    json({ error: 'Please use API routes instead of dashboard routes for JSON requests' }, 406),
}

/** A path no route knows: JSON only to who asked for JSON. */
export function unrouted(acceptsJson: boolean): SimulatorAnswer {
  if (acceptsJson) return json({ status: 404, error: 'Not Found' }, 404)
  return html(page('The page you were looking for doesn’t exist', 'Nothing lives at this address.'), 404)
}

/** The throttle says neither how long nor how much, unless somebody configured it to. */
export function rateLimited(retryAfter: string | null): SimulatorAnswer {
  const headers: Record<string, string> = { 'content-type': 'text/plain' }
  if (retryAfter !== null) headers['retry-after'] = retryAfter
  return { status: 429, headers, body: 'Retry later\n' }
}

export function badGateway(status: 502 | 503 | 504): SimulatorAnswer {
  const reasons = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' }
  return html(page(`${status} ${reasons[status]}`, 'nginx'), status)
}

/** A hotel's or a company's sign-in portal: a friendly 200 that is no answer at all. */
export function proxyPage(): SimulatorAnswer {
  return html(page('Sign in to continue', 'Your network asks you to accept its terms before you go on.'))
}

export function otherSite(path: string): SimulatorAnswer {
  if (path === '/') return html(page('Bluebell Bakery', 'Fresh bread, every morning.'))
  return html(page('Not found', 'We bake bread. This page we do not have.'), 404)
}

export function otherApi(): SimulatorAnswer {
  return json({ code: 'no_route', message: 'This is the parcel tracker. There is nothing here.' }, 404)
}

export function page(title: string, text: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' }
