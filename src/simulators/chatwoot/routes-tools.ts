import type { Route, SimulatorAnswer } from '../router.ts'
import {
  accountRoute,
  adminsOnly,
  notFound,
  recordInvalid,
  textOf,
  wrapped,
  type Inside,
} from './account-route.ts'
import { emptyOk, json } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { nextId, type AttributeDefinition, type CannedReply, type FilterType, type Folder } from './office.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import { outdate } from './routes-account.ts'
import { iso } from './times.ts'
import type { Label } from './world.ts'

/** An account's shared tools: labels, canned replies, folders, attributes (docs/providers/chatwoot.md §1.2). */
export const toolRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'labels', ({ account }) => json({ payload: account.labels.map(labelShape) })),
  accountRoute('POST', 'labels', createLabel),
  accountRoute('PATCH', 'labels/:label', changeLabel),
  accountRoute('DELETE', 'labels/:label', deleteLabel),
  accountRoute('GET', 'canned_responses', listReplies),
  accountRoute('POST', 'canned_responses', createReply),
  accountRoute('PATCH', 'canned_responses/:reply', changeReply),
  accountRoute('PUT', 'canned_responses/:reply', changeReply),
  accountRoute('DELETE', 'canned_responses/:reply', (inside) => {
    const { account } = inside
    account.cannedReplies.splice(account.cannedReplies.indexOf(replyNamed(inside)), 1)
    return emptyOk()
  }),
  accountRoute('GET', 'custom_filters', ({ account, user, query }) => {
    const type = query.get('filter_type') ?? 'conversation'
    const own = account.folders.filter(({ userId, filterType }) => userId === user.id && filterType === type)
    return json(own.map(folderShape))
  }),
  accountRoute('POST', 'custom_filters', createFolder),
  accountRoute('GET', 'custom_filters/:folder', (inside) => json(folderShape(folderNamed(inside)))),
  accountRoute('PATCH', 'custom_filters/:folder', changeFolder),
  accountRoute('DELETE', 'custom_filters/:folder', (inside) => {
    const { account } = inside
    account.folders.splice(account.folders.indexOf(folderNamed(inside)), 1)
    return { ...emptyOk(), status: 204 }
  }),
  accountRoute('GET', 'custom_attribute_definitions', ({ account, query }) => {
    const model = query.get('attribute_model')
    const asked = account.attributeDefinitions.filter((one) => model === null || one.model === model)
    return json(asked.map(definitionShape))
  }),
  accountRoute('GET', 'dashboard_apps', () => json([])),
]

const labelFields = ['title', 'description', 'color', 'show_on_sidebar']
const replyFields = ['short_code', 'content']
const folderFields = ['name', 'filter_type', 'query']

/** Titles are kept in lower case, and there is one of each. */
function createLabel(inside: Inside): SimulatorAnswer {
  const { world, account, params } = inside
  adminsOnly(inside)
  const label = labelFrom(inside, wrapped(params, 'label', labelFields), null)
  account.labels.push(label)
  outdate(world, account, 'label')
  return json(labelShape(label))
}

function changeLabel(inside: Inside): SimulatorAnswer {
  const { world, account, params } = inside
  adminsOnly(inside)
  const former = labelNamed(inside)
  const label = labelFrom(inside, wrapped(params, 'label', labelFields), former)
  account.labels.splice(account.labels.indexOf(former), 1, label)
  for (const conversation of account.conversations.values()) {
    conversation.labels = conversation.labels.map((title) => (title === former.title ? label.title : title))
  }
  outdate(world, account, 'label')
  return json(labelShape(label))
}

function deleteLabel(inside: Inside): SimulatorAnswer {
  const { world, account } = inside
  adminsOnly(inside)
  account.labels.splice(account.labels.indexOf(labelNamed(inside)), 1)
  outdate(world, account, 'label')
  return emptyOk()
}

function labelFrom({ world, account }: Inside, given: JsonObject, former: Label | null): Label {
  const title = (presentText(given['title']) ?? former?.title ?? '').trim().toLowerCase()
  if (title === '') throw recordInvalid({ title: "can't be blank" })
  if (/[^\p{L}\p{N}_-]/u.test(title)) throw recordInvalid({ title: 'is invalid' })
  if (account.labels.some((label) => label !== former && label.title === title)) {
    throw recordInvalid({ title: 'has already been taken' })
  }
  return {
    id: former?.id ?? nextId(world.office),
    title,
    description: textOf(given['description']) ?? former?.description ?? '',
    color: textOf(given['color']) ?? former?.color ?? '#1F93FF',
  }
}

function labelNamed({ account, path }: Inside): Label {
  const label = account.labels.find(({ id }) => id === Number(path['label']))
  if (label === undefined) throw notFound()
  return label
}

function labelShape({ id, title, description, color }: Label): object {
  return { id, title, description, color, show_on_sidebar: true }
}

