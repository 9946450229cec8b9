import type { Answers } from '../../../shared/domain/attributes.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { AttributeDefinition, Directory } from '../../../shared/domain/directory.ts'
import {
  ProviderFailure,
  type AttributeLine,
  type CustomerNote,
  type Panel,
  type PanelBundle,
  type Told,
} from '../provider.ts'
import { toldIn } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { inTurns } from '../../foreign/in-turns.ts'
import { readParticipants } from './participants.ts'
import {
  asList,
  asObject,
  asText,
  isObject,
  momentOrNull,
  textOrNull,
  type Loose,
} from '../../foreign/read.ts'
import { nameOf } from './transform-message.ts'
import { customerOf } from './transform.ts'

const timeoutMs = 20_000
const mostAtOnce = 3

/**
 * Everything beside a conversation (docs/providers/chatwoot.md §1.4, §1.6). Each part may fail alone and is then named as
 * missing; where none could be had, the failure itself is told.
 */
export function panelBundle(desk: Desk): Required<PanelBundle> {
  return {
    read: (conversation, directory, signal) => readPanel(desk, conversation, directory, signal),
    notes: {
      async add(customerKey, text, signal) {
        const path = `${contactPath(desk, customerKey)}/notes`
        const answer = await desk.client.call({ path, body: { note: { content: text } }, timeoutMs }, signal)
        const isKept = answer.bytes.length > 0 && textOrNull(asObject(answer.json())['id']) !== null
        if (!isKept) throw desk.unexpected('no note', true)
      },
      async remove(customerKey, noteKey, signal) {
        const path = `${contactPath(desk, customerKey)}/notes/${encodeURIComponent(noteKey)}`
        await desk.client.call({ path, method: 'DELETE', timeoutMs }, signal)
      },
    },
  }
}

async function readPanel(
  desk: Desk,
  conversation: Conversation,
  directory: Directory,
  signal: AbortSignal,
): Promise<Panel> {
  const { contact, notes, previous, participants, missing } = await readParts(desk, conversation, signal)
  const { customer } = conversation
  const told =
    contact === null ? customer : { ...customerOf(contact, desk.frame.baseUrl), name: nameOf(contact) }
  const definitions = (of: AttributeDefinition['of']) => directory.attributes.filter((each) => each.of === of)
  return {
    customer: {
      ...told,
      identifier: textOrNull(contact?.['identifier']),
      attributes: linesOf(asObject(contact?.['custom_attributes']), definitions('customer')),
    },
    conversation: { attributes: linesOf(conversation.attributes, definitions('conversation')) },
    notes,
    previous,
    participants,
    missing,
  }
}

type Part = Panel['missing'][number]

interface Parts extends Pick<Panel, 'notes' | 'previous' | 'participants' | 'missing'> {
  /** Null where it could not be had. */
  readonly contact: Loose | null
}

const partCount = 4

async function readParts(desk: Desk, conversation: Conversation, signal: AbortSignal): Promise<Parts> {
  const path = contactPath(desk, conversation.customer.key)
  const failed = new Map<Part, ProviderFailure>()
  let parts: Parts = { contact: null, notes: [], previous: [], participants: [], missing: [] }
  const part = (name: Part, read: () => Promise<Partial<Parts>>) => async () => {
    try {
      const told = await read()
      parts = { ...parts, ...told }
    } catch (error) {
      if (!(error instanceof ProviderFailure) || signal.aborted) throw error
      failed.set(name, error)
    }
  }
  await inTurns(mostAtOnce, [
    part('customer', async () => ({ contact: await readContact(desk, path, signal) })),
    part('notes', async () => {
      const answer = await desk.client.call({ path: `${path}/notes` }, signal)
      const notes = answer.json()
      if (!Array.isArray(notes)) throw desk.unexpected('no list of notes')
      return { notes: notesFrom(notes) }
    }),
    part('previous', async () => ({ previous: await readPrevious(desk, path, conversation.key, signal) })),
    part('participants', async () => ({
      participants: await readParticipants(desk, conversation.key, signal),
    })),
  ])
  const [first] = failed.values()
  if (first !== undefined && failed.size === partCount) throw first
  return { ...parts, missing: [...failed.keys()] }
}

async function readContact(desk: Desk, path: string, signal: AbortSignal): Promise<Loose> {
  const query = { include_contact_inboxes: 'false' }
  const answer = await desk.client.call({ path, query }, signal)
  const contact = asObject(asObject(answer.json())['payload'])
  if (textOrNull(contact['id']) === null) throw desk.unexpected('no contact')
  return contact
}

function contactPath(desk: Desk, customerKey: string): string {
  return `${desk.accountPath}/contacts/${encodeURIComponent(customerKey)}`
}

async function readPrevious(
  desk: Desk,
  path: string,
  key: string,
  signal: AbortSignal,
): Promise<readonly Told[]> {
  const answer = await desk.client.call({ path: `${path}/conversations` }, signal)
  const { payload } = asObject(answer.json())
  if (!Array.isArray(payload)) throw desk.unexpected('no list of conversations')
  const told = await toldIn(desk, payload, signal)
  return told.filter((each) => each.conversation.key !== key)
}

function notesFrom(raw: unknown): CustomerNote[] {
  return asList(raw)
    .filter(isObject)
    .flatMap((wire): CustomerNote[] => {
      const key = textOrNull(wire['id'])
      if (key === null) return []
      const author = isObject(wire['user']) ? textOrNull(nameOf(wire['user'])) : null
      return [{ key, text: asText(wire['content']), author, at: momentOrNull(wire['created_at']) }]
    })
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
}

/** In the order of their definitions, then what is there without one; what is empty is no line. */
function linesOf(attributes: Loose | Answers, definitions: readonly AttributeDefinition[]): AttributeLine[] {
  const defined = definitions.map(({ key, label }) => ({ key, label }))
  const others = Object.keys(attributes)
    .filter((key) => !defined.some((each) => each.key === key))
    .map((key) => ({ key, label: key }))
  return [...defined, ...others].flatMap(({ key, label }) => {
    const value = Object.hasOwn(attributes, key) ? valueOf(attributes[key]) : ''
    return value === '' ? [] : [{ key, label, value }]
  })
}

function valueOf(raw: unknown): string {
  if (typeof raw === 'boolean') return String(raw)
  return typeof raw === 'object' && raw !== null ? JSON.stringify(raw) : asText(raw).trim()
}
