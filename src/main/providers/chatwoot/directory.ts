import {
  emptyDirectory,
  type AttributeDefinition,
  type Directory,
  type DirectoryInbox,
  type Folder,
} from '../../../shared/domain/directory.ts'
import { ProviderFailure, type DirectoryBundle } from '../provider.ts'
import { agentsFrom, availabilityOf } from './agents.ts'
import type { Desk } from './desk.ts'
import { filterableBy, termsFrom } from './filterable.ts'
import { inTurns } from '../../foreign/in-turns.ts'
import { macrosFrom } from './macros.ts'
import {
  asList,
  asObject,
  asText,
  entryOf,
  isObject,
  isTrue,
  numberOrNull,
  textOrNull,
} from '../../foreign/read.ts'
import { templatesOf } from './templates.ts'

/** Requests at once: they share the server with whatever the agent is doing right now. */
const mostAtOnce = 3
/** How long a list is believed that the server says has not changed. */
const renewMs = 3_600_000

/**
 * What the pickers offer, part by part (docs/providers/chatwoot.md §1.1-1.3, §1.8). A part that cannot be had stays as it
 * was; what stops every part, an unknown token or no network, stops here too.
 */
export function directoryBundle(desk: Desk, accountKey: string): DirectoryBundle {
  let last: Last | null = null
  return {
    async read(known, signal) {
      const draft: Draft = { ...(known ?? emptyDirectory) }
      const account = asObject(await answerOf(desk, desk.accountPath, signal))
      const keys = cacheKeysOf(account['cache_keys'])
      const believed =
        known !== null && last !== null && desk.clock.now() - last.at < renewMs ? last.keys : {}
      const isKnown = (part: CachedPart): boolean => keys[part] !== undefined && keys[part] === believed[part]
      if (textOrNull(account['id']) !== null)
        draft.requiredToResolve = textsOf(asObject(account['settings'])['conversation_required_attributes'])
      const missed = new Set<keyof Directory>()
      const tasks = sourcesOf(desk, accountKey)
        .filter(({ part }) => !isCached(part) || !isKnown(part))
        .map((source) => async () => {
          const answer = await answerOf(desk, source.path, signal)
          if (answer === undefined || !source.take(answer, draft)) missed.add(source.part)
        })
      await inTurns(mostAtOnce, tasks)
      await takeMacros(desk, draft, signal)
      if (draft.folders.length === 0) draft.folders = builtInFolders
      draft.filterable = filterableBy(draft.attributes)
      const oldestAt = cachedParts.some(isKnown) ? last?.at : undefined
      last = { keys: withoutMissed(keys, missed), at: oldestAt ?? desk.clock.now() }
      return draft
    },
  }
}

type Draft = { -readonly [Part in keyof Directory]: Directory[Part] }

const cachedParts = ['labels', 'inboxes', 'teams'] as const
type CachedPart = (typeof cachedParts)[number]
type CacheKeys = Readonly<Partial<Record<CachedPart, string>>>

interface Last {
  /** As told when the parts were read. */
  readonly keys: CacheKeys
  /** When the oldest of them was read. */
  readonly at: number
}

interface Source {
  readonly part: keyof Directory
  readonly path: string
  /** Puts what the answer says into the draft; false where it says nothing of the kind. */
  take(answer: unknown, draft: Draft): boolean
}

function sourcesOf(desk: Desk, accountKey: string): Source[] {
  const source = <Part extends keyof Directory>(
    part: Part,
    path: string,
    from: (answer: unknown) => Directory[Part] | null,
  ): Source => ({
    part,
    path: path.startsWith('/') ? path : `${desk.accountPath}/${path}`,
    take(answer, draft) {
      const value = from(answer)
      if (value !== null) draft[part] = value
      return value !== null
    },
  })
  return [
    source('me', '/api/v1/profile', (answer) => meFrom(answer, accountKey)),
    source('agents', 'agents', (answer) => (Array.isArray(answer) ? agentsFrom(answer, desk.frame) : null)),
    source('teams', 'teams', teamsFrom),
    source('labels', 'labels', labelsFrom),
    source('inboxes', 'inboxes', inboxesFrom),
    source('canned', 'canned_responses', cannedFrom),
    source('folders', 'custom_filters?filter_type=conversation', foldersFrom),
    source('attributes', 'custom_attribute_definitions', attributesFrom),
    source('unreadNotifications', 'notifications/unread_count', numberOrNull),
  ]
}

/** After the others: a macro's steps name people and teams by their ids. */
async function takeMacros(desk: Desk, draft: Draft, signal: AbortSignal): Promise<void> {
  const { payload } = asObject(await answerOf(desk, `${desk.accountPath}/macros`, signal))
  if (Array.isArray(payload)) draft.macros = macrosFrom(payload, draft)
}