/** A search puts short codes that begin so first, then those that hold it, then texts that do. */
function listReplies({ account, query }: Inside): SimulatorAnswer {
  const search = query.get('search')
  const shape = (reply: CannedReply) => replyShape(account.id, reply)
  if (search === null) return json(account.cannedReplies.map(shape))
  const wanted = search.toLowerCase()
  const rank = ({ shortCode, content }: CannedReply) => {
    const at = shortCode.toLowerCase().indexOf(wanted)
    if (at === 0) return 0
    if (at > 0) return 1
    return content.toLowerCase().includes(wanted) ? 2 : 3
  }
  const found = account.cannedReplies.filter((reply) => rank(reply) < 3)
  return json(found.toSorted((a, b) => rank(a) - rank(b)).map(shape))
}

/** Nobody asks for a role here: any agent may write, change and delete them. */
function createReply({ world, account, params }: Inside): SimulatorAnswer {
  const given = wrapped(params, 'canned_response', replyFields)
  const at = world.clock.now()
  const reply = { id: nextId(world.office), shortCode: '', content: '', createdAt: at, updatedAt: at }
  fillReply(reply, given, account.cannedReplies)
  account.cannedReplies.push(reply)
  return json(replyShape(account.id, reply))
}

function changeReply(inside: Inside): SimulatorAnswer {
  const { world, account, params } = inside
  const reply = replyNamed(inside)
  fillReply(reply, wrapped(params, 'canned_response', replyFields), account.cannedReplies)
  reply.updatedAt = world.clock.now()
  return json(replyShape(account.id, reply))
}

function fillReply(reply: CannedReply, given: JsonObject, all: readonly CannedReply[]): void {
  const shortCode = textOf(given['short_code']) ?? reply.shortCode
  const content = textOf(given['content']) ?? reply.content
  if (content.trim() === '') throw recordInvalid({ content: "can't be blank" })
  if (shortCode.trim() === '') throw recordInvalid({ short_code: "can't be blank" })
  if (all.some((other) => other !== reply && other.shortCode === shortCode)) {
    throw recordInvalid({ short_code: 'has already been taken' })
  }
  Object.assign(reply, { shortCode, content })
}

function replyNamed({ account, path }: Inside): CannedReply {
  const reply = account.cannedReplies.find(({ id }) => id === Number(path['reply']))
  if (reply === undefined) throw notFound()
  return reply
}

function replyShape(accountId: number, reply: CannedReply): object {
  return {
    id: reply.id,
    account_id: accountId,
    short_code: reply.shortCode,
    content: reply.content,
    created_at: iso(reply.createdAt),
    updated_at: iso(reply.updatedAt),
  }
}

function createFolder({ world, account, user, params }: Inside): SimulatorAnswer {
  const given = wrapped(params, 'custom_filter', folderFields)
  const name = presentText(given['name'])
  if (name === null) throw recordInvalid({ name: "can't be blank" })
  const at = world.clock.now()
  const filterType = filterTypeGiven(given['filter_type'] ?? 'conversation')
  const query = isObject(given['query']) ? given['query'] : {}
  const id = nextId(world.office)
  const folder: Folder = { id, userId: user.id, name, filterType, query, createdAt: at, updatedAt: at }
  account.folders.push(folder)
  return json(folderShape(folder))
}

function changeFolder(inside: Inside): SimulatorAnswer {
  const folder = folderNamed(inside)
  const given = wrapped(inside.params, 'custom_filter', folderFields)
  folder.name = presentText(given['name']) ?? folder.name
  if (given['filter_type'] !== undefined) folder.filterType = filterTypeGiven(given['filter_type'])
  if (isObject(given['query'])) folder.query = given['query']
  folder.updatedAt = inside.world.clock.now()
  return json(folderShape(folder))
}

function filterTypeGiven(value: unknown): FilterType {
  if (value === 'conversation' || value === 'contact' || value === 'report') return value
  throw recordInvalid({ filter_type: 'is not included in the list' })
}

/** Somebody else's is as if it were not there. */
function folderNamed({ account, user, path }: Inside): Folder {
  const folder = account.folders.find(({ id, userId }) => id === Number(path['folder']) && userId === user.id)
  if (folder === undefined) throw notFound()
  return folder
}

function folderShape({ id, name, filterType, query, createdAt, updatedAt }: Folder): object {
  return {
    id,
    name,
    filter_type: filterType,
    query,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  }
}

function definitionShape(definition: AttributeDefinition): object {
  return {
    id: definition.id,
    attribute_display_name: definition.name,
    attribute_display_type: definition.type,
    attribute_description: definition.description,
    attribute_key: definition.key,
    regex_pattern: null,
    regex_cue: null,
    attribute_values: definition.values,
    attribute_model: definition.model,
    default_value: null,
    created_at: iso(definition.createdAt),
    updated_at: iso(definition.createdAt),
  }
}
