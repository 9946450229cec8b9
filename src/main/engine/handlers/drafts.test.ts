import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aDraft, written } from '../../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider, type Outcome } from '../../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'
import type { DraftRow, MessageRow } from '../../../shared/contract/contract.ts'

type Failed = Extract<Outcome, { fails: unknown }>['fails']
const fails = (failed: Failed): Outcome => ({ fails: failed })

const nine = Date.UTC(2026, 2, 3, 9)
const nothing: DraftRow = { ...aDraft(), mentions: [] }
const saying = (text: string): DraftRow => ({ ...nothing, text })

let house: House
let provider: FakeProvider
let account: string
let id: string
let sends = 0

beforeEach(async () => {
  const messages = [{ key: 'm', sentAt: nine, text: 'Where is my parcel?' }]
  provider = fakeProvider([
    { key: 'a', change: { lastActivityAt: nine }, messages },
    { key: 'b', change: { lastActivityAt: nine }, messages },
  ])
  house = await startHouse({ provider })
  ;[account = ''] = await house.signIn()
  id = `${account}:a`
})
afterEach(() => house.stop())

const keep = (text: string, over = '', kind: 'reply' | 'note' = 'reply') =>
  house.ask('draft.keep', { conversationId: id, kind, draft: saying(text), over: saying(over) })
const kept = async (kind: 'reply' | 'note' = 'reply') =>
  (await house.ask('draft.get', { conversationId: id, kind })).draft.text
const refuse = () =>
  provider.next(
    'send',
    fails({ kind: 'rejected', code: 'rejected', facts: { reason: 'Too long' }, mayHaveLeft: false }),
  )
const lose = () => provider.next('send', fails({ kind: 'offline', code: 'reset', mayHaveLeft: true }))
async function send(text: string, more: { isNote?: boolean; replyTo?: string } = {}): Promise<string> {
  const clientKey = `00000000-0000-4000-8000-${String((sends += 1)).padStart(12, '0')}`
  await house.ask('reply.send', written({ conversationId: id, text, clientKey, ...more }))
  await house.settle()
  return clientKey
}
async function own(): Promise<[string, MessageRow['delivery']][]> {
  const { messages } = await house.ask('thread.open', { conversationId: id })
  return messages.flatMap((each) => (each.outboxId === null ? [] : [[each.text, each.delivery]]))
}
const row = async () => (await house.ask('thread.open', { conversationId: id })).conversation
const code = async (outboxId: string, mayBeThere = false) => {
  const result = await house.call('outbox.edit', { outboxId, mayBeThere })
  return result.ok ? 'ok' : result.failure.code
}
const attach = async (fileId: string, words: string, sent = words) => {
  const about = {
    conversationId: id,
    kind: 'reply',
    fileId,
    name: 'a.txt',
    contentType: 'text/plain',
  } as const
  await house.ask('file.begin', { ...about, sizeBytes: words.length })
  await house.ask('file.append', { fileId, offset: 0, base64: btoa(sent) })
}
const fileId = '00000000-0000-4000-9000-000000000001'

describe('a reply that was refused', () => {
  test('is written on: its words go back before what was typed since, and nothing of it stays', async () => {
    refuse()
    const refused = await send('On its wya.', { replyTo: `${id}/m` })
    await keep('And soon.')
    expect(await house.ask('outbox.edit', { outboxId: refused, mayBeThere: false })).toEqual({
      conversationId: id,
      kind: 'reply',
    })
    const { draft } = await house.ask('draft.get', { conversationId: id, kind: 'reply' })
    expect(draft).toEqual({ ...saying('On its wya.\nAnd soon.'), replyTo: `${id}/m` })
    expect(await own()).toEqual([])
    await send('On its way.', { replyTo: `${id}/m` })
    expect(provider.received.map((each) => each.reply.text)).toEqual(['On its way.'])
  })

  test('holds back what was written after it, says so everywhere, and lets it go in order once it is settled', async () => {
    refuse()
    const refused = await send('First')
    await send('Second')
    await send('Third', { isNote: true })
    await house.ask('conversation.act', { conversationId: id, action: { kind: 'resolve', answers: {} } })
    const head = `${id}/own-${refused}`
    expect(await own()).toMatchObject([
      ['First', { kind: 'refused', holdsBack: 3, canEdit: true }],
      ['Second', { kind: 'queued', waitsFor: head, canEdit: true }],
      ['Third', { kind: 'queued', waitsFor: head, canEdit: true }],
    ])
    expect(await row()).toMatchObject({ outbox: 'failed', heldBack: 3 })
    await house.ask('outbox.edit', { outboxId: refused, mayBeThere: false })
    await house.settle()
    expect(provider.received.map((each) => each.reply.text)).toEqual(['Second', 'Third'])
    expect(await row()).toMatchObject({ outbox: 'clear', heldBack: 0, hasDraft: true })
    expect(await kept()).toBe('First')
  })

  test('does not hold back a read mark, which nobody waits for', async () => {
    refuse()
    await send('First')
    await house.ask('conversation.act', { conversationId: id, action: { kind: 'markRead' } })
    expect(await own()).toMatchObject([['First', { holdsBack: 0 }]])
  })

  test('lets one that waits behind it be written on alone', async () => {
    refuse()
    await send('First')
    const second = await send('Second')
    expect(await code(second)).toBe('ok')
    expect([await kept(), (await own()).map(([text]) => text)]).toEqual(['Second', ['First']])
  })
})

