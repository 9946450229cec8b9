import { createSecureContext, getCACertificates, TLSSocket, type SecureContext } from 'node:tls'
import { buildConnector, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici'
import { ConnectTrouble, ProxyTrouble, proxyTrouble } from './http-fault-of.ts'

/**
 * The two ways out. A connection that died unseen (sleep, a proxy's own time-out) swallows what is written on it, and
 * then nobody knows whether a reply has left. A new one fails before the first byte, which is safe to repeat: so no
 * write meets a used connection.
 */
export interface Lanes {
  readonly reads: Dispatcher
  readonly writes: Dispatcher
  close(): Promise<void>
}

export interface LaneOptions {
  /** Where the proxies are named; this process's environment unless told otherwise. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Further authorities to trust, PEM. */
  readonly trust?: readonly string[]
  readonly connectTimeoutMs?: number
}

/** Longer than any poll interval: a new TLS handshake for every poll would cost more than all the rest. */
const idleMs = 90_000

/** Opens both lanes with the proxies of the environment and the authorities this computer trusts. */
export function openLanes(options: LaneOptions): Lanes {
  const timeout = options.connectTimeoutMs ?? 10_000
  const secureContext = once(() => trusted(options.trust ?? []))
  const connect = connector(timeout, secureContext)
  const proxies = proxiesOf(options.env ?? process.env)
  const isProxied = proxies.httpProxy !== '' || proxies.httpsProxy !== ''
  const tls = isProxied ? { secureContext: secureContext(), timeout } : { timeout }
  const open = () => {
    const agent = {
      connect,
      connections: 8,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
    }
    return new EnvHttpProxyAgent({
      ...agent,
      ...proxies,
      requestTls: tls,
      proxyTls: tls,
      clientFactory: proxyPool,
    })
  }
  const reads = opened(open)
  const writes = opened(open)
  return {
    reads,
    writes,
    async close() {
      await Promise.all([reads.destroy(), writes.destroy()])
    },
  }
}

function opened<T>(open: () => T): T {
  try {
    return open()
  } catch {
    throw new ProxyTrouble('its address in the environment is not one')
  }
}

/** This computer itself is never reached through a proxy. */
function proxiesOf(env: NonNullable<LaneOptions['env']>): {
  httpProxy: string
  httpsProxy: string
  noProxy: string
} {
  const all = env['all_proxy'] ?? env['ALL_PROXY'] ?? ''
  const httpProxy = env['http_proxy'] ?? env['HTTP_PROXY'] ?? all
  const httpsProxy = env['https_proxy'] ?? env['HTTPS_PROXY'] ?? (all === '' ? httpProxy : all)
  const excluded = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').trim()
  return { httpProxy, httpsProxy, noProxy: excluded === '*' ? '*' : `${excluded},localhost,127.0.0.1,[::1]` }
}

function connector(timeout: number, secureContext: () => SecureContext): buildConnector.connector {
  const plain = buildConnector({ timeout })
  const secure = once(() => buildConnector({ timeout, secureContext: secureContext() }))
  return (options, callback) => {
    let issuer: string | null = null
    const connect = options.protocol === 'https:' ? secure() : plain
    // undici's connector does return its socket, though its types keep that to themselves.
    const socket: unknown = connect(options, (...[error, connected]) => {
      if (error === null) callback(null, connected)
      else callback(new ConnectTrouble(error, issuer), null)
    })
    if (socket instanceof TLSSocket) {
      // Before the certificate is judged: afterwards a refused one can no longer be read.
      socket.prependOnceListener('secure', () => (issuer = issuerOf(socket)))
    }
  }
}

function issuerOf(socket: TLSSocket): string | null {
  const issuer: unknown = socket.getPeerCertificate().issuer
  if (typeof issuer !== 'object' || issuer === null) return null
  const names = new Map<string, unknown>(Object.entries(issuer))
  const name = names.get('O') ?? names.get('CN')
  return typeof name === 'string' && name !== '' ? name : null
}

/** What Node ships, what NODE_EXTRA_CA_CERTS adds, and what the system trusts: company authorities live there. */
function trusted(further: readonly string[]): SecureContext {
  const ca = new Set([...getCACertificates('default'), ...getCACertificates('system'), ...further])
  return createSecureContext({ ca: [...ca] })
}

/** The connections to a proxy: whatever goes wrong on them is the proxy's fault, not the server's. */
function proxyPool(origin: URL, options: object): Dispatcher {
  return new ProxyPool(origin, options)
}

class ProxyPool extends Pool {
  override connect(options: Omit<Dispatcher.ConnectOptions, 'origin'>): Promise<Dispatcher.ConnectData>
  override connect(
    options: Omit<Dispatcher.ConnectOptions, 'origin'>,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void
  override async connect(
    options: Omit<Dispatcher.ConnectOptions, 'origin'>,
  ): Promise<Dispatcher.ConnectData> {
    const tunnel = await super.connect(options).catch((error: unknown) => {
      throw proxyTrouble(error)
    })
    if (tunnel.statusCode === 200) return tunnel
    tunnel.socket.on('error', () => undefined).destroy()
    throw new ProxyTrouble(
      tunnel.statusCode === 407 ? 'it asks for a sign-in (407)' : `status ${tunnel.statusCode}`,
    )
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
