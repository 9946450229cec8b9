import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bare, outgoing, written } from '../../../tests/support/builders.ts'
import { fakeProvider, type FakeProvider, type Outcome } from '../../../tests/support/fake-provider.ts'
import { startHouse, type House } from '../../../tests/support/start-house.ts'
import type { ActionOrder, Input, MessageRow } from '../../shared/contract/contract.ts'
import type { OutboxId } from '../../shared/domain/ids.ts'
import type { Session, SoughtReply } from '../providers/provider.ts'
import { StoreFault, type Store } from '../store/store.ts'

const noon = Date.UTC(2026, 2, 3, 12)
const fails = (given: (Outcome & object & { fails: unknown })['fails']): Outcome =>
  ({ fails: given }) as Outcome
const lostAfterLeaving = fails({ kind: 'busy', code: 'busy', facts: { status: '502' }, mayHaveLeft: true })
const neverLeft = fails({ kind: 'offline', code: 'dns', mayHaveLeft: false })

/** What was set at the server, in order. */
const acted = (): string[] => provider.acted.filter((each) => / [ab]$/.test(each))

let house: House
let provider: FakeProvider
let id: string
beforeEach(async () => {
  const messages = [{ key: 'm', sentAt: noon, text: 'Where is my parcel?' }]
  provider = fakeProvider(['a', 'b'].map((key) => ({ key, change: { lastActivityAt: noon }, messages })))
  house = await startHouse({ provider })
  const [account] = await house.signIn()
  id = `${account}:a`
})
afterEach(() => house.stop())

let keys = 0
const clientKey = (): string => `00000000-0000-4000-8000-${String((keys += 1)).padStart(12, '0')}`
const reply = async (
  text: string,
  to = id,
  key = clientKey(),
  more: Partial<Input<'reply.send'>> = {},
): Promise<{ outboxId: string }> => {
  const { outboxIds } = await house.ask(
    'reply.send',
    written({ conversationId: to, text, clientKey: key, ...more }),
  )
  return { outboxId: outboxIds[0] ?? '' }
}
const received = (): { key: string; text: string }[] =>
  provider.received.map((each) => ({ key: each.key, text: each.text }))
const thread = async (of = id): Promise<MessageRow[]> =>
  (await house.ask('thread.open', { conversationId: of })).messages
const last = async (): Promise<MessageRow['delivery'] | undefined> => (await thread()).at(-1)?.delivery
const row = async (of = id): Promise<{ status: string; needsYou: boolean; outbox: string }> => {
  const { conversation } = await house.ask('thread.open', { conversationId: of })
  return { status: conversation.status.kind, needsYou: conversation.needsYou, outbox: conversation.outbox }
}

