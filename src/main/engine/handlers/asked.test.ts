import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aDirectory } from '../../../../tests/support/builders.ts'
import { fakeProvider } from '../../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../../tests/support/start-house.ts'

let house: House
let account: string
let conversationId: string

const ada = {
  key: '12',
  name: 'Ada',
  email: null,
  avatarUrl: null,
  availability: 'busy',
  isMe: false,
} as const
const lost = {
  fails: { kind: 'offline', code: 'reset', facts: { host: 'desk.example.com' }, mayHaveLeft: true },
} as const

beforeEach(async () => {
  const provider = fakeProvider([
    {
      key: 'a',
      messages: [
        { key: 'm1', text: 'Hello?', side: 'them' },
        { key: 'm2', text: 'Hi', side: 'me' },
      ],
    },
  ])
  provider.offers(aDirectory({ agents: [ada] }))
  house = await startHouse({ provider })
  account = (await house.signIn())[0] ?? ''
  conversationId = `${account}:a`
})
afterEach(() => house.stop())

const timesDone = (what: string): number => house.provider.acted.filter((each) => each === what).length

describe('what does harm twice', () => {
  test.each([
    ['macro.run', { macroKey: '5' }, 'macro 5'],
    ['transcript.send', { email: 'tomasz@example.com' }, 'transcript a tomasz@example.com'],
  ] as const)(
    '%s whose answer is lost may have been done, and is not repeated',
    async (command, input, done) => {
      house.provider.next('ask', 'acceptThenDrop')
      expect(await house.call(command, { conversationId, ...input })).toMatchObject({
        failure: { code: 'mayBeDone' },
      })
      await house.clock.advance(600_000)
      expect(timesDone(done)).toBe(1)
    },
  )

  test('what surely did not leave says only that', async () => {
    house.provider.online(false)
    expect(await house.call('macro.run', { conversationId, macroKey: '5' })).toMatchObject({
      failure: { code: 'offline' },
    })
  })

  test('a transcript goes to addresses only', async () => {
    expect(await house.call('transcript.send', { conversationId, email: 'tomasz' })).toMatchObject({
      failure: { code: 'badEmail', facts: { email: 'tomasz' } },
    })
  })

  test('a refused token locks the account, whatever asked', async () => {
    const refused = {
      kind: 'auth',
      code: 'auth',
      facts: { host: 'desk.example.com' },
      mayHaveLeft: false,
    } as const
    house.provider.next('ask', { fails: refused })
    expect(await house.call('macro.run', { conversationId, macroKey: '5' })).toMatchObject({
      failure: { code: 'auth' },
    })
    const { accounts } = await house.ask('app.snapshot', {})
    expect(accounts[0]?.syncing).toMatchObject({ kind: 'locked', failure: { code: 'auth' } })
    expect(await house.call('panel.read', { conversationId })).toMatchObject({ failure: { code: 'auth' } })
  })
})

describe('messages', () => {
  test('a deleted one is shown as deleted at once', async () => {
    await house.ask('message.delete', { conversationId, messageId: `${conversationId}/m2` })
    const { messages } = await house.ask('thread.open', { conversationId })
    expect(messages.find((each) => each.id.endsWith('/m2'))).toMatchObject({ isDeleted: true, text: '' })
  })

  test('one tried again counts as sent', async () => {
    await house.ask('message.retry', { conversationId, messageId: `${conversationId}/m2` })
    expect(house.provider.acted).toContain('retry m2')
    const { messages } = await house.ask('thread.open', { conversationId })
    expect(messages.find((each) => each.id.endsWith('/m2'))?.delivery).toEqual({ kind: 'sent' })
  })

  test('of another conversation, or still on its way, there is none to delete', async () => {
    for (const messageId of [`${account}:b/m1`, `${conversationId}/own-1`, 'm2'])
      expect(await house.call('message.delete', { conversationId, messageId })).toMatchObject({
        failure: { code: 'notFound' },
      })
  })
})

describe('who may have it', () => {
  test('is asked of the server', async () => {
    const { people, isFresh } = await house.ask('assign.candidates', { conversationId })
    expect(people.map((each) => [each.name, each.availability])).toEqual([['Ada', 'busy']])
    expect(isFresh).toBe(true)
  })

  test('is what was last heard while offline, and says that it may be old', async () => {
    house.provider.online(false)
    const { people, isFresh } = await house.ask('assign.candidates', { conversationId })
    expect(people.map((each) => each.name)).toEqual(['Ada'])
    expect(isFresh).toBe(false)
  })
})

