import { describe, expect, it } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

function offered(...given: [number, number, number, number]): Record<string, string> {
  const [month, day, hour, minute] = given
  const times = snoozeTimes(new Date(2026, month - 1, day, hour, minute).getTime())
  return Object.fromEntries(times.map(({ id, at }) => [id, new Date(at).toDateString() + clock(at)]))
}

function clock(at: number): string {
  return ` ${String(new Date(at).getHours())}:${String(new Date(at).getMinutes())}`
}

describe('the snoozes offered', () => {
  it('on a Wednesday morning', () => {
    expect(offered(11, 18, 10, 5)).toEqual({
      hour: 'Wed Nov 18 2026 11:5',
      evening: 'Wed Nov 18 2026 18:0',
      tomorrow: 'Thu Nov 19 2026 9:0',
      nextWeek: 'Mon Nov 23 2026 9:0',
      nextMonth: 'Mon Dec 07 2026 9:0',
    })
  })

  it('leave the evening out when it is near or over', () => {
    expect(offered(11, 18, 16, 30)).not.toHaveProperty('evening')
    expect(offered(11, 18, 22, 0)).not.toHaveProperty('evening')
  })

  it('name a moment once: on a Sunday tomorrow is next week', () => {
    expect(offered(11, 22, 10, 0)).not.toHaveProperty('nextWeek')
  })

  it('mean the week after on a Monday', () => {
    expect(offered(11, 23, 8, 0)['nextWeek']).toBe('Mon Nov 30 2026 9:0')
  })
})
