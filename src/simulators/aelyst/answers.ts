import type { SimulatorAnswer } from '../router.ts'

/** Status, body and content type of what the API and the CDN before it answer (docs/providers/aelyst.md §5). */
export function json(body: unknown, status = 200): SimulatorAnswer {
  const text = JSON.stringify(body).replaceAll(bigNumber, '$1')
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: text }
}

/** A number in JSON that no JavaScript number can hold. */
export function bigInJson(digits: string): string {
  return `${bigMark}${digits}`
}

/** Thrown where a request is turned down; the answer is all there is to say. */
export class TurnedDown extends Error {
  readonly answer: SimulatorAnswer
  constructor(answer: SimulatorAnswer) {
    super(`answered ${answer.status}`)
    this.name = 'TurnedDown'
    this.answer = answer
  }
}

export const refusals = {
  invalid: (message: unknown = 'Validation error.') => problem(400, message),
  unauthorized: () => problem(401, 'UN_AUTHORIZED'),
  forbidden: () => problem(403, 'Forbidden resource'),
  contactNotFound: () => problem(404, 'Contact not found'),
  notFound: (what: string) => problem(404, `${what} not found`),
  noRoute: (method: string, path: string) => problem(404, `Cannot ${method} ${path}`),
  conflict: () => problem(409, 'A contact with this identifier exists already.'),
  queued: () =>
    problem(
      449,
      'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.',
    ),
  unexpected: () => problem(500, 'Unexpected error occurred'),
  /** A failure that calls itself 200. */
  successFalse: () => json({ success: false, message: 'Something went wrong.' }),
  alreadyConnected: (contactId: number) =>
    problem(400, { contactId, message: 'This channel is already connected to a contact.' }),
}

export function tooMany(retryAfterS: number | null, isInBody: boolean): SimulatorAnswer {
  const told = isInBody && retryAfterS !== null ? { retryAfter: retryAfterS } : {}
  const answer = json({ code: 429, message: 'Too Many Requests', ...told }, 429)
  const headers = retryAfterS === null ? {} : { 'retry-after': String(retryAfterS) }
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** The CDN says no before the API hears of it: a page, no JSON. */
export function cdnBlock(): SimulatorAnswer {
  return page(403, 'The request could not be satisfied', 'Request blocked. Too much traffic came from here.')
}

export function badGateway(status: 502 | 503 | 504): SimulatorAnswer {
  return page(status, `${status} Bad Gateway`, 'The server behind did not answer.')
}

/** A portal's or a shop's page with 200, where an API was expected. */
export function portal(): SimulatorAnswer {
  return page(200, 'Sign in to continue', 'Your network asks you to accept its terms before you go on.')
}

function problem(code: number, message: unknown): SimulatorAnswer {
  return json({ code, message }, code)
}

function page(status: number, title: string, text: string): SimulatorAnswer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`
  return { status, headers: { 'content-type': 'text/html' }, body }
}

/** Private use: nobody types it. */
const bigMark = '\uE000'
const bigNumber = /"\uE000(\d+)"/g