describe('the directory', () => {
  test('is read when the account opens, kept over a restart, and told when it changes', async () => {
    expect((await house.ask('directory.read', { accountId: account })).directory.agents).toHaveLength(1)
    house.provider.offers({ labels: [{ title: 'vip', color: '#1f93ff', description: '' }] })
    await house.clock.advance(31_000)
    await house.ask('directory.read', { accountId: account })
    await house.settle()
    const changed = house.events.filter((each) => each.name === 'directory.changed')
    expect(changed.at(-1)?.payload).toMatchObject({
      accountId: account,
      directory: { labels: [{ title: 'vip' }] },
    })
    const { store, clock, provider, vault } = house
    await house.stop()
    provider.online(false)
    house = await startHouse({ store, clock, provider, vault })
    expect((await house.ask('directory.read', { accountId: account })).directory.labels).toHaveLength(1)
  })

  test('is asked for no more than once in half a minute, and told only when something is new', async () => {
    const before = timesDone('directory')
    const events = house.events.length
    for (let n = 0; n < 5; n++) await house.ask('directory.read', { accountId: account })
    await house.clock.advance(31_000)
    for (let n = 0; n < 5; n++) await house.ask('directory.read', { accountId: account })
    await house.settle()
    expect(timesDone('directory') - before).toBe(1)
    expect(house.events.slice(events).filter((each) => each.name === 'directory.changed')).toEqual([])
  })

  test('changes with what the agent sets', async () => {
    await house.ask('availability.set', { accountId: account, availability: 'busy', autoOffline: false })
    const { directory } = await house.ask('directory.read', { accountId: account })
    expect(directory.me).toMatchObject({ availability: 'busy', autoOffline: false })
  })
})

test('a conversation found elsewhere is fetched, and can be opened', async () => {
  const { conversationId: found } = await house.ask('conversation.fetch', { accountId: account, key: 'old' })
  expect((await house.ask('thread.open', { conversationId: found })).conversation.id).toBe(`${account}:old`)
})

describe('a suspended account', () => {
  test('opens by itself once the suspension is lifted, with everything still there', async () => {
    const suspended = { kind: 'auth', code: 'suspended', facts: {}, mayHaveLeft: false } as const
    house.provider.next('pull', { fails: suspended })
    await house.clock.advance(40_000)
    const syncing = async (): Promise<string | undefined> =>
      (await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind
    expect(await syncing()).toBe('locked')
    expect((await house.ask('thread.open', { conversationId })).messages).not.toEqual([])
    await house.clock.advance(6 * 60_000)
    expect(await syncing()).toBe('upToDate')
  })

  test('a token that was reset does not come back by itself', async () => {
    house.provider.next('pull', { fails: { kind: 'auth', code: 'auth', facts: {}, mayHaveLeft: false } })
    await house.clock.advance(40_000)
    await house.clock.advance(12 * 60_000)
    expect((await house.ask('app.snapshot', {})).accounts[0]?.syncing.kind).toBe('locked')
  })
})

describe('typing', () => {
  const typed = (): string[] => house.provider.acted.filter((each) => each.startsWith('typing'))
  const tell = async (isTyping: boolean, isNote = false): Promise<void> => {
    await house.ask('typing.tell', { conversationId, isTyping, isNote })
    await house.settle()
  }

  test('is told once while it goes on, and taken back', async () => {
    await tell(true)
    await tell(true)
    await tell(false)
    await tell(false)
    expect(typed()).toEqual(['typing a on', 'typing a off'])
  })

  test('is told anew before the server forgets it', async () => {
    for (let n = 0; n < 5; n++) {
      await tell(true)
      await house.clock.advance(5_000)
    }
    expect(typed()).toEqual(['typing a on', 'typing a on'])
  })

  test('of a window that went away is taken back', async () => {
    await tell(true)
    await house.clock.advance(13_000)
    expect(typed()).toEqual(['typing a on', 'typing a off'])
  })

  test('turns from a reply to a note', async () => {
    await tell(true)
    await tell(true, true)
    expect(typed()).toEqual(['typing a on', 'typing a off', 'typing a on note'])
  })

  test('is nothing worth a word when it cannot be told', async () => {
    house.provider.next('ask', lost)
    await tell(true)
    expect(house.logged).toEqual([])
  })
})
