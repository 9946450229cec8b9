import type { FaultTarget } from '../faults.ts'
import { ScenarioMistake, type ScenarioInput } from '../scenario-input.ts'
import type { Manners } from './manners.ts'
import { plainRefusals, type AelystFault } from './named-faults.ts'

/** Reads what is to go wrong, where, and how the workspace is to behave from now on. */
export function targetOf(input: ScenarioInput): FaultTarget {
  return {
    method: input.optionalText('method'),
    path: input.optionalText('path'),
    count: input.optionalNumber('count'),
    skip: input.optionalNumber('skip'),
    chance: input.optionalNumber('chance'),
  }
}

const withoutFields = [
  'resetBeforeAccept',
  'dropAfterAccept',
  'hang',
  'acceptThenHang',
  'junkJson',
  'halfJson',
  'cutOff',
  ...plainRefusals,
] as const
const withFields = [
  'latency',
  'acceptLate',
  'slowDrip',
  'status',
  'rateLimited',
  'badGateway',
  'alreadyConnected',
] as const

export function faultOf(input: ScenarioInput): AelystFault {
  const named = input.oneOf('kind', [...withFields, ...withoutFields])
  const plain = withoutFields.find((kind) => kind === named)
  if (plain !== undefined) return { kind: plain }
  return faultWithFields(input, input.oneOf('kind', withFields))
}

function faultWithFields(input: ScenarioInput, kind: (typeof withFields)[number]): AelystFault {
  switch (kind) {
    case 'latency':
      return { kind, delayMs: input.number('delayMs'), jitterMs: input.optionalNumber('jitterMs') ?? 0 }
    case 'acceptLate':
      return { kind, delayMs: input.number('delayMs'), jitterMs: input.optionalNumber('jitterMs') ?? 0 }
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
      return { kind, retryAfter: input.optionalNumber('retryAfter') ?? null }
    case 'badGateway':
      return { kind, status: gatewayStatus(input.optionalNumber('status') ?? 502) }
    case 'alreadyConnected':
      return { kind, contact: input.number('contact') }
  }
}

function gatewayStatus(status: number): 502 | 503 | 504 {
  if (status === 502 || status === 503 || status === 504) return status
  throw new ScenarioMistake('"status" must be 502, 503 or 504.')
}

const filterManners = ['works', 'refused', 'ignored'] as const

export function serverOf(input: ScenarioInput): Partial<Manners> {
  const change = {
    statusWords: input.optionalOneOf('statusWords', ['closed', 'close']),
    statusFilter: input.optionalOneOf('statusFilter', filterManners),
    combinedFilter: input.optionalOneOf('combinedFilter', filterManners),
    updatedAtFilter: input.optionalOneOf('updatedAtFilter', filterManners),
    nobody: input.optionalOneOf('nobody', ['null', 'nullId']),
    endOfPages: input.optionalOneOf('endOfPages', ['null', 'empty']),
    pagesKeepBase: input.optionalYesNo('pagesKeepBase'),
    pagesOverlap: input.optionalYesNo('pagesOverlap'),
    listLimit: input.optionalNumber('listLimit'),
    messageLimit: input.optionalNumber('messageLimit'),
    messageIds: input.optionalOneOf('messageIds', ['micros', 'counted']),
    userIds: input.optionalOneOf('userIds', ['number', 'text']),
    templateComponents: input.optionalOneOf('templateComponents', ['list', 'text']),
    channelTimes: input.optionalOneOf('channelTimes', ['seconds', 'millis']),
    requiresCategory: input.optionalYesNo('requiresCategory'),
    sameStatus: input.optionalOneOf('sameStatus', ['accepted', 'refused']),
    ignoresWrites: input.optionalYesNo('ignoresWrites'),
    sendingReopens: input.optionalYesNo('sendingReopens'),
    mergedAnswer: input.optionalOneOf('mergedAnswer', ['notFound', 'object']),
    queuedForMs: input.optionalNumber('queuedForMs'),
    isLimiting: input.optionalYesNo('isLimiting'),
    limitPerSecond: input.optionalNumber('limitPerSecond'),
    limitScope: input.optionalOneOf('limitScope', ['path', 'method']),
    tellsRetryInBody: input.optionalYesNo('tellsRetryInBody'),
    blocksBurstsOver: input.isNull('blocksBurstsOver') ? null : input.optionalNumber('blocksBurstsOver'),
  } satisfies Record<keyof Manners, unknown>
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
