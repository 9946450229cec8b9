import type { FoldersBundle, Told } from '../provider.ts'
import { conversationList, toldIn } from './conversation-list.ts'
import type { Desk } from './desk.ts'
import { toQuery } from './filterable.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'
import { asList, asObject, entryOf, isObject, numberOrNull, textOrNull } from '../../foreign/read.ts'

const timeoutMs = 20_000
/** A filter's pages; those of the list are as long as the installation wants them. */
const filterPageSize = 25

/**
 * Saved filters, those made on the spot, and the server's built-in views (docs/providers/chatwoot.md §1.2, §1.3). A saved
 * one is asked for by its own query, also where that holds conditions we have no words for.
 */
export function foldersBundle(desk: Desk): FoldersBundle {
  /** Queries of the folders being paged through, so that each is read once. */
  const queries = new Map<string, readonly unknown[]>()
  const listPageSizes = new Map<string, number>()

  async function listPage(key: string, view: View, page: number, signal: AbortSignal): Promise<FolderPage> {
    const query = { ...view, assignee_type: 'all', page }
    const answer = await desk.client.call({ path: `${desk.accountPath}/conversations`, query }, signal)
    const { told, length, total } = await conversationList(desk, answer, signal)
    if (page === 1) listPageSizes.set(key, length)
    const seen = (page - 1) * (listPageSizes.get(key) ?? length) + length
    return { told, hasMore: length > 0 && (total === null || seen < total) }
  }

  async function queryOf(key: string, page: number, signal: AbortSignal): Promise<readonly unknown[]> {
    const known = page === 1 ? undefined : queries.get(key)
    if (known !== undefined) return known
    const path = `${desk.accountPath}/custom_filters/${encodeURIComponent(key)}`
    const answer = asObject((await desk.client.call({ path }, signal)).json())
    const { payload } = asObject(answer['query'])
    // Without its conditions it would hold everything.
    if (!Array.isArray(payload)) throw desk.unexpected('no folder')
    const lines = asList(payload).filter(isObject)
    // Some clients leave a joiner at the end, which the server takes for an error.
    const query = lines.map((line, at) => (at < lines.length - 1 ? line : { ...line, query_operator: null }))
    queries.set(key, query)
    return query
  }

  return {
    async page(of, page, signal) {
      if ('terms' in of) return filterPage(desk, toQuery(of.terms), page, signal)
      const view = entryOf(views, of.folder)
      if (view !== undefined) return listPage(of.folder, view, page, signal)
      return filterPage(desk, await queryOf(of.folder, page, signal), page, signal)
    },
    async save(name, terms, signal) {
      const filter = { name: name.trim(), filter_type: 'conversation', query: { payload: toQuery(terms) } }
      const call = { path: `${desk.accountPath}/custom_filters`, body: { custom_filter: filter }, timeoutMs }
      const key = textOrNull(asObject((await desk.client.call(call, signal)).json())['id'])
      if (key === null) throw desk.unexpected('no folder', true)
      return key
    },
    async remove(key, signal) {
      const path = `${desk.accountPath}/custom_filters/${encodeURIComponent(key)}`
      await desk.client.call({ path, method: 'DELETE', timeoutMs }, signal)
      queries.delete(key)
    },
  }
}

async function filterPage(
  desk: Desk,
  lines: readonly unknown[],
  page: number,
  signal: AbortSignal,
): Promise<FolderPage> {
  const call = {
    path: `${desk.accountPath}/conversations/filter`,
    query: { page },
    body: { payload: lines },
  }
  // A question, although it is asked by POST.
  const answer = await tellingLeft(
    false,
    desk.client.call({ ...call, timeoutMs }, signal).then((told) => told.json()),
  )
  const body = asObject(answer)
  if (!Array.isArray(body['payload'])) throw desk.unexpected('no list of conversations')
  const { length } = body['payload']
  const total = numberOrNull(asObject(body['meta'])['all_count'])
  const isFull = total === null ? length >= filterPageSize : page * filterPageSize < total
  return { told: await toldIn(desk, body['payload'], signal), hasMore: length > 0 && isFull }
}

interface FolderPage {
  readonly told: readonly Told[]
  readonly hasMore: boolean
}

type View = Readonly<Record<'conversation_type' | 'status', string>>

/** What waits is looked for among the open ones; who named me and where I take part matters when it is done, too. */
const views: Readonly<Record<string, View>> = {
  mentions: { conversation_type: 'mention', status: 'all' },
  participating: { conversation_type: 'participating', status: 'all' },
  unattended: { conversation_type: 'unattended', status: 'open' },
}
