/** What somebody typed as a moment to come, in the agent's own time zone. Pure: `nowAt` is handed in. */
export type When =
  | { readonly kind: 'at'; readonly at: number }
  /** Understood, but not at least a minute ahead. */
  | { readonly kind: 'over'; readonly at: number }
  | { readonly kind: 'unknown' }

/** `3h`, `1h 30m`, `2d`, `18:30`, `tomorrow 14:00`, `fri 9`, `24 Dec 10:00`, `2026-12-24`, `next week`. */
export function parseWhen(typed: string, nowAt: number, monthFirst = isMonthFirst()): When {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/\b(at|on|in|until|till)\b|[,@]/g, ' ')
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  const at = afterSpan(text, nowAt) ?? onDay(text, nowAt, monthFirst) ?? atClock(text, nowAt)
  if (at === null || Number.isNaN(at)) return { kind: 'unknown' }
  return at - nowAt < leastAheadMs ? { kind: 'over', at } : { kind: 'at', at }
}

/** A day without a time means the start of working hours. */
export const morningHour = 9

const leastAheadMs = 60_000
const minuteMs = 60_000

interface Clock {
  readonly hour: number
  readonly minute: number
}

/** A calendar day; the month counts from 0. `year: null` is the next one that is not over. */
interface Day {
  readonly year: number | null
  readonly month: number
  readonly day: number
  /** Whether the same day a week later is meant once the time is over. */
  readonly isWeekday?: boolean
}

const units = {
  m: /^(m|mins?|minutes?)$/,
  h: /^(h|hrs?|hours?)$/,
  d: /^(d|days?)$/,
  w: /^(w|wks?|weeks?)$/,
  o: /^(mo|months?)$/,
} as const

/** Hours and minutes are lengths of time; days, weeks and months keep the clock, over a change to summer time as well. */
function afterSpan(text: string, nowAt: number): number | null {
  if (!/^(\d{1,4}([.,]\d+)? ?[a-z]+ ?)+(\d{1,2})?$/.test(text)) return null
  const parts = [...text.matchAll(/(\d{1,4}(?:[.,]\d+)?) ?([a-z]*)/g)]
  const date = new Date(nowAt)
  let ms = 0
  let isBefore = ''
  for (const [, count = '', word = ''] of parts) {
    const amount = Number(count.replace(',', '.'))
    // The end of `1h30`.
    const unit = word === '' && isBefore === 'h' ? 'm' : unitOf(word)
    if (unit === null) return null
    if (unit === 'm') ms += amount * minuteMs
    else if (unit === 'h') ms += amount * 60 * minuteMs
    else if (!Number.isInteger(amount)) return null
    else if (unit === 'o') date.setMonth(date.getMonth() + amount)
    else date.setDate(date.getDate() + amount * (unit === 'w' ? 7 : 1))
    isBefore = unit
  }
  return date.getTime() + ms
}

function unitOf(word: string): keyof typeof units | null {
  for (const unit of ['m', 'h', 'd', 'w', 'o'] as const) if (units[unit].test(word)) return unit
  return null
}

/** A day, and a time before or after it or none. */
function onDay(text: string, nowAt: number, monthFirst: boolean): number | null {
  for (const [form, read] of dayForms) {
    const match = new RegExp(`^(?:${form})(?= |$)|(?<= )(?:${form})$`).exec(text)
    if (match === null) continue
    const rest = `${text.slice(0, match.index)}${text.slice(match.index + match[0].length)}`.trim()
    const clock = rest === '' ? { hour: morningHour, minute: 0 } : clockOf(rest, true)
    const day = clock === null ? null : read({ word: match[0], nowAt, monthFirst, hasTime: rest !== '' })
    if (clock !== null && day !== null) return moment(day, clock, nowAt)
  }
  return null
}

/** A time alone: today, or tomorrow once it is over. */
function atClock(text: string, nowAt: number): number | null {
  const clock = clockOf(text, false)
  if (clock === null) return null
  const date = new Date(nowAt)
  date.setHours(clock.hour, clock.minute, 0, 0)
  if (date.getTime() - nowAt < leastAheadMs) date.setDate(date.getDate() + 1)
  return date.getTime()
}

