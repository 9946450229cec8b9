import { HttpFault, type HttpFaultKind } from '../../ports/http.ts'

/**
 * Names the true cause of what undici, TLS, DNS or a socket threw. `hasStarted` says whether a connection had been
 * handed to the request; a fault that belongs to reaching the server means that nothing had left, whatever it says.
 */
export function faultOf(error: unknown, host: string, hasStarted: boolean): HttpFault {
  if (error instanceof HttpFault) return error
  if (error instanceof ProxyTrouble) return new HttpFault('proxy', false, { host, reason: error.reason })
  if (error instanceof ConnectTrouble) return connectFault(error.cause, host, error.issuer)
  if (!hasStarted) return connectFault(error, host, null)
  return new HttpFault(startedKinds[codeOf(error)] ?? 'reset', true, { host, reason: codeOf(error) })
}

/** Getting a connection to the server failed. Wrapped so that undici takes it for what it is and gives up at once. */
export class ConnectTrouble extends Error {
  readonly issuer: string | null
  constructor(cause: unknown, issuer: string | null) {
    super('no connection', { cause })
    this.name = 'ConnectTrouble'
    this.issuer = issuer
  }
}

/** The proxy itself could not be reached, or refused to pass us on. */
export class ProxyTrouble extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.name = 'ProxyTrouble'
    this.reason = reason
  }
}

/** Why the proxy could not be reached, in a word or two. */
export function proxyTrouble(cause: unknown): ProxyTrouble {
  if (cause instanceof ProxyTrouble) return cause
  const { kind, facts } = connectFault(cause, '', null)
  return new ProxyTrouble(kind === 'tls' ? `${kind}, ${facts['reason'] ?? ''}` : kind)
}

function connectFault(cause: unknown, host: string, issuer: string | null): HttpFault {
  const code = codeOf(cause)
  const reason =
    tlsReasons[code] ??
    (/^(ERR_SSL|ERR_TLS|EPROTO|CERT_)/.test(code) ? 'no secure connection possible' : null)
  if (reason !== null)
    return new HttpFault('tls', false, { host, reason, ...(issuer === null ? {} : { issuer }) })
  return new HttpFault(connectKinds[code] ?? 'reset', false, { host, reason: code })
}

/** An error's code; of several tried addresses, the first that has one. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== '') ?? ''
  return ''
}

const connectKinds: Readonly<Record<string, HttpFaultKind>> = {
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EAI_NONAME: 'dns',
  EAI_NODATA: 'dns',
  EAI_AGAIN: 'offline',
  ENETUNREACH: 'offline',
  EHOSTUNREACH: 'offline',
  ENETDOWN: 'offline',
  EHOSTDOWN: 'offline',
  EADDRNOTAVAIL: 'offline',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
}

const startedKinds: Readonly<Record<string, HttpFaultKind>> = {
  ETIMEDOUT: 'timeout',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
  UND_ERR_ABORTED: 'aborted',
}

const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not valid yet',
  CERT_REVOKED: 'revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong host',
  EPROTO: 'no encryption spoken there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no encryption spoken there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no encryption spoken there',
}
