import { afterEach, describe, expect, test } from 'vitest'
import { aDraft, someLimits, written } from '../../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider } from '../../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'
import type { Input } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { ReplyLimits } from '../../../shared/domain/reply.ts'
import type { Session } from '../../providers/provider.ts'

const nine = Date.UTC(2026, 2, 3, 9)
const clientKey = '00000000-0000-4000-8000-000000000001'
const template = { key: 't1', name: 'parcel_late', language: 'en', values: { '1': 'Tomasz' } }

let house: House
let provider: FakeProvider
let id: string
afterEach(() => house.stop())

/** One conversation the customer wrote in, in a channel that takes what `limits` says. */
async function inChannel(
  limits: Partial<ReplyLimits> = {},
  change: Partial<Conversation> = {},
  without: readonly (keyof Session)[] = [],
  bundles: Partial<Session> = {},
): Promise<void> {
  const messages = [{ key: 'm', sentAt: nine, text: 'Where is my parcel?' }]
  provider = fakeProvider([
    { key: 'a', change: { lastActivityAt: nine, limits: someLimits(limits), ...change }, messages },
  ])
  const open: FakeProvider['open'] = (...given) => ({
    ...provider.open(...given),
    ...Object.fromEntries(without.map((each) => [each, undefined])),
    ...bundles,
  })
  house = await startHouse({ provider, providers: { fake: { ...provider, open } } })
  const [account] = await house.signIn()
  id = `${account}:a`
}

const nothing = { ...aDraft(), mentions: [] }

type Written = Partial<Input<'reply.send'>>
const given = (more: Written): Input<'reply.send'> =>
  written({ conversationId: id, text: 'On its way.', clientKey, ...more })
const send = async (more: Written = {}): Promise<string[]> => {
  const { outboxIds } = await house.ask('reply.send', given(more))
  await house.settle()
  return outboxIds
}
const refusal = async (more: Written): Promise<Pick<Failure, 'code' | 'facts'> | null> => {
  const result = await house.call('reply.send', given(more))
  return result.ok ? null : { code: result.failure.code, facts: result.failure.facts }
}
const received = (): unknown[] => provider.received.map((each) => each.reply)

const fileId = (n: number): string => `00000000-0000-4000-9000-00000000000${n}`
const begin = (n: number, words: string, more: Partial<Input<'file.begin'>> = {}) =>
  house.call('file.begin', {
    ...{ conversationId: id, kind: 'reply', fileId: fileId(n), name: `${n}.txt`, contentType: 'text/plain' },
    ...{ sizeBytes: words.length, ...more },
  })
const append = (n: number, words: string, offset = 0) =>
  house.call('file.append', { fileId: fileId(n), offset, base64: btoa(words) })
async function attach(n: number, words: string, more: Partial<Input<'file.begin'>> = {}): Promise<string> {
  await begin(n, words, more)
  await append(n, words)
  return fileId(n)
}
const code = (result: { ok: boolean } | { ok: false; failure: Failure }): string =>
  'failure' in result ? result.failure.code : 'ok'

