import type { Agent } from '../../../shared/domain/directory.ts'
import { asList, asObject, isObject, numberOrNull, textOrNull } from '../../foreign/read.ts'
import { ProviderFailure } from '../provider.ts'
import type { Client } from './client.ts'
import { tagsFrom } from './transform.ts'
import type { WireMember } from './wire-types.ts'

const perPage = 50
const mostPages = 10

/** Everybody of the organisation. `roles` and the list itself may be null (docs/providers/wapikit.md §6.8). */
export async function readMembers(
  client: Client,
  signal: AbortSignal,
): Promise<readonly (WireMember & { readonly key: string })[]> {
  const rows = await readAll(client, { path: '/organization/members', name: 'members' }, signal)
  return rows.filter(isObject).flatMap((row) => {
    const key = textOrNull(row['uniqueId'])
    return key === null ? [] : [{ ...row, key }]
  })
}

export async function readTags(client: Client, signal: AbortSignal): Promise<string[]> {
  return tagsFrom(await readAll(client, { path: '/organization/tags', name: 'tags' }, signal))
}

export function agentsOf(members: Awaited<ReturnType<typeof readMembers>>, memberId: string): Agent[] {
  return members.map(({ key, name, email }) => ({
    key,
    name: textOrNull(name) ?? textOrNull(email) ?? key,
    email: textOrNull(email),
    avatarUrl: null,
    availability: null,
    isMe: key === memberId,
  }))
}

async function readAll(
  client: Client,
  { path, name }: { readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for (let page = 1; page <= mostPages; page++) {
    const answer = await client.call({ path, query: { page, per_page: perPage } }, signal)
    const body = asObject(answer.json())
    const rows = body[name]
    if (!Array.isArray(rows) && rows !== null) {
      const facts = { host: client.host, reason: `no list of ${name}` }
      throw new ProviderFailure({ kind: 'protocol', code: 'protocol', facts, mayHaveLeft: false })
    }
    all.push(...asList(rows))
    const total = numberOrNull(asObject(body['paginationMeta'])['total'])
    if (asList(rows).length < perPage || (total !== null && total > 0 && all.length >= total)) break
  }
  return all
}
