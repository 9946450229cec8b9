import { asList } from '../../foreign/read.ts'
import { ProviderFailure, type Told } from '../provider.ts'
import type { Told as Answer } from './client.ts'
import type { Desk } from './desk.ts'
import type { OwnContact } from './keys.ts'
import { ticketFrom } from './transform.ts'

/** All tickets of one contact, in one answer without pages, filters or an order (docs/providers/chatwoot-public.md §2.2). */
export async function askForTickets(desk: Desk, contact: OwnContact, signal: AbortSignal): Promise<Answer> {
  try {
    return await desk.ofContact(contact, { path: '/conversations' }, signal)
  } catch (error) {
    const isBroken = error instanceof ProviderFailure && error.facts['status'] === '500'
    if (!isBroken || !(await isThere(desk, contact, signal))) throw error
    // An old version breaks over this one list for who once proved their identity; nothing else is wrong with it.
    throw new ProviderFailure({ ...error, code: 'listBroken', facts: { ...error.facts } })
  }
}

/** Every ticket an answer lists. */
export function ticketsIn(desk: Desk, answer: Answer, contact: OwnContact): Told[] {
  const rows = answer.json()
  if (!Array.isArray(rows)) throw desk.unexpected('no list of conversations')
  const told = asList(rows).flatMap((each) => ticketFrom(each, contact, desk.frame) ?? [])
  for (const { conversation } of told) desk.belongs(conversation.key, contact)
  return told
}

/** One ticket by its own address. */
export async function readTicket(desk: Desk, key: string, signal: AbortSignal): Promise<Told> {
  const { told, contact } = await desk.ofTicket(key, { path: '' }, signal)
  return ticketIn(desk, told, contact)
}

/** The ticket an answer consists of; throws where it is none. */
export function ticketIn(desk: Desk, answer: Answer, contact: OwnContact, isWrite = false): Told {
  const told = ticketFrom(answer.json(), contact, desk.frame)
  if (told === null) throw desk.unexpected('no conversation', isWrite)
  desk.belongs(told.conversation.key, contact)
  return told
}

async function isThere(desk: Desk, contact: OwnContact, signal: AbortSignal): Promise<boolean> {
  const asking = desk.ofContact(contact, { path: '' }, signal)
  return asking.then(
    () => true,
    () => false,
  )
}
