import { asList, asText, parseJson, textOrNull } from '../../foreign/read.ts'
import type { Learn, ProviderAccount } from '../provider.ts'

/** The three families of servers there are (docs/providers/wapikit.md §13). */
export type Dialect = 'main' | 'newer' | 'hosted'

/** What is found out about one server, beside what it was asked at sign-in. Kept in the account's settings. */
export interface Findings {
  readonly dialect: Dialect
  /** Whether a conversation's messages can be asked for by themselves; null before the first try. */
  readonly messagesEndpoint: boolean | null
  /** Whether a status that was set stays; null before the first try. */
  readonly updateWorks: boolean | null
  readonly assignVerb: 'GET' | 'POST'
  /** Whether reads tell who has a conversation now. */
  readonly assignedToVisible: boolean
  /** Whether this key was refused for want of a permission: then it is not tried again. */
  readonly mayAssign: boolean
  readonly mayUpdate: boolean
}

/** Who has a conversation as far as was ordered from here: servers that do not tell are not asked. */
export interface Given {
  readonly memberKey: string
  readonly name: string
}

export interface Learned {
  readonly now: Findings
  note(change: Partial<Findings>): void
  givenTo(conversationKey: string): Given | null
  give(conversationKey: string, to: Given | null): void
}

/** Long enough for what an agent has in hand; older ones are told as nobody's. */
const mostGiven = 300

export function createLearned(settings: ProviderAccount['settings'], learn: Learn): Learned {
  let now = findingsIn(settings)
  let given = givenIn(settings['assignees'])
  return {
    get now() {
      return now
    },
    note(change) {
      const isNews = Object.entries(change).some(([name, value]) => Reflect.get(now, name) !== value)
      if (!isNews) return
      now = { ...now, ...change }
      learn({ ...change })
    },
    givenTo: (key) => given.get(key) ?? null,
    give(key, to) {
      const others = [...given].filter(([each]) => each !== key)
      const entry: [string, Given][] = to === null ? [] : [[key, to]]
      given = new Map([...others, ...entry].slice(-mostGiven))
      const rows = [...given].map(([each, { memberKey, name }]) => [each, memberKey, name])
      learn({ assignees: JSON.stringify(rows) })
    },
  }
}

function findingsIn(settings: ProviderAccount['settings']): Findings {
  const { dialect, assignVerb } = settings
  return {
    dialect: dialect === 'newer' || dialect === 'hosted' ? dialect : 'main',
    messagesEndpoint: yesOrNo(settings['messagesEndpoint']),
    updateWorks: yesOrNo(settings['updateWorks']),
    assignVerb: assignVerb === 'GET' ? 'GET' : 'POST',
    assignedToVisible: settings['assignedToVisible'] === true,
    mayAssign: settings['mayAssign'] !== false,
    mayUpdate: settings['mayUpdate'] !== false,
  }
}

function yesOrNo(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

function givenIn(raw: unknown): Map<string, Given> {
  const rows = asList(parseJson(new TextEncoder().encode(asText(raw)))?.value)
  return new Map(
    rows.flatMap((each): [string, Given][] => {
      const [key, memberKey, name] = asList(each).map(textOrNull)
      return key && memberKey ? [[key, { memberKey, name: name ?? memberKey }]] : []
    }),
  )
}
