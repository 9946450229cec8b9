/**
 * Where secrets live: the OS keychain, or the memory of this process for one session. A secret goes from here to
 * `provider.open` and nowhere else.
 */
export interface Vault {
  readonly kind: 'keychain' | 'session'
  /** Throws VaultFault. */
  get(key: string): Promise<string | null>
  put(key: string, secret: string): Promise<void>
  remove(key: string): Promise<void>
  /** Whether it can be used right now, without storing anything of the agent's. */
  check(): Promise<VaultFault | null>
}

export class VaultFault extends Error {
  readonly why: 'missing' | 'locked' | 'refused'
  constructor(why: 'missing' | 'locked' | 'refused') {
    super(`keychain ${why}`)
    this.name = 'VaultFault'
    this.why = why
  }
}