describe('a reply', () => {
  test('is a row at once, reaches the server once, and becomes the server’s message', async () => {
    await reply('On its way.')
    expect(received()).toEqual([{ key: 'a', text: 'On its way.' }])
    await house.settle()
    expect((await thread()).map((each) => [each.text, each.delivery.kind])).toEqual([
      ['Where is my parcel?', 'none'],
      ['On its way.', 'sent'],
    ])
    expect(await row()).toEqual({ status: 'open', needsYou: false, outbox: 'clear' })
  })

  test('is told to the window as a bubble of its own, which goes when the server’s message comes', async () => {
    const { outboxId } = await reply('On its way.')
    await house.settle()
    const told = house.events.flatMap((each) => (each.name === 'thread.changed' ? [each.payload] : []))
    const own = told.flatMap((each) => each.upserted.filter((message) => message.outboxId === outboxId))
    expect(own.map((each) => each.delivery.kind)).toContain('sending')
    expect(told.at(-1)?.removed).toEqual([own[0]?.id])
    expect(told.at(-1)?.upserted.map((each) => each.delivery.kind)).toEqual(['sent'])
  })

  test('given twice with the same client key is one reply', async () => {
    const key = clientKey()
    await Promise.all([reply('Once.', id, key), reply('Once.', id, key)])
    await house.settle()
    expect(provider.received).toHaveLength(1)
  })

  test('of nothing but spaces is refused', async () => {
    expect(
      await house.call('reply.send', written({ conversationId: id, text: ' \n ', clientKey: clientKey() })),
    ).toMatchObject({ ok: false, failure: { code: 'badInput' } })
  })

  test('written offline goes out once when the network returns, in the order written', async () => {
    provider.online(false)
    for (const text of ['one', 'two', 'three']) await reply(text)
    await house.clock.advance(1_000)
    expect(await last()).toMatchObject({ kind: 'queued' })
    provider.online(true)
    house.signal('online')
    await house.clock.advance(1_000)
    expect(provider.received.map((each) => each.text)).toEqual(['one', 'two', 'three'])
  })

  test('that never left is tried again by itself with growing pauses', async () => {
    provider.next('send', neverLeft, neverLeft)
    await reply('Hello')
    await house.clock.advance(30_000)
    expect(provider.received).toHaveLength(1)
  })

  test('refused by a rate limit waits as long as the server said', async () => {
    provider.next(
      'send',
      fails({
        kind: 'rateLimited',
        code: 'rateLimited',
        retryAt: house.clock.now() + 40_000,
        mayHaveLeft: false,
      }),
    )
    await reply('Hello')
    house.signal('online')
    await house.clock.advance(39_000)
    expect(provider.received).toEqual([])
    await house.clock.advance(2_000)
    expect(provider.received).toHaveLength(1)
  })

  test('refused by a rate limit that names no time ahead is tried again with growing pauses', async () => {
    const now = (): Outcome =>
      fails({ kind: 'rateLimited', code: 'rateLimited', retryAt: house.clock.now(), mayHaveLeft: false })
    provider.next('send', ...Array.from({ length: 5 }, now))
    await reply('Hello')
    await house.clock.advance(20_000)
    expect(provider.received).toEqual([])
    await house.clock.advance(60_000)
    expect(provider.received).toHaveLength(1)
  })

  test('waits for its turn no longer because the clock was turned back a day meanwhile', async () => {
    const day = 86_400_000
    provider.next('send', neverLeft)
    await reply('Hello')
    house.clock.jump(-day)
    await house.clock.advance(3_000)
    expect(received()).toHaveLength(1)
    const limited = { kind: 'rateLimited' as const, code: 'rateLimited' as const, mayHaveLeft: true }
    provider.next('send', fails({ ...limited, retryAt: house.clock.now() + 60_000 }))
    await reply('Again')
    await house.settle()
    house.clock.jump(-day)
    await house.clock.advance(61_000)
    expect(received()).toHaveLength(2)
  })

  test('refused by a rate limit of a year waits an hour', async () => {
    const retryAt = house.clock.now() + 365 * 86_400_000
    provider.next('send', fails({ kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: true }))
    await reply('Hello')
    await house.clock.advance(3_590_000)
    expect(received()).toEqual([])
    await house.clock.advance(20_000)
    expect(received()).toHaveLength(1)
  })

  test('to another customer waits for the same rate limit', async () => {
    const retryAt = house.clock.now() + 40_000
    const limited = fails({ kind: 'rateLimited', code: 'rateLimited', retryAt, mayHaveLeft: false })
    provider.next('send', limited)
    await reply('Hello')
    await house.settle()
    await reply('Hi', id.replace(/a$/, 'b'))
    await house.clock.advance(39_000)
    expect(provider.received).toEqual([])
    await house.clock.advance(5_000)
    expect(provider.received.map((each) => each.key).sort()).toEqual(['a', 'b'])
  })

  test('the server refuses stays with its reason until the agent acts', async () => {
    provider.next(
      'send',
      fails({
        kind: 'rejected',
        code: 'rejected',
        facts: { host: 'desk.example.com', reason: 'Too long' },
        mayHaveLeft: true,
      }),
    )
    const { outboxId } = await reply('Hello')
    await house.clock.advance(600_000)
    expect(await last()).toMatchObject({
      kind: 'refused',
      failure: { code: 'rejected', facts: { host: 'desk.example.com', reason: 'Too long' }, retryAt: null },
    })
    expect(await row()).toMatchObject({ outbox: 'failed' })
    await house.ask('outbox.sendAgain', { outboxId })
    await house.settle()
    expect(provider.received).toHaveLength(1)
  })

  test('that stands refused does not hide in the list what the customer wrote since', async () => {
    provider.next('send', fails({ kind: 'rejected', code: 'rejected', mayHaveLeft: true }))
    await reply('On its way.')
    await house.settle()
    const preview = async () => (await house.ask('thread.open', { conversationId: id })).conversation.preview
    expect(await preview()).toMatchObject({ side: 'me', text: 'On its way.' })
    provider.writes('a', 'Hello?', noon + 60_000)
    await house.clock.advance(60_000)
    expect(await preview()).toMatchObject({ side: 'them', text: 'Hello?' })
  })

  test('refused at the head holds back the next reply of that conversation only', async () => {
    provider.next('send', fails({ kind: 'rejected', code: 'rejected', mayHaveLeft: true }))
    const { outboxId } = await reply('first')
    await reply('second')
    await reply('other', id.replace(/a$/, 'b'))
    await house.clock.advance(5_000)
    expect(received()).toEqual([{ key: 'b', text: 'other' }])
    await house.ask('outbox.discard', { outboxId })
    await house.settle()
    expect(provider.received.map((each) => each.text)).toEqual(['other', 'second'])
  })
})

