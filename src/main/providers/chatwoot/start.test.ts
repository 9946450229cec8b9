import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { scriptedSession } from '../../../../tests/support/scripted-session.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { ProviderFailure, type StartBundle, type StartInbox } from '../provider.ts'

const never = new AbortController().signal
const someone = { kind: 'new', name: 'Zoe Hart', email: null, phone: null } as const
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('whom to write to', () => {
  it('is found by name, address or number', async () => {
    for (const words of [' ines ', 'ines@example.org', '+447700900141'])
      expect((await bundle().customers(words, never)).map((each) => each.name)).toEqual(['Ines Duarte'])
  })

  it('is not looked for without words', async () => {
    here.sent()
    expect(await bundle().customers('  ', never)).toEqual([])
    expect(here.sent()).toEqual([])
  })
})

describe('where to write', () => {
  it('depends on how they can be reached', async () => {
    expect(named(await bundle().inboxes(await keyOf('ines'), never))).toEqual([
      'Post',
      'Shop system',
      'WhatsApp',
    ])
    expect(named(await bundle().inboxes(await keyOf('tomas'), never))).toEqual(['Post', 'Shop system'])
  })

  it('needs what the channel goes by', async () => {
    const inboxes = await bundle().inboxes(null, never)
    expect(inboxes.map((each) => [each.name, each.channel, each.needs, each.hasSubject])).toEqual([
      ['Post', 'email', 'email', true],
      ['Shop system', 'api', 'nothing', false],
      ['WhatsApp', 'whatsapp', 'phone', false],
    ])
  })

  it('takes only approved messages where nobody wrote before', async () => {
    for (const key of [null, await keyOf('ines')]) {
      const whatsapp = (await bundle().inboxes(key, never)).find((each) => each.name === 'WhatsApp')
      expect(whatsapp).toMatchObject({ onlyTemplates: true, templates: [{ name: 'lamp_ready' }] })
    }
  })
})

