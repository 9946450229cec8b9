import type { AttributeDefinition, Filterable } from '../../../shared/domain/directory.ts'
import type { FilterOperator, FilterTerm } from '../../../shared/domain/filter.ts'
import { asList, asObject, asText, entryOf, isObject, textOrNull, type Loose } from '../../foreign/read.ts'

/**
 * What a filter may ask Chatwoot for: its own fields under their own names, which the catalogue has words for, then the
 * account's attributes (docs/providers/chatwoot.md §1.3).
 */
export function filterableBy(attributes: readonly AttributeDefinition[]): Filterable[] {
  // Only a conversation's own: the server never joins the table that holds those of contacts.
  const own = attributes.filter((each) => each.of === 'conversation').map(ofAttribute)
  return [...fields.map((field) => ({ ...field, label: null, choices: [] })), ...own]
}

/** Terms as the server takes them. The last one is joined to nothing: anything else there is an error to it. */
export function toQuery(terms: readonly FilterTerm[]): WireTerm[] {
  return terms.map((term, at) => {
    const { key, model } = attributeOf(term.attribute)
    const next = terms[at + 1]
    return {
      attribute_key: key,
      filter_operator: operators[term.operator],
      values: term.values.map((value) => sentValue(key, model, value)),
      query_operator: next === undefined ? null : next.join === 'and' ? 'AND' : 'OR',
      ...(model === null ? {} : { custom_attribute_type: model }),
    }
  })
}

/** A saved filter's terms, without those we have no words for: they still count when the folder itself is asked for. */
export function termsFrom(query: unknown): FilterTerm[] {
  const lines = asList(asObject(query)['payload']).filter(isObject)
  return lines.flatMap((line, at): FilterTerm[] => {
    const operator = operatorOf(line['filter_operator'])
    const key = textOrNull(line['attribute_key'])
    if (operator === null || key === null) return []
    const join = asText(lines[at - 1]?.['query_operator']).toLowerCase() === 'or' ? 'or' : 'and'
    return [{ attribute: attributeFrom(key, line), operator, values: valuesFrom(key, line), join }]
  })
}

export interface WireTerm {
  readonly attribute_key: string
  readonly filter_operator: string
  readonly values: readonly (string | number)[]
  readonly query_operator: 'AND' | 'OR' | null
  readonly custom_attribute_type?: string
}

const equality = ['is', 'isNot'] as const
const presence = ['isPresent', 'isNotPresent'] as const
const within = ['contains', 'doesNotContain'] as const
const time = ['isAfter', 'isBefore', 'isOlderThanDays'] as const

const fields: readonly Pick<Filterable, 'key' | 'operators' | 'values'>[] = [
  { key: 'status', operators: equality, values: 'status' },
  { key: 'priority', operators: equality, values: 'priority' },
  { key: 'assignee_id', operators: [...equality, ...presence], values: 'agent' },
  { key: 'inbox_id', operators: equality, values: 'inbox' },
  { key: 'team_id', operators: [...equality, ...presence], values: 'team' },
  { key: 'labels', operators: [...equality, ...presence], values: 'label' },
  { key: 'display_id', operators: [...equality, ...within], values: 'number' },
  { key: 'mail_subject', operators: [...equality, ...within], values: 'text' },
  { key: 'referer', operators: [...equality, ...within], values: 'text' },
  { key: 'browser_language', operators: equality, values: 'text' },
  { key: 'conversation_language', operators: equality, values: 'text' },
  { key: 'created_at', operators: time, values: 'date' },
  { key: 'last_activity_at', operators: time, values: 'date' },
]

/** Columns that hold numbers. */
const idKeys = ['assignee_id', 'inbox_id', 'team_id', 'display_id', 'campaign_id']
const otherKeys = ['campaign_id', 'country_code']
const ownKeys = new Set([...fields.map((field) => field.key), ...otherKeys])

const operators: Readonly<Record<FilterOperator, string>> = {
  is: 'equal_to',
  isNot: 'not_equal_to',
  contains: 'contains',
  doesNotContain: 'does_not_contain',
  isPresent: 'is_present',
  isNotPresent: 'is_not_present',
  isAfter: 'is_greater_than',
  isBefore: 'is_less_than',
  isOlderThanDays: 'days_before',
}
const ours: Readonly<Record<string, FilterOperator>> = {
  equal_to: 'is',
  not_equal_to: 'isNot',
  contains: 'contains',
  does_not_contain: 'doesNotContain',
  is_present: 'isPresent',
  is_not_present: 'isNotPresent',
  is_greater_than: 'isAfter',
  is_less_than: 'isBefore',
  days_before: 'isOlderThanDays',
}

function operatorOf(raw: unknown): FilterOperator | null {
  return entryOf(ours, asText(raw)) ?? null
}

function ofAttribute({ key, label, kind, choices }: AttributeDefinition): Filterable {
  const attribute = { key: `${prefixes.conversation_attribute}${key}`, label, choices }
  switch (kind) {
    case 'text':
    case 'link':
      return { ...attribute, operators: [...equality, ...within, ...presence], values: 'text' }
    case 'number':
      return { ...attribute, operators: [...equality, ...presence], values: 'number' }
    case 'date':
      return { ...attribute, operators: time, values: 'date' }
    case 'list':
      return { ...attribute, operators: [...equality, ...presence], values: 'choice' }
    case 'checkbox':
      return { ...attribute, operators: ['is'], values: 'yesNo' }
  }
}

/** The account's attributes are told from the server's fields by what stands before their key. */
const prefixes = { conversation_attribute: 'custom.', contact_attribute: 'customer.' } as const

function attributeOf(attribute: string): { key: string; model: keyof typeof prefixes | null } {
  for (const model of ['conversation_attribute', 'contact_attribute'] as const) {
    const prefix = prefixes[model]
    if (attribute.startsWith(prefix)) return { key: attribute.slice(prefix.length), model }
  }
  return { key: attribute, model: null }
}

/** Older folders do not say that an attribute is the account's own. */
function attributeFrom(key: string, line: Loose): string {
  const model = asText(line['custom_attribute_type'])
  if (model === 'contact_attribute') return prefixes.contact_attribute + key
  return model === '' && ownKeys.has(key) ? key : prefixes.conversation_attribute + key
}

function sentValue(key: string, model: string | null, value: string): string | number {
  if (model !== null) return value
  if (key === 'status' && value === 'done') return 'resolved'
  return idKeys.includes(key) && /^\d{1,15}$/.test(value) ? Number(value) : value
}

/** A list of texts, numbers or the picked things themselves; or one of these alone. */
function valuesFrom(key: string, line: Loose): string[] {
  const raw = line['values']
  return (Array.isArray(raw) ? asList(raw) : [raw])
    .map((each) => (isObject(each) ? each['id'] : each))
    .map((each) => (typeof each === 'boolean' ? String(each) : asText(each)))
    .filter((each) => each !== '')
    .map((each) => (key === 'status' && each === 'resolved' ? 'done' : each))
}
