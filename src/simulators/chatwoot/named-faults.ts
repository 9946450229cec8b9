import type { Fault } from '../faults.ts'
import { badGateway, html, page, proxyPage, rateLimited, redirectTo, refusals } from './answers.ts'
import type { World } from './world.ts'

/** The faults of `faults.ts`, and by name what Chatwoot and its proxies are known to answer instead. */
export type ChatwootFault =
  | Exclude<Fault, { kind: 'answer' }>
  | { readonly kind: 'status'; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: 'rateLimited'; readonly retryAfter: string | null }
  | { readonly kind: 'badGateway'; readonly status: 502 | 503 | 504 }
  /** 449, as servers and proxies of Microsoft's ask for the same again. */
  | { readonly kind: 'retryWith' }
  | { readonly kind: 'serverError' }
  | { readonly kind: 'serverErrorPage' }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'proxyPage' }
  | { readonly kind: 'toHttps' }

export type Refusal = 'signIn' | 'invalidToken' | 'bot' | 'suspended' | 'notMember' | 'denied' | 'notFound'

export function plainFault(world: World, fault: ChatwootFault): Fault {
  switch (fault.kind) {
    case 'status': {
      const headers = { 'content-type': fault.contentType }
      return { kind: 'answer', answer: { status: fault.status, headers, body: fault.body } }
    }
    case 'rateLimited':
      return { kind: 'answer', answer: rateLimited(fault.retryAfter) }
    case 'badGateway':
      return { kind: 'answer', answer: badGateway(fault.status) }
    case 'retryWith':
      return { kind: 'answer', answer: html(page('Retry With', 'Send the request again.'), 449) }
    case 'serverError':
      return { kind: 'answer', answer: refusals.internal() }
    case 'serverErrorPage':
      return { kind: 'answer', answer: html(page('Something went wrong', 'We have been told.'), 500) }
    case 'refused':
      return { kind: 'answer', answer: refusals[fault.why]() }
    case 'proxyPage':
      return { kind: 'answer', answer: proxyPage() }
    case 'toHttps':
      return { kind: 'answer', answer: redirectTo(world.installation.origin.replace('http:', 'https:'), 301) }
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
