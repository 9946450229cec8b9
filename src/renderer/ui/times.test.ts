import { describe, expect, it } from 'vitest'
import { clockTime, comingTime, dayKey, dayName, duration, shortTime, waitLevel } from './times.ts'

const now = new Date(2026, 2, 11, 15, 30).getTime()
const minute = 60_000
const hour = 60 * minute

describe('times', () => {
  it('are a clock today, a weekday this week, then a date, with the year once it is another', () => {
    expect(shortTime(now - hour, now)).toMatch(/^\d{1,2}:30/)
    expect(shortTime(new Date(2026, 2, 10, 23, 59).getTime(), now)).toBe('Tue')
    expect(shortTime(new Date(2026, 2, 4).getTime(), now)).toMatch(/Mar/)
    expect(shortTime(new Date(2025, 11, 31).getTime(), now)).toMatch(/2025/)
  })

  it.each([
    [59_999, null],
    [minute, '1m'],
    [hour - 1, '59m'],
    [2 * hour + 14 * minute, '2h 14m'],
    [3 * hour, '3h'],
    [12 * hour + 40 * minute, '12h'],
    [50 * hour, '2d'],
  ])('a wait of %i ms reads %s', (ms, text) => {
    expect(duration(now - ms, now)).toBe(text)
  })

  it('a wait looks more urgent the longer it lasts', () => {
    expect([10 * minute, hour, 5 * hour].map((ms) => waitLevel(now - ms, now))).toEqual([
      'short',
      'growing',
      'long',
    ])
  })

  it('days are told by the calendar, not by 24 hours', () => {
    const lastNight = new Date(2026, 2, 10, 23, 50).getTime()
    expect(dayName(lastNight, now)).toBe('yesterday')
    expect(dayName(now - hour, now)).toBe('today')
    expect(dayName(new Date(2026, 2, 1).getTime(), now)).toMatchObject({
      written: expect.stringMatching(/March/) as string,
    })
    expect(dayKey(lastNight)).not.toBe(dayKey(lastNight + 20 * minute))
  })

  it('a clock that runs a little ahead does not turn a moment into tomorrow', () => {
    expect(shortTime(now + minute, now)).toMatch(/^\d{1,2}:31/)
  })
})

describe('a moment to come', () => {
  const nowAt = new Date(2026, 10, 18, 15, 20).getTime()
  const at = (day: number, hour: number, month = 10, year = 2026): number =>
    new Date(year, month, day, hour, 0).getTime()

  it('is the clock today, a weekday within a week, else a date', () => {
    expect(comingTime(at(18, 18), nowAt)).toBe(clockTime(at(18, 18)))
    expect(comingTime(at(20, 9), nowAt)).toMatch(/^Fri /)
    expect(comingTime(at(25, 9), nowAt)).toMatch(/Nov/)
    expect(comingTime(at(25, 9, 2, 2027), nowAt)).toMatch(/2027/)
  })

  it('names its day in every case when it is said what was understood', () => {
    expect(comingTime(at(18, 18), nowAt, 'full')).toMatch(/^Wed .*Nov/)
    expect(comingTime(at(20, 9), nowAt, 'full')).toMatch(/^Fri .*Nov/)
  })
})
