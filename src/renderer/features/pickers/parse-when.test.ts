import { describe, expect, it } from 'vitest'
import { parseWhen } from './parse-when.ts'

// A Wednesday afternoon.
const now = new Date(2026, 10, 18, 15, 20).getTime()

/** Year, month from 1, day, hour, minute, in the computer's own time zone. */
function at(...[year, month, ...rest]: [number, number, number, number, number?]): unknown {
  return { kind: 'at', at: new Date(year, month - 1, ...rest).getTime() }
}

describe('a typed moment', () => {
  it.each([
    ['3h', at(2026, 11, 18, 18, 20)],
    ['in 3 hours', at(2026, 11, 18, 18, 20)],
    ['45m', at(2026, 11, 18, 16, 5)],
    ['90 min', at(2026, 11, 18, 16, 50)],
    ['1.5h', at(2026, 11, 18, 16, 50)],
    ['1h30', at(2026, 11, 18, 16, 50)],
    ['1h 30m', at(2026, 11, 18, 16, 50)],
    ['2d', at(2026, 11, 20, 15, 20)],
    ['2d 4h', at(2026, 11, 20, 19, 20)],
    ['1 week', at(2026, 11, 25, 15, 20)],
    ['1mo', at(2026, 12, 18, 15, 20)],
  ])('%s from now', (typed, expected) => {
    expect(parseWhen(typed, now, false)).toEqual(expected)
  })

  it.each([
    ['18:30', at(2026, 11, 18, 18, 30)],
    ['6:30pm', at(2026, 11, 18, 18, 30)],
    ['6 pm', at(2026, 11, 18, 18)],
    // Over for today.
    ['09:00', at(2026, 11, 19, 9)],
    ['noon', at(2026, 11, 19, 12)],
    ['12am', at(2026, 11, 19, 0)],
    ['tonight', at(2026, 11, 18, 20)],
    ['15:20', at(2026, 11, 19, 15, 20)],
  ])('%s is the next time the clock says so', (typed, expected) => {
    expect(parseWhen(typed, now, false)).toEqual(expected)
  })

  it.each([
    ['tomorrow', at(2026, 11, 19, 9)],
    ['tomorrow 14:00', at(2026, 11, 19, 14)],
    ['14:00 tomorrow', at(2026, 11, 19, 14)],
    ['tomorrow at 7', at(2026, 11, 19, 7)],
    ['Tmr evening', at(2026, 11, 19, 18)],
    ['fri 9', at(2026, 11, 20, 9)],
    ['Friday at 9:15', at(2026, 11, 20, 9, 15)],
    ['9am fri', at(2026, 11, 20, 9)],
    // Today's weekday: later today, or in a week.
    ['wed 17:00', at(2026, 11, 18, 17)],
    ['wed', at(2026, 11, 25, 9)],
    ['next fri', at(2026, 11, 27, 9)],
    ['next week', at(2026, 11, 23, 9)],
    ['next month', at(2026, 12, 7, 9)],
    ['next month 8', at(2026, 12, 7, 8)],
    ['24 Dec 10:00', at(2026, 12, 24, 10)],
    ['24th december', at(2026, 12, 24, 9)],
    ['Dec 24, 2027', at(2027, 12, 24, 9)],
    // Over for this year.
    ['3 mar', at(2027, 3, 3, 9)],
    ['2026-12-24 8', at(2026, 12, 24, 8)],
    ['24.12. 18:00', at(2026, 12, 24, 18)],
    ['24/12', at(2026, 12, 24, 9)],
    ['12/24', at(2026, 12, 24, 9)],
    ['5/12', at(2026, 12, 5, 9)],
    ['today 18', at(2026, 11, 18, 18)],
  ])('%s is a day, in the morning unless said otherwise', (typed, expected) => {
    expect(parseWhen(typed, now, false)).toEqual(expected)
  })

  it('reads a slash the way the agent writes dates', () => {
    expect(parseWhen('5/12', now, true)).toEqual(at(2027, 5, 12, 9))
  })

  it.each(['today 9', 'today 15:20', '2026-11-18 12:00', '1 jan 2020', '0m', '0.5 min'])(
    '%s is over, or less than a minute ahead',
    (typed) => {
      expect(parseWhen(typed, now, false).kind).toBe('over')
    },
  )

  it.each([
    '',
    'today',
    'soon',
    '9',
    '25:00',
    '31 feb',
    '13pm',
    'fri 25',
    '3 parsecs',
    '24/13',
    'fri fri',
    '1.5d',
  ])('%s is not understood', (typed) => {
    expect(parseWhen(typed, now, false)).toEqual({ kind: 'unknown' })
  })
})
