import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, aSought, byHand, failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { Finding } from '../../../shared/domain/outbox.ts'
import type { OutgoingFile, OutgoingReply, Session } from '../provider.ts'
import { asList, asObject, asText } from '../../foreign/read.ts'
import { templatesOf } from './templates.ts'

const messagesPath = '/api/v1/accounts/*/conversations/*/messages'
const [second, minute, hour] = [1_000, 60_000, 3_600_000]
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('where the server keeps our ids', () => {
  it.each([-24 * hour, 24 * hour])('finds it by its id, the server’s clock %i ms away', async (awayMs) => {
    here.serverClock.jump(awayMs)
    const lost = await lose({ text: 'Hello' })
    expect(await find(lost)).toBe('found')
  })

  it('finds it by its id whatever was made of the words', async () => {
    const lost = await lose({ text: 'Hello' })
    expect(await find({ ...lost, text: 'Something else' })).toBe('found')
  })

  it('finds it by its id though no time is told, and pages further back', async () => {
    const lost = await lose({ text: 'Hello' })
    customerGoesOn(45)
    here.simulator.scenario.server({ date: 'absent' })
    expect(await find(lost)).toBe('found')
  })

  it('never takes what the same agent sends from another computer', async () => {
    const lost = await loseBefore({ text: 'Hello' })
    await elsewhere().send(aReply({ text: 'Hello', ownId: 'theirs-1' }), never)
    expect(await find(lost)).toBe('absent')
  })

  it('does not claim equal words from the dashboard, and says that it cannot tell', async () => {
    await here.session.send(aReply({ text: 'Before', ownId: 'row-0' }), never)
    const lost = await loseBefore({ text: 'Hello' })
    fromDashboard('Hello')
    expect(await find(lost)).toBe('unknowable')
  })

  it('learns after a restart that ids are kept, from any reply that has one', async () => {
    const kept = 'An earlier reply, in another conversation'
    await here.session.send(aReply({ text: kept, ownId: 'row-0', conversationKey: '3' }), never)
    const lost = await loseBefore({ text: 'Hello' })
    fromDashboard('Hello')
    const restarted = here.reopened()
    await restarted.thread('3', null, never)
    expect(await find(lost, restarted)).toBe('unknowable')
  })

  it('learns it from what was written here before the time in question, too', async () => {
    await here.session.send(aReply({ text: 'Long ago', ownId: 'row-0' }), never)
    await pass(hour)
    const lost = await loseBefore({ text: 'Hello' })
    fromDashboard('Hello')
    expect(await find(lost, here.reopened())).toBe('unknowable')
  })

  it('cannot tell whether it is one that was sent again in the dashboard, which wipes the id', async () => {
    await here.session.send(aReply({ text: 'Before', ownId: 'row-0' }), never)
    const lost = await lose({ text: 'Hello' })
    await byHand(here, `/api/v1/accounts/1/conversations/5/messages/${newest()}/retry`, {})
    expect(await find(lost)).toBe('unknowable')
  })

  it('cannot tell whether it is one that was deleted, which wipes the id and the words', async () => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.messageDeleted({ conversation: 5, message: newest() })
    expect(await find(lost)).toBe('unknowable')
  })

  it('does not find what is accepted late before it is, and finds it from then on', async () => {
    const lost = await loseLate({ text: 'Hello' }, 90 * second)
    await pass(89 * second)
    expect(await find(lost)).toBe('absent')
    await pass(second)
    expect(await find(lost)).toBe('found')
  })
})

