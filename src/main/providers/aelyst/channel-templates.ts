import type { Loose } from '../../foreign/read.ts'
import { ProviderFailure } from '../provider.ts'
import { readAll, type Lists } from './paging.ts'

/** The templates of one channel; some servers have WhatsApp's under another name (docs/providers/aelyst.md §11). */
export async function readTemplates(
  lists: Lists,
  channelKey: string,
  signal: AbortSignal,
): Promise<readonly Loose[]> {
  const path = `/space/channel/${encodeURIComponent(channelKey)}`
  try {
    return await readAll(lists, { path: `${path}/template` }, signal)
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.kind !== 'gone') throw error
    return readAll(lists, { path: `${path}/mtm` }, signal)
  }
}
