import type { Fault } from '../faults.ts'
import { badGateway, cdnBlock, portal, refusals, tooMany } from './answers.ts'
import type { World } from './world.ts'

/** The faults of `faults.ts`, and by name what this API is known to answer instead (docs/providers/aelyst.md §5). */
export type AelystFault =
  | Exclude<Fault, { kind: 'answer' }>
  | { readonly kind: 'status'; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: 'rateLimited'; readonly retryAfter: number | null }
  | { readonly kind: 'badGateway'; readonly status: 502 | 503 | 504 }
  | { readonly kind: 'alreadyConnected'; readonly contact: number }
  | { readonly kind: PlainRefusal }

export const plainRefusals = [
  'validation',
  'unauthorized',
  'forbidden',
  'cdnBlock',
  'contactNotFound',
  'conflict',
  'queued',
  'serverError',
  'successFalse',
  'portal',
] as const

export type PlainRefusal = (typeof plainRefusals)[number]

const answers = {
  validation: () => refusals.invalid(),
  unauthorized: refusals.unauthorized,
  forbidden: refusals.forbidden,
  cdnBlock,
  contactNotFound: refusals.contactNotFound,
  conflict: refusals.conflict,
  queued: refusals.queued,
  serverError: refusals.unexpected,
  successFalse: refusals.successFalse,
  portal,
}

export function plainFault(world: World, fault: AelystFault): Fault {
  switch (fault.kind) {
    case 'status': {
      const headers = { 'content-type': fault.contentType }
      return { kind: 'answer', answer: { status: fault.status, headers, body: fault.body } }
    }
    case 'rateLimited':
      return { kind: 'answer', answer: limitedAnswer(world, fault.retryAfter) }
    case 'badGateway':
      return { kind: 'answer', answer: badGateway(fault.status) }
    case 'alreadyConnected':
      return { kind: 'answer', answer: refusals.alreadyConnected(fault.contact) }
    case 'validation':
    case 'unauthorized':
    case 'forbidden':
    case 'cdnBlock':
    case 'contactNotFound':
    case 'conflict':
    case 'queued':
    case 'serverError':
    case 'successFalse':
    case 'portal':
      return { kind: 'answer', answer: answers[fault.kind]() }
    case 'latency':
    case 'resetBeforeAccept':
    case 'dropAfterAccept':
    case 'hang':
    case 'acceptThenHang':
    case 'acceptLate':
    case 'junkJson':
    case 'halfJson':
    case 'cutOff':
    case 'slowDrip':
      return fault
  }
}

function limitedAnswer({ manners }: World, retryAfterS: number | null) {
  const answer = tooMany(retryAfterS, manners.tellsRetryInBody)
  const told = { 'x-ratelimit-limit': String(manners.limitPerSecond), 'x-ratelimit-remaining': '0' }
  return { ...answer, headers: { ...answer.headers, ...told } }
}
