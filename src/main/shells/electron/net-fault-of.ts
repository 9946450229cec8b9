import { HttpFault, type HttpFaultKind } from '../../ports/http.ts'

/**
 * Names the true cause of what Chromium's network stack reports as `net::ERR_...`. Whatever is not known to happen
 * before the request is written counts as "may have left": a reply must never be sent twice for a guess.
 */
export function netFaultOf(error: Error, host: string): HttpFault {
  const code = /ERR_[A-Z0-9_]+/.exec(error.message)?.[0] ?? 'ERR_FAILED'
  const known = beforeWriting[code]
  if (known !== undefined) return new HttpFault(known, false, { host, reason: code })
  const tls = tlsReasons[code] ?? (code.startsWith('ERR_CERT_') ? 'not trusted' : undefined)
  if (tls !== undefined) return new HttpFault('tls', false, { host, reason: tls })
  if (/^ERR_(SSL|BAD_SSL)/.test(code))
    return new HttpFault('tls', true, { host, reason: 'no secure connection possible' })
  if (/PROXY|TUNNEL|SOCKS|PAC_/.test(code)) return new HttpFault('proxy', false, { host, reason: code })
  return new HttpFault(afterWriting[code] ?? 'reset', true, { host, reason: code })
}

const beforeWriting: Readonly<Record<string, HttpFaultKind>> = {
  ERR_NAME_NOT_RESOLVED: 'dns',
  ERR_NAME_RESOLUTION_FAILED: 'dns',
  ERR_DNS_TIMED_OUT: 'dns',
  ERR_DNS_SERVER_FAILED: 'dns',
  ERR_DNS_MALFORMED_RESPONSE: 'dns',
  ERR_ICANN_NAME_COLLISION: 'dns',
  ERR_CONNECTION_REFUSED: 'refused',
  ERR_CONNECTION_FAILED: 'refused',
  ERR_UNSAFE_PORT: 'refused',
  ERR_INTERNET_DISCONNECTED: 'offline',
  ERR_ADDRESS_UNREACHABLE: 'offline',
  ERR_ADDRESS_INVALID: 'offline',
  ERR_NETWORK_ACCESS_DENIED: 'offline',
  // Connecting took too long; a request that takes too long is ERR_TIMED_OUT.
  ERR_CONNECTION_TIMED_OUT: 'timeout',
}

/** A certificate is judged before the request is written. */
const tlsReasons: Readonly<Record<string, string>> = {
  ERR_CERT_DATE_INVALID: 'expired or not valid yet',
  ERR_CERT_COMMON_NAME_INVALID: 'wrong host',
  ERR_CERT_AUTHORITY_INVALID: 'unknown issuer',
  ERR_CERT_REVOKED: 'revoked',
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: 'outdated',
  ERR_CERT_WEAK_KEY: 'outdated',
  ERR_SSL_VERSION_OR_CIPHER_MISMATCH: 'no encryption in common',
  ERR_SSL_UNRECOGNIZED_NAME_ALERT: 'wrong host',
  ERR_SSL_SERVER_CERT_BAD_FORMAT: 'not readable',
}

const afterWriting: Readonly<Record<string, HttpFaultKind>> = {
  ERR_TIMED_OUT: 'timeout',
  ERR_RESPONSE_BODY_TOO_BIG_TO_DRAIN: 'tooLarge',
  ERR_ABORTED: 'aborted',
}
