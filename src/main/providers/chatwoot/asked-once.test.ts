import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { ProviderFailure } from '../provider.ts'

const never = new AbortController().signal
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('a transcript', () => {
  it('is asked for with the address alone', async () => {
    await here.session.transcript?.send('1', ' ines@example.org ', never)
    expect(here.sent()).toMatchObject([
      { method: 'POST', path: '/conversations/1/transcript', body: { email: 'ines@example.org' } },
    ])
  })

  it.each([
    ['the plan is too small', 'planTooSmall', { kind: 'rejected', code: 'rejected' }],
    ['there were too many today', 'tooMany', { kind: 'rateLimited' }],
  ] as const)('is refused where %s', async (_, transcripts, wanted) => {
    here.simulator.scenario.server({ transcripts })
    const failure = await failureOf(here.session.transcript?.send('1', 'ines@example.org', never))
    expect(failure).toMatchObject({ ...wanted, mayHaveLeft: false })
  })

  it('without an address is refused in the server’s words', async () => {
    const failure = await failureOf(here.session.transcript?.send('1', ' ', never))
    expect(failure).toMatchObject({ kind: 'rejected', facts: { reason: 'email param missing' } })
  })
})

describe('typing', () => {
  it('is told as it is, and apart for notes', async () => {
    await here.session.typing?.tell('1', { isTyping: true, isNote: false }, never)
    await here.session.typing?.tell('1', { isTyping: false, isNote: true }, never)
    expect(here.sent().map((each) => [each.path, each.body])).toEqual([
      ['/conversations/1/toggle_typing_status', { typing_status: 'on', is_private: false }],
      ['/conversations/1/toggle_typing_status', { typing_status: 'off', is_private: true }],
    ])
  })

  it('lapses when others stop showing it', () => {
    expect(here.session.typing?.lapsesAfterMs).toBe(30_000)
  })
})

describe('availability', () => {
  it('is set for this account only', async () => {
    await here.session.availability?.set('busy', never)
    await here.session.availability?.setAutoOffline?.(false, never)
    const account = here.sent().map((each) => [each.path, each.body])
    expect(account).toEqual([
      ['/api/v1/profile/availability', { profile: { account_id: expect.any(Number), availability: 'busy' } }],
      ['/api/v1/profile/auto_offline', { profile: { account_id: expect.any(Number), auto_offline: false } }],
    ])
    const directory = await here.session.directory?.read(null, never)
    expect(directory?.me).toMatchObject({ availability: 'busy', autoOffline: false })
  })
})

describe.each([
  ['a transcript', () => here.session.transcript?.send('1', 'ines@example.org', never)],
  ['typing', () => here.session.typing?.tell('1', { isTyping: true, isNote: false }, never)],
  ['availability', () => here.session.availability?.set('busy', never)],
  ['a note', () => here.session.panel?.notes?.add('1', 'Likes tea', never)],
  ['a read notification', () => here.session.notifications?.change('1', { kind: 'read' }, never)],
  [
    'an additional participant',
    () => here.session.participants?.change('1', { add: ['1'], remove: [] }, never),
  ],
  ['a folder', () => here.session.folders?.save('Mine', [], never)],
])('%s', (_, attempt) => {
  it.each([
    ['dropAfterAccept', true],
    ['serverError', true],
  ] as const)('met by %s may have been done, and is not repeated', async (kind, mayHaveLeft) => {
    here.simulator.scenario.fault({ kind })
    expect(await failureOf(attempt())).toMatchObject({ mayHaveLeft })
    expect(here.sent()).toHaveLength(1)
  })

  it('answered by a page of something in between is not taken for done', async () => {
    const page = {
      kind: 'status',
      status: 200,
      contentType: 'text/html',
      body: '<!doctype html><p>Sign in',
    } as const
    here.simulator.scenario.fault(page, {})
    expect(await failureOf(attempt())).toMatchObject({ code: 'proxyPage', mayHaveLeft: true })
  })

  it('surely did not happen where nobody listens', async () => {
    await here.simulator.close()
    expect(await failureOf(attempt())).toMatchObject({ kind: 'offline', mayHaveLeft: false })
  })
})

async function failureOf(attempt: Promise<unknown> | undefined): Promise<ProviderFailure> {
  if (attempt === undefined) throw new Error('cannot be asked')
  const failure = await attempt.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(failure instanceof ProviderFailure)) throw new Error('did not fail as a provider does')
  return failure
}
