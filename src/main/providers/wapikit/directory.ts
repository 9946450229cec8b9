import { emptyDirectory, type Directory } from '../../../shared/domain/directory.ts'
import { ProviderFailure, type DirectoryBundle } from '../provider.ts'
import type { Desk } from './desk.ts'
import { agentsOf, readMembers, readTags } from './members.ts'

/** Who there is, and the tags conversations carry; no route puts a tag on one (docs/providers/wapikit.md §6.8). */
export function directoryBundle(desk: Desk): DirectoryBundle {
  return {
    async read(_, signal): Promise<Directory> {
      const members = await orNone(readMembers(desk.client, signal))
      const tags = await orNone(readTags(desk.client, signal))
      const agents = agentsOf(members, desk.frame.memberId)
      const isAdmin = members.some((each) => each.key === desk.frame.memberId && each.accessLevel === 'Owner')
      return {
        ...emptyDirectory,
        me: { ...emptyDirectory.me, isAdmin },
        agents,
        labels: tags.map((title) => ({ title, color: null, description: '' })),
        inboxes: [{ key: 'whatsapp', name: 'WhatsApp', templates: [] }],
      }
    },
  }
}

/** Members may read neither: then there is nobody to pick (docs/providers/wapikit.md §1). */
async function orNone<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'forbidden') return []
    throw error
  }
}
