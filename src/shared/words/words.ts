import { accountsWords } from './accounts.ts'
import { actsWords } from './acts.ts'
import { chatwootPublicWords } from './chatwoot-public.ts'
import { aelystWords } from './aelyst.ts'
import { composeWords } from './compose.ts'
import { draftsWords } from './drafts.ts'
import { failureWords } from './failures.ts'
import { foldersWords } from './folders.ts'
import { inboxWords } from './inbox.ts'
import { noticeWords } from './notices.ts'
import { notificationWords } from './notifications.ts'
import { panelWords } from './panel.ts'
import { pickersWords } from './pickers.ts'
import { settingsWords } from './settings.ts'
import { startWords } from './start.ts'
import { threadWords } from './thread.ts'
import { trayWords } from './tray.ts'
import { undoWords } from './undo.ts'
import { wapikitWords } from './wapikit.ts'

/** The message catalogue: everything the product says, in one place per topic. A missing blank is a type error's job for tests. */
const catalogue = {
  ...failureWords,
  ...noticeWords,
  ...notificationWords,
  ...inboxWords,
  ...actsWords,
  ...pickersWords,
  ...foldersWords,
  ...threadWords,
  ...composeWords,
  ...draftsWords,
  ...panelWords,
  ...startWords,
  ...accountsWords,
  ...chatwootPublicWords,
  ...aelystWords,
  ...settingsWords,
  ...trayWords,
  ...undoWords,
  ...wapikitWords,
} as const

export type WordKey = keyof typeof catalogue
/** A sentence with `{blanks}`, or its plural forms chosen by the blank `count`. */
export type Phrase = string | { readonly one: string; readonly other: string }

const plurals = new Intl.PluralRules('en')

/** Whether there are words for a key that came as data, as a provider's do. */
export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(catalogue, key)
}

/** The sentence for a key, its blanks filled. */
export function say(key: WordKey, blanks: Readonly<Record<string, string | number>> = {}): string {
  const phrase = catalogue[key] as Phrase
  const text =
    typeof phrase === 'string'
      ? phrase
      : phrase[plurals.select(Number(blanks['count'])) === 'one' ? 'one' : 'other']
  return text.replace(/\{(\w+)\}/g, (whole, blank: string) =>
    blank in blanks ? String(blanks[blank]) : whole,
  )
}
