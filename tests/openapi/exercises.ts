import {
  ProviderFailure,
  type OutgoingReply,
  type ProbeAsks,
  type Probed,
  type Session,
  type SoughtReply,
} from '../../src/main/providers/provider.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import type { FilterTerm } from '../../src/shared/domain/filter.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'

/**
 * Everything a session can be asked, by what an agent does; every one begins signed in at a fresh simulator. Its small
 * world is described in src/simulators/README.md: conversation 5 is open and mine, 3 is an e-mail, 2 is on WhatsApp.
 */
export const exercises: readonly Exercise[] = [
  exercise('signing in with a password', 'small', async ({ signIn }) => {
    await signIn('password', { email: 'nilo@example.com', password: 'nilo-opens-1!' })
  }),
  exercise('what is refused', 'small', async ({ session, signIn, signal, simulator }) => {
    await refused(session.look('6', signal))
    await refused(session.look('4711', signal))
    await refused(session.done?.resolve('4711', {}, signal))
    await refused(signIn('token', { token: 'unknown' }))
    simulator.scenario.server({ strips: 'all' })
    await refused(signIn('token', { token: simulator.token }))
  }),
  exercise('the first load, and what came since', 'demo', async ({ session, signal, simulator }) => {
    let cursor: string | null = null
    for (let more = true; more;) {
      const page = await session.pull(cursor, signal)
      cursor = page.cursor
      more = page.more
    }
    simulator.scenario.customerWrites({ conversation: 1, text: 'And one more thing.' })
    await session.pull(cursor, signal)
  }),
  exercise('every thread, and further back', 'demo', async ({ session, signal }) => {
    const { conversations } = await session.pull(null, signal)
    for (const { key } of conversations) {
      const { messages, hasOlder } = await session.thread(key, null, signal)
      if (hasOlder) await session.thread(key, messages[0]?.key ?? null, signal)
    }
  }),
  exercise('one conversation', 'small', async ({ session, signal }) => {
    for (const key of ['1', '2', '3', '4', '5', '7']) await session.look(key, signal)
  }),
  exercise('a reply, and looking for it', 'small', async ({ session, signal }) => {
    const reply = replyTo('5', 'It is on its way.')
    await session.send(reply, signal)
    await session.findSent(sought(reply), signal)
  }),
  exercise('an answer to one message', 'small', async ({ session, signal }) => {
    const { messages } = await session.thread('5', null, signal)
    const replyToKey = messages.findLast((each) => each.side === 'them')?.key ?? null
    await session.send({ ...replyTo('5', 'Yes, this one.'), replyTo: replyToKey }, signal)
  }),
  exercise('a note that calls somebody', 'small', async ({ session, signal }) => {
    const [agent] = (await session.directory?.read(null, signal))?.agents ?? []
    const mentions = agent === undefined ? [] : [{ kind: 'agent' as const, key: agent.key, name: agent.name }]
    const text = `@${agent?.name ?? ''} please look`
    await session.send({ ...replyTo('5', text), isNote: true, mentions }, signal)
  }),
  exercise('an e-mail to more addresses', 'small', async ({ session, signal }) => {
    const mail = { cc: ['ada@example.com'], bcc: ['otto@example.com'] }
    await session.send({ ...replyTo('3', 'A new shade is on its way.'), mail }, signal)
  }),
  exercise('files', 'small', async ({ session, signal }) => {
    const file = (name: string, contentType: string) => ({ name, contentType, bytes: new Uint8Array(12) })
    const files = [file('bill.pdf', 'application/pdf'), file('lamp.png', 'image/png')]
    await session.send({ ...replyTo('5', 'See here.'), files }, signal)
    await session.send({ ...replyTo('5', ''), isNote: true, files }, signal)
  }),
  exercise('files that are too large for what stands before the server', 'small', async (stage) => {
    const tooLarge = { kind: 'status', status: 413, contentType: 'text/html', body: '<html>' } as const
    stage.simulator.scenario.fault(tooLarge, { method: 'POST', path: '/**/messages', count: 1 })
    const files = [{ name: 'film.mp4', contentType: 'video/mp4', bytes: new Uint8Array(12) }]
    await stage.session.send({ ...replyTo('5', 'The film.'), files }, stage.signal)
  }),
  exercise('a message that was approved beforehand', 'small', async ({ session, signal }) => {
    const { inboxes } = (await session.directory?.read(null, signal)) ?? { inboxes: [] }
    const template = inboxes.flatMap((each) => each.templates).find((each) => each.unusable === null)
    if (template === undefined) throw new Error('The small world has no template to send.')
    await session.pull(null, signal)
    const { key, name, language, blanks } = template
    const values = Object.fromEntries(blanks.map((blank) => [blank.key, 'https://example.com/lamp']))
    await session.send({ ...replyTo('2', template.body), template: { key, name, language, values } }, signal)
  }),
  exercise('taking a message back, and sending it once more', 'small', async ({ session, signal }) => {
    const { message } = await session.send(replyTo('5', 'Hello'), signal)
    await session.messages?.retry?.('5', message.key, signal)
    await session.messages?.remove('5', message.key, signal)
  }),
  exercise('resolving and opening again', 'small', async ({ session, signal }) => {
    for (const key of ['5', '2', '3']) {
      await session.done?.resolve(key, {}, signal)
      await session.done?.reopen?.(key, signal)
    }
    const directory = await session.directory?.read(null, signal)
    if (directory !== undefined) session.done?.asks?.(await looked('5', session, signal), directory)
    await session.done?.resolve('5', { order: 'A-17' }, signal)
    await session.done?.pend?.('5', signal)
  }),
  exercise('snoozing', 'small', async ({ session, signal }) => {
    await session.snooze?.snooze('5', Date.now() + 7_200_000, signal)
    await session.snooze?.snooze('5', null, signal)
  }),
  exercise('assigning', 'small', async ({ session, signal }) => {
    const conversation = await looked('5', session, signal)
    for (const to of (await session.assign?.candidates(conversation.inbox.key, signal)) ?? [])
      await session.assign?.assign(conversation, to, signal)
    await session.assign?.assign(conversation, null, signal)
    for (const to of (await session.directory?.read(null, signal))?.teams ?? [])
      await session.assign?.assignTeam?.(conversation, to, signal)
    await session.assign?.assignTeam?.(conversation, null, signal)
  }),
  exercise('labels and priority', 'small', async ({ session, signal }) => {
    const labels = (await session.directory?.read(null, signal))?.labels ?? []
    const titles = labels.map((each) => each.title)
    await session.labels?.change('5', { add: titles, remove: [] }, signal)
    await session.labels?.change('5', { add: [], remove: titles }, signal)
    await session.priority?.set('5', 'urgent', signal)
    await session.priority?.set('5', null, signal)
  }),
  exercise('muting', 'small', async ({ session, signal }) => {
    await session.mute?.mute('5', signal)
    await session.mute?.unmute('5', signal)
  }),
  exercise('read and unread', 'small', async ({ session, signal }) => {
    await session.read?.markRead('5', signal)
    await session.read?.markUnread?.('5', signal)
  }),
  exercise('what pickers offer, twice', 'small', async ({ session, signal }) => {
    const first = await session.directory?.read(null, signal)
    await session.directory?.read(first ?? null, signal)
  }),
  exercise('macros', 'small', async ({ session, signal }) => {
    for (const { key } of (await session.directory?.read(null, signal))?.macros ?? [])
      await session.macros?.run(key, await looked('5', session, signal), signal)
  }),
  exercise('a transcript', 'small', async ({ session, signal }) => {
    await session.transcript?.send('5', 'ines@example.com', signal)
  }),
  exercise('typing', 'small', async ({ session, signal }) => {
    for (const isTyping of [true, false])
      for (const isNote of [true, false]) await session.typing?.tell('5', { isTyping, isNote }, signal)
  }),
  exercise('availability', 'small', async ({ session, signal }) => {
    for (const each of ['busy', 'offline', 'online'] as const) await session.availability?.set(each, signal)
    await session.availability?.setAutoOffline?.(false, signal)
  }),
  exercise('participants', 'small', async ({ session, signal }) => {
    const keys = ((await session.assign?.candidates('21', signal)) ?? []).map((each) => each.key)
    await session.participants?.change('5', { add: keys, remove: [] }, signal)
    await session.participants?.change('5', { add: [], remove: keys.slice(0, 1) }, signal)
    await session.participants?.read('5', signal)
  }),
  exercise('notifications', 'small', async ({ session, signal, simulator }) => {
    simulator.scenario.agentAssigns({ conversation: 3, to: 'me' })
    const page = await session.notifications?.page(1, signal)
    const key = page?.notifications[0]?.key ?? null
    if (key === null) throw new Error('Nothing was notified of.')
    await session.notifications?.change(key, { kind: 'read' }, signal)
    await session.notifications?.change(key, { kind: 'unread' }, signal)
    await session.notifications?.change(key, { kind: 'snooze', until: Date.now() + 7_200_000 }, signal)
    await session.notifications?.change(key, { kind: 'remove' }, signal)
    await session.notifications?.change(null, { kind: 'read' }, signal)
    await refused(session.notifications?.change(null, { kind: 'remove' }, signal))
  }),
  exercise('searching', 'small', async ({ session, signal }) => {
    for (const what of ['conversations', 'messages', 'customers'] as const)
      await session.search?.ask({ what, words: 'Ines', page: 1 }, signal)
  }),
  exercise('folders and filters', 'small', async ({ session, signal }) => {
    const status: FilterTerm = { attribute: 'status', operator: 'isNot', values: ['done'], join: 'and' }
    const terms: FilterTerm[] = [
      status,
      { attribute: 'priority', operator: 'isNot', values: ['low'], join: 'or' },
      { attribute: 'created_at', operator: 'isAfter', values: ['2020-01-01'], join: 'and' },
      { attribute: 'inbox_id', operator: 'is', values: ['21', '22'], join: 'and' },
      { attribute: 'assignee_id', operator: 'isPresent', values: [], join: 'and' },
      { attribute: 'custom.lamp', operator: 'isNot', values: ['desk'], join: 'and' },
    ]
    await session.folders?.page({ terms }, 1, signal)
    await session.folders?.page({ terms: [{ ...status, values: ['snoozed'] }] }, 1, signal)
    const key = await session.folders?.save('Open ones', terms, signal)
    for (const folder of (await session.directory?.read(null, signal))?.folders ?? [])
      await session.folders?.page({ folder: folder.key }, 1, signal)
    if (key !== undefined) await session.folders?.remove(key, signal)
  }),
  exercise('everything beside a conversation', 'small', async ({ session, signal }) => {
    const directory = await session.directory?.read(null, signal)
    if (directory === undefined) return
    for (const key of ['3', '5']) {
      const conversation = await looked(key, session, signal)
      const { customer } = conversation
      await session.panel?.notes?.add(customer.key, 'Likes brass.', signal)
      const panel = await session.panel?.read(conversation, directory, signal)
      for (const note of panel?.notes ?? [])
        await session.panel?.notes?.remove(customer.key, note.key, signal)
    }
  }),
  exercise('a new conversation', 'small', async ({ session, signal }) => {
    const [known] = (await session.start?.customers('Ines', signal)) ?? []
    const key = known?.key ?? ''
    const [inbox] = (await session.start?.inboxes(key, signal)) ?? []
    const begin = { inboxKey: inbox?.key ?? '', subject: null }
    await session.start?.begin({ ...begin, customer: { kind: 'known', key } }, signal)
    const mail = (await session.start?.inboxes(null, signal))?.find((each) => each.needs === 'email')
    const customer = { kind: 'new', name: 'Rosa Lind', email: 'rosa@example.com', phone: null } as const
    await session.start?.begin({ customer, inboxKey: mail?.key ?? '', subject: 'Your lamp' }, signal)
  }),
]

