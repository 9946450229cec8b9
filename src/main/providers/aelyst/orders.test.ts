import { afterEach, describe, expect, it } from 'vitest'
import {
  never,
  startSimulatedAelyst,
  type SimulatedAelyst,
} from '../../../../tests/support/simulated-aelyst.ts'
import { emptyDirectory } from '../../../shared/domain/directory.ts'
import { canOf, namedOf, ProviderFailure, type OutgoingReply } from '../provider.ts'

let on: SimulatedAelyst
afterEach(async () => {
  expect(on.clock.pending()).toBe(0)
  await on.close()
})

const ines = '301'

describe('closing', () => {
  it('sends the name of a closing note and a summary, and looks what came of it', async () => {
    on = await startSimulatedAelyst()
    const answers = { category: 'Spam', summary: 'This contact is a bot' }
    on.asked()
    const now = await on.run(close(answers))
    expect(now.status).toEqual({ kind: 'done' })
    expect(on.asked().slice(0, 2)).toEqual([
      `POST /contact/id:${ines}/conversation/status`,
      `GET /contact/id:${ines}`,
    ])
    expect(on.simulator.accepted.actions.map(({ value }) => value)).toEqual([
      'close Spam: This contact is a bot',
    ])
  })

  it('is not carried out where the server says yes and does nothing', async () => {
    on = await startSimulatedAelyst({ manners: { ignoresWrites: true } })
    expect(await failure(close({}))).toMatchObject({
      kind: 'rejected',
      code: 'notCarriedOut',
      mayHaveLeft: false,
    })
  })

  it('learns from the refusal that a category is wanted, and asks for it from then on', async () => {
    on = await startSimulatedAelyst({ manners: { requiresCategory: true } })
    const directory = await on.run(read())
    expect(asked(directory)).toEqual([
      ['category', false, null],
      ['summary', false, 512],
    ])
    expect(await failure(close({}))).toMatchObject({ code: 'needsAnswers', facts: { fields: 'Category' } })
    expect(on.learned['categoryRequired']).toBe(true)
    expect(asked(directory)).toEqual([
      ['category', true, null],
      ['summary', false, 512],
    ])
    expect((await on.run(read())).requiredToResolve).toEqual(['category'])
    expect((await on.run(close({ category: 'Answered' }))).status.kind).toBe('done')
  })

  it.each([
    ['a summary that is too long', { category: 'Spam', summary: 'x'.repeat(513) }, 'tooLong'],
    ['a category that is too long', { category: 'x'.repeat(129) }, 'tooLong'],
    ['a summary without a category, which would be dropped', { summary: 'Why' }, 'needsAnswers'],
  ])('refuses %s before anything is sent', async (_what, answers, code) => {
    on = await startSimulatedAelyst()
    on.asked()
    expect(await failure(close(answers))).toMatchObject({ code, mayHaveLeft: false })
    expect(on.asked()).toEqual([])
  })

  it.each(['accepted', 'refused'] as const)(
    'what is closed already is as good where that is %s',
    async (sameStatus) => {
      on = await startSimulatedAelyst({ manners: { sameStatus } })
      for (const _ of [1, 2]) expect((await on.run(close({}))).status.kind).toBe('done')
    },
  )

  it('offers nothing to fill in where the workspace has no closing notes', async () => {
    on = await startSimulatedAelyst()
    const row = (await on.run(on.session.look(ines, never))).conversation
    expect(on.session.done?.asks?.(row, emptyDirectory)).toEqual([])
  })

  it('is called so, offers its answers, and is taken back by opening', async () => {
    on = await startSimulatedAelyst()
    expect([namedOf(on.session).done, canOf(on.session).resolveWith]).toEqual(['close', true])
    await on.run(close({}))
    const reopened = await on.run(on.session.done?.reopen?.(ines, never) ?? Promise.reject(new Error('none')))
    expect(reopened).toMatchObject({ restored: true, conversation: { status: { kind: 'open' } } })
  })
})

