import type { AskedFieldRow } from '../../../shared/contract/contract.ts'
import type { WordKey } from '../../../shared/words/words.ts'

/** What stands in the form, by attribute key: text as typed, or whether it is ticked. */
export type Typed = Readonly<Record<string, string | boolean>>
type Answers = Record<string, AskedFieldRow['value']>

/** The answers, or what is wrong with each that cannot be one. Pure. */
export function answersOf(
  fields: readonly AskedFieldRow[],
  typed: Typed,
): { ok: true; answers: Answers } | { ok: false; errors: Readonly<Record<string, WordKey>> } {
  const answers: Answers = {}
  const errors: Record<string, WordKey> = {}
  for (const field of fields) {
    const given = typed[field.key] ?? firstTyped(field)
    const error = errorOf(field, given)
    if (error !== null) errors[field.key] = error
    else answers[field.key] = valueOf(field, given)
  }
  return Object.keys(errors).length === 0 ? { ok: true, answers } : { ok: false, errors }
}

/** What stands in a field before anybody typed: what the conversation has already. */
export function firstTyped({ kind, value, choices }: AskedFieldRow): string | boolean {
  if (kind === 'checkbox') return value === true || value === 'true'
  if (value === null) return ''
  const text = String(value)
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? ''
  return kind === 'list' && !choices.includes(text) ? '' : text
}

function errorOf({ kind, isRequired }: AskedFieldRow, given: string | boolean): WordKey | null {
  if (typeof given === 'boolean') return null
  const text = given.trim()
  if (text === '') return isRequired ? 'resolve.missing' : null
  if (kind === 'number' && !Number.isFinite(numberOf(text))) return 'resolve.notNumber'
  if (kind === 'link' && !isLink(text)) return 'resolve.notLink'
  return null
}

function valueOf({ kind }: AskedFieldRow, given: string | boolean): AskedFieldRow['value'] {
  if (typeof given === 'boolean') return given
  if (given.trim() === '') return null
  return kind === 'number' ? numberOf(given.trim()) : given.trim()
}

/** With a comma or a point: both are written where agents live. */
function numberOf(text: string): number {
  return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : NaN
}

function isLink(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
