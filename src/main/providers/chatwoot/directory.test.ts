import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonAnswer, pathOf } from '../../../../tests/support/scripted-http.ts'
import { scriptedSession } from '../../../../tests/support/scripted-session.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { ProviderFailure } from '../provider.ts'
import { emptyDirectory, type Directory } from '../../../shared/domain/directory.ts'

const never = new AbortController().signal
const inAccount = '/api/v1/accounts/*'

describe('the directory of an account', () => {
  let here: Simulated

  beforeEach(async () => {
    here = await startSimulated()
  })

  afterEach(() => here.close())

  it('knows who works here and how reachable they are', async () => {
    const { agents, teams, me } = await read()
    expect(agents.map((each) => [each.name, each.availability, each.isMe])).toEqual([
      ['Nilo Verano', 'online', true],
      ['Ada Brook', 'online', false],
      ['Otto Lindqvist', 'offline', false],
    ])
    expect(teams).toEqual([{ key: expect.any(String), name: 'returns', isMine: true }])
    expect(me).toEqual({ availability: 'online', autoOffline: true, signature: null, isAdmin: false })
  })

  it('knows labels, ready-made replies and attributes', async () => {
    const { labels, canned, attributes } = await read()
    expect(labels).toContainEqual({ title: 'broken', color: '#C53030', description: 'Arrived in pieces' })
    expect(canned.find((each) => each.code === 'ship_abroad')?.text).toContain('harbour')
    expect(attributes.map((each) => [each.key, each.of, each.kind, each.choices])).toEqual([
      ['lamp', 'conversation', 'list', ['desk', 'floor', 'ceiling']],
      ['order', 'conversation', 'text', []],
      ['since', 'customer', 'date', []],
    ])
  })

  it('says the steps of a macro with names in them', async () => {
    const { macros } = await read()
    expect(macros.map((each) => [each.name, each.isOwn])).toEqual([
      ['Lamp comes back', false],
      ['Mine and done', true],
    ])
    expect(macros[0]?.steps.slice(0, 2)).toEqual([
      { name: 'assign_team', about: 'returns' },
      { name: 'add_label', about: 'broken' },
    ])
    expect(macros[1]?.steps.at(-1)).toEqual({ name: 'resolve_conversation', about: '' })
  })

  it('has the built-in folders before the agent’s own', async () => {
    const { folders } = await read()
    expect(folders.map((each) => [each.builtIn, each.name])).toEqual([
      ['mentions', 'mentions'],
      ['participating', 'participating'],
      ['unattended', 'unattended'],
      [null, 'Open and high'],
    ])
    expect(folders[3]?.terms).toEqual([
      { attribute: 'status', operator: 'is', values: ['open'], join: 'and' },
      { attribute: 'priority', operator: 'is', values: ['high'], join: 'and' },
    ])
  })

  it('lists only templates that were approved', async () => {
    const { inboxes } = await read()
    const whatsapp = inboxes.find((each) => each.name === 'WhatsApp')
    expect(whatsapp?.templates.map((each) => each.name)).toEqual(['lamp_ready'])
    expect(inboxes.filter((each) => each.templates.length > 0)).toHaveLength(1)
  })

  it('counts unread notifications by the bare number', async () => {
    const { unreadNotifications: before, agents } = await read()
    const myKey = agents.find((each) => each.isMe)?.key ?? ''
    const text = `[@Nilo](mention://user/${myKey}/Nilo) look`
    here.simulator.scenario.agentWrites({ conversation: 2, as: 'ada', isPrivate: true, text })
    expect([before, (await read()).unreadNotifications]).toEqual([1, 2])
  })

  it('never asks for more than three things at once', async () => {
    let most = 0
    let now = 0
    const parts = scriptedSession(() => jsonAnswer({}))
    const { request } = parts.http
    Object.assign(parts.http, {
      request: async (...given: Parameters<typeof request>) => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setImmediate(resolve))
        now -= 1
        return request(...given)
      },
    })
    await parts.session.directory?.read(null, never)
    expect([most, now]).toEqual([3, 0])
  })

  it('does not read again what the server says has not changed', async () => {
    const first = await read()
    here.asked()
    expect(await read(first)).toEqual(first)
    const asked = here.asked()
    expect(asked).not.toContain('/labels')
    expect(asked).not.toContain('/inboxes')
    expect(asked).not.toContain('/teams')
    expect(asked).toContain('/macros')
  })

  it('reads all of it where it has nothing to go by', async () => {
    await read()
    here.asked()
    await read()
    expect(here.asked()).toContain('/labels')
  })

  it('reads all of it once an hour', async () => {
    const first = await read()
    await here.clock.advance(3_600_000)
    here.asked()
    await read(first)
    expect(here.asked()).toContain('/labels')
  })

  it('reads only what changed where something did, and all of it in the same hour', async () => {
    const keys = { label: 1, inbox: 1, team: 1 }
    const { session, http, clock } = scriptedSession((request) => {
      if (pathOf(request) === '/api/v1/accounts/1') return jsonAnswer({ id: 1, cache_keys: keys })
      return jsonAnswer(pathOf(request).endsWith('/teams') ? [] : { payload: [] })
    })
    const first = (await session.directory?.read(null, never)) ?? null
    const asked = async () => {
      http.requests.length = 0
      await session.directory?.read(first, never)
      return http.requests.map(pathOf).filter((path) => /(teams|labels|inboxes)$/.test(path)).length
    }
    keys.team = 2
    await clock.advance(3_000_000)
    expect(await asked()).toBe(1)
    await clock.advance(600_000)
    expect(await asked()).toBe(3)
  })

  it('reads again what could not be read before, although it did not change', async () => {
    here.simulator.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { path: `${inAccount}/labels`, count: 1 },
    )
    const first = await read()
    expect(first.labels).toEqual([])
    expect((await read(first)).labels).toHaveLength(2)
  })

  it.each([
    ['labels', 'labels'],
    ['teams', 'teams'],
    ['agents', 'agents'],
    ['macros', 'macros'],
    ['canned', 'canned_responses'],
    ['folders', 'custom_filters'],
    ['inboxes', 'inboxes'],
    ['attributes', 'custom_attribute_definitions'],
    ['unreadNotifications', 'notifications/unread_count'],
  ] as const)('keeps the %s it knew where they are denied', async (part, path) => {
    const first = await read()
    here.simulator.scenario.fault({ kind: 'refused', why: 'denied' }, { path: `${inAccount}/${path}` })
    const renewed = await here.reopened().directory?.read({ ...first, filterable: [] }, never)
    expect(renewed).toEqual(first)
    expect(renewed?.[part]).toEqual(first[part])
    const fresh = await here.reopened().directory?.read(null, never)
    const own = part === 'folders' ? fresh?.folders.filter((each) => each.builtIn === null) : fresh?.[part]
    expect(own ?? []).toEqual([])
  })

  it.each([
    ['notFound', { kind: 'refused', why: 'notFound' }],
    ['serverError', { kind: 'serverError' }],
    ['junk', { kind: 'junkJson' }],
  ] as const)('goes on without a part that answers with %s', async (_, fault) => {
    here.simulator.scenario.fault(fault, { path: `${inAccount}/macros` })
    const { macros, labels } = await read()
    expect([macros.length, labels.length]).toEqual([0, 2])
  })

  it.each([
    ['an unknown token', { kind: 'refused', why: 'invalidToken' }, 'auth'],
    ['a broken line', { kind: 'resetBeforeAccept' }, 'offline'],
    ['a throttle', { kind: 'rateLimited', retryAfter: null }, 'rateLimited'],
  ] as const)('stops at %s', async (_, fault, kind) => {
    here.simulator.scenario.fault(fault, { path: `${inAccount}/agents` })
    const failure = await read().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ kind, mayHaveLeft: false })
  })

  it('names what must be filled in before resolving, as the account says', async () => {
    const { session } = scriptedSession((request) =>
      pathOf(request) === '/api/v1/accounts/1'
        ? jsonAnswer({ id: 1, settings: { conversation_required_attributes: ['lamp', null, 'order'] } })
        : jsonAnswer({ error: 'no' }, 404),
    )
    const directory = await session.directory?.read({ ...emptyDirectory, requiredToResolve: ['old'] }, never)
    expect(directory?.requiredToResolve).toEqual(['lamp', 'order'])
  })

  it('shows nothing as a colour but a colour', async () => {
    const { session } = scriptedSession((request) =>
      pathOf(request).endsWith('/labels')
        ? jsonAnswer({
            payload: [
              { title: 'a', color: 'red;}' },
              { title: 'b', color: '#0aF' },
            ],
          })
        : jsonAnswer({ error: 'no' }, 404),
    )
    const directory = await session.directory?.read(null, never)
    expect(directory?.labels.map((each) => each.color)).toEqual([null, '#0aF'])
  })

  function read(known: Directory | null = null): Promise<Directory> {
    const { directory } = here.session
    if (directory === undefined) throw new Error('no directory')
    return directory.read(known, never)
  }
})