describe('a reply', () => {
  test('takes its draft along and leaves the draft of a note', async () => {
    await inChannel()
    const keep = (kind: 'reply' | 'note', text: string) =>
      house.ask('draft.keep', { conversationId: id, kind, draft: { ...nothing, text }, over: nothing })
    await keep('reply', 'On its way.')
    await keep('note', 'Who packed it?')
    await send()
    const read = (kind: 'reply' | 'note') => house.ask('draft.get', { conversationId: id, kind })
    expect([(await read('reply')).draft, (await read('note')).draft.text]).toEqual([
      aDraft(),
      'Who packed it?',
    ])
  })

  test('reaches the server with all that was said of it', async () => {
    await inChannel({ copies: true })
    await send({ replyTo: `${id}/m`, cc: [' a@example.com'], bcc: ['b@example.com'] })
    expect(received()).toEqual([
      {
        conversationKey: 'a',
        ownId: clientKey,
        text: 'On its way.',
        isNote: false,
        replyTo: 'm',
        mentions: [],
        files: [],
        mail: { cc: ['a@example.com'], bcc: ['b@example.com'] },
        template: null,
      },
    ])
  })

  test('leaves out what its channel has no place for', async () => {
    await inChannel({ copies: false, quotes: false })
    const mentions = [{ kind: 'agent' as const, key: '2', name: 'Priya Nair' }]
    await send({ replyTo: `${id}/m`, cc: ['a@example.com'], mentions })
    expect(received()).toMatchObject([{ replyTo: null, mail: null, mentions: [] }])
  })

  test.each([
    ['nothing but spaces', { text: ' \n ' }, { code: 'badInput', facts: { field: 'text' } }],
    [
      'an address that is none',
      { bcc: ['b@example.com', 'nowhere'] },
      { code: 'badEmail', facts: { email: 'nowhere' } },
    ],
    [
      'an answer to a message of another conversation',
      { replyTo: 'elsewhere:1/m' },
      { code: 'badInput', facts: { field: 'replyTo' } },
    ],
    ['a file nobody kept', { files: ['gone'] }, { code: 'fileMissing', facts: {} }],
    ['a template where there are none', { template }, { code: 'notPossible', facts: {} }],
  ])('with %s is refused, and nothing is queued', async (_, more, failure) => {
    await inChannel({ copies: true })
    expect(await refusal(more)).toEqual(failure)
    expect(house.store.openOrders()).toEqual([])
  })

  test('cannot answer a bubble the server does not have yet', async () => {
    await inChannel()
    provider.online(false)
    await send()
    const { messages } = await house.ask('thread.open', { conversationId: id })
    const more = { replyTo: messages.at(-1)?.id ?? '', clientKey: clientKey.replace(/1$/, '2') }
    expect(await refusal(more)).toEqual({ code: 'badInput', facts: { field: 'replyTo' } })
  })

  test('to a conversation that is not here is refused', async () => {
    await inChannel()
    expect(await refusal({ conversationId: id.replace(/a$/, 'never') })).toMatchObject({ code: 'notFound' })
  })

  test('longer than its channel takes is told by how much, signs of two halves counted once', async () => {
    await inChannel({ maxLength: 5 })
    expect(await refusal({ text: '🙂'.repeat(7) })).toEqual({
      code: 'tooLong',
      facts: { count: '2', most: '5' },
    })
    expect(await refusal({ text: '🙂'.repeat(5) })).toBeNull()
  })
})

describe('a channel that has closed', () => {
  const lapsed = { replyWindowMs: 60_000, inbox: { key: '1', name: 'Parcels', channel: 'whatsapp' as const } }

  test('takes no free text by our own clock, whatever the server said last', async () => {
    await inChannel({}, { ...lapsed, canReply: true })
    await house.clock.advance(60_000)
    expect(await refusal({})).toEqual({ code: 'windowClosed', facts: { inbox: 'Parcels' } })
    expect(house.store.openOrders()).toEqual([])
  })

  test('takes no free text when the server said so', async () => {
    await inChannel({}, { canReply: false })
    expect(await refusal({})).toMatchObject({ code: 'windowClosed' })
  })

  test('takes free text again once the customer writes', async () => {
    await inChannel({}, lapsed)
    await house.clock.advance(60_000)
    provider.writes('a', 'Hello?', house.clock.now())
    house.signal('shown')
    await house.settle()
    expect(await refusal({})).toBeNull()
  })

  test('takes an approved message and notes, of any length', async () => {
    await inChannel({ templates: true, maxLength: 5 }, lapsed)
    await house.clock.advance(60_000)
    await send({ template, text: 'Dear Tomasz, your parcel is late.' })
    await send({ isNote: true, text: 'He will ask again.', clientKey: clientKey.replace(/1$/, '2') })
    expect(received()).toMatchObject([{ template }, { isNote: true }])
  })
})

describe('a note', () => {
  test('names colleagues and is held to nothing of the channel', async () => {
    await inChannel({ maxLength: 5, files: 'none', copies: true, quotes: false })
    const mentions = [{ kind: 'agent' as const, key: '2', name: 'Priya Nair' }]
    const file = await attach(1, 'Hello', { kind: 'note' })
    await send({
      isNote: true,
      text: '@Priya Nair, look',
      mentions,
      files: [file],
      replyTo: `${id}/m`,
      cc: ['a@example.com'],
    })
    expect(received()).toMatchObject([
      { isNote: true, mentions, replyTo: 'm', mail: null, files: [{ name: '1.txt' }] },
    ])
  })

  test('is refused where there are none, and as an approved message', async () => {
    await inChannel({ templates: true })
    expect(await refusal({ isNote: true, template })).toEqual({
      code: 'badInput',
      facts: { field: 'template' },
    })
    await house.stop()
    await inChannel({}, {}, ['notes'])
    expect(await refusal({ isNote: true })).toEqual({ code: 'notPossible', facts: {} })
  })
})

