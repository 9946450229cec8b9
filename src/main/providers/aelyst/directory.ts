import { emptyDirectory, type Directory, type DirectoryInbox } from '../../../shared/domain/directory.ts'
import { textOrNull } from '../../foreign/read.ts'
import { ProviderFailure, type DirectoryBundle } from '../provider.ts'
import { agentsFrom } from './assign.ts'
import { isWhatsApp, spaceChannelFrom, type SpaceChannel } from './channels.ts'
import { readTemplates } from './channel-templates.ts'
import type { Desk } from './desk.ts'
import { categoryKey, closingFields } from './done.ts'
import { readAll } from './paging.ts'
import { readUsers } from './space.ts'
import { templateFrom } from './templates.ts'
import { tagsOf } from './transform.ts'

/**
 * What the pickers offer (docs/providers/aelyst.md §4). Tags cannot be listed: those of the contacts seen so far are offered,
 * and what was known before. A part that cannot be had stays as it was.
 */
export function directoryBundle(desk: Desk): DirectoryBundle {
  return {
    async read(known, signal) {
      const before = known ?? emptyDirectory
      const users = await orKnown(readUsers(desk, signal), signal)
      const notes = await orKnown(readAll(desk, { path: '/space/closing_notes' }, signal), signal)
      const channels = await orKnown(readAll(desk, { path: '/space/channel' }, signal), signal)
      const attributes =
        notes === null
          ? before.attributes
          : closingFields(notes.flatMap((each) => textOrNull(each['category']) ?? []))
      const me = users?.find(({ key }) => key === desk.userId)
      return {
        ...before,
        me: { ...before.me, isAdmin: me === undefined ? before.me.isAdmin : isAdmin(me.role) },
        agents: users === null ? before.agents : agentsFrom(users, desk.userId),
        labels: labelsOf(desk, before),
        inboxes:
          channels === null
            ? before.inboxes
            : await inboxesOf(desk, channels.flatMap(spaceChannelFrom), before, signal),
        attributes,
        requiredToResolve: desk.learned.categoryRequired ? [categoryKey] : [],
      }
    },
  }
}

function isAdmin(role: string): boolean {
  return ['owner', 'manager', 'admin'].includes(role)
}

function labelsOf(desk: Desk, { labels }: Directory): Directory['labels'] {
  const seen = [...desk.contacts.values()].flatMap(({ raw }) => tagsOf(raw))
  const titles = new Set([...labels.map(({ title }) => title), ...seen])
  return [...titles]
    .sort((a, b) => a.localeCompare(b))
    .map((title) => ({ title, color: null, description: '' }))
}

async function inboxesOf(
  desk: Desk,
  channels: readonly SpaceChannel[],
  before: Directory,
  signal: AbortSignal,
): Promise<DirectoryInbox[]> {
  const inboxes: DirectoryInbox[] = []
  for (const { key, name, source } of channels) {
    const told = isWhatsApp(source) ? await orKnown(readTemplates(desk, key, signal), signal) : []
    const former = before.inboxes.find((each) => each.key === key)?.templates ?? []
    const templates = told?.flatMap((each) => templateFrom(each, key)) ?? former
    inboxes.push({ key, name, templates })
  }
  return inboxes
}

/** Null where this one thing cannot be had; what stops every part stops here too. */
async function orKnown<T>(read: Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    const isGeneral =
      !(error instanceof ProviderFailure) || ['auth', 'offline', 'rateLimited'].includes(error.kind)
    if (isGeneral || signal.aborted) throw error
    return null
  }
}
