import { TurnedDown, refusals } from './answers.ts'
import type { AttributeDefinition } from './office.ts'
import type { Account, Conversation, World } from './world.ts'

/** One condition of a filter as a question to a conversation; null where the key is none of the known ones. */
export function fieldTest(world: World, condition: Condition): FilterTest | null {
  const field = fields.find(({ key }) => key === condition.key)
  if (field === undefined) return null
  checkOperator(condition, operatorsOf[field.kind])
  checkValues(condition, field.kind)
  return compare(world, condition, field.kind, field.read)
}

/** The account's own attributes, of the conversation unless the contact's are meant. */
export function customTest(world: World, account: Account, condition: Condition): FilterTest | null {
  const model = condition.customType === 'contact_attribute' ? 'contact_attribute' : 'conversation_attribute'
  const definition = account.attributeDefinitions.find(
    (one) => one.key === condition.key && one.model === model,
  )
  if (definition === undefined) return null
  const kind = customKinds[definition.type]
  checkOperator(condition, operatorsOf[kind])
  checkValues(condition, kind)
  return compare(world, condition, kind, (conversation) => {
    const contact = account.contacts.get(conversation.contactId)
    const held = model === 'contact_attribute' ? contact?.customAttributes : conversation.customAttributes
    return listed(held?.[definition.key]?.toString().toLowerCase())
  })
}

export interface Condition {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
  readonly customType: string | null
}

export type FilterTest = (conversation: Conversation) => boolean

type Kind =
  'status' | 'enum' | 'id' | 'labels' | 'words' | 'language' | 'moment' | 'text' | 'number' | 'yesNo' | 'date'

interface Field {
  readonly key: string
  readonly kind: Kind
  /** What the conversation has, in lower case; nothing where it has none. */
  readonly read: (conversation: Conversation) => readonly string[]
}

const fields: readonly Field[] = [
  { key: 'status', kind: 'status', read: ({ status }) => [status] },
  { key: 'priority', kind: 'enum', read: ({ priority }) => listed(priority) },
  {
    key: 'assignee_id',
    kind: 'id',
    read: ({ assignee }) => listed(assignee?.kind === 'user' ? assignee.id : null),
  },
  { key: 'inbox_id', kind: 'id', read: ({ inboxId }) => [String(inboxId)] },
  { key: 'team_id', kind: 'id', read: ({ teamId }) => listed(teamId) },
  { key: 'campaign_id', kind: 'id', read: () => [] },
  { key: 'labels', kind: 'labels', read: ({ labels }) => labels.map((label) => label.toLowerCase()) },
  { key: 'display_id', kind: 'words', read: ({ displayId }) => [String(displayId)] },
  { key: 'referer', kind: 'words', read: additional('referer') },
  { key: 'mail_subject', kind: 'words', read: additional('mail_subject') },
  { key: 'browser_language', kind: 'language', read: additional('browser_language') },
  { key: 'conversation_language', kind: 'language', read: additional('conversation_language') },
  { key: 'created_at', kind: 'moment', read: ({ createdAt }) => [String(createdAt)] },
  { key: 'last_activity_at', kind: 'moment', read: ({ lastActivityAt }) => [String(lastActivityAt)] },
]

const same = ['equal_to', 'not_equal_to']
const presence = ['is_present', 'is_not_present']
const within = ['contains', 'does_not_contain']
const order = ['is_greater_than', 'is_less_than']

const operatorsOf: Record<Kind, readonly string[]> = {
  status: same,
  enum: same,
  id: [...same, ...presence],
  labels: [...same, ...presence],
  words: [...same, ...within],
  language: same,
  moment: [...order, 'days_before'],
  text: [...same, ...presence, ...within],
  number: [...same, ...presence, ...order],
  yesNo: same,
  date: [...same, ...presence, ...order, 'days_before'],
}

const customKinds: Record<AttributeDefinition['type'], Kind> = {
  text: 'text',
  link: 'text',
  list: 'text',
  number: 'number',
  currency: 'number',
  percent: 'number',
  checkbox: 'yesNo',
  date: 'date',
}

const statusNames = ['all', 'open', 'resolved', 'pending', 'snoozed']
const priorityNames = ['low', 'medium', 'high', 'urgent']

function compare(world: World, condition: Condition, kind: Kind, read: Field['read']): FilterTest {
  const wanted = condition.values.map((value) => value.toLowerCase())
  const [first = ''] = wanted
  const number = numberOf(kind)
  switch (condition.operator) {
    case 'equal_to':
      return (one) =>
        (kind === 'status' && wanted.includes('all')) || read(one).some((has) => wanted.includes(has))
    case 'not_equal_to':
      return (one) => !read(one).some((has) => wanted.includes(has))
    case 'is_present':
      return (one) => read(one).length > 0
    case 'is_not_present':
      return (one) => read(one).length === 0
    case 'contains':
      return (one) => read(one).some((has) => wanted.some((part) => has.includes(part.trim())))
    case 'does_not_contain':
      return (one) => !read(one).some((has) => wanted.some((part) => has.includes(part.trim())))
    case 'is_greater_than':
      return (one) => read(one).some((has) => number(has) > number(first))
    case 'is_less_than':
      return (one) => read(one).some((has) => number(has) < number(first))
    default: {
      // Whole days back from today's midnight.
      const midnight = Math.floor(world.clock.now() / 86_400_000) * 86_400_000
      return (one) => read(one).some((has) => number(has) < midnight - Number(first) * 86_400_000)
    }
  }
}

function checkOperator({ key, operator }: Condition, allowed: readonly string[]): void {
  if (allowed.includes(operator)) return
  const sentence = `Invalid operator. The allowed operators for ${key} are [${allowed.join(',')}].`
  throw new TurnedDown(refusals.unprocessable(sentence))
}

function checkValues({ key, operator, values }: Condition, kind: Kind): void {
  if (presence.includes(operator)) return
  const [first] = values
  if (first !== undefined && values.every((value) => isPossible(kind, operator, value))) return
  throw new TurnedDown(refusals.unprocessable(`Invalid value. The values provided for ${key} are invalid`))
}

function isPossible(kind: Kind, operator: string, value: string): boolean {
  switch (kind) {
    case 'status':
      return statusNames.includes(value)
    case 'enum':
      return priorityNames.includes(value)
    case 'id':
      return /^\d+$/.test(value)
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value))
    case 'moment':
    case 'date':
      return operator === 'days_before' ? /^\d+$/.test(value) : !Number.isNaN(Date.parse(value))
    case 'labels':
    case 'words':
    case 'language':
    case 'text':
    case 'yesNo':
      return true
  }
}

/** A moment is read as it is kept, in milliseconds, or as a date somebody wrote. */
function numberOf(kind: Kind): (text: string) => number {
  if (kind === 'number') return Number
  return (text) => (/^\d{10,}$/.test(text) ? Number(text) : Date.parse(text))
}

function additional(key: string): Field['read'] {
  return ({ additionalAttributes }) => {
    const value = additionalAttributes[key]
    return typeof value === 'string' ? [value.toLowerCase()] : []
  }
}

function listed(value: string | number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [String(value)]
}
