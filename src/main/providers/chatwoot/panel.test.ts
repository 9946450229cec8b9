import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { emptyDirectory } from '../../../shared/domain/directory.ts'
import { ProviderFailure, type Panel, type PanelBundle } from '../provider.ts'

const never = new AbortController().signal
const contact = '/api/v1/accounts/*/contacts/*'
let here: Simulated
let inesKey: string

beforeEach(async () => {
  here = await startSimulated()
  const hits = await here.session.search?.ask({ what: 'conversations', words: 'ines', page: 1 }, never)
  inesKey = hits?.hits[0]?.conversationKey ?? ''
})

afterEach(() => here.close())

describe('the panel beside a conversation', () => {
  it('names what is known of the customer by its definitions', async () => {
    const { customer, missing } = await read()
    expect(customer).toMatchObject({ name: 'Ines Duarte', email: 'ines@example.org', identifier: null })
    expect(customer.attributes).toEqual([
      { key: 'since', label: 'Customer since', value: '2024-05-04' },
      { key: 'isbn', label: 'isbn', value: 'none' },
    ])
    expect(missing).toEqual([])
  })

  it('names the conversation’s own attributes, and leaves out the empty ones', async () => {
    await here.session.done?.resolve(inesKey, { order: 'L-7', lamp: '', paid: true, odd: 0 }, never)
    expect((await read()).conversation.attributes).toEqual([
      { key: 'order', label: 'Order', value: 'L-7' },
      { key: 'paid', label: 'paid', value: 'true' },
      { key: 'odd', label: 'odd', value: '0' },
    ])
  })

  it('has the notes of colleagues, newest first', async () => {
    expect((await read()).notes.map((each) => [each.author, each.text])).toEqual([
      ['Nilo Verano', 'Has three of our lamps.'],
      ['Ada Brook', 'Prefers to be called after five.'],
    ])
  })

  it('adds a note and throws one away', async () => {
    const { customer } = await read()
    await bundle().notes.add(customer.key, 'Likes tea', never)
    const [added] = (await read()).notes
    expect(added).toMatchObject({ text: 'Likes tea', author: 'Nilo Verano', at: here.serverClock.now() })
    await bundle().notes.remove(customer.key, added?.key ?? '', never)
    expect((await read()).notes.map((each) => each.text)).not.toContain('Likes tea')
  })

  it('is told where a note was not kept', async () => {
    const { customer } = await read()
    for (const body of ['', 'null', '{"note":"?"}']) {
      const answer = { kind: 'status', status: 200, contentType: 'application/json', body } as const
      here.simulator.scenario.fault(answer, { path: `${contact}/notes`, method: 'POST', count: 1 })
      const failure = await bundle()
        .notes.add(customer.key, 'Likes tea', never)
        .catch((error: unknown) => error)
      expect(failure).toMatchObject({ kind: 'protocol', mayHaveLeft: true })
    }
  })

  it.each(['notes', 'participants'] as const)(
    'names the %s as missing where something else came',
    async (part) => {
      const path = part === 'notes' ? `${contact}/notes` : '/api/v1/accounts/*/conversations/*/participants'
      const answer = { kind: 'status', status: 200, contentType: 'application/json', body: '{}' } as const
      here.simulator.scenario.fault(answer, { path, method: 'GET' })
      expect((await read()).missing).toEqual([part])
    },
  )

  it('has what was before, without this conversation', async () => {
    const { conversation } = here.simulator.scenario.customerWrites({ text: 'Me', email: 'zoe@example.com' })
    const told = await here.session.look(String(conversation), never)
    expect((await bundle().read(told.conversation, emptyDirectory, never)).previous).toEqual([])
    const hits = await here.session.search?.ask({ what: 'conversations', words: 'tomas', page: 1 }, never)
    const [one, other] = hits?.hits ?? []
    const first = await here.session.look(one?.conversationKey ?? '', never)
    const { previous } = await bundle().read(first.conversation, emptyDirectory, never)
    expect(previous.map((each) => each.conversation.key)).toEqual([other?.conversationKey])
  })

  it('knows who takes part', async () => {
    expect((await read()).participants.map((each) => each.name)).toContain('Nilo Verano')
  })

  it.each([
    ['customer', contact],
    ['notes', `${contact}/notes`],
    ['previous', `${contact}/conversations`],
    ['participants', '/api/v1/accounts/*/conversations/*/participants'],
  ] as const)('is there without the %s', async (part, path) => {
    const whole = await read()
    here.simulator.scenario.fault({ kind: 'serverError' }, { path, method: 'GET' })
    const panel = await read()
    expect(panel.missing).toEqual([part])
    const empty = part === 'customer' ? { attributes: [] } : {}
    const expected = { ...whole, ...(part === 'customer' ? {} : { [part]: [] }), missing: [part] }
    expect(panel).toEqual({ ...expected, customer: { ...expected.customer, ...empty } })
  })

  it('says why where nothing of it could be had', async () => {
    const told = await here.session.look(inesKey, never)
    here.simulator.scenario.resetToken()
    const failure = await bundle()
      .read(told.conversation, emptyDirectory, never)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect(failure).toMatchObject({ kind: 'auth' })
  })
})

async function read(): Promise<Panel> {
  const directory = await here.session.directory?.read(null, never)
  const { conversation } = await here.session.look(inesKey, never)
  return bundle().read(conversation, directory ?? emptyDirectory, never)
}

function bundle(): Required<PanelBundle> {
  const { panel } = here.session
  if (panel?.notes === undefined) throw new Error('no panel')
  return { read: panel.read, notes: panel.notes }
}
