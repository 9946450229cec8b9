import { describe, expect, test } from 'vitest'
import type { CrashOrder } from './crash-orders.ts'
import { isQuiet, judge, type OpenOrder } from './judge.ts'

const reply = (mark: string, conversation = 'a'): CrashOrder => ({
  conversation,
  mark,
  what: { kind: 'reply', clientKey: mark, text: mark },
})
const resolve: CrashOrder = {
  conversation: 'a',
  mark: 'resolve',
  what: { kind: 'action', action: { kind: 'resolve', answers: {} } },
}
const accepted = (...marks: string[]) => marks.map((mark) => ({ conversation: 'a', mark }))
const open = (mark: string, state: string, isAsked = false): OpenOrder => ({
  ...{ mark, state, isAsked },
  conversation: 'a',
  attempts: 1,
  isReply: !mark.endsWith('resolve'),
})
const sound = { lost: [], doubled: [], outOfOrder: [], asked: [], askedInVain: [], setAgain: [] }

describe('what became of the orders', () => {
  test('is sound where each is at the server once, in order', () => {
    expect(judge([reply('1'), reply('2'), resolve], accepted('1', '2', 'resolve'), [])).toEqual(sound)
  })

  test('is sound where what is not there waits here, and the rest behind it', () => {
    const waiting = [open('2', 'unsure', true), open('a resolve', 'queued')]
    const verdict = judge([reply('1'), reply('2'), resolve], accepted('1'), waiting)
    expect(verdict).toEqual({ ...sound, asked: ['a: 2'] })
  })

  test('is lost where it is in neither place', () => {
    expect(judge([reply('1'), resolve], [], []).lost).toEqual(['a: 1', 'a: resolve'])
  })

  test('is doubled where a reply is there twice, or there and queued', () => {
    expect(judge([reply('1')], accepted('1', '1'), []).doubled).toEqual(['a: 1'])
    expect(judge([reply('1')], accepted('1'), [open('1', 'queued')]).doubled).toEqual(['a: 1'])
  })

  test('is asked in vain where the server has it', () => {
    expect(judge([reply('1')], accepted('1'), [open('1', 'unsure', true)]).askedInVain).toEqual(['a: 1'])
  })

  test('is out of order where a later one came first, or without the earlier', () => {
    expect(judge([reply('1'), reply('2')], accepted('2', '1'), []).outOfOrder).toEqual(['a: 2'])
    const failed = [open('1', 'failed')]
    expect(judge([reply('1'), resolve], accepted('resolve'), failed).outOfOrder).toEqual(['a: resolve'])
  })

  test('is in order whatever other conversations do', () => {
    const both = [...accepted('2'), { conversation: 'b', mark: '3' }, ...accepted('4')]
    expect(judge([reply('3', 'b'), reply('2'), reply('4')], both, []).outOfOrder).toEqual([])
  })

  test('may be set twice, if it sets a state', () => {
    const verdict = judge([resolve], accepted('resolve', 'resolve'), [])
    expect(verdict).toEqual({ ...sound, setAgain: ['a: resolve'] })
  })
})

test('all is quiet when what is open has failed, asks, or waits behind such a reply', () => {
  expect(isQuiet([])).toBe(true)
  expect(isQuiet([open('1', 'unsure', true), open('2', 'queued')])).toBe(true)
  expect(isQuiet([open('1', 'unsure')])).toBe(false)
  expect(isQuiet([open('a resolve', 'failed'), open('2', 'queued')])).toBe(false)
})
