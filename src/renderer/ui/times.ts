const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Times are written in English like every other word, with the day-month order and the clock of the agent's own English. */
const locale = pickLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' })
const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
const longDayYear = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })

/** When something last happened, as short as a list needs it: the clock today, a weekday this week, else a date. */
export function shortTime(at: number, nowAt: number): string {
  const days = daysBetween(at, nowAt)
  if (days <= 0) return clock.format(at)
  if (days < 7) return weekday.format(at)
  return isSameYear(at, nowAt) ? dayMonth.format(at) : dayMonthYear.format(at)
}

/**
 * A moment to come: the clock alone today, with its weekday within a week, else with its date. `full` names the day
 * in every case, for saying what was understood.
 */
export function comingTime(at: number, nowAt: number, length: 'short' | 'full' = 'short'): string {
  const days = daysBetween(nowAt, at)
  if (days === 0 && length === 'short') return clock.format(at)
  if (days > 0 && days < 7 && length === 'short') return `${weekday.format(at)} ${clock.format(at)}`
  const day = isSameYear(at, nowAt) ? dayMonth : dayMonthYear
  const date = `${day.format(at)}, ${clock.format(at)}`
  return length === 'full' ? `${weekday.format(at)} ${date}` : date
}

/** How long something has lasted, in its largest one or two units: `4m`, `2h 10m`, `3d`. Below a minute: `null`. */
export function duration(sinceAt: number, nowAt: number): string | null {
  const ms = nowAt - sinceAt
  if (ms < minuteMs) return null
  if (ms < hourMs) return `${String(Math.floor(ms / minuteMs))}m`
  if (ms < dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs)
    const hours = `${String(Math.floor(ms / hourMs))}h`
    return minutes === 0 || ms >= 10 * hourMs ? hours : `${hours} ${String(minutes)}m`
  }
  return `${String(Math.floor(ms / dayMs))}d`
}

/** How urgent a wait looks: quiet below half an hour, long after four. */
export function waitLevel(sinceAt: number, nowAt: number): 'short' | 'growing' | 'long' {
  const ms = nowAt - sinceAt
  return ms < hourMs / 2 ? 'short' : ms < 4 * hourMs ? 'growing' : 'long'
}

export function clockTime(at: number): string {
  return clock.format(at)
}

export function fullTime(at: number): string {
  return full.format(at)
}

/** The day something happened on: `today`, `yesterday`, or the day written out. */
export function dayName(at: number, nowAt: number): 'today' | 'yesterday' | { readonly written: string } {
  const days = daysBetween(at, nowAt)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  return { written: (isSameYear(at, nowAt) ? longDay : longDayYear).format(at) }
}

/** Which calendar day a moment falls on, in the agent's own time zone. */
export function dayKey(at: number): string {
  const date = new Date(at)
  return `${String(date.getFullYear())}-${String(date.getMonth() + 1)}-${String(date.getDate())}`
}

function daysBetween(at: number, nowAt: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(nowAt) - midnight(at)) / dayMs)
}

function isSameYear(at: number, nowAt: number): boolean {
  return new Date(at).getFullYear() === new Date(nowAt).getFullYear()
}

function pickLocale(languages: readonly string[]): string {
  return languages.find((language) => language.startsWith('en')) ?? 'en-GB'
}
