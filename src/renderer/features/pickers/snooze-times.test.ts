import { afterEach, describe, expect, it } from 'vitest'
import { parseWhen } from './parse-when.ts'
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

describe('across a change of the clocks', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  // Local noon of the day before, and how long it is until nine o'clock of the next: 21 hours, but for the change.
  const changes: [string, string, string, number][] = [
    ['an hour is lost', 'Europe/Berlin', '2026-03-28T11:00:00Z', 20],
    ['an hour comes twice', 'Europe/Berlin', '2026-10-24T10:00:00Z', 22],
    ['half an hour is lost', 'Australia/Lord_Howe', '2026-10-03T01:30:00Z', 20.5],
    ['half an hour comes twice', 'Australia/Lord_Howe', '2026-04-04T01:00:00Z', 21.5],
    ['midnight is lost', 'America/Sao_Paulo', '2018-11-03T15:00:00Z', 20],
    ['an hour before midnight comes twice', 'America/Sao_Paulo', '2018-02-17T14:00:00Z', 22],
  ]
  it.each(changes)('tomorrow is nine o’clock there: %s in %s', (_, place, noon, hours) => {
    process.env['TZ'] = place
    const at = Date.parse(noon)
    expect(new Date(at).getHours()).toBe(12)
    const offeredAt = snoozeTimes(at).find((each) => each.id === 'tomorrow')?.at
    const typed = parseWhen('tomorrow 9:00', at)
    expect(offeredAt).toBe(at + hours * 3_600_000)
    expect(typed).toMatchObject({ kind: 'at', at: offeredAt })
    expect(clock(offeredAt ?? 0)).toBe(' 9:0')
  })
})