describe('assigning', () => {
  it('goes by number, offers everybody with the agent first, and looks what came of it', async () => {
    on = await startSimulatedAelyst()
    const { conversation } = await on.run(on.session.look(ines, never))
    const { assign } = on.session
    if (assign === undefined) throw new Error('none')
    const people = await on.run(assign.candidates('', never))
    expect(people.map((each) => each.isMe)).toEqual([true, false, false, false])
    const ada = people.find((each) => each.name === 'Ada Brook')
    const to = { key: ada?.key ?? '', name: 'Ada Brook', isMe: false }
    expect((await on.run(assign.assign(conversation, to, never))).assignee?.name).toBe('Ada Brook')
    const nobody = { key: '99', name: 'Nobody', isMe: false }
    expect(await failure(assign.assign(conversation, nobody, never))).toMatchObject({ code: 'notAssignable' })
  })

  it('says so where the server did nothing', async () => {
    on = await startSimulatedAelyst({ manners: { ignoresWrites: true } })
    const { conversation } = await on.run(on.session.look(ines, never))
    const unassign = on.session.assign?.assign(conversation, null, never) ?? Promise.reject(new Error('none'))
    expect(await failure(unassign)).toMatchObject({
      code: 'rejected',
      facts: { reason: 'it has the assignee it had' },
    })
  })
})

describe('tags', () => {
  it('are changed by name, those that go first', async () => {
    on = await startSimulatedAelyst()
    on.asked()
    const change = { add: ['vip'], remove: ['delivery'] }
    const now = await on.run(
      on.session.labels?.change(ines, change, never) ?? Promise.reject(new Error('none')),
    )
    expect(now.labels).toEqual(['vip'])
    expect(on.asked().slice(0, 2)).toEqual([`DELETE /contact/id:${ines}/tag`, `POST /contact/id:${ines}/tag`])
  })

  it('cannot be longer than the server keeps', async () => {
    on = await startSimulatedAelyst()
    const change = { add: ['x'.repeat(256)], remove: [] }
    const failing = on.session.labels?.change(ines, change, never) ?? Promise.reject(new Error('none'))
    expect(await failure(failing)).toMatchObject({ code: 'tooLong', facts: { count: '1', most: '255' } })
  })
})

