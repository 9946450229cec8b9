import type { Customer } from '../../../shared/domain/conversation.ts'
import { ProviderFailure, type StartBundle, type StartInbox, type Told } from '../provider.ts'
import { channelFacts } from './channels.ts'
import { toldBy } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { asList, asObject, asText, isObject, textOrNull, type Loose } from '../../foreign/read.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { templatesOf } from './templates.ts'
import { customerOf } from './transform.ts'

const timeoutMs = 20_000

/**
 * Writing to a customer first (docs/providers/chatwoot.md §1.4, §1.6). Whoever is known by this address or number is not
 * created a second time; an inbox that keeps one conversation for each customer answers with that one.
 */
export function startBundle(desk: Desk): StartBundle {
  /** Whom we created for a conversation that did not come about: without an address, nobody finds them again. */
  const created = new Map<string, string>()

  async function beginWithNew(customer: NewCustomer, given: Begun, signal: AbortSignal): Promise<Told> {
    const who = JSON.stringify([customer.name.trim(), customer.email, customer.phone])
    const known = created.get(who) ?? (await keyOfKnown(desk, customer, signal))
    if (known !== null) {
      const told = await open(desk, known, given, signal)
      created.delete(who)
      return told
    }
    const key = await create(desk, customer, signal)
    created.set(who, key)
    const told = await tellingLeft(true, open(desk, key, given, signal))
    created.delete(who)
    return told
  }

  return {
    customers: (words, signal) => searchCustomers(desk, words, signal),
    inboxes: (customerKey, signal) =>
      customerKey === null ? inboxesForAnybody(desk, signal) : inboxesFor(desk, customerKey, signal),
    async begin({ customer, inboxKey, subject }, signal) {
      const given = { inboxKey, subject }
      if (customer.kind === 'new') return beginWithNew(customer, given, signal)
      if (customer.kind === 'own') throw notPossible(desk)
      return open(desk, customer.key, given, signal)
    },
  }
}

async function searchCustomers(desk: Desk, words: string, signal: AbortSignal): Promise<readonly Customer[]> {
  const q = words.trim()
  if (q === '') return []
  const query = { q, page: 1, sort: '-last_activity_at', include_contact_inboxes: 'false' }
  const answer = await desk.client.call({ path: `${desk.accountPath}/contacts/search`, query }, signal)
  return asList(asObject(answer.json())['payload'])
    .filter(isObject)
    .map((each) => customerOf(each, desk.frame.baseUrl))
    .filter((each) => each.key !== '')
}

/** Of the inboxes the server would reach them through; what these take, only the list of all inboxes says. */
async function inboxesFor(
  desk: Desk,
  customerKey: string,
  signal: AbortSignal,
): Promise<readonly StartInbox[]> {
  const reachable = (await contactable(desk, customerKey, signal)).map(({ inbox }) => inbox)
  const all = reachable.length === 0 ? [] : await readInboxes(desk, signal)
  return reachable.flatMap((slim) => {
    const whole = all.find((each) => asText(each['id']) === asText(slim['id']))
    return startInbox({ ...slim, ...whole }) ?? []
  })
}

/** A visitor of a web site cannot be reached before they come; a messenger's customer not before they write. */
async function inboxesForAnybody(desk: Desk, signal: AbortSignal): Promise<readonly StartInbox[]> {
  const inboxes = (await readInboxes(desk, signal)).flatMap((each) => startInbox(each) ?? [])
  return inboxes.filter(({ channel }) => ['email', 'whatsapp', 'sms', 'api'].includes(channel))
}

async function readInboxes(desk: Desk, signal: AbortSignal): Promise<readonly Loose[]> {
  const answer = await desk.client.call({ path: `${desk.accountPath}/inboxes` }, signal)
  return asList(asObject(answer.json())['payload']).filter(isObject)
}

interface Contactable {
  readonly inbox: Loose
  readonly sourceId: string | null
}

