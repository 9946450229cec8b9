import type { Answers } from '../../../shared/domain/attributes.ts'
import type { Conversation } from '../../../shared/domain/conversation.ts'
import type { AskedField, AttributeDefinition, Directory } from '../../../shared/domain/directory.ts'
import { asText } from '../../foreign/read.ts'
import { ProviderFailure, type DoneBundle } from '../provider.ts'
import { lookAfter, lookAt } from './contacts.ts'
import { contactPath, idOf, type Desk } from './desk.ts'
import { order } from './order.ts'

/** What a closing note may hold (docs/providers/aelyst.md §4). */
const mostCategory = 128
const mostSummary = 512

export const categoryKey = 'category'
export const summaryKey = 'summary'

/** Closing, with the name of a closing note and a summary, and opening again (docs/providers/aelyst.md §4.4). */
export function doneBundle(desk: Desk): Required<Omit<DoneBundle, 'pend'>> {
  return {
    verb: 'close',
    offersAnswers: true,
    resolve: (key, answers, signal) => close(desk, key, answers, signal),
    asks: (_conversation, directory) => asks(desk, directory),
    async reopen(key, signal) {
      const { conversation: before } = await lookAt(desk, key, signal)
      const opened = await setStatus(desk, key, { status: 'open' }, signal)
      const former = before.assignee
      if (former === null || opened.assignee?.key === former.key)
        return { conversation: opened, restored: true }
      return giveBack(desk, opened, idOf(former.key), signal)
    },
  }
}

/** The closing notes of a workspace as fields of the directory. */
export function closingFields(categories: readonly string[]): AttributeDefinition[] {
  const field = { of: 'conversation', description: '' } as const
  if (categories.length === 0) return []
  return [
    { ...field, key: categoryKey, label: 'Category', kind: 'list', choices: [...categories] },
    { ...field, key: summaryKey, label: 'Summary', kind: 'text', choices: [] },
  ]
}

function asks(desk: Desk, { attributes }: Directory): AskedField[] {
  return attributes
    .filter(({ key }) => key === categoryKey || key === summaryKey)
    .map((each) => ({
      ...each,
      value: null,
      isRequired: each.key === categoryKey && desk.learned.categoryRequired,
      maxLength: each.key === summaryKey ? mostSummary : null,
    }))
}

async function close(desk: Desk, key: string, answers: Answers, signal: AbortSignal): Promise<Conversation> {
  const [category, summary] = [categoryKey, summaryKey].map((each) => asText(answers[each]).trim())
  expectShort(desk, category ?? '', mostCategory)
  expectShort(desk, summary ?? '', mostSummary)
  // Without a category the server drops the summary: the agent would believe it kept.
  if (!category && summary) throw needsCategory(desk)
  const note = category ? { category, ...(summary ? { summary } : {}) } : {}
  try {
    return await setStatus(desk, key, { status: 'close', ...note }, signal)
  } catch (error) {
    if (category || !isAboutCategory(error)) throw error
    desk.learn({ categoryRequired: true })
    throw needsCategory(desk)
  }
}

function setStatus(desk: Desk, key: string, body: StatusOrder, signal: AbortSignal): Promise<Conversation> {
  const wanted = body.status === 'open' ? 'open' : 'done'
  const call = { path: `${contactPath(key)}/conversation/status`, body }
  const unchanged = body.status === 'open' ? 'it is still closed' : null
  const isAsOrdered = (now: Conversation): boolean => now.status.kind === wanted
  return order(desk, key, { call, isAsOrdered, unchanged }, signal)
}

/** Written it is `close`, whatever it is read as. */
interface StatusOrder {
  readonly status: 'open' | 'close'
  readonly category?: string
  readonly summary?: string
}

/** From here on the conversation is open, whatever fails. */
async function giveBack(
  desk: Desk,
  opened: Conversation,
  assignee: number | string,
  signal: AbortSignal,
): Promise<{ conversation: Conversation; restored: boolean }> {
  try {
    const path = `${contactPath(opened.key)}/conversation/assignee`
    await desk.client.call({ path, body: { assignee } }, signal)
    const conversation = await lookAfter(desk, opened.key, signal)
    return { conversation, restored: conversation.assignee?.key === String(assignee) }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return { conversation: opened, restored: false }
  }
}

/** Workspaces that want one say so in their own words (docs/providers/aelyst.md §4.4). */
function isAboutCategory(error: unknown): boolean {
  if (!(error instanceof ProviderFailure) || error.facts['status'] !== '400') return false
  return /categor|closing note|summary/i.test(error.facts['reason'] ?? '')
}

function needsCategory(desk: Desk): ProviderFailure {
  const facts = { host: desk.client.host, fields: 'Category' }
  return new ProviderFailure({ kind: 'rejected', code: 'needsAnswers', facts, mayHaveLeft: false })
}

function expectShort(desk: Desk, text: string, most: number): void {
  if (text.length <= most) return
  const facts = { host: desk.client.host, count: String(text.length - most), most: String(most) }
  throw new ProviderFailure({ kind: 'rejected', code: 'tooLong', facts, mayHaveLeft: false })
}