describe('where the server drops our ids', () => {
  beforeEach(() => here.simulator.scenario.server({ keepsUnknownContentAttributes: false }))

  it('finds it by author, words and time', async () => {
    expect(await find(await lose({ text: 'Hello' }))).toBe('found')
  })

  it('says absent where nothing is like it', async () => {
    expect(await find(await loseBefore({ text: 'Hello' }))).toBe('absent')
  })

  it('does not find what is accepted late before it is, and finds it from then on', async () => {
    const lost = await loseLate({ text: 'Hello' }, 90 * second)
    await pass(89 * second)
    expect(await find(lost)).toBe('absent')
    await pass(second)
    expect(await find(lost)).toBe('found')
  })

  describe('by its author:', () => {
    it.each(['Ada', 'bot'])('%s is not this agent', async (as) => {
      const lost = await loseBefore({ text: 'Hello' })
      here.simulator.scenario.agentWrites({ conversation: 5, as, text: 'Hello' })
      expect(await find(lost)).toBe('absent')
    })

    it('nor is the customer', async () => {
      const lost = await loseBefore({ text: 'Hello' })
      here.simulator.scenario.customerWrites({ conversation: 5, text: 'Hello' })
      expect(await find(lost)).toBe('absent')
    })

    it('what this agent sends from another computer is taken for it, as nothing tells it apart', async () => {
      const lost = await loseBefore({ text: 'Hello' })
      await elsewhere().send(aReply({ text: 'Hello', ownId: 'theirs-1' }), never)
      expect(await find(lost)).toBe('found')
    })
  })

  describe('by what it is:', () => {
    it.each([true, false])('a note: %s, is not the other', async (isNote) => {
      const lost = await loseBefore({ text: 'Hello', isNote })
      here.simulator.scenario.agentWrites({ conversation: 5, as: 'me', text: 'Hello', isPrivate: !isNote })
      expect(await find(lost)).toBe('absent')
    })

    it('a note that calls somebody reads as it was written', async () => {
      const mentions = [{ kind: 'agent', key: '12', name: 'Ada Brook' }] as const
      expect(await find(await lose({ isNote: true, text: 'Ask @Ada Brook', mentions }))).toBe('found')
    })

    it('a note that holds a call somebody wrote out reads like one', async () => {
      const text = 'See [@Ada Brook](mention://user/12/Ada%20Brook)'
      expect(await find(await lose({ isNote: true, text }))).toBe('found')
    })

    it('a mail with copies', async () => {
      const mail = { cc: ['ada@example.com'], bcc: [] }
      const text = 'Dear Tomas,\n\nit is on its way.\r\n\r\nBest\nNilo'
      expect(await find(await lose({ conversationKey: '3', text, mail }))).toBe('found')
    })

    it('a template, by the words it makes', async () => {
      const template = await aTemplate()
      const use = { ...template, values: Object.fromEntries(template.blanks.map(({ key }) => [key, 'Bram'])) }
      const lost = await lose({ conversationKey: '2', text: 'Hello Bram', template: use })
      expect(await find(lost)).toBe('found')
    })
  })

  describe('by its words:', () => {
    it.each([
      ['spaces and lines made one', 'Hello  there,\n\n\tyou  ', 'Hello there, you'],
      ['lines ended another way', 'Hello\r\nthere', 'Hello\nthere'],
      ['white space around dropped', '\n  Hello \n', 'Hello'],
      ['a space that does not break', 'Hello\u00a0there', 'Hello there'],
      ['letters put together', 'Cafe\u0301 u\u0308ber', 'Caf\u00e9 \u00fcber'],
      ['letters taken apart', 'Caf\u00e9', 'Cafe\u0301'],
      ['emoji of several parts', 'Fine 👩🏽‍🔧🇮🇩', 'Fine 👩🏽‍🔧🇮🇩'],
    ])('finds it with %s', async (_, text, arrived) => {
      const lost = await loseBefore({ text })
      fromDashboard(arrived)
      expect(await find(lost)).toBe('found')
    })

    it.each([
      ['a signature below', 'Hello', 'Hello\n\n--\nNilo Verano'],
      ['a part of them', 'Hello there', 'Hello'],
      ['another letter', 'Hello', 'hello'],
      ['an emoji of another colour', 'Fine 👩🏽‍🔧', 'Fine 👩🏻‍🔧'],
    ])('does not take words with %s for it', async (_, text, arrived) => {
      const lost = await loseBefore({ text })
      fromDashboard(arrived)
      expect(await find(lost)).toBe('absent')
    })

    it.each([
      ['filled in', 'Dear {{contact.name}}, hello'],
      ['emptied altogether', '{{nobody.knows}}'],
      ['cut out', 'Dear {% if x %}you{% endif %}'],
      ['filled in over lines', 'Dear {{ contact.name\n| upcase }},\nhello'],
      ['left alone, as it is code', 'Write `{{contact.name}}` there'],
      ['half in code', 'It`s {{contact.name}}'],
      ['no template', 'a {{ that never ends, and 100 %}'],
    ])('finds what the server would have %s', async (_, text) => {
      expect(await find(await lose({ text }))).toBe('found')
    })

    it('does not take what the server filled in for somebody who wanted that', async () => {
      const lost = await loseBefore({ text: 'Dear {{contact.name}}' })
      await byHand(here, '/api/v1/accounts/1/conversations/5/messages', { content: 'Dear {{contact.name}}' })
      expect(await find(lost)).toBe('absent')
    })
  })

  describe('by its files:', () => {
    it.each([
      ['with words', 'Look', [aFile()]],
      ['without words', '', [aFile()]],
      ['several without words', '', [aFile(), aFile('A longer list')]],
    ])('%s', async (_, text, files) => {
      expect(await find(await lose({ text, files }))).toBe('found')
    })

    it('another number of them is another message', async () => {
      const lost = await loseBefore({ text: '', files: [aFile()] })
      await elsewhere().send(aReply({ text: '', ownId: 'theirs-1', files: [aFile(), aFile()] }), never)
      expect(await find(lost)).toBe('absent')
    })

    it('one of another size is another message, and nothing of ours is lost over it', async () => {
      const lost = await loseBefore({ text: '', files: [aFile(), aFile('A')] })
      const files = [aFile(), aFile('B longer')]
      await elsewhere().send(aReply({ text: '', ownId: 'theirs-1', files }), never)
      expect(await find(lost)).toBe('absent')
    })

    it('in a channel of one file a message each is claimed by one row', async () => {
      const rows = ['row-1', 'row-1-2', 'row-1-3'].map((ownId, index) => ({
        ...{ conversationKey: '2', ownId, files: [aFile()] },
        text: index === 0 ? 'Three pictures' : '',
      }))
      const claimed: string[] = []
      for (const row of rows) claimed.push(there(await findMessage(await lose(row), claimed)).key)
      expect(new Set(claimed).size).toBe(3)
      expect(
        await find({ ...aReply(there(rows[2])), startedAt: here.clock.now() }, here.session, claimed),
      ).toBe('absent')
    })
  })

  describe('by its time:', () => {
    it.each([-24 * hour, -hour, hour, 24 * hour])(
      'told by the server, whose clock is %i ms away from ours',
      async (awayMs) => {
        here.serverClock.jump(awayMs)
        expect(await find(await lose({ text: 'Hello' }))).toBe('found')
      },
    )

    it.each([-24 * hour, 24 * hour])(
      'and not an older one, however far (%i ms) the server’s clock is away',
      async (awayMs) => {
        here.serverClock.jump(awayMs)
        fromDashboard('Hello')
        await pass(10 * second)
        expect(await find(await loseBefore({ text: 'Hello' }))).toBe('absent')
      },
    )

    it('not one written long after: somebody looks a day later, and the same was written meanwhile', async () => {
      const lost = await loseBefore({ text: 'Hello' })
      await pass(10 * minute)
      fromDashboard('Hello')
      expect(await find(lost)).toBe('absent')
    })

    it('also a day later', async () => {
      const lost = await lose({ text: 'Hello' })
      await pass(24 * hour)
      expect(await find(lost)).toBe('found')
    })

    it('also after files that took long to go there', async () => {
      const lost = await loseBefore({ text: '', files: [aFile('x'.repeat(50_000_000 / 100))] })
      await pass(5 * minute + 40 * second)
      await elsewhere().send(aReply({ text: '', ownId: 'theirs-1', files: lost.files }), never)
      expect(await find(lost)).toBe('found')
    })

    it.each([-3 * second, 3 * second])('though a clock was put right by %i ms since', async (byMs) => {
      const lost = await lose({ text: 'Hello' })
      await pass(minute)
      here.clock.jump(byMs)
      expect(await find(lost)).toBe('found')
      here.clock.jump(-byMs)
      here.serverClock.jump(byMs)
      expect(await find(lost)).toBe('found')
    })

    it('which nobody can tell any more once our clock was set back', async () => {
      const lost = await lose({ text: 'Hello' })
      here.clock.jump(-hour)
      expect(await find(lost)).toBe('unknowable')
      expect(await find({ ...lost, text: 'Never left' })).toBe('absent')
    })

    it('which is not taken for another hour’s once our clock was set forward', async () => {
      fromDashboard('Hello')
      await pass(hour)
      const lost = await loseBefore({ text: 'Hello' })
      here.clock.jump(2 * hour)
      expect(await find(lost)).toBe('absent')
    })

    it.each(['absent', 'junk'] as const)('which is %s: what is like it may be it', async (date) => {
      here.simulator.scenario.server({ date })
      const lost = await lose({ text: 'Hello' })
      expect(await find(lost)).toBe('unknowable')
      expect(await find({ ...lost, text: 'Never left' })).toBe('absent')
    })
  })

  describe('the same words in a row:', () => {
    it('one of two that a sent row has claimed is not claimed again', async () => {
      const { message } = await here.session.send(aReply({ text: 'Thanks!', ownId: 'row-1' }), never)
      const lost = await loseBefore({ text: 'Thanks!', ownId: 'row-2' })
      expect(await find(lost, here.session, [message.key])).toBe('absent')
      await elsewhere().send(aReply({ text: 'Thanks!', ownId: 'row-2' }), never)
      const found = there(await findMessage(lost, [message.key]))
      expect(found.key).not.toBe(message.key)
    })

    it('of two that arrived the older goes first, then the other, and a third is absent', async () => {
      const first = await lose({ text: 'Thanks!', ownId: 'row-1' })
      const older = String(newest())
      await pass(2 * second)
      const next = await lose({ text: 'Thanks!', ownId: 'row-2' })
      const newer = String(newest())
      expect([await findMessage(first, []), await findMessage(next, [older])]).toMatchObject([
        { key: older },
        { key: newer },
      ])
      expect(await find(next, here.session, [older, newer])).toBe('absent')
    })
  })

  it('finds it though the conversation went on for pages', async () => {
    const lost = await lose({ text: 'Hello' })
    await pass(second)
    customerGoesOn(45)
    expect(await find(lost)).toBe('found')
  })

  it('cannot tell where more was written since than can be looked through', async () => {
    const lost = await lose({ text: 'Hello' })
    customerGoesOn(210)
    expect(await find(lost)).toBe('unknowable')
  })

  it('cannot tell whether it is one that was deleted, unless another row has claimed that', async () => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.messageDeleted({ conversation: 5, message: newest() })
    expect(await find(lost)).toBe('unknowable')
    expect(await find(lost, here.session, [String(newest())])).toBe('absent')
  })
})

