import type { Fault } from '../faults.ts'
import { html, json, page, refusal } from './answers.ts'
import type { World } from './world.ts'

/** The faults of `faults.ts`, and by name what Wapikit and the proxies before it answer instead. */
export type WapikitFault =
  | Exclude<Fault, { kind: 'answer' }>
  | { readonly kind: 'status'; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: 'rateLimited'; readonly resetInMs: number }
  | { readonly kind: 'badGateway'; readonly status: 502 | 503 | 504 }
  | { readonly kind: 'serverError' }
  | { readonly kind: 'refused'; readonly why: 'unauthorized' | 'permission' | 'notFound' }
  | { readonly kind: 'proxyPage' }

export function plainFault(world: World, fault: WapikitFault): Fault {
  const { manners, clock } = world
  switch (fault.kind) {
    case 'status': {
      const headers = { 'content-type': fault.contentType }
      return { kind: 'answer', answer: { status: fault.status, headers, body: fault.body } }
    }
    case 'rateLimited': {
      const reset = Math.floor((clock.now() + fault.resetInMs) / 1000)
      return { kind: 'answer', answer: json({ error: 'Rate limit exceeded', remaining: 0, reset }, 429) }
    }
    case 'badGateway':
      return { kind: 'answer', answer: html(page(`${fault.status}`, 'nginx'), fault.status) }
    case 'serverError':
      return { kind: 'answer', answer: refusal(manners, 500, 'jet: pq: sorry, too many clients already') }
    case 'refused':
      return { kind: 'answer', answer: refusals[fault.why](world) }
    case 'proxyPage':
      return {
        kind: 'answer',
        answer: html(page('Sign in to continue', 'Accept the terms of this network.')),
      }
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

const refusals = {
  unauthorized: ({ manners }: World) => refusal(manners, 401, 'Unauthorized access'),
  permission: ({ manners }: World) =>
    refusal(manners, 401, 'You are not authorized to access this resource.'),
  notFound: ({ manners }: World) => refusal(manners, 404, 'conversation not found'),
}
