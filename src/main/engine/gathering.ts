import type { AccountId } from '../../shared/domain/ids.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Clock } from '../ports/clock.ts'

/** What came while we were away, of all accounts that were: told together once they caught up, or soon after the first. */
export interface Gathering {
  add(message: Message): void
  wasAway(id: AccountId): void
  caughtUp(id: AccountId): void
  stop(): void
}

/** For so long the first account that caught up waits for the others. */
const othersMs = 5_000

export function createGathering(
  clock: Pick<Clock, 'after'>,
  tell: (came: readonly Message[]) => void,
  broke: (error: unknown) => void,
): Gathering {
  const away = new Set<AccountId>()
  let came: Message[] = []
  let cancel: (() => void) | null = null

  function end(): void {
    cancel?.()
    cancel = null
    const all = came
    came = []
    try {
      tell(all)
    } catch (error) {
      broke(error)
    }
  }

  return {
    add: (message) => void came.push(message),
    wasAway: (id) => void away.add(id),
    caughtUp(id) {
      away.delete(id)
      if (away.size === 0) end()
      else cancel ??= clock.after(othersMs, end)
    },
    stop: () => cancel?.(),
  }
}
