import type { FaultBoard } from '../faults.ts'
import type { SimulatorAnswer } from '../router.ts'
import { ScenarioMistake, scenarioInput } from '../scenario-input.ts'
import type { LoggedRequest, SimulatorRequest } from '../simulator-server.ts'
import { json } from './answers.ts'
import { customerFiles } from './customer-files.ts'
import { eventVerbs } from './scenario-event-verbs.ts'
import { faultOf, serverOf, targetOf } from './scenario-trouble-input.ts'
import { messageWhere, where, whole, type Verb } from './scenario-verb.ts'
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

const priorityNames = ['low', 'medium', 'high', 'urgent'] as const

const verbs: Record<string, Verb> = {
  'customer-writes': (input, scenario) =>
    scenario.customerWrites(
      whole(input, {
        account: input.optionalNumber('account'),
        conversation: input.optionalNumber('conversation'),
        inbox: input.optionalNumber('inbox'),
        name: input.optionalText('name'),
        email: input.optionalText('email'),
        text: input.isNull('text') ? null : input.text('text'),
        hasPicture: input.optionalYesNo('hasPicture'),
        file: input.optionalOneOf('file', customerFiles),
        contentType: input.optionalText('contentType'),
      }),
    ),
  'customer-reads': (input, scenario) => scenario.customerReads(whole(input, where(input))),
  'agent-writes': (input, scenario) =>
    scenario.agentWrites(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        text: input.text('text'),
        isPrivate: input.optionalYesNo('isPrivate'),
      }),
    ),
  'agent-sets': (input, scenario) =>
    scenario.agentSets(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        status: input.oneOf('status', ['open', 'resolved', 'pending', 'snoozed']),
        snoozedUntil: input.optionalNumber('snoozedUntil'),
      }),
    ),
  'agent-assigns': (input, scenario) =>
    scenario.agentAssigns(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        to: input.isNull('to') ? null : input.text('to'),
      }),
    ),
  'agent-reads': (input, scenario) =>
    scenario.agentReads(whole(input, { ...where(input), as: input.optionalText('as') })),
  labels: (input, scenario) =>
    scenario.labels(whole(input, { ...where(input), labels: input.texts('labels') })),
  priority: (input, scenario) =>
    scenario.priority(
      whole(input, {
        ...where(input),
        priority: input.isNull('priority') ? null : input.oneOf('priority', priorityNames),
      }),
    ),
  'message-moves': (input, scenario) =>
    scenario.messageMoves(
      whole(input, {
        ...messageWhere(input),
        status: input.oneOf('status', ['sent', 'delivered', 'read', 'failed']),
        externalError: input.optionalText('externalError'),
      }),
    ),
  'message-deleted': (input, scenario) => scenario.messageDeleted(whole(input, messageWhere(input))),
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
  suspend: (input, scenario) =>
    scenario.suspend(
      whole(input, { account: input.optionalNumber('account'), isSuspended: input.yesNo('isSuspended') }),
    ),
  live: (input, scenario) => {
    const isOn = input.yesNo('isOn')
    const everyMs = input.optionalNumber('everyMs') ?? 40_000
    const answerAfterMs = input.optionalNumber('answerAfterMs') ?? 11_000
    scenario.live(whole(input, isOn ? { everyMs, answerAfterMs } : null))
  },
  tick: (input, scenario) => {
    input.refuseRest()
    return { happened: scenario.tick() }
  },
  look: (input, scenario) => scenario.look(whole(input, where(input))),
  ...eventVerbs,
}

function looked({ world, faults, requests }: Controlled, what: string): unknown {
  switch (what) {
    case 'requests':
      return requests
    case 'accepted':
      return world.accepted
    case 'faults':
      return faults.list()
    case 'conversations':
      return [...world.accounts.values()].flatMap((account) =>
        [...account.conversations.values()].map(({ displayId, status }) => ({
          account: account.id,
          conversation: displayId,
          inbox: account.inboxes.get(account.conversations.get(displayId)?.inboxId ?? 0)?.name ?? null,
          contact: account.contacts.get(account.conversations.get(displayId)?.contactId ?? 0)?.name ?? null,
          status,
        })),
      )
    default:
      throw new ScenarioMistake(
        'There is /_scenario/requests, accepted, faults and conversations to look at.',
      )
  }
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