describe('writing', () => {
  it('a comment is an echo, calls whom it names, and has its limit', async () => {
    on = await startSimulatedAelyst()
    const mentions = [{ kind: 'agent', key: '8', name: 'Ada Brook' }] as const
    const note = aReply({ text: 'See this, @Ada Brook', isNote: true, mentions })
    const { message } = await on.run(on.session.send(note, never))
    expect(message).toMatchObject({ kind: 'note', side: 'me', text: 'See this, @Ada Brook', ownId: 'row-1' })
    expect(on.simulator.scenario.look({ contact: 301 }).comments).toEqual(['See this, {{@user.8}}'])
    const long = aReply({ text: 'x'.repeat(1001), isNote: true })
    expect(await failure(on.session.send(long, never))).toMatchObject({ code: 'tooLong' })
    expect(await on.run(on.session.findSent(sought({ isNote: true }), never))).toMatchObject({
      finding: 'unknowable',
    })
  })

  it('a file goes by its address, alone or, beside words, among them', async () => {
    on = await startSimulatedAelyst()
    const links = ['https://files.example.com/lamp.jpg']
    const alone = await on.run(on.session.send(aReply({ text: '', links }), never))
    expect(alone.message.attachments).toMatchObject([{ kind: 'image', url: links[0] }])
    const both = await on.run(on.session.send(aReply({ text: 'Here', links }), never))
    expect(both.message.text).toBe('Here\nhttps://files.example.com/lamp.jpg')
    expect(on.simulator.accepted.messages.map(({ content }) => content)).toEqual([
      links[0],
      'Here\nhttps://files.example.com/lamp.jpg',
    ])
  })

  it.each(['aelyst', 'respondio'] as const)(
    'a template goes with every blank filled, at %s',
    async (manner) => {
      on = await startSimulatedAelyst({ manner })
      const { inboxes } = await on.run(read())
      await on.clock.advance(1_000)
      const templates = inboxes.flatMap((each) => each.templates)
      expect(templates.map(({ name, blanks }) => [name, blanks.map(({ key }) => key)])).toEqual([
        ['lamp_ready', ['1', '2']],
      ])
      const [{ key, name, language } = { key: '', name: '', language: '' }] = templates
      const template = { key, name, language, values: { 1: 'Ines', 2: 'lamp' } }
      await on.run(on.session.send(aReply({ text: 'Hello Ines', template }), never))
      expect(on.simulator.accepted.messages.at(-1)?.content).toContain('Hello Ines, your lamp is ready.')
    },
  )

  it('what may have been sent is found by its words, unless the server changed them', async () => {
    on = await startSimulatedAelyst()
    on.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', count: 1 })
    const startedAt = on.clock.now()
    expect(await failure(on.session.send(aReply({ text: 'On its way' }), never))).toMatchObject({
      mayHaveLeft: true,
    })
    const found = await on.run(on.session.findSent(sought({ text: 'On its way', startedAt }), never))
    expect(found).toMatchObject({ finding: 'found', message: { side: 'me', ownId: 'row-1' } })
    const claimed = [found.message?.key ?? '']
    const twin = sought({ text: 'On its way', startedAt, claimed })
    expect((await on.run(on.session.findSent(twin, never))).finding).toBe('absent')
    const filled = sought({ text: 'Hello {{$contact.name}}', startedAt })
    expect((await on.run(on.session.findSent(filled, never))).finding).toBe('unknowable')
  })
})

describe('the panel', () => {
  it('shows the stage, and what the workspace keeps of a contact', async () => {
    on = await startSimulatedAelyst()
    const { conversation } = await on.run(on.session.look(ines, never))
    const panel = await on.run(
      on.session.panel?.read(conversation, emptyDirectory, never) ?? Promise.reject(new Error('none')),
    )
    expect(panel.customer.attributes).toEqual([
      { key: 'lifecycle', label: 'Lifecycle', value: 'Customer' },
      { key: 'field.lamp', label: 'lamp', value: 'Aurora' },
    ])
  })
})

function close(answers: Record<string, string>) {
  return on.session.done?.resolve(ines, answers, never) ?? Promise.reject(new Error('none'))
}

function read() {
  return on.session.directory?.read(null, never) ?? Promise.reject(new Error('none'))
}

function asked(directory: Awaited<ReturnType<typeof read>>): unknown[] {
  const row = {} as Parameters<NonNullable<NonNullable<typeof on.session.done>['asks']>>[0]
  const fields = on.session.done?.asks?.(row, directory) ?? []
  return fields.map(({ key, isRequired, maxLength }) => [key, isRequired, maxLength])
}

async function failure(call: Promise<unknown>): Promise<ProviderFailure> {
  const told = await on.run(
    call.then(
      () => null,
      (error: unknown) => error,
    ),
  )
  if (told instanceof ProviderFailure) return told
  throw new Error('it went well', { cause: told })
}

function aReply(given: Partial<OutgoingReply>): OutgoingReply {
  const plain = { isNote: false, replyTo: null, mentions: [], files: [], mail: null, template: null }
  return { conversationKey: ines, ownId: 'row-1', text: '', leaves: () => {}, ...plain, ...given }
}

function sought(given: { text?: string; isNote?: boolean; startedAt?: number; claimed?: readonly string[] }) {
  const plain = { text: '', isNote: false, mentions: [], template: null, fileSizes: [], claimed: [] }
  return { conversationKey: ines, ownId: 'row-1', startedAt: on.clock.now(), ...plain, ...given }
}
