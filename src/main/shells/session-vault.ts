import type { Vault } from '../ports/vault.ts'

/** Keeps secrets in the memory of this process: gone when the app quits, which is its promise. */
export function sessionVault(): Vault {
  const secrets = new Map<string, string>()
  return {
    kind: 'session',
    get: async (key) => secrets.get(key) ?? null,
    put: async (key, secret) => void secrets.set(key, secret),
    remove: async (key) => void secrets.delete(key),
    check: async () => null,
  }
}
