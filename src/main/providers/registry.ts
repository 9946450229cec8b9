import { aelyst } from './aelyst/aelyst.ts'
import { chatwoot } from './chatwoot/chatwoot.ts'
import { chatwootPublic } from './chatwoot-public/chatwoot-public.ts'
import type { Provider } from './provider.ts'
import { wapikit } from './wapikit/wapikit.ts'

export type ProviderId = 'chatwoot' | 'chatwoot-public' | 'wapikit' | 'aelyst'

/** Every provider there is; an id without its provider does not compile. */
export const providers: Readonly<Record<ProviderId, Provider>> = {
  chatwoot,
  'chatwoot-public': chatwootPublic,
  wapikit,
  aelyst,
}