/** An answer's JSON; undefined where this one thing cannot be had, by right or by trouble of its own. */
async function answerOf(desk: Desk, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return (await desk.client.call({ path }, signal)).json()
  } catch (error) {
    const isGeneral =
      !(error instanceof ProviderFailure) || ['auth', 'offline', 'rateLimited'].includes(error.kind)
    if (isGeneral || signal.aborted) throw error
    return undefined
  }
}

/** Opaque, by the model they are about; they change when anything of that kind does. */
function cacheKeysOf(raw: unknown): CacheKeys {
  const keys = asObject(raw)
  const told = { labels: keys['label'], inboxes: keys['inbox'], teams: keys['team'] }
  return Object.fromEntries(
    Object.entries(told).flatMap(([part, key]) => (textOrNull(key) === null ? [] : [[part, asText(key)]])),
  )
}

function withoutMissed(keys: CacheKeys, missed: ReadonlySet<keyof Directory>): CacheKeys {
  return Object.fromEntries(cachedParts.filter((part) => !missed.has(part)).map((part) => [part, keys[part]]))
}

function isCached(part: keyof Directory): part is CachedPart {
  return cachedParts.some((each) => each === part)
}

/** How I am set in this account; the profile tells of all of them. */
function meFrom(answer: unknown, accountKey: string): Directory['me'] | null {
  const profile = asObject(answer)
  if (textOrNull(profile['id']) === null) return null
  const here = asList(profile['accounts'])
    .map(asObject)
    .find((each) => asText(each['id']) === accountKey)
  const autoOffline = here?.['auto_offline']
  return {
    availability: availabilityOf(here?.['availability']) ?? availabilityOf(here?.['availability_status']),
    autoOffline: typeof autoOffline === 'boolean' ? autoOffline : null,
    signature: textOrNull(profile['message_signature']),
    isAdmin: here?.['role'] === 'administrator',
  }
}

function teamsFrom(answer: unknown): Directory['teams'] | null {
  return rows(answer, (wire, key) => ({
    key,
    name: textOrNull(wire['name']) ?? key,
    isMine: isTrue(wire['is_member']),
  }))
}

function labelsFrom(answer: unknown): Directory['labels'] | null {
  const { payload } = asObject(answer)
  if (!Array.isArray(payload)) return null
  return asList(payload)
    .map(asObject)
    .flatMap((wire) => {
      const title = textOrNull(wire['title'])
      const color = textOrNull(wire['color'])
      // Shown as it is: nothing but a colour may get there.
      const isColor = color !== null && /^#[\da-f]{3,8}$/i.test(color)
      if (title === null) return []
      return [{ title, color: isColor ? color : null, description: asText(wire['description']) }]
    })
}

function inboxesFrom(answer: unknown): readonly DirectoryInbox[] | null {
  return rows(asObject(answer)['payload'], (wire, key) => ({
    key,
    name: textOrNull(wire['name']) ?? key,
    templates: templatesOf(wire),
  }))
}

function cannedFrom(answer: unknown): Directory['canned'] | null {
  return rows(answer, (wire, key) => ({
    key,
    code: asText(wire['short_code']),
    text: asText(wire['content']),
  }))
}

const builtInFolders: readonly Folder[] = (['mentions', 'participating', 'unattended'] as const).map(
  (key) => ({ key, builtIn: key, name: key, terms: [] }),
)

function foldersFrom(answer: unknown): readonly Folder[] | null {
  const own = rows(answer, (wire, key): Folder => ({
    key,
    builtIn: null,
    name: textOrNull(wire['name']) ?? key,
    terms: termsFrom(wire['query']),
  }))
  return own === null ? null : [...builtInFolders, ...own]
}

const attributeKinds: Readonly<Record<string, AttributeDefinition['kind']>> = {
  text: 'text',
  number: 'number',
  currency: 'number',
  percent: 'number',
  link: 'link',
  date: 'date',
  list: 'list',
  checkbox: 'checkbox',
}

function attributesFrom(answer: unknown): readonly AttributeDefinition[] | null {
  if (!Array.isArray(answer)) return null
  return asList(answer)
    .filter(isObject)
    .flatMap((wire): AttributeDefinition[] => {
      const key = textOrNull(wire['attribute_key'])
      if (key === null) return []
      return [
        {
          key,
          label: textOrNull(wire['attribute_display_name']) ?? key,
          of: wire['attribute_model'] === 'contact_attribute' ? 'customer' : 'conversation',
          kind: entryOf(attributeKinds, asText(wire['attribute_display_type'])) ?? 'text',
          choices: textsOf(wire['attribute_values']),
          description: asText(wire['attribute_description']),
        },
      ]
    })
}

function rows<Row>(
  list: unknown,
  from: (wire: Readonly<Record<string, unknown>>, key: string) => Row,
): Row[] | null {
  if (!Array.isArray(list)) return null
  return asList(list)
    .filter(isObject)
    .flatMap((wire) => {
      const key = textOrNull(wire['id'])
      return key === null ? [] : [from(wire, key)]
    })
}

function textsOf(list: unknown): string[] {
  return asList(list)
    .map(asText)
    .filter((each) => each !== '')
}
