import { chatwoot } from './chatwoot/chatwoot.ts'
import type { Provider } from './provider.ts'

export type ProviderId = 'chatwoot'

/** Every provider there is; an id without its provider does not compile. */
export const providers: Readonly<Record<ProviderId, Provider>> = { chatwoot }
