import type { FaultTarget } from '../faults.ts'
import { ScenarioMistake, type ScenarioInput } from '../scenario-input.ts'
import type { WapikitFault } from './named-faults.ts'
import type { Scenario } from './scenario.ts'

/** Reads what is to go wrong, where, and how the server is to behave from now on. */
export function targetOf(input: ScenarioInput): FaultTarget {
  return {
    method: input.optionalText('method'),
    path: input.optionalText('path'),
    count: input.optionalNumber('count'),
    skip: input.optionalNumber('skip'),
    chance: input.optionalNumber('chance'),
  }
}

const faultKinds = [
  'latency',
  'resetBeforeAccept',
  'dropAfterAccept',
  'hang',
  'acceptThenHang',
  'acceptLate',
  'junkJson',
  'halfJson',
  'cutOff',
  'slowDrip',
  'status',
  'rateLimited',
  'badGateway',
  'serverError',
  'refused',
  'proxyPage',
] as const satisfies readonly WapikitFault['kind'][]

export function faultOf(input: ScenarioInput): WapikitFault {
  const kind = input.oneOf('kind', faultKinds)
  switch (kind) {
    case 'latency':
      return { kind, delayMs: input.number('delayMs'), jitterMs: input.optionalNumber('jitterMs') ?? 0 }
    case 'acceptLate':
      return { kind, delayMs: input.number('delayMs'), jitterMs: input.optionalNumber('jitterMs') ?? 0 }
    case 'slowDrip':
      return {
        kind,
        bytesPerChunk: input.optionalNumber('bytesPerChunk') ?? 64,
        everyMs: input.number('everyMs'),
      }
    case 'status': {
      const contentType = input.optionalText('contentType') ?? 'application/json; charset=UTF-8'
      return { kind, status: input.number('status'), contentType, body: input.optionalText('body') ?? '' }
    }
    case 'rateLimited':
      return { kind, resetInMs: input.optionalNumber('resetInMs') ?? 60_000 }
    case 'badGateway':
      return { kind, status: gatewayStatus(input.optionalNumber('status') ?? 502) }
    case 'refused':
      return { kind, why: input.oneOf('why', ['unauthorized', 'permission', 'notFound']) }
    case 'resetBeforeAccept':
    case 'dropAfterAccept':
    case 'hang':
    case 'acceptThenHang':
    case 'junkJson':
    case 'halfJson':
    case 'cutOff':
    case 'serverError':
    case 'proxyPage':
      return { kind }
  }
}

function gatewayStatus(status: number): 502 | 503 | 504 {
  if (status === 502 || status === 503 || status === 504) return status
  throw new ScenarioMistake('"status" must be 502, 503 or 504.')
}

export function mannersIn(input: ScenarioInput): Parameters<Scenario['server']>[0] {
  const change = {
    dialect: input.optionalOneOf('dialect', ['main', 'newer', 'hosted']),
    mode: input.optionalOneOf('mode', ['wapikit', 'otherSite', 'proxyPage']),
    messageTypeKey: input.optionalOneOf('messageTypeKey', ['message_type', 'messageType']),
    tagTextKey: input.optionalOneOf('tagTextKey', ['name', 'label']),
    assignedTo: input.optionalOneOf('assignedTo', ['never', 'stale', 'shown']),
    hasContactLists: input.optionalYesNo('hasContactLists'),
    hasLaterFields: input.optionalYesNo('hasLaterFields'),
    tellsTotals: input.optionalYesNo('tellsTotals'),
    countsUnread: input.optionalYesNo('countsUnread'),
    errorBody: input.optionalOneOf('errorBody', ['message', 'string', 'listed']),
    messagesRoute: input.optionalOneOf('messagesRoute', ['broken', 'works']),
    update: input.optionalOneOf('update', ['noop', 'works']),
    assignVerb: input.optionalOneOf('assignVerb', ['GET', 'POST']),
    realtime: input.optionalOneOf('realtime', ['socket', 'events', 'none']),
    isLimiting: input.optionalYesNo('isLimiting'),
    limiterPanics: input.optionalYesNo('limiterPanics'),
    hasExpectedAccount: input.optionalYesNo('hasExpectedAccount'),
    whatsApp: input.optionalOneOf('whatsApp', ['connected', 'absent', 'refuses']),
    keepsReplyWindow: input.optionalYesNo('keepsReplyWindow'),
    membersMay: input.optionalYesNo('membersMay'),
    hasWindow: input.optionalYesNo('hasWindow'),
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
