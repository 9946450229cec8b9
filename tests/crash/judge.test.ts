import { describe, expect, test } from 'vitest'
import type { CrashOrder, CrashReply } from './crash-orders.ts'
import { isQuiet, judge, type AcceptedOrder, type OpenOrder } from './judge.ts'

const reply = (mark: string, more: Partial<CrashReply> & { conversation?: string } = {}): CrashOrder => {
  const { conversation = 'a', ...of } = more
  const bare = { clientKey: mark, formerKey: null, text: `Text ${mark}`, isNote: false, file: null }
  return { conversation, mark, what: { kind: 'reply', ...bare, ...of } }
}
const resolve: CrashOrder = {
  conversation: 'a',
  mark: 'resolve',
  what: { kind: 'action', action: { kind: 'resolve', answers: {} } },
}
const accepted = (...marks: string[]): AcceptedOrder[] =>
  marks.map((mark) => ({ conversation: 'a', mark, text: null, fileSizes: [] }))
/** By a server that does not keep our ids. */
const said = (...texts: string[]): AcceptedOrder[] =>
  texts.map((text) => ({ conversation: 'a', mark: null, text, fileSizes: [] }))
const open = (mark: string, state: string, isAsked = false): OpenOrder => ({
  ...{ mark, state, isAsked },
  conversation: 'a',
  attempts: 1,
  isReply: !mark.endsWith('resolve'),
})
const [one, two] = ['a: Text 1 (1)', 'a: Text 2 (2)']
const sound = { lost: [], doubled: [], outOfOrder: [], asked: [], askedInVain: [], setAgain: [] }

describe('what became of the orders', () => {
  test('is sound where each is at the server once, in order', () => {
    const verdict = judge([reply('1'), reply('2'), resolve], accepted('1', '2', 'resolve'), [])
    expect(verdict).toEqual({ ...sound, there: [one, two, 'a: resolve'] })
  })

  test('is sound where what is not there waits here, and the rest behind it', () => {
    const waiting = [open('2', 'unsure', true), open('a resolve', 'queued')]
    const verdict = judge([reply('1'), reply('2'), resolve], accepted('1'), waiting)
    expect(verdict).toEqual({ ...sound, there: [one], asked: [two] })
  })

  test('is lost where it is in neither place', () => {
    expect(judge([reply('1'), resolve], [], []).lost).toEqual([one, 'a: resolve'])
  })

  test('is lost where it is there without its file', () => {
    const order = reply('1', { file: { id: 'f', name: 'f.txt', sizeBytes: 9 } })
    const [there] = accepted('1')
    if (there === undefined) throw new Error('Nothing was accepted.')
    expect(judge([order], [there], []).lost).toEqual([one])
    expect(judge([order], [{ ...there, fileSizes: [9] }], []).lost).toEqual([])
  })

  test('is doubled where a reply is there twice, or there and queued', () => {
    expect(judge([reply('1')], accepted('1', '1'), []).doubled).toEqual([one])
    expect(judge([reply('1')], accepted('1'), [open('1', 'queued')]).doubled).toEqual([one])
  })

  test('is doubled where it is there before it was taken back, and after', () => {
    expect(judge([reply('1', { formerKey: '0' })], accepted('0', '1'), []).doubled).toEqual([one])
    expect(judge([reply('1', { formerKey: '0' })], accepted('0'), []).lost).toEqual([])
  })

  test('is doubled where nobody ordered it', () => {
    expect(judge([reply('1')], accepted('1', '7'), []).doubled).toEqual(['a: null'])
    expect(judge([reply('1')], said('Text 1', 'Else'), []).doubled).toEqual(['a: Else'])
  })

  test('is asked in vain where the server has it', () => {
    expect(judge([reply('1')], accepted('1'), [open('1', 'unsure', true)]).askedInVain).toEqual([one])
  })

  test('is out of order where a later one came first, or without the earlier', () => {
    expect(judge([reply('1'), reply('2')], accepted('2', '1'), []).outOfOrder).toEqual([two])
    const failed = [open('1', 'failed')]
    expect(judge([reply('1'), resolve], accepted('resolve'), failed).outOfOrder).toEqual(['a: resolve'])
  })

  test('is in order whatever other conversations do', () => {
    const [second, other, fourth] = accepted('2', '3', '4')
    if (second === undefined || other === undefined || fourth === undefined) throw new Error('Too few.')
    const both = [second, { ...other, conversation: 'b' }, fourth]
    const orders = [reply('3', { conversation: 'b' }), reply('2'), reply('4')]
    expect(judge(orders, both, []).outOfOrder).toEqual([])
  })

  test('may be set twice, if it sets a state', () => {
    const verdict = judge([resolve], accepted('resolve', 'resolve'), [])
    expect(verdict).toEqual({ ...sound, there: ['a: resolve'], setAgain: ['a: resolve'] })
  })
})

describe('where the server keeps no ids, replies that say the same', () => {
  const [first, second] = [reply('1', { text: 'Thanks!' }), reply('2', { text: 'Thanks!' })]

  test('are told apart by their turn', () => {
    const { there, asked, ...rest } = judge([first, second], said('Thanks!'), [open('2', 'unsure', true)])
    expect(there).toEqual(['a: Thanks! (1)'])
    expect(asked).toEqual(['a: Thanks! (2)'])
    expect(rest).toEqual({ lost: [], doubled: [], outOfOrder: [], askedInVain: [], setAgain: [] })
  })

  test('are lost where there are too few, and doubled where there are too many', () => {
    expect(judge([first, second], said('Thanks!'), []).lost).toEqual(['a: Thanks! (2)'])
    expect(judge([first, second], said('Thanks!', 'Thanks!', 'Thanks!'), []).doubled).toEqual([
      'a: Thanks! (2)',
    ])
  })
})

test('all is quiet when what is open has failed, asks, or waits behind such a reply', () => {
  expect(isQuiet([])).toBe(true)
  expect(isQuiet([open('1', 'unsure', true), open('2', 'queued')])).toBe(true)
  expect(isQuiet([open('1', 'unsure')])).toBe(false)
  expect(isQuiet([open('a resolve', 'failed'), open('2', 'queued')])).toBe(false)
})
