import { describe, expect, it } from 'vitest'
import { isTicked, noChanges, orderOf, toggled, type LabelChanges } from './label-changes.ts'

const rows = [{ labels: ['vip', 'returns'] }, { labels: ['vip'] }]

function after(...labels: string[]): LabelChanges {
  return labels.reduce((changes, label) => toggled(label, rows, changes), noChanges)
}

describe('ticking labels', () => {
  it('shows a label as ticked when all have it', () => {
    expect(isTicked('vip', rows, noChanges)).toBe(true)
    expect(isTicked('returns', rows, noChanges)).toBe(false)
  })

  it('orders only the difference', () => {
    expect(orderOf(after('vip', 'billing'))).toEqual({ add: ['billing'], remove: ['vip'] })
  })

  it('gives a label that some have to the rest, and takes it from all when ticked back', () => {
    expect(orderOf(after('returns'))).toEqual({ add: ['returns'], remove: [] })
    expect(orderOf(after('returns', 'returns'))).toEqual({ add: [], remove: ['returns'] })
  })

  it('orders nothing when it ends as it began', () => {
    expect(orderOf(after('vip', 'vip', 'billing', 'billing'))).toBeNull()
  })
})
