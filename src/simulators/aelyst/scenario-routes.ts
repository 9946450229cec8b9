import type { FaultBoard } from '../faults.ts'
import type { SimulatorAnswer } from '../router.ts'
import { ScenarioMistake, scenarioInput, type ScenarioInput } from '../scenario-input.ts'
import type { LoggedRequest, SimulatorRequest } from '../simulator-server.ts'
import { json } from './answers.ts'
import { faultOf, serverOf, targetOf } from './scenario-trouble-input.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './world.ts'

/** The scenario over HTTP: `POST /_scenario/<verb>` with a JSON object, `GET /_scenario/<what>` to look. */
export function answerScenario(controlled: Controlled, request: SimulatorRequest): SimulatorAnswer {
  const name = request.path.slice('/_scenario/'.length)
  try {
    if (request.method === 'GET') return json(looked(controlled, name))
    const verb = verbs[name]
    if (verb === undefined || request.method !== 'POST') throw new ScenarioMistake(unknownVerb(name))
    const input = scenarioInput(parsed(request))
    return json(verb(input, controlled.scenario) ?? { done: true })
  } catch (mistake) {
    if (mistake instanceof ScenarioMistake) return json({ error: mistake.message }, 422)
    throw mistake
  }
}

export interface Controlled {
  readonly world: World
  readonly scenario: Scenario
  readonly faults: FaultBoard
  readonly requests: readonly LoggedRequest[]
}

/** One call: reads its fields, does it, and answers what there is to tell. */
type Verb = (input: ScenarioInput, scenario: Scenario) => unknown

const statuses = ['pending', 'sent', 'delivered', 'read', 'failed'] as const

const verbs: Record<string, Verb> = {
  'customer-writes': (input, scenario) => {
    const type = input.optionalText('type')
    const text = type === undefined ? input.text('text') : input.optionalText('text')
    return scenario.customerWrites(
      whole(input, {
        contact: input.optionalNumber('contact'),
        name: input.optionalText('name'),
        phone: input.optionalText('phone'),
        email: input.optionalText('email'),
        channel: input.optionalText('channel'),
        ...(type === undefined ? { text } : { body: text === undefined ? { type } : { type, text } }),
      }),
    )
  },
  'customer-reads': (input, scenario) => scenario.customerReads(whole(input, where(input))),
  'colleague-writes': (input, scenario) =>
    scenario.colleagueWrites(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        text: input.text('text'),
        source: input.optionalText('source'),
      }),
    ),
  'system-writes': (input, scenario) =>
    scenario.systemWrites(
      whole(input, { ...where(input), source: input.text('source'), text: input.text('text') }),
    ),
  'colleague-sets': (input, scenario) =>
    scenario.colleagueSets(
      whole(input, { ...where(input), status: input.oneOf('status', ['open', 'closed']) }),
    ),
  'colleague-assigns': (input, scenario) =>
    scenario.colleagueAssigns(whole(input, { ...where(input), to: textOrNull(input, 'to') })),
  tags: (input, scenario) => scenario.tags(whole(input, { ...where(input), tags: input.texts('tags') })),
  lifecycle: (input, scenario) =>
    scenario.lifecycle(whole(input, { ...where(input), name: textOrNull(input, 'name') })),
  blocks: (input, scenario) =>
    scenario.blocks(whole(input, { ...where(input), isBlocked: input.yesNo('isBlocked') })),
  'status-reads': (input, scenario) =>
    scenario.statusReads(whole(input, { ...where(input), raw: textOrNull(input, 'raw') })),
  merges: (input, scenario) =>
    scenario.merges(whole(input, { one: input.number('one'), other: input.number('other') })),
  'contact-deleted': (input, scenario) => scenario.contactDeleted(whole(input, where(input))),
  'message-moves': (input, scenario) =>
    scenario.messageMoves(
      whole(input, {
        ...where(input),
        message: input.optionalNumber('message'),
        status: input.oneOf('status', statuses),
        reason: input.optionalText('reason'),
      }),
    ),
  fault: (input, scenario) => {
    const [fault, target] = whole(input, [faultOf(input), targetOf(input)] as const)
    return { id: scenario.fault(fault, target) }
  },
  'lift-fault': (input, scenario) => scenario.liftFault(whole(input, input.number('id'))),
  'clear-faults': (input, scenario) => {
    input.refuseRest()
    scenario.clearFaults()
  },
  server: (input, scenario) => scenario.server(whole(input, serverOf(input))),
  'reset-token': (input, scenario) => {
    input.refuseRest()
    return { token: scenario.resetToken() }
  },
  live: (input, scenario) => {
    const isOn = input.yesNo('isOn')
    const everyMs = input.optionalNumber('everyMs') ?? 45_000
    const answerAfterMs = input.optionalNumber('answerAfterMs') ?? 11_000
    scenario.live(whole(input, isOn ? { everyMs, answerAfterMs } : null))
  },
  tick: (input, scenario) => {
    input.refuseRest()
    return { happened: scenario.tick() }
  },
  look: (input, scenario) => scenario.look(whole(input, where(input))),
}

function looked({ world, faults, requests }: Controlled, what: string): unknown {
  switch (what) {
    case 'requests':
      return requests
    case 'accepted':
      return world.accepted
    case 'faults':
      return faults.list()
    case 'contacts':
      return [...world.contacts.values()].map(({ id, firstName, lastName, status }) => ({
        contact: id,
        name: [firstName, lastName ?? ''].join(' ').trim(),
        status,
      }))
    default:
      throw new ScenarioMistake('There is /_scenario/requests, accepted, faults and contacts to look at.')
  }
}

/** Everything a call understands has been read by now; what is left over was a mistake. */
function whole<T>(input: ScenarioInput, given: T): T {
  input.refuseRest()
  return given
}

function where(input: ScenarioInput): { contact: number } {
  return { contact: input.number('contact') }
}

function textOrNull(input: ScenarioInput, name: string): string | null {
  return input.isNull(name) ? null : input.text(name)
}

function parsed(request: SimulatorRequest): unknown {
  const text = Buffer.from(request.body).toString('utf8')
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new ScenarioMistake('The body is not JSON.')
  }
}

function unknownVerb(name: string): string {
  return `"${name}" is no scenario call. POST one of: ${Object.keys(verbs).join(', ')}.`
}
