/**
 * Every way a command can fail, as a closed list. A failure is a value: Electron keeps only an error's message and
 * HTTP keeps nothing. The words for each code are in the message catalogue (words/failures); `facts` fills their blanks.
 */
export const failureCodes = [
  // the command itself
  'unknownCommand',
  'badInput',
  'badOutput',
  'internal',
  'notFound',
  'notPossible',
  // signing in
  'badAddress',
  'needsHttps',
  'notThisProvider',
  'wrongPath',
  'proxyPage',
  'headerStripped',
  'badToken',
  'botToken',
  'suspended',
  'noAccounts',
  'probeExpired',
  'otherPerson',
  'badSignIn',
  'badCode',
  'keyExpired',
  'keyUnusable',
  'keyNotTaken',
  'ownersOnly',
  'signInThrottled',
  'unknownInbox',
  'unknownContact',
  'identityRefused',
  // the network
  'offline',
  'dns',
  'refused',
  'tls',
  'timeout',
  'reset',
  'proxy',
  // the server
  'auth',
  'forbidden',
  'rateLimited',
  'busy',
  'inQueue',
  'rejected',
  'gone',
  'protocol',
  'listBroken',
  // what an order asks for
  'needsAnswers',
  'notAssignable',
  'hadBefore',
  'mayBeDone',
  'notCarriedOut',
  'wroteSince',
  'takenSince',
  'yoursSince',
  'teamSince',
  'resolvedSince',
  'reopenedSince',
  'snoozedSince',
  'pendedSince',
  'prioritySince',
  'badEmail',
  'windowClosed',
  'tooLong',
  'fileTooLarge',
  'fileMissing',
  'badFileAddress',
  // this computer
  'sessionEnded',
  'keychainMissing',
  'keychainLocked',
  'keychainRefused',
  'diskFull',
  'diskFailing',
  'diskReadOnly',
  'dataLocked',
  'dataDamaged',
  'unsentRows',
] as const
export type FailureCode = (typeof failureCodes)[number]

export interface Failure {
  readonly code: FailureCode
  /** Blanks of the sentence: host, issuer, count ... Never a secret. */
  readonly facts: Readonly<Record<string, string>>
  /** Epoch ms from which trying again makes sense; null when it is up to the agent. */
  readonly retryAt: number | null
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** Thrown inside main for expected trouble; dispatch turns it into a value. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly failure: Failure
  constructor(code: FailureCode, facts: Record<string, string> = {}, retryAt: number | null = null) {
    super(code)
    this.name = 'Refusal'
    this.failure = { code, facts, retryAt }
  }
}
