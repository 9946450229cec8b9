/**
 * HTTP as providers see it, shaped for proxies and private CAs: the host decides how to get there and whom to trust.
 * An answer of any status is an answer; everything else is thrown as one HttpFault that names the true cause.
 */
export interface Http {
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  /** A GET that changes something: it is treated like every other write, and never made twice by a host. */
  readonly isWrite?: boolean
  /** From the start of the request to the last byte of the answer. */
  readonly timeoutMs: number
  /** Bodies larger than this are cut off as a `tooLarge` fault. */
  readonly maxBytes: number
  /**
   * Runs in the turn in which the first byte may leave, as late as the host can tell. What it throws is thrown on, and
   * nothing has left then. It may run more than once.
   */
  readonly onLeaving?: () => void
}

/** Whether it may change something at the server. */
export function mayChange({ method, isWrite }: Pick<HttpRequest, 'method' | 'isWrite'>): boolean {
  return isWrite ?? method !== 'GET'
}

/** Redirects are never followed: a 3xx is an answer. Header names are lower case. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

export type HttpFaultKind =
  'dns' | 'refused' | 'tls' | 'timeout' | 'reset' | 'proxy' | 'offline' | 'tooLarge' | 'aborted'

export class HttpFault extends Error {
  readonly kind: HttpFaultKind
  /** Whether the server may have seen any of the request; false only when surely not one byte was written. */
  readonly mayHaveLeft: boolean
  /** What to show: the host, and for TLS the issuer or the reason. Never a header or a body. */
  readonly facts: Readonly<Record<string, string>>
  constructor(kind: HttpFaultKind, mayHaveLeft: boolean, facts: Record<string, string>) {
    super(`${kind}: ${facts['host'] ?? ''}`)
    this.name = 'HttpFault'
    this.kind = kind
    this.mayHaveLeft = mayHaveLeft
    this.facts = facts
  }
}