describe('a note', () => {
  const mentions = [{ kind: 'agent' as const, key: '2', name: 'Priya Nair' }]

  test('reaches the team with whom it names, and answers nobody', async () => {
    await reply('@Priya Nair, look', id, clientKey(), { isNote: true, mentions })
    expect(await row()).toMatchObject({ needsYou: true })
    await house.settle()
    expect(provider.received.map((each) => each.reply)).toMatchObject([{ isNote: true, mentions }])
    expect(await row()).toEqual({ status: 'open', needsYou: true, outbox: 'clear' })
  })

  test('the server refuses holds back the reply behind it, which it may be about', async () => {
    provider.next('send', fails({ kind: 'rejected', code: 'rejected', mayHaveLeft: true }))
    const { outboxId } = await reply('Look', id, clientKey(), { isNote: true })
    await reply('On its way.')
    await house.clock.advance(60_000)
    expect(received()).toEqual([])
    await house.ask('outbox.discard', { outboxId })
    await house.settle()
    expect(received()).toEqual([{ key: 'a', text: 'On its way.' }])
  })

  test('whose fate is unknown is looked for, and asked about rather than written twice', async () => {
    provider.next('send', 'acceptThenDrop', lostAfterLeaving)
    await reply('found', id, clientKey(), { isNote: true })
    await house.clock.advance(60_000)
    await reply('absent', id, clientKey(), { isNote: true })
    await house.clock.advance(3_600_000)
    expect(received()).toEqual([{ key: 'a', text: 'found' }])
    expect(await last()).toMatchObject({ kind: 'unsure', asks: true, finding: 'absent' })
  })
})

describe('a reply with files', () => {
  const fileId = '00000000-0000-4000-9000-000000000001'
  const file = { name: 'label.pdf', contentType: 'application/pdf' }
  const bytes = new TextEncoder().encode('four')
  const attached = async (text = ''): Promise<{ outboxId: string }> => {
    const about = { conversationId: id, kind: 'reply' as const, fileId, ...file, sizeBytes: 4 }
    await house.ask('file.begin', about)
    await house.ask('file.append', { fileId, offset: 0, base64: btoa('four') })
    return reply(text, id, clientKey(), { files: [fileId] })
  }

  test('written offline takes them along after a restart, and lets them go once sent', async () => {
    provider.online(false)
    await attached('See this.')
    const { store, vault, clock } = house
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    expect(house.store.fileBytes(fileId)).toEqual(bytes)
    provider.online(true)
    house.signal('online')
    await house.clock.advance(5_000)
    expect(provider.received.map((each) => each.reply.files)).toEqual([[{ ...file, bytes }]])
    expect(house.store.file(fileId)).toBeNull()
  })

  test('whose fate is unknown keeps them until it is found, and sends the same when the agent says so', async () => {
    provider.next('send', lostAfterLeaving)
    const { outboxId } = await attached()
    await house.clock.advance(60_000)
    expect([await last(), house.store.fileBytes(fileId)]).toMatchObject([{ kind: 'unsure' }, bytes])
    await house.ask('outbox.sendAgain', { outboxId })
    await house.settle()
    expect(provider.received.map((each) => each.reply.files)).toEqual([[{ ...file, bytes }]])
  })

  test('is looked for by all that could tell it from another', async () => {
    const sought: SoughtReply[] = []
    const open: FakeProvider['open'] = (...given) => {
      const session = provider.open(...given)
      const findSent: Session['findSent'] = (reply, signal) => {
        sought.push(reply)
        return session.findSent(reply, signal)
      }
      return { ...session, findSent }
    }
    const { store, vault, clock } = house
    await house.stop()
    house = await startHouse({ provider, providers: { fake: { ...provider, open } }, store, vault, clock })
    provider.next('send', 'acceptThenDrop')
    const startedAt = clock.now()
    const { outboxId } = await attached('See this.')
    await clock.advance(5_000)
    const plain = { isNote: false, mentions: [], template: null, claimed: [] }
    expect(sought).toEqual([
      {
        ...plain,
        conversationKey: 'a',
        ownId: outboxId,
        text: 'See this.',
        fileSizes: [bytes.length],
        startedAt,
      },
    ])
    expect(await last()).toEqual({ kind: 'sent' })
  })

  test('does not leave without one of them, and says what to do', async () => {
    const { vault, clock } = house
    const damaged: Store = { ...house.store, fileBytes: () => null }
    await house.stop()
    house = await startHouse({ provider, store: damaged, vault, clock })
    await attached('See this.')
    await house.clock.advance(60_000)
    expect(await last()).toMatchObject({
      kind: 'refused',
      failure: { code: 'fileMissing', facts: {}, retryAt: null },
    })
    expect(received()).toEqual([])
  })

  test('lets them go when it is discarded', async () => {
    provider.online(false)
    const { outboxId } = await attached()
    await house.settle()
    await house.ask('outbox.discard', { outboxId })
    expect(house.store.file(fileId)).toBeNull()
  })
})