describe('a reply that may be there', () => {
  test('goes back into its draft only where the agent knows that', async () => {
    lose()
    const lost = await send('Did you get this?')
    expect([await code(lost), await kept()]).toEqual(['mayBeDone', ''])
    expect([await code(lost, true), await kept(), await own()]).toEqual(['ok', 'Did you get this?', []])
    await house.clock.advance(600_000)
    expect(provider.received.length).toBeLessThanOrEqual(1)
  })

  test('holds back what comes after it while it is still looked for', async () => {
    lose()
    await send('First')
    await send('Second')
    expect(await own()).toMatchObject([
      ['First', { kind: 'unsure', asks: false, holdsBack: 1 }],
      ['Second', { kind: 'queued' }],
    ])
  })
})

test('what was sent, is unknown, or came from a template cannot be written on', async () => {
  const sent = await send('There it is.')
  expect([await code(sent), await code('nobody')]).toEqual(['notFound', 'notFound'])
})

test.each([
  ['network', { kind: 'offline', code: 'dns', mayHaveLeft: false } as const],
  ['busy', { kind: 'busy', code: 'busy', facts: { status: '503' }, mayHaveLeft: false } as const],
  ['limited', { kind: 'rateLimited', code: 'rateLimited', mayHaveLeft: false } as const],
])('a reply that waits by itself says why and until when: %s', async (why, failure) => {
  provider.next('send', fails(failure))
  await send('Patience')
  expect(await own()).toMatchObject([['Patience', { kind: 'queued', why, waitsFor: null, canEdit: false }]])
  expect((await own())[0]?.[1]).toHaveProperty('notBefore', expect.any(Number))
})

describe('a draft', () => {
  test('is not wiped by a window that knew nothing of it', async () => {
    await keep('From here')
    expect(await keep('From there')).toEqual({ standing: saying('From here') })
    expect(await kept()).toBe('From here')
    expect(await keep('From here\nFrom there', 'From here')).toEqual({ standing: null })
    expect(await kept()).toBe('From here\nFrom there')
  })

  test('kept twice in the same words is no quarrel, nor is one over a reply that left', async () => {
    await keep('The same')
    expect(await keep('The same')).toEqual({ standing: null })
    await send('The same')
    expect(await keep('Next', 'The same')).toEqual({ standing: null })
  })

  test('marks its line once, and no more when it is empty again', async () => {
    const marks = () =>
      house.events.flatMap((each) =>
        each.name === 'inbox.changed'
          ? each.payload.upserted.flatMap((line) => (line.id === id ? [line.hasDraft] : []))
          : [],
      )
    const before = marks().length
    await keep('H')
    await keep('He', 'H')
    await keep('', 'He')
    await house.settle()
    expect(marks().slice(before)).toEqual([true, false])
    await attach(fileId, 'Hello')
    await house.settle()
    expect((await row()).hasDraft).toBe(true)
    await house.ask('file.drop', { fileId })
    await house.settle()
    expect((await row()).hasDraft).toBe(false)
  })

  test('tells which of its files never came whole', async () => {
    await attach(fileId, 'Hello', 'Hel')
    const { files, halfFiles } = await house.ask('draft.get', { conversationId: id, kind: 'reply' })
    expect([files, halfFiles.map((each) => each.name)]).toEqual([[], ['a.txt']])
  })

  test('is thrown away with its files, whole or not', async () => {
    await keep('Never mind')
    await attach(fileId, 'Hello')
    await attach('00000000-0000-4000-9000-000000000002', 'Hello', 'Hel')
    await house.ask('draft.drop', { conversationId: id, kind: 'reply' })
    expect([house.store.drafts(), (await row()).hasDraft]).toEqual([[], false])
  })

  test('is found wherever it is, also where its conversation is gone, and so is what stopped', async () => {
    await keep('Half a thought', '', 'note')
    id = `${account}:b`
    refuse()
    await send('Refused')
    await keep('Unfinished')
    provider.change('b', { status: { kind: 'gone' } })
    house.signal('online')
    await house.clock.advance(120_000)
    const { drafts } = await house.ask('drafts.list', {})
    expect(drafts).toMatchObject([
      { conversationId: `${account}:b`, state: 'failed', text: 'Refused', isGone: true },
      { conversationId: `${account}:b`, state: 'draft', kind: 'reply', text: 'Unfinished', isGone: true },
      { conversationId: `${account}:a`, state: 'draft', kind: 'note', text: 'Half a thought', isGone: false },
    ])
  })

  test('stays when its account is locked, and can be written on there', async () => {
    await keep('Before')
    provider.next('pull', fails({ kind: 'auth', code: 'badToken', mayHaveLeft: false }))
    house.signal('online')
    await house.clock.advance(120_000)
    await keep('Before and after', 'Before')
    expect(await kept()).toBe('Before and after')
  })
})

test('signing out counts drafts and files beside what was not sent, and wants both numbers exactly', async () => {
  await keep('Half a thought')
  await keep('And a note', '', 'note')
  refuse()
  id = `${account}:b`
  await send('Refused')
  await attach(fileId, 'Hello', 'Hel')
  const remove = async (unsent: number, drafts: number) => {
    const result = await house.call('accounts.remove', { accountId: account, unsent, drafts })
    return result.ok ? 'gone' : result.failure.facts
  }
  const counts = { unsent: '1', drafts: '3' }
  expect([await remove(0, 0), await remove(1, 2), await remove(0, 3)]).toEqual([counts, counts, counts])
  expect(house.store.drafts()).toHaveLength(3)
  expect([await remove(1, 3), house.store.drafts()]).toEqual(['gone', []])
})
