import { morningHour, parseWhen } from './parse-when.ts'

/** The moments offered without typing; those that make no sense right now are left out. */
export function snoozeTimes(nowAt: number): readonly SnoozeTime[] {
  const evening = new Date(nowAt).setHours(eveningHour, 0, 0, 0)
  const tomorrow = new Date(nowAt)
  tomorrow.setDate(tomorrow.getDate() + 1)
  tomorrow.setHours(morningHour, 0, 0, 0)
  const times: SnoozeTime[] = [{ id: 'hour', at: nowAt + hourMs }]
  if (evening - nowAt > 2 * hourMs) times.push({ id: 'evening', at: evening })
  times.push({ id: 'tomorrow', at: tomorrow.getTime() })
  for (const [id, words] of [
    ['nextWeek', 'next week'],
    ['nextMonth', 'next month'],
  ] as const) {
    const when = parseWhen(words, nowAt)
    // On a Sunday next week begins tomorrow, which is there already.
    if (when.kind === 'at' && when.at !== tomorrow.getTime()) times.push({ id, at: when.at })
  }
  return times
}

export interface SnoozeTime {
  readonly id: 'hour' | 'evening' | 'tomorrow' | 'nextWeek' | 'nextMonth'
  readonly at: number
}

const hourMs = 3_600_000
const eveningHour = 18
