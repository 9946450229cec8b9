import type { AccountRow, Query } from '../../shared/contract/contract.ts'
import { changeQuery, openConversation, showDialog, tellFailure } from './acts.ts'
import type { Desk } from './desk.ts'
import { accountsOf } from './selectors.ts'

/** The account in scope if it can do this, else the first that can; null where none can. */
export function accountThatCan(desk: Desk, what: keyof AccountRow['can']): string | null {
  const accounts = accountsOf(desk.mirror.getState())
  const { accountId } = desk.view.getState().query
  const able = accounts.filter((account) => account.can[what])
  return (able.find((account) => account.id === accountId) ?? able[0])?.id ?? null
}

/** Looks on the server, for what was typed to find here unless told otherwise. */
export function searchServer(
  desk: Desk,
  accountId = accountThatCan(desk, 'search'),
  words = desk.view.getState().query.find ?? '',
): void {
  if (accountId !== null) showDialog(desk, { kind: 'search', accountId, words })
}

/** The filter being shown, or a new one. */
export function openFilter(desk: Desk, accountId: string | null): void {
  if (accountId === null) return
  const { query } = desk.view.getState()
  const terms = query.accountId === accountId ? (query.terms ?? []) : []
  showDialog(desk, { kind: 'filter', accountId, terms })
}

export function showFolder(desk: Desk, accountId: string, folder: string): void {
  changeQuery(desk, { accountId, folder, terms: null, find: null })
}

export function showFiltered(desk: Desk, accountId: string, terms: NonNullable<Query['terms']>): void {
  changeQuery(desk, { accountId, terms, folder: null, find: null })
}

/** Brings a conversation from the server by its key and opens it; a refusal is told. */
export async function fetchAndOpen(desk: Desk, accountId: string, key: string): Promise<boolean> {
  const answer = await desk.bridge.call('conversation.fetch', { accountId, key })
  if (answer.ok) openConversation(desk, answer.value.conversationId)
  else tellFailure(desk, answer.failure)
  return answer.ok
}
