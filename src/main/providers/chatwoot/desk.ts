import type { Clock } from '../../ports/clock.ts'
import { ProviderFailure, type ProviderAccount, type ProviderHost } from '../provider.ts'
import { openClient, type Client } from './client.ts'
import { createInboxes, type Inboxes } from './inboxes.ts'
import { asText } from '../../foreign/read.ts'
import type { Frame } from './transform-message.ts'

/** What every call of one session needs at hand. */
export interface Desk {
  readonly client: Client
  readonly frame: Frame
  readonly clock: Clock
  readonly inboxes: Inboxes
  readonly accountPath: string
  conversationPath(key: string): string
  /** Whether files may go there: the server itself, or elsewhere encrypted. */
  mayUploadTo(url: string): boolean
  /** The server answered with something else than it should have. */
  unexpected(reason: string, mayHaveLeft?: boolean): ProviderFailure
}

export function openDesk(account: ProviderAccount, token: string, host: ProviderHost): Desk {
  const client = namingAccount(openClient({ ...host, baseUrl: account.baseUrl, token }), account)
  const accountPath = `/api/v1/accounts/${encodeURIComponent(account.key)}`
  return {
    client,
    frame: { accountId: account.id, userId: asText(account.settings['userId']), baseUrl: account.baseUrl },
    clock: host.clock,
    inboxes: createInboxes(client, accountPath, host.clock),
    accountPath,
    conversationPath: (key) => `${accountPath}/conversations/${encodeURIComponent(key)}`,
    mayUploadTo(url) {
      if (!URL.canParse(url)) return false
      const { origin, protocol } = new URL(url)
      return origin === new URL(account.baseUrl).origin || protocol === 'https:'
    },
    unexpected: (reason, mayHaveLeft = false) =>
      new ProviderFailure({
        kind: 'protocol',
        code: 'protocol',
        facts: { host: client.host, reason },
        mayHaveLeft,
      }),
  }
}

/** Puts the account's name into the failures that speak of it. */
function namingAccount(client: Client, account: ProviderAccount): Client {
  const name = asText(account.settings[`name.${account.key}`])
  return {
    ...client,
    async call(call, signal) {
      try {
        return await client.call(call, signal)
      } catch (error) {
        if (!(error instanceof ProviderFailure) || error.code !== 'suspended') throw error
        throw new ProviderFailure({ ...error, code: 'suspended', facts: { ...error.facts, account: name } })
      }
    },
  }
}