describe('where the conversation cannot be read', () => {
  it('nobody can tell, once it is gone', async () => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.conversationDeleted({ conversation: 5 })
    await pass(second)
    expect(await find(lost)).toBe('unknowable')
  })

  it('nobody can tell, once it is not ours to see', async () => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.agentAssigns({ conversation: 5, to: null })
    here.simulator.scenario.inboxMembership({ inbox: 21, isMember: false })
    expect(await find(lost)).toBe('unknowable')
  })

  it.each([
    ['no JSON', 'application/json', '{"payload": [}, oops'],
    ['half of it', 'application/json', '{"meta":{},"payload":[{"id":1'],
    ['another shape', 'application/json', '{"payload":"none"}'],
    ['nothing', 'application/json', ''],
  ])('nobody can tell, where the answer is %s', async (_, contentType, body) => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.fault({ kind: 'status', status: 200, contentType, body }, { path: messagesPath })
    expect(await find(lost)).toBe('unknowable')
  })

  it.each([
    ['a page of something in between', { kind: 'proxyPage' }, { code: 'proxyPage' }],
    ['a gateway’s page', { kind: 'badGateway', status: 502 }, { kind: 'busy' }],
    ['a server that breaks', { kind: 'serverErrorPage' }, { kind: 'busy' }],
    ['a throttle', { kind: 'rateLimited', retryAfter: '30' }, { kind: 'rateLimited' }],
    ['a connection that dies', { kind: 'cutOff' }, { kind: 'offline' }],
    ['a token that is unknown now', { kind: 'refused', why: 'invalidToken' }, { kind: 'auth' }],
    ['an account that is suspended', { kind: 'refused', why: 'suspended' }, { kind: 'auth' }],
  ] as const)('is looked at again later, after %s', async (_, fault, failure) => {
    const lost = await lose({ text: 'Hello' })
    here.simulator.scenario.fault(fault, { path: messagesPath })
    expect(await failureOf(find(lost))).toMatchObject(failure)
    here.simulator.scenario.clearFaults()
    expect(await find(lost)).toBe('found')
  })
})

