import { expect, test } from 'vitest'
import { netFaultOf } from './net-fault-of.ts'

test.each([
  ['net::ERR_NAME_NOT_RESOLVED', 'dns', false],
  ['net::ERR_CONNECTION_REFUSED', 'refused', false],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline', false],
  ['net::ERR_ADDRESS_UNREACHABLE', 'offline', false],
  ['net::ERR_CONNECTION_TIMED_OUT', 'timeout', false],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'tls', false],
  ['net::ERR_CERT_SOMETHING_NEW', 'tls', false],
  ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy', false],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy', false],
  ['net::ERR_TIMED_OUT', 'timeout', true],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'tls', true],
  ['net::ERR_CONNECTION_RESET', 'reset', true],
  ['net::ERR_CONNECTION_CLOSED', 'reset', true],
  ['net::ERR_EMPTY_RESPONSE', 'reset', true],
  ['net::ERR_NETWORK_CHANGED', 'reset', true],
  ['net::ERR_NETWORK_IO_SUSPENDED', 'reset', true],
  ['net::ERR_SOMETHING_NEW', 'reset', true],
  ['Redirect was cancelled', 'reset', true],
] as const)('%s is %s, and whether it may have left is %s', (message, kind, mayHaveLeft) => {
  const fault = netFaultOf(new Error(message), 'support.example.com')
  expect(fault).toMatchObject({ kind, mayHaveLeft, facts: { host: 'support.example.com' } })
})
