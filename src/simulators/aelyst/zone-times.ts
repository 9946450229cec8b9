import { invalid, isText } from './exchange.ts'

/** The moment that "2026-03-14 12:00" is in a time zone, epoch ms; a time with its own zone is what it says. */
export function momentIn(value: unknown, timezone: string): number {
  if (!isText(value)) throw invalid()
  const local = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(value)
  if (local === null) return read(value)
  const asUtc = read(`${local[1] ?? ''}T${local[2] ?? '00:00'}Z`)
  return asUtc - offsetMs(asUtc, timezone)
}

function read(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw invalid()
  return at
}

/** How far the clocks of a zone are ahead; within an hour of a change it may be the other side's. */
function offsetMs(at: number, timezone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      timeZone: timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(at)
    return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000
  } catch {
    throw invalid()
  }
}