describe('files', () => {
  test('come back with their draft once they are whole, and leave with the reply', async () => {
    await inChannel()
    await begin(1, 'Hello', { contentType: '' })
    await append(1, 'Hel')
    const read = async (): Promise<unknown[]> =>
      (await house.ask('draft.get', { conversationId: id, kind: 'reply' })).files
    expect(await read()).toEqual([])
    expect(await append(1, 'lo', 3)).toEqual({ ok: true, value: { receivedBytes: 5 } })
    const kept = { id: fileId(1), name: '1.txt', contentType: 'application/octet-stream', sizeBytes: 5 }
    expect(await read()).toEqual([kept])
    await send({ files: [fileId(1), fileId(1)], text: '' })
    const bytes = new TextEncoder().encode('Hello')
    expect(received()).toMatchObject([{ text: '', files: [{ name: '1.txt', bytes }] }])
    expect([await read(), house.store.file(fileId(1))]).toEqual([[], null])
  })

  test('keep every byte on their way through the wire', async () => {
    await inChannel()
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    await attach(1, String.fromCharCode(...bytes))
    expect(house.store.fileBytes(fileId(1))).toEqual(bytes)
  })

  test('that are not whole keep their reply from leaving, and its words in the draft', async () => {
    await inChannel()
    await house.ask('draft.keep', {
      ...{ conversationId: id, kind: 'reply' },
      ...{ draft: { ...nothing, text: 'See this.' }, over: nothing },
    })
    await begin(1, 'Hello')
    await append(1, 'Hel')
    expect(await refusal({ files: [fileId(1)] })).toEqual({ code: 'fileMissing', facts: {} })
    expect(house.store.openOrders()).toEqual([])
    const { draft } = await house.ask('draft.get', { conversationId: id, kind: 'reply' })
    expect(draft.text).toBe('See this.')
  })

  test('of a note do not go to the customer', async () => {
    await inChannel()
    const file = await attach(1, 'Among us', { kind: 'note' })
    expect(await refusal({ files: [file] })).toEqual({ code: 'fileMissing', facts: {} })
  })

  test('larger than the server takes are refused before a byte is kept', async () => {
    await inChannel()
    expect(await begin(1, '', { sizeBytes: 1_000_001 })).toMatchObject({
      failure: { code: 'fileTooLarge', facts: { name: '1.txt', most: '976 kB' } },
    })
    expect([code(await begin(2, '', { sizeBytes: 1_000_000 })), house.store.file(fileId(1))]).toEqual([
      'ok',
      null,
    ])
  })

  test('may have 40 MB while nobody can be asked', async () => {
    await inChannel()
    house.vault.break('locked')
    const { store, vault, clock } = house
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    const most = 40 * 1024 * 1024
    expect(await begin(1, '', { sizeBytes: most + 1 })).toMatchObject({
      failure: { code: 'fileTooLarge', facts: { most: '40 MB' } },
    })
    expect(code(await begin(2, '', { sizeBytes: most }))).toBe('ok')
  })

  test('are refused where the channel or the server takes none', async () => {
    await inChannel({ files: 'none' })
    expect(code(await begin(1, 'Hello'))).toBe('notPossible')
    await house.stop()
    await inChannel({}, {}, ['attachments'])
    expect(code(await begin(1, 'Hello'))).toBe('notPossible')
  })

  test('that the channel took none of by now are refused when they are sent', async () => {
    await inChannel()
    const file = await attach(1, 'Hello')
    provider.change('a', { limits: someLimits({ files: 'none' }) })
    house.signal('shown')
    await house.settle()
    expect(await refusal({ files: [file] })).toEqual({ code: 'notPossible', facts: {} })
  })

  test.each([
    ['that leaves a hole', (): Promise<unknown> => append(1, 'lo', 4), 'offset'],
    ['that is too long', (): Promise<unknown> => append(1, 'Hello!'), 'offset'],
    [
      'that is not base64',
      (): Promise<unknown> => house.call('file.append', { fileId: fileId(1), offset: 0, base64: 'Hello!' }),
      'base64',
    ],
  ])('do not take a piece %s', async (_, attempt, field) => {
    await inChannel()
    await begin(1, 'Hello')
    expect(await attempt()).toMatchObject({ failure: { code: 'badInput', facts: { field } } })
    expect(code(await append(1, 'Hello'))).toBe('ok')
  })

  test('that were dropped take no more pieces', async () => {
    await inChannel()
    await begin(1, 'Hello')
    await house.ask('file.drop', { fileId: fileId(1) })
    expect(code(await append(1, 'Hello'))).toBe('fileMissing')
  })

  test('go one by one where the channel takes one a message, what was written with the first', async () => {
    await inChannel({ files: 'one' })
    const files = [await attach(1, 'one'), await attach(2, 'two'), await attach(3, 'three')]
    const ids = await send({ files, text: 'See these.', replyTo: `${id}/m` })
    expect(ids).toEqual([clientKey, `${clientKey}-2`, `${clientKey}-3`])
    await house.clock.advance(1_000)
    expect(received()).toMatchObject([
      { ownId: ids[0], text: 'See these.', replyTo: 'm', files: [{ name: '1.txt' }] },
      { ownId: ids[1], text: '', replyTo: null, files: [{ name: '2.txt' }] },
      { ownId: ids[2], text: '', replyTo: null, files: [{ name: '3.txt' }] },
    ])
  })

  test('given twice with the same client key are the same rows, though their bytes are gone', async () => {
    await inChannel({ files: 'one' })
    const files = [await attach(1, 'one'), await attach(2, 'two')]
    const ids = await send({ files })
    await house.clock.advance(1_000)
    expect([await send({ files }), provider.received.length]).toEqual([ids, 2])
  })

  test('one of which is missing keep all of their rows from leaving', async () => {
    await inChannel({ files: 'one' })
    const files = [await attach(1, 'one'), fileId(2)]
    await begin(2, 'two')
    expect(await refusal({ files })).toEqual({ code: 'fileMissing', facts: {} })
    expect([house.store.openOrders(), provider.received]).toEqual([[], []])
    await append(2, 'two')
    expect(await send({ files })).toHaveLength(2)
  })

  test('go together where the channel takes many', async () => {
    await inChannel({ files: 'many' })
    const files = [await attach(2, 'two'), await attach(1, 'one')]
    expect(await send({ files })).toEqual([clientKey])
    expect(received()).toMatchObject([{ files: [{ name: '2.txt' }, { name: '1.txt' }] }])
  })
})

