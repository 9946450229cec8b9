import type { Failure } from '../../shared/contract/failure.ts'
import { say } from '../../shared/words/words.ts'

/** The sentence of a failure: its cause, then the way out. */
export function failureText(failure: Failure): string {
  return say(`failure.${failure.code}`, failure.facts)
}
