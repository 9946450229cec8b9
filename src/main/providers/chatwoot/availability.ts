import type { AvailabilityBundle } from '../provider.ts'
import type { Desk } from './desk.ts'

const timeoutMs = 20_000

/** Set for one account at a time, although it belongs to the profile (docs/providers/chatwoot.md §1.1). */
export function availabilityBundle(desk: Desk, accountKey: string): Required<AvailabilityBundle> {
  const set = async (what: string, value: object, signal: AbortSignal): Promise<void> => {
    const body = { profile: { account_id: Number(accountKey), ...value } }
    await desk.client.call({ path: `/api/v1/profile/${what}`, body, timeoutMs }, signal)
  }
  return {
    set: (availability, signal) => set('availability', { availability }, signal),
    setAutoOffline: (isOn, signal) => set('auto_offline', { auto_offline: isOn }, signal),
  }
}
