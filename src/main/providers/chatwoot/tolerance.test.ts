import { beforeAll, describe, expect, it } from 'vitest'
import { recordChatwoot, type Recorded } from '../../../../tests/support/recorded-chatwoot.ts'
import type { HandClock } from '../../../../tests/support/hand-clock.ts'
import { settle } from '../../../../tests/support/hand-clock.ts'
import { seededRandom, type SeededRandom } from '../../../simulators/seeded-random.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import { emptyDirectory, type Directory } from '../../../shared/domain/directory.ts'
import type { FilterTerm } from '../../../shared/domain/filter.ts'
import { ProviderFailure, type Session } from '../provider.ts'

const never = new AbortController().signal
const runsEach = 60
const isOpen: FilterTerm = { attribute: 'status', operator: 'is', values: ['open'], join: 'and' }

type Call = (session: Session, clock: HandClock) => Promise<unknown> | undefined

let conversation: Conversation
let directory: Directory = emptyDirectory
let customerKey = ''
let macroKey = ''
let folderKey = ''
let mailKey = ''

/** Every call whose answer is read. */
const calls: Readonly<Record<string, Call>> = {
  'the directory': (session) => session.directory?.read(null, never),
  'the directory again': (session) => session.directory?.read(directory, never),
  'a macro': async (session, clock) => {
    const running = session.macros?.run(macroKey, conversation, never)
    const outcome = running?.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    for (let turn = 0; turn < 12; turn++) {
      await settle()
      await clock.advance(1_000)
    }
    const settled = await outcome
    if (settled !== undefined && 'error' in settled) throw settled.error
    return settled?.value
  },
  participants: (session) => session.participants?.read('1', never),
  notifications: (session) => session.notifications?.page(1, never),
  'a search for conversations': (session) => search(session, 'conversations'),
  'a search for messages': (session) => search(session, 'messages'),
  'a search for customers': (session) => search(session, 'customers'),
  'a folder': (session) => session.folders?.page({ folder: folderKey }, 1, never),
  'a built-in folder': (session) => session.folders?.page({ folder: 'unattended' }, 1, never),
  'a filter': (session) => session.folders?.page({ terms: [isOpen] }, 1, never),
  'a folder to be saved': (session) => session.folders?.save('Open ones', [isOpen], never),
  'the panel': (session) => session.panel?.read(conversation, directory, never),
  'customers to write to': (session) => session.start?.customers('ines', never),
  'inboxes to write through': (session) => session.start?.inboxes(customerKey, never),
  'inboxes for anybody': (session) => session.start?.inboxes(null, never),
  'a new conversation': (session) =>
    session.start?.begin(
      { customer: { kind: 'known', key: customerKey }, inboxKey: mailKey, subject: 'x' },
      never,
    ),
  'a conversation with somebody new': (session) =>
    session.start?.begin(
      {
        customer: { kind: 'new', name: 'Zoe', email: 'zoe@example.com', phone: null },
        inboxKey: mailKey,
        subject: null,
      },
      never,
    ),
}

let recorded: Recorded

beforeAll(async () => {
  recorded = await recordChatwoot(async (session, clock) => {
    directory = (await session.directory?.read(null, never)) ?? emptyDirectory
    conversation = (await session.look('1', never)).conversation
    macroKey = directory.macros[0]?.key ?? ''
    folderKey = directory.folders.at(-1)?.key ?? ''
    customerKey = (await session.start?.customers('ines', never))?.[0]?.key ?? ''
    mailKey = directory.inboxes.find((each) => each.name === 'Post')?.key ?? ''
    for (const call of Object.values(calls)) await call(session, clock)
  })
})

describe.each(Object.keys(calls))('%s', (name) => {
  it('is read as it was told', async () => {
    const { session, clock } = recorded.replay((body) => body)
    expect(await calls[name]?.(session, clock)).toBeDefined()
  })

  it('with anything missing, empty, of another type or unknown in its answers is read or refused, never broken', async () => {
    const random = seededRandom(name.length * 7919 + 11)
    for (let run = 0; run < runsEach; run++) {
      const { session, clock } = recorded.replay((body) => (random.chance(0.7) ? bent(body, random) : body))
      const outcome = await attempt(calls[name]?.(session, clock))
      expectPlain(outcome)
    }
  })

  it('with something else altogether for an answer is read or refused, never broken', async () => {
    for (const junk of strange) {
      const { session, clock } = recorded.replay(() => junk)
      expectPlain(await attempt(calls[name]?.(session, clock)))
    }
  })
})

const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  1e300,
  '',
  ' ',
  'Z',
  [],
  {},
  [null],
  [[]],
  { payload: null },
  { payload: [null, 7, 'x', [], {}] },
  { data: { payload: [null, {}] } },
  { id: {} },
  JSON.parse('{"__proto__": {"id": 1}, "constructor": 1, "valueOf": "x"}'),
]

/** One to four changes anywhere in it. */
function bent(body: unknown, random: SeededRandom): unknown {
  const copy: { it: unknown } = { it: structuredClone(body) }
  const times = random.between(1, 4)
  for (let time = 0; time < times; time++) {
    const { holder, key } = random.pick(placesIn(copy))
    if (random.chance(0.3)) Reflect.deleteProperty(holder, key)
    else Reflect.set(holder, key, random.pick(strange))
  }
  return copy.it
}

interface PlaceIn {
  readonly holder: object
  readonly key: string
}

function placesIn(holder: object): PlaceIn[] {
  const entries: [string, unknown][] = Object.entries(holder)
  return entries.flatMap(([key, value]) => [
    { holder, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
  ])
}

async function attempt(call: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ProviderFailure) return error.facts
    throw error
  }
}

/** JSON values only: nothing undefined, no NaN, nothing with a behaviour. */
function expectPlain(value: unknown): void {
  if (value !== undefined) expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value)
}

function search(session: Session, what: 'conversations' | 'messages' | 'customers') {
  return session.search?.ask({ what, words: 'lamp', page: 1 }, never)
}
