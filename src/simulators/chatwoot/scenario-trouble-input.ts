import type { FaultTarget } from '../faults.ts'
import { ScenarioMistake, type ScenarioInput } from '../scenario-input.ts'
import type { ChatwootFault } from './named-faults.ts'
import type { Scenario } from './scenario.ts'

/** Reads what is to go wrong, where, and how the installation is to behave from now on. */
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
  'retryWith',
  'serverError',
  'serverErrorPage',
  'refused',
  'proxyPage',
  'toHttps',
] as const satisfies readonly ChatwootFault['kind'][]

const refusalNames = [
  'signIn',
  'invalidToken',
  'bot',
  'suspended',
  'notMember',
  'denied',
  'notFound',
] as const

export function faultOf(input: ScenarioInput): ChatwootFault {
  const kind = input.oneOf('kind', faultKinds)
  switch (kind) {
    case 'latency':
      return { kind, delayMs: input.number('delayMs'), jitterMs: input.optionalNumber('jitterMs') ?? 0 }
    case 'acceptLate':
      return { kind, ...lateness(input) }
    case 'slowDrip':
      return {
        kind,
        bytesPerChunk: input.optionalNumber('bytesPerChunk') ?? 64,
        everyMs: input.optionalNumber('everyMs') ?? 100,
      }
    case 'status': {
      const contentType = input.optionalText('contentType') ?? 'application/json; charset=utf-8'
      return { kind, status: input.number('status'), contentType, body: input.optionalText('body') ?? '' }
    }
    case 'rateLimited':
      return { kind, retryAfter: input.optionalText('retryAfter') ?? null }
    case 'badGateway':
      return { kind, status: gatewayStatus(input.optionalNumber('status') ?? 502) }
    case 'refused':
      return { kind, why: input.oneOf('why', refusalNames) }
    case 'resetBeforeAccept':
    case 'dropAfterAccept':
    case 'hang':
    case 'acceptThenHang':
    case 'junkJson':
    case 'halfJson':
    case 'cutOff':
    case 'retryWith':
    case 'serverError':
    case 'serverErrorPage':
    case 'proxyPage':
    case 'toHttps':
      return { kind }
  }
}

/** By itself from 5 to 90 s, as long as proxies are known to keep a request which its client has given up. */
function lateness(input: ScenarioInput): { delayMs: number; jitterMs: number } {
  const delayMs = input.optionalNumber('delayMs')
  return delayMs === undefined
    ? { delayMs: 5_000, jitterMs: input.optionalNumber('jitterMs') ?? 85_000 }
    : { delayMs, jitterMs: input.optionalNumber('jitterMs') ?? 0 }
}

function gatewayStatus(status: number): 502 | 503 | 504 {
  if (status === 502 || status === 503 || status === 504) return status
  throw new ScenarioMistake('"status" must be 502, 503 or 504.')
}

export function serverOf(input: ScenarioInput): Parameters<Scenario['server']>[0] {
  const change = {
    mode: input.optionalOneOf('mode', [
      'chatwoot',
      'otherSite',
      'otherApi',
      'proxyPage',
      'toHttps',
      'notOnboarded',
    ]),
    strips: input.optionalOneOf('strips', ['nothing', 'underscores', 'all']),
    date: input.optionalOneOf('date', ['told', 'absent', 'junk']),
    keepsUnknownContentAttributes: input.optionalYesNo('keepsUnknownContentAttributes'),
    pageSize: input.optionalNumber('pageSize'),
    version: input.optionalText('version'),
    refusesUnknownEnums: input.optionalYesNo('refusesUnknownEnums'),
    retriesOnlyFailed: input.optionalYesNo('retriesOnlyFailed'),
    skipsIdleLastSeen: input.optionalYesNo('skipsIdleLastSeen'),
    isBeforeTeamsAndBots: input.optionalYesNo('isBeforeTeamsAndBots'),
    hasHumanAgentFlag: input.optionalYesNo('hasHumanAgentFlag'),
    unreadCounts: input.optionalOneOf('unreadCounts', ['absent', 'off', 'on']),
    isThrottling: input.optionalYesNo('isThrottling'),
    transcripts: input.optionalOneOf('transcripts', ['sent', 'planTooSmall', 'tooMany']),
    publicMisses: input.optionalOneOf('publicMisses', ['json', 'page']),
    breaksListOfVerified: input.optionalYesNo('breaksListOfVerified'),
    publicOrder: input.optionalOneOf('publicOrder', ['oldestFirst', 'newestFirst', 'mixed']),
    ignoresResolveByCustomer: input.optionalYesNo('ignoresResolveByCustomer'),
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
