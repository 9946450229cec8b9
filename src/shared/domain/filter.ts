/** One line of a filter. `values` is empty for operators that need none. */
export interface FilterTerm {
  readonly attribute: string
  readonly operator: FilterOperator
  readonly values: readonly string[]
  /** How it is joined to the line before; the first line's is not looked at. */
  readonly join: 'and' | 'or'
}

export const filterOperators = [
  'is',
  'isNot',
  'contains',
  'doesNotContain',
  'isPresent',
  'isNotPresent',
  'isAfter',
  'isBefore',
  'isOlderThanDays',
] as const
export type FilterOperator = (typeof filterOperators)[number]
