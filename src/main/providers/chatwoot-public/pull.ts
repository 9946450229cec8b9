import { ProviderFailure, type Page, type Told } from '../provider.ts'
import { readCursor, writeCursor, type Cursor, type Heard } from './cursor.ts'
import type { Desk } from './desk.ts'
import { digestOf } from './digest.ts'
import type { OwnContact } from './keys.ts'
import { askForTickets, readTicket, ticketsIn } from './tickets.ts'

/** One request brings everything of a contact, so asking oftener costs the server the whole list each time. */
const minDelayMs = 15_000

/**
 * Everything each of us has there, each time; the server tells no changes (docs/providers/chatwoot-public.md §2.2). One
 * contact that cannot be read keeps what it had, and keeps nothing from the others.
 */
export function createPull(desk: Desk): (cursor: string | null, signal: AbortSignal) => Promise<Page> {
  return async (text, signal) => {
    const before = readCursor(text)
    const reads = await readAll(desk, before, signal)
    const missing = missingIn(desk, before, reads)
    const { found, gone, unsettled } = await lookFor(desk, missing, signal)
    const told = distinct([...reads.flatMap((each) => each.told), ...found])
    const kept = [...before].filter(([key]) => isOneOfUs(desk, key))
    const cursor = new Map([...kept, ...reads.map(({ contact, heard }) => [contact.key, heard] as const)])
    return {
      conversations: told.map((each) => each.conversation),
      messages: told.flatMap((each) => each.messages),
      gone,
      cursor: writeCursor(withUnsettled(cursor, desk, unsettled)),
      more: false,
      progress: null,
      minDelayMs,
    }
  }
}

interface Read {
  readonly contact: OwnContact
  readonly heard: Heard
  /** Nothing where the answer is the one of before, byte by byte. */
  readonly told: readonly Told[]
}

/** Throws only where none could be read, or where what failed concerns the server as a whole. */
async function readAll(desk: Desk, before: Cursor, signal: AbortSignal): Promise<Read[]> {
  const reads: Read[] = []
  const failures: ProviderFailure[] = []
  for (const contact of desk.contacts()) {
    try {
      reads.push(await readOf(desk, contact, before.get(contact.key), signal))
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error
      if (signal.aborted || error.kind === 'offline' || error.kind === 'rateLimited') throw error
      failures.push(error)
    }
  }
  const [failure] = failures
  if (failure !== undefined && reads.length === 0) throw failure
  if (failure !== undefined)
    desk.log('provider.contactUnread', { host: desk.client.host, code: failure.code, count: failures.length })
  return reads
}

async function readOf(
  desk: Desk,
  contact: OwnContact,
  before: Heard | undefined,
  signal: AbortSignal,
): Promise<Read> {
  const answer = await askForTickets(desk, contact, signal)
  const digest = digestOf(answer.bytes)
  if (before?.digest === digest) {
    for (const key of before.keys) desk.belongs(key, contact)
    return { contact, heard: before, told: [] }
  }
  const told = ticketsIn(desk, answer, contact)
  return { contact, heard: { digest, keys: told.map((each) => each.conversation.key) }, told }
}

/** Tickets of whoever could be read now, or is none of us any more, that nobody tells. */
function missingIn(desk: Desk, before: Cursor, reads: readonly Read[]): string[] {
  const told = new Set(reads.flatMap(({ heard }) => heard.keys))
  const isDue = (key: string): boolean =>
    reads.some(({ contact }) => contact.key === key) || !isOneOfUs(desk, key)
  const due = [...before].filter(([key]) => isDue(key)).flatMap(([, { keys }]) => keys)
  return [...new Set(due)].filter((key) => !told.has(key))
}

function isOneOfUs(desk: Desk, contactKey: string): boolean {
  return desk.contacts().some(({ key }) => key === contactKey)
}

interface Sought {
  readonly found: readonly Told[]
  readonly gone: readonly string[]
  readonly unsettled: readonly string[]
}

/** A list may lack what is there: only the ticket's own address says that it is gone. */
async function lookFor(desk: Desk, keys: readonly string[], signal: AbortSignal): Promise<Sought> {
  const found: Told[] = []
  const gone: string[] = []
  const unsettled: string[] = []
  for (const key of keys) {
    try {
      found.push(await readTicket(desk, key, signal))
      unsettled.push(key)
    } catch (error) {
      if (!(error instanceof ProviderFailure) || signal.aborted) throw error
      if (error.kind === 'gone') gone.push(key)
      else unsettled.push(key)
    }
  }
  return { found, gone, unsettled }
}

/** What is not settled is looked for again, however equal the next answers are. */
function withUnsettled(cursor: Cursor, desk: Desk, keys: readonly string[]): Cursor {
  if (keys.length === 0) return cursor
  const [first] = desk.contacts()
  const heard = cursor.get(first.key) ?? { digest: '', keys: [] }
  return new Map([...cursor, [first.key, { digest: '', keys: [...heard.keys, ...keys] }]])
}

/** Two of us may have the same ticket. The newest activity first. */
function distinct(told: readonly Told[]): Told[] {
  const byKey = new Map(told.map((each) => [each.conversation.key, each]))
  return [...byKey.values()].sort((a, b) => b.conversation.lastActivityAt - a.conversation.lastActivityAt)
}
