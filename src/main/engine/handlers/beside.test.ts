import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { someLimits } from '../../../../tests/support/builders.ts'
import { fakeProvider } from '../../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'
import type { Input } from '../../../shared/contract/contract.ts'

let house: House
let account: string
let conversationId: string

beforeEach(async () => {
  house = await startHouse({ provider: fakeProvider([{ key: '1' }, { key: '2' }]) })
  account = (await house.signIn())[0] ?? ''
  conversationId = `${account}:1`
})
afterEach(() => house.stop())

describe('the panel', () => {
  test('shows who they are, and a note once it is written', async () => {
    await house.ask('panel.addNote', { conversationId, text: 'Prefers the morning' })
    const { panel } = await house.ask('panel.read', { conversationId })
    expect(panel.customer.name).toBe('Tomasz Lindqvist')
    expect(panel.notes).toMatchObject([{ text: 'Prefers the morning', author: 'Rina' }])
    await house.ask('panel.removeNote', { conversationId, key: panel.notes[0]?.key ?? '' })
    expect((await house.ask('panel.read', { conversationId })).panel.notes).toEqual([])
  })

  test('a note whose answer is lost may have been written, and is not written again', async () => {
    house.provider.next('ask', 'acceptThenDrop')
    const note = { conversationId, text: 'Once' }
    expect(await house.call('panel.addNote', note)).toMatchObject({ failure: { code: 'mayBeDone' } })
    expect(house.provider.acted.filter((each) => each === 'add note Once')).toHaveLength(1)
  })

  test('of an unknown conversation there is none', async () => {
    expect(await house.call('panel.read', { conversationId: `${account}:9` })).toMatchObject({
      failure: { code: 'notFound' },
    })
  })
})

describe('a folder', () => {
  const page = (given: Partial<Input<'inbox.page'>>) =>
    house.call('inbox.page', {
      ...{ view: 'open', accountId: account, find: null, sort: 'newest', folder: null, terms: null },
      ...{ after: null, limit: 50 },
      ...given,
    })

  test('is the list its server makes, page by page', async () => {
    const first = await page({ folder: 'late' })
    expect(first).toMatchObject({ ok: true, value: { rows: [{ id: conversationId }], next: '2' } })
    expect(await page({ folder: 'late', after: '2' })).toMatchObject({ value: { rows: [], next: null } })
    expect(house.provider.acted).toEqual(expect.arrayContaining(['folder late 1', 'folder late 2']))
  })

  test('a filter made on the spot goes the same way', async () => {
    const terms = [{ attribute: 'status', operator: 'is', values: ['open'], join: 'and' }] as const
    await page({ terms: terms.map((each) => ({ ...each, values: [...each.values] })) })
    expect(house.provider.acted.at(-1)).toBe(`folder ${JSON.stringify(terms)} 1`)
  })

  test('belongs to an account, and has whole pages', async () => {
    expect(await page({ folder: 'late', accountId: null })).toMatchObject({ failure: { code: 'badInput' } })
    expect(await page({ folder: 'late', after: 'x' })).toMatchObject({ failure: { code: 'badInput' } })
  })

  test('says what is wrong when its server cannot be reached', async () => {
    house.provider.online(false)
    expect(await page({ folder: 'late' })).toMatchObject({ failure: { code: 'offline' } })
  })

  test('saved or removed, the pickers hear of it', async () => {
    const before = house.provider.acted.filter((each) => each === 'directory').length
    const terms = [{ attribute: 'status', operator: 'is', values: ['open'], join: 'and' } as const]
    const saved = await house.ask('folder.save', {
      accountId: account,
      name: ' Late ',
      terms: terms.map((each) => ({ ...each, values: [...each.values] })),
    })
    expect(saved.key).toBe('folder-1')
    await house.ask('folder.remove', { accountId: account, key: 'folder-1' })
    expect(house.provider.acted).toEqual(expect.arrayContaining(['save Late', 'remove folder-1']))
    expect(house.provider.acted.filter((each) => each === 'directory')).toHaveLength(before + 2)
  })
})

