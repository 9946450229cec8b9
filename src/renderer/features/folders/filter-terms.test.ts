import { describe, expect, it } from 'vitest'
import {
  isComplete,
  nameOf,
  termsOf,
  valueKind,
  withAttribute,
  withOperator,
  type Filterable,
  type Line,
} from './filter-terms.ts'

const status: Filterable = {
  key: 'status',
  label: null,
  operators: ['is', 'isNot'],
  values: 'status',
  choices: [],
}
const team: Filterable = {
  key: 'team_id',
  label: null,
  operators: ['is', 'isNot', 'isPresent'],
  values: 'team',
  choices: [],
}
const begun: Filterable = {
  key: 'created_at',
  label: null,
  operators: ['isAfter', 'isOlderThanDays'],
  values: 'date',
  choices: [],
}

function line(given: Partial<Line>): Line {
  return { id: 1, attribute: 'status', operator: 'is', values: ['open'], join: 'and', ...given }
}

describe('a line of a filter', () => {
  it('begins anew with another attribute, but keeps a comparison that fits', () => {
    expect(withAttribute(line({ operator: 'isNot' }), team)).toMatchObject({
      attribute: 'team_id',
      operator: 'isNot',
      values: [],
    })
    expect(withAttribute(line({ operator: 'isNot' }), begun).operator).toBe('isAfter')
  })

  it('keeps its value as long as the comparison asks for one of the same kind', () => {
    expect(withOperator(line({}), status, 'isNot').values).toEqual(['open'])
    const begunLine = line({ attribute: 'created_at', operator: 'isAfter', values: ['2026-01-01'] })
    expect(withOperator(begunLine, begun, 'isOlderThanDays').values).toEqual([])
  })

  it('asks for days as a number, and for nothing where being there is the question', () => {
    expect(valueKind(begun, 'isOlderThanDays')).toBe('number')
    expect(valueKind(begun, 'isAfter')).toBe('date')
    expect(valueKind(team, 'isPresent')).toBe('none')
  })

  it('is complete once it says what to compare with', () => {
    expect(isComplete(line({}), status)).toBe(true)
    expect(isComplete(line({ values: [] }), status)).toBe(false)
    expect(isComplete(line({ values: ['  '] }), status)).toBe(false)
    expect(isComplete(line({ operator: 'isPresent', values: [] }), team)).toBe(true)
    expect(isComplete(line({ operator: 'isOlderThanDays', values: ['few'] }), begun)).toBe(false)
    expect(isComplete(line({}), undefined)).toBe(false)
  })

  it('is sent without what is only for drawing it', () => {
    expect(termsOf([line({ values: [' open '] })])).toEqual([
      { attribute: 'status', operator: 'is', values: ['open'], join: 'and' },
    ])
  })

  it('has the name of its provider, or ours, or at least its key', () => {
    expect(nameOf({ key: 'custom.size', label: 'Tent size' })).toBe('Tent size')
    expect(nameOf({ key: 'status', label: null })).toBe('Status')
    expect(nameOf({ key: 'toString', label: null })).toBe('toString')
  })
})
