import type { DirectoryRow, Query } from '../../../shared/contract/contract.ts'
import { say, type WordKey } from '../../../shared/words/words.ts'

export type Term = NonNullable<Query['terms']>[number]
export type Filterable = DirectoryRow['filterable'][number]
export type Operator = Term['operator']

/** One line as it is being made; `id` is only for drawing it. */
export interface Line extends Term {
  readonly id: number
}

/** How a value is given: nothing, one typed thing, or any of a list. */
export type ValueKind = 'none' | 'text' | 'number' | 'date' | 'many'

export function valueKind(by: Filterable, operator: Operator): ValueKind {
  if (operator === 'isPresent' || operator === 'isNotPresent') return 'none'
  if (operator === 'isOlderThanDays') return 'number'
  switch (by.values) {
    case 'text':
      return 'text'
    case 'number':
    case 'days':
      return 'number'
    case 'date':
      return 'date'
    case 'status':
    case 'priority':
    case 'agent':
    case 'inbox':
    case 'team':
    case 'label':
    case 'choice':
    case 'yesNo':
      return 'many'
  }
}

/** What may be chosen for a line, as the server's value and as people read it. */
export function choicesFor(
  by: Filterable,
  directory: DirectoryRow,
): readonly { value: string; label: string }[] {
  const named = (each: { key: string; name: string }) => ({ value: each.key, label: each.name })
  switch (by.values) {
    case 'status':
      return statuses.map((value) => ({ value, label: say(`status.${value}`) }))
    case 'priority':
      return priorities.map((value) => ({ value, label: say(`priority.${value}`) }))
    case 'agent':
      return directory.agents.map(named)
    case 'inbox':
      return directory.inboxes.map(named)
    case 'team':
      return directory.teams.map(named)
    case 'label':
      return directory.labels.map(({ title }) => ({ value: title, label: title }))
    case 'choice':
      return by.choices.map((value) => ({ value, label: value }))
    case 'yesNo':
      return yesNo.map((value) => ({ value, label: say(`yesNo.${value}`) }))
    case 'text':
    case 'number':
    case 'days':
    case 'date':
      return []
  }
}

/** The name of what is asked for: the provider's for its own attributes, else ours, else its bare key. */
export function nameOf({ key, label }: Pick<Filterable, 'key' | 'label'>): string {
  return label ?? (Object.hasOwn(ownNames, key) ? say(ownNames[key as keyof typeof ownNames]) : key)
}

/** A line with another attribute: what no longer fits it begins anew. */
export function withAttribute(line: Line, by: Filterable): Line {
  const operator = by.operators.includes(line.operator) ? line.operator : (by.operators[0] ?? 'is')
  return { ...line, attribute: by.key, operator, values: [] }
}

export function withOperator(line: Line, by: Filterable, operator: Operator): Line {
  const isSameKind = valueKind(by, operator) === valueKind(by, line.operator)
  return { ...line, operator, values: isSameKind ? line.values : [] }
}

/** Whether a line says all that asking needs. */
export function isComplete(line: Line, by: Filterable | undefined): boolean {
  if (by === undefined) return false
  const kind = valueKind(by, line.operator)
  if (kind === 'none') return true
  const [value = ''] = line.values
  if (kind === 'number') return /^\d{1,9}$/.test(value.trim())
  return value.trim() !== ''
}

export function termsOf(lines: readonly Line[]): Term[] {
  return lines.map(({ attribute, operator, values, join }) => ({
    attribute,
    operator,
    values: values.map((value) => value.trim()),
    join,
  }))
}

const statuses = ['open', 'pending', 'snoozed', 'done'] as const
const priorities = ['urgent', 'high', 'medium', 'low'] as const
const yesNo = ['true', 'false'] as const

const ownNames = {
  status: 'filterBy.status',
  priority: 'filterBy.priority',
  assignee_id: 'filterBy.assignee_id',
  inbox_id: 'filterBy.inbox_id',
  team_id: 'filterBy.team_id',
  labels: 'filterBy.labels',
  display_id: 'filterBy.display_id',
  mail_subject: 'filterBy.mail_subject',
  referer: 'filterBy.referer',
  browser_language: 'filterBy.browser_language',
  conversation_language: 'filterBy.conversation_language',
  created_at: 'filterBy.created_at',
  last_activity_at: 'filterBy.last_activity_at',
} as const satisfies Record<string, WordKey>