interface DayWord {
  readonly word: string
  readonly nowAt: number
  readonly monthFirst: boolean
  readonly hasTime: boolean
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdayForm = '(?:sun|mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur)(?:day)?'
const monthForm =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

const dayForms: readonly (readonly [string, (given: DayWord) => Day | null])[] = [
  // Today without a time says nothing.
  ['today', ({ nowAt, hasTime }) => (hasTime ? daysOn(nowAt, 0) : null)],
  ['tomorrow|tomorow|tmrw?|tom', ({ nowAt }) => daysOn(nowAt, 1)],
  ['next week', ({ nowAt }) => daysOn(nowAt, daysToWeekday(nowAt, 1) || 7)],
  ['next month', ({ nowAt }) => firstMonday(nowAt)],
  [`next ${weekdayForm}`, nextWeeks],
  [
    weekdayForm,
    ({ word, nowAt }) => ({ ...daysOn(nowAt, daysToWeekday(nowAt, weekdayOf(word))), isWeekday: true }),
  ],
  [`\\d{1,2}\\.? ${monthForm}(?: \\d{4})?|${monthForm} \\d{1,2}(?: \\d{4})?`, writtenDate],
  ['\\d{4}-\\d{1,2}-\\d{1,2}', ({ word }) => dayFrom(word.split('-').map(Number))],
  ['\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4})?|\\d{1,2}/\\d{1,2}(?:/\\d{4})?', slashedDate],
]

/** The weekday in the calendar week after this one; weeks begin on Monday. */
function nextWeeks({ word, nowAt }: DayWord): Day {
  const weekday = weekdayOf(word.replace('next ', ''))
  const monday = daysToWeekday(nowAt, 1) || 7
  return daysOn(nowAt, monday + ((weekday + 6) % 7))
}

function writtenDate({ word }: DayWord): Day | null {
  const name = /[a-z]{3}/.exec(word)?.[0] ?? ''
  const [day = 0, year] = [...word.matchAll(/\d+/g)].map(Number)
  return dayFrom([year ?? null, months.indexOf(name) + 1, day])
}

/** `24.12.` is day and month everywhere; with a slash it depends on where one lives, unless only one way is a date. */
function slashedDate({ word, monthFirst }: DayWord): Day | null {
  const [first = 0, second = 0, year] = word.split(/[./]/).filter(Boolean).map(Number)
  const turned = word.includes('/') && ((monthFirst && first <= 12) || second > 12)
  return dayFrom(turned ? [year ?? null, first, second] : [year ?? null, second, first])
}

function dayFrom([year = null, month = 0, day = 0]: readonly (number | null)[]): Day | null {
  const isDate = month !== null && day !== null && month >= 1 && month <= 12 && day >= 1 && day <= 31
  return isDate ? { year, month: month - 1, day } : null
}

function daysOn(nowAt: number, days: number): Day & { readonly year: number } {
  const date = new Date(nowAt)
  date.setDate(date.getDate() + days)
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
}

function firstMonday(nowAt: number): Day {
  const date = new Date(nowAt)
  date.setMonth(date.getMonth() + 1, 1)
  date.setDate(1 + ((8 - date.getDay()) % 7))
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
}

/** 0 where it is today. */
function daysToWeekday(nowAt: number, weekday: number): number {
  return (weekday - new Date(nowAt).getDay() + 7) % 7
}

function weekdayOf(word: string): number {
  return weekdays.indexOf(word.slice(0, 3))
}

function moment(day: Day, clock: Clock, nowAt: number): number {
  const year = day.year ?? new Date(nowAt).getFullYear()
  const date = new Date(year, day.month, day.day, clock.hour, clock.minute)
  // The 31st of a short month is no date.
  if (date.getDate() !== day.day || date.getMonth() !== day.month) return NaN
  if (date.getTime() - nowAt >= leastAheadMs) return date.getTime()
  if (day.isWeekday === true) date.setDate(date.getDate() + 7)
  if (day.year === null) date.setFullYear(year + 1)
  return date.getTime()
}

/** `14:00`, `9am`, `9:30 pm`, `noon`; a bare hour only beside a day. */
function clockOf(text: string, besideDay: boolean): Clock | null {
  const named: Record<string, number> = {
    noon: 12,
    midnight: 0,
    morning: 9,
    afternoon: 14,
    evening: 18,
    tonight: 20,
  }
  const hourNamed = named[text]
  if (hourNamed !== undefined) return { hour: hourNamed, minute: 0 }
  const match = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a|p)?$/.exec(text)
  if (match === null) return null
  const [, hours = '', minutes, half] = match
  if (minutes === undefined && half === undefined && !besideDay) return null
  const minute = Number(minutes ?? 0)
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.startsWith('p') ? 12 : 0)
  const isClock =
    hour <= 23 && minute <= 59 && (half === undefined || (Number(hours) >= 1 && Number(hours) <= 12))
  return isClock ? { hour, minute } : null
}

function isMonthFirst(): boolean {
  const languages = typeof navigator === 'undefined' ? [] : navigator.languages
  return languages.find((language) => language.startsWith('en')) === 'en-US'
}
