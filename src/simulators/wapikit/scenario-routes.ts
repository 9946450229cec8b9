import type { FaultBoard } from '../faults.ts'
import type { SimulatorAnswer } from '../router.ts'
import { ScenarioMistake, scenarioInput, type ScenarioInput } from '../scenario-input.ts'
import type { LoggedRequest, SimulatorRequest } from '../simulator-server.ts'
import { json } from './answers.ts'
import { faultOf, mannersIn, targetOf } from './scenario-trouble-input.ts'
import type { Scenario } from './scenario.ts'
import { contactOf, conversationStatuses, type World } from './world.ts'

/** The scenario over HTTP: `POST /_scenario/<verb>` with a JSON object, `GET /_scenario/<what>` to look. */
export function answerScenario(controlled: Controlled, request: SimulatorRequest): SimulatorAnswer {
  const name = request.path.slice('/_scenario/'.length)
  try {
    if (request.method === 'GET') return json(looked(controlled, name))
    const verb = verbs[name]
    if (verb === undefined || request.method !== 'POST') throw new ScenarioMistake(unknownVerb(name))
    return json(verb(scenarioInput(parsed(request)), controlled.scenario) ?? { done: true })
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

type Verb = (input: ScenarioInput, scenario: Scenario) => unknown

const verbs: Record<string, Verb> = {
  'customer-writes': (input, scenario) =>
    scenario.customerWrites(
      whole(input, {
        conversation: input.optionalText('conversation'),
        phone: input.optionalText('phone'),
        text: input.optionalText('text'),
        kind: input.optionalOneOf('kind', ['text', 'image', 'audio', 'document', 'video']),
        isForeign: input.optionalYesNo('isForeign'),
        at: input.optionalNumber('at'),
      }),
    ),
  redelivers: (input, scenario) => {
    const conversation = input.text('conversation')
    return scenario.redelivers(whole(input, { conversation, message: input.optionalText('message') }))
  },
  'colleague-writes': (input, scenario) =>
    scenario.colleagueWrites(
      whole(input, { conversation: input.text('conversation'), text: input.text('text') }),
    ),
  'colleague-assigns': (input, scenario) => {
    const to = input.isNull('to') ? null : input.text('to')
    scenario.colleagueAssigns(whole(input, { conversation: input.text('conversation'), to }))
  },
  'colleague-sets': (input, scenario) => {
    const status = input.oneOf('status', conversationStatuses)
    scenario.colleagueSets(whole(input, { conversation: input.text('conversation'), status }))
  },
  fault: (input, scenario) => {
    const [fault, target] = whole(input, [faultOf(input), targetOf(input)] as const)
    return { id: scenario.fault(fault, target) }
  },
  'lift-fault': (input, scenario) => scenario.liftFault(whole(input, input.number('id'))),
  'clear-faults': (input, scenario) => {
    input.refuseRest()
    scenario.clearFaults()
  },
  server: (input, scenario) => scenario.server(whole(input, mannersIn(input))),
  'issue-key': (input, scenario) => {
    const given = { as: input.optionalText('as'), livesMs: input.optionalNumber('livesMs') }
    return { key: scenario.issueKey(whole(input, given)) }
  },
  'expire-keys': (input, scenario) => {
    input.refuseRest()
    scenario.expireKeys()
  },
  suspend: (input, scenario) => {
    const isSuspended = input.yesNo('isSuspended')
    scenario.suspend(whole(input, { as: input.optionalText('as'), isSuspended }))
  },
  'cut-live': (input, scenario) => {
    input.refuseRest()
    scenario.cutLive()
  },
  'quiet-live': (input, scenario) => scenario.quietLive(whole(input, input.yesNo('isQuiet'))),
  live: (input, scenario) => {
    const isOn = input.yesNo('isOn')
    const everyMs = input.optionalNumber('everyMs') ?? 55_000
    const answerAfterMs = input.optionalNumber('answerAfterMs') ?? 12_000
    scenario.live(whole(input, isOn ? { everyMs, answerAfterMs } : null))
  },
  tick: (input, scenario) => {
    input.refuseRest()
    return { happened: scenario.tick() }
  },
  look: (input, scenario) => scenario.look(whole(input, { conversation: input.text('conversation') })),
}

function looked({ world, faults, requests }: Controlled, what: string): unknown {
  switch (what) {
    case 'requests':
      return requests
    case 'accepted':
      return world.accepted
    case 'faults':
      return faults.list()
    case 'server':
      return world.manners
    case 'conversations':
      return [...world.conversations.values()].map((conversation) => ({
        conversation: conversation.id,
        organization: conversation.organizationId,
        name: contactOf(world, conversation).name,
        phone: contactOf(world, conversation).phone,
        status: conversation.status,
        messages: conversation.messages.length,
      }))
    default:
      throw new ScenarioMistake(
        'There is /_scenario/requests, accepted, faults, server and conversations to look at.',
      )
  }
}

function whole<T>(input: ScenarioInput, given: T): T {
  input.refuseRest()
  return given
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