async function contactable(
  desk: Desk,
  customerKey: string,
  signal: AbortSignal,
): Promise<readonly Contactable[]> {
  const path = `${contactsPath(desk)}/${encodeURIComponent(customerKey)}/contactable_inboxes`
  const { payload } = asObject((await desk.client.call({ path }, signal)).json())
  if (!Array.isArray(payload)) throw desk.unexpected('no list of inboxes')
  return asList(payload)
    .filter(isObject)
    .map((each) => ({ inbox: asObject(each['inbox']), sourceId: textOrNull(each['source_id']) }))
}

function startInbox(wire: Loose): StartInbox | null {
  const key = textOrNull(wire['id'])
  if (key === null) return null
  const name = textOrNull(wire['name']) ?? key
  const templates = templatesOf(wire)
  const channelType = asText(wire['channel_type'])
  const known = { name, channelType, medium: asText(wire['medium']), provider: '', windowHours: null }
  const { channel } = channelFacts(channelType, known)
  const isByPhone = channel === 'whatsapp' || channel === 'sms'
  return {
    key,
    name,
    channel,
    needs: channel === 'email' ? 'email' : isByPhone ? 'phone' : 'nothing',
    hasSubject: channel === 'email',
    templates,
    // Nobody who has not written has opened the window for free text.
    onlyTemplates: channel === 'whatsapp',
  }
}

type NewCustomer = Extract<Parameters<StartBundle['begin']>[0]['customer'], { kind: 'new' }>

function reachOf(given: NewCustomer): { readonly email: string | null; readonly phone: string | null } {
  const email = textOrNull(given.email)?.trim().toLowerCase() ?? null
  return { email, phone: textOrNull(given.phone)?.replace(/[\s().-]/g, '') ?? null }
}

/** Whoever has this very address or number already. */
async function keyOfKnown(desk: Desk, given: NewCustomer, signal: AbortSignal): Promise<string | null> {
  const { email, phone } = reachOf(given)
  for (const words of [email, phone]) {
    const found = words === null ? [] : await searchCustomers(desk, words, signal)
    const same = found.find((each) => each.email?.toLowerCase() === words || each.phone === words)
    if (same !== undefined) return same.key
  }
  return null
}

async function create(desk: Desk, given: NewCustomer, signal: AbortSignal): Promise<string> {
  const { email, phone } = reachOf(given)
  const body = {
    name: given.name.trim(),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone_number: phone }),
  }
  const answer = await desk.client.call({ path: contactsPath(desk), body, timeoutMs }, signal)
  const payload = asObject(asObject(answer.json())['payload'])
  const key = textOrNull(asObject(payload['contact'])['id']) ?? textOrNull(payload['id'])
  if (key === null) throw desk.unexpected('no contact', true)
  return key
}

interface Begun {
  readonly inboxKey: string
  readonly subject: string | null
}

async function open(
  desk: Desk,
  customerKey: string,
  { inboxKey, subject }: Begun,
  signal: AbortSignal,
): Promise<Told> {
  const reachable = await contactable(desk, customerKey, signal)
  const through = reachable.find(({ inbox }) => asText(inbox['id']) === inboxKey)
  if (through === undefined) throw notPossible(desk)
  const mailSubject = textOrNull(subject)?.trim()
  const body = {
    inbox_id: idOf(inboxKey),
    contact_id: idOf(customerKey),
    ...(through.sourceId === null ? {} : { source_id: through.sourceId }),
    // Whoever begins a conversation has it.
    ...(desk.frame.userId === '' ? {} : { assignee_id: idOf(desk.frame.userId) }),
    ...(mailSubject === undefined ? {} : { additional_attributes: { mail_subject: mailSubject } }),
  }
  const answer = await desk.client.call(
    { path: `${desk.accountPath}/conversations`, body, timeoutMs },
    signal,
  )
  return tellingLeft(true, toldBy(desk, answer.json(), signal))
}

function contactsPath(desk: Desk): string {
  return `${desk.accountPath}/contacts`
}

function idOf(key: string): number | string {
  return /^\d{1,15}$/.test(key) ? Number(key) : key
}

function notPossible(desk: Desk): ProviderFailure {
  return new ProviderFailure({
    kind: 'rejected',
    code: 'notPossible',
    facts: { host: desk.client.host },
    mayHaveLeft: false,
  })
}
