import { describe, expect, it } from 'vitest'
import type { AskedFieldRow } from '../../../shared/contract/contract.ts'
import { answersOf, firstTyped } from './answers.ts'

function field(kind: AskedFieldRow['kind'], given: Partial<AskedFieldRow> = {}): AskedFieldRow {
  return {
    key: kind,
    label: kind,
    of: 'conversation',
    kind,
    choices: [],
    description: '',
    value: null,
    isRequired: true,
    maxLength: null,
    ...given,
  }
}

describe('what has to be answered before resolving', () => {
  it.each([
    ['text', ' Refund ', 'Refund'],
    ['number', '12', 12],
    ['number', '1,5', 1.5],
    ['link', 'https://example.com/order/1', 'https://example.com/order/1'],
    ['date', '2026-12-24', '2026-12-24'],
    ['list', 'Returns', 'Returns'],
    ['checkbox', true, true],
    // Not ticked is an answer.
    ['checkbox', false, false],
  ] as const)('takes for a %s %j', (kind, typed, value) => {
    expect(answersOf([field(kind)], { [kind]: typed })).toEqual({ ok: true, answers: { [kind]: value } })
  })

  it.each([
    ['text', '  ', 'resolve.missing'],
    ['list', '', 'resolve.missing'],
    ['number', 'a dozen', 'resolve.notNumber'],
    ['number', '1e999', 'resolve.notNumber'],
    ['link', 'example.com', 'resolve.notLink'],
    ['link', 'javascript:alert(1)', 'resolve.notLink'],
  ] as const)('says what is wrong with a %s %j', (kind, typed, error) => {
    expect(answersOf([field(kind)], { [kind]: typed })).toEqual({ ok: false, errors: { [kind]: error } })
  })

  it('begins with what the conversation has, as far as it still fits', () => {
    expect(firstTyped(field('text', { value: 'Refund' }))).toBe('Refund')
    expect(firstTyped(field('date', { value: '2026-12-24T00:00:00.000Z' }))).toBe('2026-12-24')
    expect(firstTyped(field('list', { value: 'Old', choices: ['New'] }))).toBe('')
    expect(firstTyped(field('checkbox', { value: true }))).toBe(true)
    expect(answersOf([field('number', { value: 3 })], {})).toEqual({ ok: true, answers: { number: 3 } })
  })
})