describe('files at an address', () => {
  const fetching = { attachments: { maxBytes: 1, by: 'link' as const } }
  const [one, two] = ['https://files.example.com/one.pdf', 'https://files.example.com/two.pdf']

  test('go as messages of their own, after what was written', async () => {
    await inChannel({}, {}, [], fetching)
    const ids = await send({ text: 'See these.', links: [one, two, one] })
    expect(ids).toEqual([clientKey, `${clientKey}-2`, `${clientKey}-3`])
    await house.clock.advance(1_000)
    expect(received()).toEqual([
      expect.not.objectContaining({ links: expect.anything() as unknown }),
      expect.objectContaining({ text: '', links: [one] }),
      expect.objectContaining({ text: '', links: [two] }),
    ])
  })

  test('need no words, and are the same rows when they are given once more', async () => {
    await inChannel({}, {}, [], fetching)
    const ids = await send({ text: '', links: [one] })
    expect(ids).toEqual([clientKey])
    expect(await send({ text: '', links: [one] })).toEqual(ids)
  })

  test.each([
    ['that nobody else can open', { links: ['http://files.example.com/a.pdf'] }, 'badFileAddress'],
    ['in a note', { isNote: true, links: [one] }, 'notPossible'],
    ['beside a template', { text: '', links: [one], template }, 'badInput'],
  ])('are refused %s', async (_, more, expected) => {
    await inChannel({ templates: true }, {}, [], fetching)
    expect(code(await house.call('reply.send', given(more)))).toBe(expected)
    expect(house.store.openOrders()).toEqual([])
  })

  test('are refused where files go by themselves', async () => {
    await inChannel()
    expect(await refusal({ links: [one] })).toEqual({ code: 'notPossible', facts: {} })
  })

  test('are kept with the draft, are back in it when the reply is taken back, and count as files', async () => {
    await inChannel({}, {}, [], fetching)
    const draft = { ...nothing, text: 'See this.', links: [one] }
    await house.ask('draft.keep', { conversationId: id, kind: 'reply', draft, over: nothing })
    const read = async () => (await house.ask('draft.get', { conversationId: id, kind: 'reply' })).draft
    expect(await read()).toEqual(draft)
    expect((await house.ask('drafts.list', {})).drafts).toMatchObject([{ fileCount: 1 }])
    await house.ask('settings.change', { undoSeconds: 5 })
    const { outboxIds } = await house.ask('reply.send', given({ text: 'See this.', links: [one] }))
    expect(await read()).toEqual(nothing)
    await house.ask('outbox.undo', { outboxIds })
    expect(await read()).toEqual(draft)
  })
})

test('drafts of an account that is not here are refused', async () => {
  await inChannel()
  const given = { conversationId: 'nobody:1', kind: 'reply', draft: { ...nothing, text: 'lost?' } } as const
  expect(code(await house.call('draft.keep', { ...given, over: nothing }))).toBe('notFound')
})