export interface Exercise {
  readonly name: string
  readonly data: 'small' | 'demo'
  readonly run: (stage: ExerciseStage) => Promise<void>
}

export interface ExerciseStage {
  readonly session: Session
  /** At the same server. */
  readonly signIn: (method: string, fields: Readonly<Record<string, string>>) => Promise<Probed | ProbeAsks>
  readonly simulator: ChatwootSimulator
  readonly signal: AbortSignal
}

function exercise(name: string, data: Exercise['data'], run: Exercise['run']): Exercise {
  return { name, data, run }
}

async function refused(call: Promise<unknown> | undefined): Promise<void> {
  try {
    await call
  } catch (error) {
    if (error instanceof ProviderFailure) return
    throw error
  }
  throw new Error('What should have been refused was not.')
}

async function looked(key: string, session: Session, signal: AbortSignal): Promise<Conversation> {
  return (await session.look(key, signal)).conversation
}

function replyTo(conversationKey: string, text: string): OutgoingReply {
  return {
    conversationKey,
    text,
    ownId: `own-${conversationKey}`,
    isNote: false,
    replyTo: null,
    mentions: [],
    files: [],
    mail: null,
    template: null,
    leaves: () => {},
  }
}

function sought(reply: OutgoingReply): SoughtReply {
  const { conversationKey, text, ownId, isNote, mentions, template, files } = reply
  const what = { conversationKey, text, ownId, isNote, mentions, template }
  return { ...what, fileSizes: files.map(({ bytes }) => bytes.length), startedAt: Date.now(), claimed: [] }
}