describe('a reply whose fate is unknown', () => {
  test('is found at the server and counts as sent, without a second request', async () => {
    provider.next('send', 'acceptThenDrop')
    await reply('Hello')
    await house.settle()
    expect(await last()).toMatchObject({ kind: 'unsure', asks: false, finding: null })
    await house.clock.advance(2_000)
    expect(await last()).toEqual({ kind: 'sent' })
    expect(provider.received).toHaveLength(1)
  })

  test('that is absent twice asks the agent and is never sent again by itself', async () => {
    provider.next('send', lostAfterLeaving)
    await reply('Hello')
    await house.clock.advance(3_600_000)
    expect(await last()).toMatchObject({ kind: 'unsure', asks: true, finding: 'absent' })
    expect(await row()).toMatchObject({ outbox: 'asks' })
    expect(provider.received).toEqual([])
  })

  test('that nobody can look up asks the agent', async () => {
    provider.finds('unknowable')
    provider.next('send', lostAfterLeaving)
    await reply('Hello')
    await house.clock.advance(60_000)
    expect(await last()).toMatchObject({ kind: 'unsure', asks: true, finding: 'unknowable' })
  })

  test('is not asked about while the network is away', async () => {
    provider.next('send', 'acceptThenDrop')
    await reply('Hello')
    await house.settle()
    provider.online(false)
    await house.clock.advance(120_000)
    expect(await last()).toMatchObject({ kind: 'unsure', asks: false, finding: null })
    provider.online(true)
    await house.clock.advance(300_000)
    expect(await last()).toEqual({ kind: 'sent' })
    expect(provider.received).toHaveLength(1)
  })

  test('goes out once more when the agent says so, and can be checked or thrown away', async () => {
    provider.next('send', lostAfterLeaving)
    const { outboxId } = await reply('Hello')
    await house.clock.advance(60_000)
    expect(await house.ask('outbox.check', { outboxId })).toEqual({ finding: 'absent' })
    await house.ask('outbox.sendAgain', { outboxId })
    await house.settle()
    expect(provider.received).toHaveLength(1)
    expect(await last()).toEqual({ kind: 'sent' })
  })

  test('that shows up late in a pull settles itself and says so', async () => {
    provider.next('send', lostAfterLeaving)
    const { outboxId } = await reply('Hello')
    await house.clock.advance(60_000)
    const made = provider.open(
      { id: id.split(':')[0] as never, key: '1', baseUrl: '', settings: {} },
      '',
      house as never,
    )
    await made.send(outgoing('a', 'Hello', outboxId), new AbortController().signal)
    await house.clock.advance(60_000)
    expect(await last()).toEqual({ kind: 'sent' })
    expect(house.events.filter((each) => each.name === 'notice.raised')).toHaveLength(1)
  })

  test('of which not a byte had left when the program died is sent by itself at the next start', async () => {
    const { store, vault, clock } = house
    provider.next('send', { preparesFor: new Promise(() => {}) })
    await reply('Hello?')
    await house.settle()
    expect(store.openOrders().map((each) => each.state)).toMatchObject([
      { kind: 'sending', isPreparing: true },
    ])
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    await house.settle()
    expect([received(), store.openOrders()]).toEqual([[{ key: 'a', text: 'Hello?' }], []])
  })

  test('does not leave where that cannot be written down, and leaves once it can', async () => {
    const { store } = house
    const { moveOrder } = store
    let isFull = true
    store.moveOrder = (of, state, attempts) => {
      if (isFull && state.kind === 'sending' && state.isPreparing !== true)
        throw new StoreFault('full', 'The disk is full.')
      moveOrder(of, state, attempts)
    }
    await reply('Hello?')
    await house.settle()
    expect([received(), house.logged]).toEqual([
      [],
      [expect.stringMatching(/^outbox\.broke \{"code":"diskFull"/)],
    ])
    isFull = false
    await house.clock.advance(60_000)
    expect(received()).toEqual([{ key: 'a', text: 'Hello?' }])
  })

  test('found sending at a start becomes unsure, is looked for, and is not sent again', async () => {
    const waits = new Promise<void>(() => {})
    provider.next('send', { waits })
    await reply('Hello')
    await house.settle()
    const { store, vault, clock } = house
    expect(store.openOrders().map((each) => each.state.kind)).toEqual(['sending'])
    await house.stop()
    house = await startHouse({ provider, store, vault, clock })
    expect(await last()).toMatchObject({ kind: 'unsure', asks: false, finding: null })
    await house.clock.advance(60_000)
    expect(await last()).toMatchObject({ kind: 'unsure', asks: true, finding: 'absent' })
    expect(provider.received).toEqual([])
  })
})

describe('an action', () => {
  test('shows at once and a pull cannot undo it while it is on its way', async () => {
    provider.next('act', neverLeft)
    await house.ask('conversation.act', { conversationId: id, action: bare('resolve') })
    await house.clock.advance(500)
    expect(await row()).toEqual({ status: 'done', needsYou: false, outbox: 'onItsWay' })
    await house.ask('inbox.refresh', {})
    await house.settle()
    expect(await row()).toMatchObject({ status: 'done', outbox: 'clear' })
    expect(acted()).toEqual(['resolve a'])
  })

  test('is tried again after a lost answer, since a state can be set twice', async () => {
    provider.next('act', 'acceptThenDrop')
    await house.ask('conversation.act', { conversationId: id, action: bare('resolve') })
    await house.clock.advance(30_000)
    expect(await row()).toMatchObject({ status: 'done', outbox: 'clear' })
  })

  test('and its opposite coalesce to the last word', async () => {
    provider.online(false)
    await house.ask('conversation.act', { conversationId: id, action: bare('resolve') })
    await house.ask('conversation.act', { conversationId: id, action: bare('reopen') })
    provider.online(true)
    house.signal('online')
    await house.clock.advance(5_000)
    expect(acted()).toEqual([])
    expect(await row()).toMatchObject({ status: 'open', outbox: 'clear' })
  })

  test('that has become the server’s state by other hands is not ordered any more', async () => {
    provider.online(false)
    await house.ask('conversation.act', {
      conversationId: id,
      action: { kind: 'prioritise', priority: 'high' },
    })
    await house.settle()
    provider.change('a', { priority: 'high' })
    provider.online(true)
    house.signal('shown')
    await house.clock.advance(60_000)
    expect(acted()).toEqual([])
    expect(await row()).toMatchObject({ outbox: 'clear' })
  })

  test('that our copy shows as done is ordered all the same: colleagues may have changed it meanwhile', async () => {
    provider.change('a', { priority: 'urgent' })
    await house.ask('conversation.act', {
      conversationId: id,
      action: { kind: 'prioritise', priority: null },
    })
    await house.settle()
    expect(acted()).toEqual(['priority none a'])
  })

  test('the server refuses shows the server’s state again and keeps the refusal for the agent', async () => {
    provider.next(
      'act',
      fails({ kind: 'forbidden', code: 'forbidden', facts: { host: 'desk.example.com' }, mayHaveLeft: true }),
    )
    await house.ask('conversation.act', { conversationId: id, action: bare('resolve') })
    await house.settle()
    const opened = await house.ask('thread.open', { conversationId: id })
    expect([opened.conversation.status.kind, opened.stranded]).toEqual([
      'open',
      [
        expect.objectContaining({
          action: 'resolve',
          failure: { code: 'forbidden', facts: { host: 'desk.example.com' }, retryAt: null },
        }),
      ],
    ])
  })

  test('marking unread by hand wins until the conversation is opened, even when all is answered', async () => {
    await reply('All done.')
    await house.settle()
    await house.ask('conversation.act', { conversationId: id, action: bare('markUnread') })
    await house.clock.advance(60_000)
    expect(await row()).toMatchObject({ needsYou: true })
    await house.ask('conversation.act', { conversationId: id, action: bare('markRead') })
    await house.settle()
    expect(await row()).toMatchObject({ needsYou: false })
  })
})

describe('an action that waited long', () => {
  /** Ordered offline, and an hour later the network is back. */
  async function anHourLater(action: ActionOrder, meanwhile = () => {}): Promise<void> {
    provider.online(false)
    await house.ask('conversation.act', { conversationId: id, action })
    await house.clock.advance(3_600_000)
    meanwhile()
    provider.online(true)
    house.signal('online')
    await house.clock.advance(30_000)
  }
  const writing = () => provider.writes('a', 'Wait, it is broken!', noon + 1_800_000)
  const stranded = async () => (await house.ask('thread.open', { conversationId: id })).stranded

  test.each<ActionOrder>([bare('resolve'), bare('pend'), { kind: 'snooze', until: null }])(
    '%o does not put aside what they wrote since, and says so',
    async (action) => {
      await anHourLater(action, writing)
      expect(acted().filter((each) => !each.startsWith('markRead'))).toEqual([])
      expect(await row()).toMatchObject({ status: 'open', needsYou: true })
      expect(await stranded()).toMatchObject([{ action: action.kind, failure: { code: 'wroteSince' } }])
      expect(house.announced.map((each) => each.body)).toContain('Wait, it is broken!')
    },
  )

  test('is carried out when the agent, who read it, says so again', async () => {
    await anHourLater(bare('resolve'), writing)
    const [{ outboxId = '' } = {}] = await stranded()
    await house.ask('outbox.sendAgain', { outboxId })
    await house.clock.advance(5_000)
    expect(acted()).toEqual(['resolve a'])
    expect([await row(), await stranded()]).toMatchObject([{ status: 'done', outbox: 'clear' }, []])
  })

  test('is carried out where they wrote nothing', async () => {
    await anHourLater(bare('resolve'))
    expect([acted(), await stranded()]).toEqual([['resolve a'], []])
  })

  test('does not mark as read what they wrote since', async () => {
    await anHourLater(bare('markRead'), writing)
    expect(acted()).toEqual([])
    expect(await row()).toMatchObject({ needsYou: true, outbox: 'clear' })
    expect(await stranded()).toEqual([])
  })
})

describe('signing out', () => {
  test('with something unsent needs the exact count and a yes', async () => {
    provider.online(false)
    await reply('Hello')
    await house.settle()
    const accountId = id.split(':')[0] ?? ''
    expect(await house.call('accounts.remove', { accountId, unsent: 0, drafts: 0 })).toMatchObject({
      ok: false,
      failure: { code: 'unsentRows', facts: { unsent: '1', drafts: '0' } },
    })
    expect(await house.call('accounts.remove', { accountId, unsent: 1, drafts: 0 })).toEqual({
      ok: true,
      value: {},
    })
    expect([house.vault.kept.size, house.store.openOrders()]).toEqual([0, []])
  })

  test('forgets the account’s default answers, too', async () => {
    const accountId = id.split(':')[0] ?? ''
    await house.ask('resolve.remember', { accountId, answers: { reason: 'late' } })
    expect(house.store.setting(`resolve.${accountId}`)).not.toBeNull()
    await house.ask('accounts.remove', { accountId, unsent: 0, drafts: 0 })
    expect(house.store.setting(`resolve.${accountId}`)).toBeNull()
  })

  test('a refused token keeps every queued reply, and a new one sends them', async () => {
    provider.next(
      'send',
      fails({ kind: 'auth', code: 'auth', facts: { host: 'desk.example.com' }, mayHaveLeft: true }),
    )
    const { outboxId } = await reply('Hello')
    await house.clock.advance(600_000)
    expect(house.store.outboxRow(outboxId as OutboxId)?.state).toEqual({ kind: 'queued', notBefore: null })
    await house.unlock(id.split(':')[0] ?? '')
    await house.settle()
    expect(received()).toEqual([{ key: 'a', text: 'Hello' }])
  })
})
