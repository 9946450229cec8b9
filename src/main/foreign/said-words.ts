import { asList, isObject, textOrNull, type Loose } from './read.ts'

/**
 * What a refusal says, in any of the forms Chatwoot and those derived from it use: a sentence, a list of sentences, or a
 * list of fields with a message each, which their descriptions promise and stock servers never send.
 */
export function saidIn(body: Loose): string | null {
  const listed = asList(body['errors']).map(lineOf)
  const errors = listed.filter((line) => line !== '').join(' ')
  const words = [body['error'], body['message'], errors, body['description']].map(textOrNull)
  return words.find((each) => each !== null)?.slice(0, 500) ?? null
}

function lineOf(each: unknown): string {
  if (!isObject(each)) return textOrNull(each) ?? ''
  const [field, message] = [
    textOrNull(each['field']),
    textOrNull(each['message']) ?? textOrNull(each['code']),
  ]
  return [field, message].filter((part) => part !== null).join(': ')
}
