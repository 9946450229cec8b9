import type { FailureCode } from '../../shared/contract/failure.ts'
import { HttpFault, type HttpAnswer } from '../ports/http.ts'
import { ProviderFailure, type ProviderFailureKind } from '../providers/provider.ts'

/** Where and when an answer came, for the sentence the agent reads. */
export interface Asked {
  readonly host: string
  /** Our clock, epoch ms. */
  readonly now: number
  readonly isWrite: boolean
}

/** What was thrown on the way. Anything but a fault of the network is a defect, and still leaves as a failure. */
export function failureOfFault(error: unknown, asked: Asked): ProviderFailure {
  if (error instanceof ProviderFailure) return error
  if (!(error instanceof HttpFault)) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return new ProviderFailure({
      kind: 'protocol',
      code: 'protocol',
      facts: { host: asked.host, reason },
      mayHaveLeft: asked.isWrite,
    })
  }
  const facts: Record<string, string> = { ...error.facts, host: asked.host }
  const mayHaveLeft = error.mayHaveLeft && asked.isWrite
  const fail = (kind: ProviderFailureKind, code: FailureCode) =>
    new ProviderFailure({ kind, code, facts, mayHaveLeft })
  switch (error.kind) {
    case 'dns':
    case 'refused':
    case 'tls':
    case 'reset':
    case 'proxy':
    case 'offline':
      return fail('offline', error.kind)
    case 'timeout':
      return fail(error.mayHaveLeft ? 'busy' : 'offline', 'timeout')
    case 'aborted':
      return fail('offline', 'reset')
    case 'tooLarge':
      facts['reason'] = 'answer too large'
      return fail('protocol', 'protocol')
  }
}

export function isHtml(answer: HttpAnswer): boolean {
  if (answer.headers['content-type']?.includes('html')) return answer.bytes.length > 0
  return /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(answer.bytes.subarray(0, 200)))
}

/** Whether a redirect only wants the same address with encryption. */
export function wantsHttps(location: URL | null, url: URL): boolean {
  return url.protocol === 'http:' && location?.protocol === 'https:' && location.hostname === url.hostname
}

/** Where a redirect leads. */
export function locationOf(answer: HttpAnswer, url: URL): URL | null {
  const location = answer.headers['location']
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null
}
