import { describe, expect, it } from 'vitest'
import type { AttributeDefinition } from '../../../shared/domain/directory.ts'
import { filterOperators, type FilterTerm } from '../../../shared/domain/filter.ts'
import { filterableBy, termsFrom, toQuery } from './filterable.ts'

describe('terms as the server takes them', () => {
  it('are joined by the line before, the last by nothing', () => {
    const query = toQuery([
      term('status', 'is', ['open']),
      { ...term('priority', 'is', ['high']), join: 'or' },
      term('labels', 'isPresent', []),
    ])
    expect(query.map((each) => each.query_operator)).toEqual(['OR', 'AND', null])
  })

  it('call a done conversation resolved, and ids by number', () => {
    expect(toQuery([term('status', 'isNot', ['done']), term('inbox_id', 'is', ['12'])])).toEqual([
      {
        attribute_key: 'status',
        filter_operator: 'not_equal_to',
        values: ['resolved'],
        query_operator: 'AND',
      },
      { attribute_key: 'inbox_id', filter_operator: 'equal_to', values: [12], query_operator: null },
    ])
  })

  it('say that an attribute is the account’s own', () => {
    expect(toQuery([term('custom.status', 'is', ['done'])])).toEqual([
      {
        attribute_key: 'status',
        filter_operator: 'equal_to',
        values: ['done'],
        query_operator: null,
        custom_attribute_type: 'conversation_attribute',
      },
    ])
  })

  it('come back as they went', () => {
    const terms = filterOperators.flatMap((operator, at): FilterTerm[] => [
      { ...term('created_at', operator, ['2026-03-01']), join: at === 0 || at % 2 === 1 ? 'and' : 'or' },
      { ...term('custom.lamp', operator, ['desk']), join: 'or' },
      { ...term('assignee_id', operator, ['7', '8']), join: 'and' },
      { ...term('status', operator, ['done', 'open']), join: 'and' },
    ])
    expect(termsFrom({ payload: toQuery(terms) })).toEqual(terms)
  })
})

describe('a saved filter', () => {
  it('may hold one value without a list, or the picked things themselves', () => {
    const lines = [
      { attribute_key: 'status', filter_operator: 'equal_to', values: 'resolved', query_operator: 'or' },
      { attribute_key: 'team_id', filter_operator: 'equal_to', values: [{ id: 3, name: 'returns' }, null] },
    ]
    expect(termsFrom({ payload: lines })).toEqual([
      term('status', 'is', ['done']),
      { ...term('team_id', 'is', ['3']), join: 'or' },
    ])
  })

  it('of before there was a word for it knows own attributes by their strange name', () => {
    const line = { attribute_key: 'lamp', filter_operator: 'equal_to', values: ['desk'] }
    expect(termsFrom({ payload: [line] })).toEqual([term('custom.lamp', 'is', ['desk'])])
  })

  it('shows what we have words for', () => {
    const line = { attribute_key: 'mail_subject', filter_operator: 'starts_with', values: ['Re'] }
    expect(termsFrom({ payload: [line, { ...line, filter_operator: 'valueOf' }, null, 7] })).toEqual([])
    expect(termsFrom(null)).toEqual([])
  })
})

describe('what a filter may ask for', () => {
  it('has words from the catalogue for the server’s fields, and the account’s own for the rest', () => {
    const filterable = filterableBy([attribute('lamp', 'list', ['desk']), attribute('paid', 'checkbox', [])])
    const byKey = new Map(filterable.map((each) => [each.key, each]))
    expect(byKey.get('status')).toMatchObject({ label: null, values: 'status', operators: ['is', 'isNot'] })
    expect(byKey.get('custom.lamp')).toMatchObject({ label: 'The lamp', values: 'choice', choices: ['desk'] })
    expect(byKey.get('custom.paid')).toMatchObject({ values: 'yesNo', operators: ['is'] })
  })

  it('leaves out what a contact has, which the server cannot look for here', () => {
    const since = { ...attribute('since', 'date', []), of: 'customer' } as const
    expect(filterableBy([since])).toEqual(filterableBy([]))
  })
})

function term(attribute: string, operator: FilterTerm['operator'], values: string[]): FilterTerm {
  return { attribute, operator, values, join: 'and' }
}

function attribute(
  key: string,
  kind: AttributeDefinition['kind'],
  choices: readonly string[],
): AttributeDefinition {
  return { key, label: `The ${key}`, of: 'conversation', kind, choices, description: '' }
}