/** A reply whose request left, and when. */
type Lost = OutgoingReply & { readonly startedAt: number }

/** The server takes it in, and the answer is lost. */
function lose(given: Partial<OutgoingReply>): Promise<Lost> {
  return send(given, () =>
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', count: 1 }),
  )
}

/** It left, and the server never had it. */
function loseBefore(given: Partial<OutgoingReply>): Promise<Lost> {
  return send(given, () =>
    here.simulator.scenario.fault({ kind: 'resetBeforeAccept' }, { method: 'POST', count: 1 }),
  )
}

function loseLate(given: Partial<OutgoingReply>, delayMs: number): Promise<Lost> {
  return send(given, () =>
    here.simulator.scenario.fault({ kind: 'acceptLate', delayMs }, { method: 'POST', count: 1 }),
  )
}

async function send(given: Partial<OutgoingReply>, strike: () => void): Promise<Lost> {
  const reply = aReply(given)
  const startedAt = here.clock.now()
  strike()
  expect((await failureOf(here.session.send(reply, never))).mayHaveLeft).toBe(true)
  return { ...reply, startedAt }
}

async function find(lost: Lost, session = here.session, claimed: readonly string[] = []): Promise<Finding> {
  return (await looked(lost, session, claimed)).finding
}

async function findMessage(lost: Lost, claimed: readonly string[]) {
  return (await looked(lost, here.session, claimed)).message
}

