import type { ScenarioInput } from '../scenario-input.ts'
import type { MessageWhere, Where } from './scenario-names.ts'
import type { Scenario } from './scenario.ts'

/** One scenario call over HTTP: reads its fields, does it, and answers what there is to tell. */
export type Verb = (input: ScenarioInput, scenario: Scenario) => unknown

/** Everything a call understands has been read by now; what is left over was a mistake. */
export function whole<T>(input: ScenarioInput, given: T): T {
  input.refuseRest()
  return given
}

export function where(input: ScenarioInput): Where {
  return { account: input.optionalNumber('account'), conversation: input.number('conversation') }
}

export function messageWhere(input: ScenarioInput): MessageWhere {
  return { ...where(input), message: input.optionalNumber('message') }
}
