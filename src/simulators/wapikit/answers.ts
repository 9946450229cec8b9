import type { SimulatorAnswer } from '../router.ts'
import type { Manners } from './manners.ts'

/** The status, body and content type of what Wapikit answers (docs/providers/wapikit.md §3, §4). */
export function json(body: unknown, status = 200): SimulatorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(body),
  }
}

/** What a handler says when it refuses: an object on one branch, a bare text on the other. */
export function refusal(manners: Manners, status: number, message: string): SimulatorAnswer {
  switch (manners.errorBody) {
    case 'message':
      return json({ message }, status)
    case 'string':
      return json(message, status)
    case 'listed':
      return json({ description: message, errors: [{ field: 'status', message, code: 'invalid' }] }, status)
  }
}

/** What the framework says before any handler, whatever the branch. */
export function frameworkRefusal(status: number, message: string): SimulatorAnswer {
  return json({ message }, status)
}

/** Thrown on the way to an answer; the answer is all there is to say. */
export class TurnedDown extends Error {
  readonly answer: SimulatorAnswer
  constructor(answer: SimulatorAnswer) {
    super(`answered ${answer.status}`)
    this.name = 'TurnedDown'
    this.answer = answer
  }
}

export function turnDown(manners: Manners, status: number, message: string): never {
  throw new TurnedDown(refusal(manners, status, message))
}

/** A nil pointer that nobody recovers: no answer, the connection dies (docs/providers/wapikit.md §3). */
export function panic(): never {
  throw new TurnedDown({ status: 500, headers: {}, body: '', isDropped: true })
}

export function emptyOk(): SimulatorAnswer {
  return { status: 200, headers: {}, body: '' }
}

/** The bundled window's page for paths it does not know: a 200 all the same. */
export function windowPage(): SimulatorAnswer {
  return html(page('404', 'This page could not be found.'))
}

export function html(body: string, status = 200): SimulatorAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

export function page(title: string, text: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`
}
