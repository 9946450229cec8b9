import { asList, asObject, isObject, textOrNull } from '../../foreign/read.ts'
import type { WireContentAttributes } from './wire-types.ts'

/**
 * What an interactive message offers, and what the customer chose, one line each: options, cards, articles, forms and
 * the satisfaction survey (docs/providers/chatwoot.md §2.2). Empty for ordinary messages.
 */
export function interactiveLines(attributes: WireContentAttributes): string[] {
  return [...asList(attributes.items).flatMap(offered), ...chosen(attributes.submitted_values)]
}

function offered(item: unknown): string[] {
  const { title, label, name, description, link } = asObject(item)
  const head = textOrNull(title) ?? textOrNull(label) ?? textOrNull(name)
  const line = [head, textOrNull(description), textOrNull(link)].filter((each) => each !== null).join(' – ')
  return line === '' ? [] : [`• ${line}`]
}

function chosen(values: unknown): string[] {
  const survey = asObject(asObject(values)['csat_survey_response'])
  const rating = textOrNull(survey['rating'])
  if (rating !== null)
    return [[`★ ${rating}/5`, textOrNull(survey['feedback_message'])].filter(Boolean).join(' – ')]
  const answers = isObject(values)
    ? Object.entries(values).map(([name, value]) => ({ name, value }))
    : asList(values)
  return answers.flatMap((answer) => {
    const { title, name, value } = asObject(answer)
    const said = textOrNull(title) ?? textOrNull(value)
    const asked = textOrNull(name)
    if (said === null) return []
    return [asked === null || asked === said ? `→ ${said}` : `→ ${asked}: ${said}`]
  })
}
