import type { Agent, Availability } from '../../../shared/domain/directory.ts'
import { asList, asObject, isObject, textOrNull, webUrlOrNull } from '../../foreign/read.ts'
import { nameOf, type Frame } from './transform-message.ts'
import type { WireSender } from './wire-types.ts'

/** Every agent of a bare list, as the routes for agents, members and participants answer (docs/providers/chatwoot.md §8.1). */
export function agentsFrom(raw: unknown, frame: Frame): Agent[] {
  return asList(raw).flatMap((each) => agentFrom(each, frame) ?? [])
}

/** Null where nothing says who it is. */
export function agentFrom(raw: unknown, frame: Frame): Agent | null {
  if (!isObject(raw)) return null
  const wire: WireSender = raw
  const key = textOrNull(wire.id)
  if (key === null) return null
  return {
    key,
    name: nameOf(wire),
    email: textOrNull(wire.email),
    avatarUrl: webUrlOrNull(wire.thumbnail, frame.baseUrl) ?? webUrlOrNull(wire.avatar_url, frame.baseUrl),
    availability: availabilityOf(asObject(raw)['availability_status']),
    isMe: key === frame.userId,
  }
}

export function availabilityOf(raw: unknown): Availability | null {
  return raw === 'online' || raw === 'busy' || raw === 'offline' ? raw : null
}