describe('beginning a conversation', () => {
  it('with somebody known opens it for me, with its subject', async () => {
    const { conversation } = await begin({ kind: 'known', key: await keyOf('tomas') }, 'Post', 'Your shade')
    expect(conversation).toMatchObject({
      customer: { name: 'Tomas Okoro' },
      subject: 'Your shade',
      assignee: { isMe: true },
      inbox: { name: 'Post' },
    })
  })

  it('with somebody new creates them first', async () => {
    const given = { ...someone, email: ' Zoe@Example.com ', phone: '+1 (555) 010-0199' }
    const { conversation } = await begin(given, 'Post')
    expect(conversation.customer).toMatchObject({
      name: 'Zoe Hart',
      email: 'zoe@example.com',
      phone: '+15550100199',
    })
    expect(posts().map((each) => each.path)).toEqual(['/contacts', '/conversations'])
  })

  it.each([
    ['address', { email: 'INES@example.org', phone: null }],
    ['number', { email: null, phone: '+44 7700 900141' }],
  ])('does not create somebody twice whose %s is known', async (_, reached) => {
    const { conversation } = await begin({ ...someone, ...reached }, 'Shop system')
    expect(conversation.customer.name).toBe('Ines Duarte')
    expect(posts().map((each) => each.path)).toEqual(['/conversations'])
  })

  it('does not create somebody twice where only the conversation could not be begun', async () => {
    const given = { customer: someone, inboxKey: await inboxKey('Shop system'), subject: null }
    here.sent()
    const path = '/api/v1/accounts/*/conversations'
    here.simulator.scenario.fault({ kind: 'refused', why: 'denied' }, { path, method: 'POST', count: 1 })
    expect((await failureOf(bundle().begin(given, never))).kind).toBe('forbidden')
    await bundle().begin(given, never)
    expect(posts().map((each) => each.path)).toEqual(['/contacts', '/conversations', '/conversations'])
    await bundle().begin(given, never)
    expect(posts().map((each) => each.path)).toEqual(['/contacts', '/conversations'])
  })

  it('may have happened in part where the customer was created and the rest is not known', async () => {
    const given = { customer: someone, inboxKey: await inboxKey('Shop system'), subject: null }
    here.simulator.scenario.fault(
      { kind: 'serverError' },
      { path: '/api/v1/accounts/*/contacts/*/contactable_inboxes' },
    )
    expect(await failureOf(bundle().begin(given, never))).toMatchObject({ kind: 'busy', mayHaveLeft: true })
  })

  it('creates nobody where the throttle keeps it from looking for them', async () => {
    const given = { ...someone, email: 'ines@example.org' }
    const attempt = { customer: given, inboxKey: await inboxKey('Post'), subject: null }
    here.sent()
    here.simulator.scenario.fault(
      { kind: 'rateLimited', retryAfter: null },
      { path: '/api/v1/accounts/*/contacts/search' },
    )
    expect(await failureOf(bundle().begin(attempt, never))).toMatchObject({
      kind: 'rateLimited',
      retryAt: here.clock.now() + 60_000,
      mayHaveLeft: false,
    })
    expect(posts()).toEqual([])
  })

  it('does not take somebody with a similar address for them', async () => {
    const { conversation } = await begin({ ...someone, email: 'omas@example.net' }, 'Post')
    expect(conversation.customer).toMatchObject({ name: 'Zoe Hart', email: 'omas@example.net' })
  })

  it('answers with the one there is where an inbox keeps one for each customer', async () => {
    const key = await keyOf('tomas')
    const first = await begin({ kind: 'known', key }, 'Shop system')
    here.simulator.scenario.inboxSettings({
      inbox: Number(await inboxKey('Shop system')),
      isLockedToOne: true,
    })
    expect((await begin({ kind: 'known', key }, 'Shop system')).conversation.key).toBe(first.conversation.key)
  })

  it('is not possible through an inbox that does not reach them', async () => {
    const attempt = bundle().begin(
      {
        customer: { kind: 'known', key: await keyOf('tomas') },
        inboxKey: await inboxKey('WhatsApp'),
        subject: null,
      },
      never,
    )
    expect(await failureOf(attempt)).toMatchObject({ code: 'notPossible', mayHaveLeft: false })
    expect(posts()).toEqual([])
  })

  it('with a number that is none is refused in the server’s words', async () => {
    expect(await failureOf(begin({ ...someone, phone: '0555' }, 'WhatsApp'))).toMatchObject({
      kind: 'rejected',
      mayHaveLeft: false,
      facts: { reason: expect.stringContaining('e164') },
    })
  })

  it.each([['dropAfterAccept'], ['junkJson'], ['cutOff']] as const)(
    'may have happened where the answer was lost by %s, and is not repeated',
    async (kind) => {
      const customer = { kind: 'known', key: await keyOf('tomas') } as const
      const given = { customer, inboxKey: await inboxKey('Post'), subject: null }
      here.sent()
      here.simulator.scenario.fault({ kind }, { method: 'POST' })
      expect(await failureOf(bundle().begin(given, never))).toMatchObject({ mayHaveLeft: true })
      expect(posts()).toHaveLength(1)
    },
  )

  it('may have happened where the answer is no conversation', async () => {
    const { session } = scriptedSession((request) =>
      request.method === 'POST'
        ? jsonAnswer({ fine: true })
        : jsonAnswer({ payload: [{ inbox: { id: 3 }, source_id: 'x' }] }),
    )
    const given = { customer: { kind: 'known', key: '5' }, inboxKey: '3', subject: null } as const
    const attempt = session.start?.begin(given, never) ?? Promise.resolve()
    expect(await failureOf(attempt)).toMatchObject({ kind: 'protocol', mayHaveLeft: true })
  })
})

async function begin(
  customer: Parameters<StartBundle['begin']>[0]['customer'],
  inbox: string,
  subject: string | null = null,
) {
  const inboxKeyOf = await inboxKey(inbox)
  here.sent()
  return bundle().begin({ customer, inboxKey: inboxKeyOf, subject }, never)
}

function posts() {
  return here.sent().filter((each) => each.method === 'POST')
}

async function keyOf(name: string): Promise<string> {
  return (await bundle().customers(name, never))[0]?.key ?? ''
}

async function inboxKey(name: string): Promise<string> {
  return (await bundle().inboxes(null, never)).find((each) => each.name === name)?.key ?? ''
}

function named(inboxes: readonly StartInbox[]): string[] {
  return inboxes.map((each) => each.name).sort()
}

async function failureOf(attempt: Promise<unknown>): Promise<ProviderFailure> {
  const failure = await attempt.catch((error: unknown) => error)
  if (!(failure instanceof ProviderFailure)) throw new Error('did not fail as a provider does')
  return failure
}

function bundle(): StartBundle {
  if (here.session.start === undefined) throw new Error('no start')
  return here.session.start
}