function looked(lost: Lost, session: Session, claimed: readonly string[]) {
  const { conversationKey, ownId, text, isNote, mentions, template, files, startedAt } = lost
  const fileSizes = files.map(({ bytes }) => bytes.length)
  const what = { conversationKey, ownId, text, isNote, mentions, template, fileSizes, startedAt, claimed }
  return session.findSent(aSought(what), never)
}

/** Both clocks go on, and what was due happens. */
async function pass(ms: number): Promise<void> {
  await Promise.all([here.clock.advance(ms), here.serverClock.advance(ms)])
  here.simulator.scenario.tick()
}

/** The same agent's Tuntas on another computer. */
function elsewhere(): Session {
  return here.reopened()
}

/** The same agent in a browser, or what the server made of a reply on its way. */
function fromDashboard(text: string): void {
  here.simulator.scenario.agentWrites({ conversation: 5, as: 'me', text })
}

function customerGoesOn(messages: number): void {
  for (let i = 0; i < messages; i++) {
    here.simulator.scenario.customerWrites({ conversation: 5, text: `And ${i}` })
  }
}

function newest(): number {
  return Number(asText(asObject(here.simulator.scenario.look({ conversation: 5 }).messages.at(-1))['id']))
}

function aFile(text = 'two lamps'): OutgoingFile {
  return { name: 'list.txt', contentType: 'text/plain', bytes: new TextEncoder().encode(text) }
}

/** One of the WhatsApp inbox that can be filled in. */
async function aTemplate() {
  const inboxes = asList(asObject(await byHand(here, '/api/v1/accounts/1/inboxes'))['payload']).map(asObject)
  const whatsapp = inboxes.find((each) => asText(each['channel_type']) === 'Channel::Whatsapp')
  return there(templatesOf(there(whatsapp)).find((each) => each.unusable === null && each.blanks.length > 0))
}