test('searching goes beyond what is kept here', async () => {
  const search = { accountId: account, what: 'conversations', words: ' 77 ', page: 1 } as const
  const { hits, hasMore } = await house.ask('search.ask', search)
  expect(hits).toMatchObject([{ kind: 'conversation', conversationKey: '77' }])
  expect(hasMore).toBe(false)
})

test('notifications are read and changed at the server', async () => {
  const { unread } = await house.ask('notifications.page', { accountId: account, page: 1 })
  expect(unread).toBe(0)
  await house.ask('notifications.change', { accountId: account, key: null, change: { kind: 'read' } })
  expect(house.provider.acted).toContain('notification all read')
})

describe('beginning a conversation', () => {
  const begin = (given: Partial<Input<'start.begin'>> = {}) =>
    house.call('start.begin', {
      ...{ accountId: account, customer: { kind: 'known', key: '1' }, inboxKey: '1', subject: null },
      ...{ text: 'Hello there', template: null, clientKey: '00000000-0000-4000-8000-000000000001' },
      ...given,
    })

  test('opens it, and sends the first message like every reply', async () => {
    expect(await begin()).toMatchObject({ ok: true, value: { conversationId: `${account}:begun` } })
    await house.settle()
    expect(house.provider.received).toMatchObject([{ key: 'begun', text: 'Hello there' }])
  })

  test('with nobody chosen is for where the agent is the customer', async () => {
    expect(await begin({ customer: { kind: 'own' } })).toMatchObject({ failure: { code: 'notPossible' } })
    expect(house.provider.acted).not.toContain('begin own')
  })

  test('a message that cannot leave any more waits in the outbox', async () => {
    house.provider.next('send', { fails: { kind: 'offline', code: 'offline', mayHaveLeft: false } })
    await begin()
    await house.settle()
    expect(house.store.openOrders()).toMatchObject([
      { order: { text: 'Hello there' }, state: { kind: 'queued' } },
    ])
  })

  test('a message its channel does not take stays as a draft, and the agent hears why', async () => {
    house.provider.change('begun', { limits: someLimits({ maxLength: 3 }) })
    expect(await begin()).toMatchObject({ ok: true })
    const conversationId = `${account}:begun`
    expect((await house.ask('draft.get', { conversationId, kind: 'reply' })).draft.text).toBe('Hello there')
    expect(house.provider.received).toEqual([])
    expect(house.events.filter((each) => each.name === 'notice.raised')).toMatchObject([
      {
        payload: {
          conversationId,
          facts: { what: 'That is 8 characters too long for this channel, which takes 3.' },
        },
      },
    ])
  })

  test('where the server goes on with one that is there, leaves what was being written in it', async () => {
    const conversationId = `${account}:begun`
    const draft = { text: 'half a thought', replyTo: null, mentions: [], cc: '', bcc: '' }
    await house.ask('draft.keep', { conversationId, kind: 'reply', draft, over: { ...draft, text: '' } })
    const kept = async () => (await house.ask('draft.get', { conversationId, kind: 'reply' })).draft.text
    await begin()
    await house.settle()
    expect(house.provider.received).toHaveLength(1)
    expect(await kept()).toBe('half a thought')
    house.provider.change('begun', { limits: someLimits({ maxLength: 3 }) })
    await begin({ clientKey: '00000000-0000-4000-8000-000000000002' })
    expect(await kept()).toBe('half a thought\n\nHello there')
  })

  test('one whose opening got no answer may be there: nothing is sent, and nothing repeated', async () => {
    house.provider.next('ask', 'acceptThenDrop')
    expect(await begin()).toMatchObject({ failure: { code: 'mayBeDone' } })
    expect(house.provider.received).toEqual([])
    expect(house.provider.acted.filter((each) => each.startsWith('begin'))).toHaveLength(1)
  })

  test('needs words, and an address that is one', async () => {
    expect(await begin({ text: ' ' })).toMatchObject({ failure: { code: 'badInput' } })
    const customer = { kind: 'new', name: 'Ines', email: 'ines', phone: null } as const
    expect(await begin({ customer })).toMatchObject({ failure: { code: 'badEmail' } })
  })
})
