import { useCallback, useEffect, useState } from 'react'
import type { Input, NotificationRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { tellFailure } from '../../state/acts.ts'
import { useDesk } from '../../state/hooks.ts'

/** An account's notifications, page after page, and what can be done about them. */
export function useNews(accountId: string): News {
  const desk = useDesk()
  const [state, setState] = useState<State>(beginning)
  const read = useCallback(
    async (page: number): Promise<void> => {
      setState((before) => ({ ...before, phase: 'reading', failure: null }))
      const answer = await desk.bridge.call('notifications.page', { accountId, page })
      setState((before) =>
        answer.ok ? withPage(before, page, answer.value) : failed(before, answer.failure),
      )
    },
    [desk, accountId],
  )
  useEffect(() => {
    let isHeeded = true
    void desk.bridge.call('notifications.page', { accountId, page: 1 }).then((answer) => {
      if (!isHeeded) return
      setState((before) => (answer.ok ? withPage(before, 1, answer.value) : failed(before, answer.failure)))
    })
    return () => {
      isHeeded = false
    }
  }, [desk, accountId])

  /** Shown once the server has it so. */
  async function change(key: string | null, what: Change): Promise<void> {
    const answer = await desk.bridge.call('notifications.change', { accountId, key, change: what })
    if (!answer.ok) return tellFailure(desk, answer.failure)
    setState((before) => changed(before, key, what))
    void desk.feed.readDirectory(accountId, true)
  }
  return {
    ...state,
    change: (key, what) => void change(key, what),
    more: () => void read(state.page + 1),
    again: () => void read(Math.max(1, state.page)),
  }
}

export type Change = Input<'notifications.change'>['change']

export interface News extends State {
  change(key: string | null, what: Change): void
  more(): void
  again(): void
}

interface State {
  readonly phase: 'reading' | 'ready' | 'failed'
  readonly failure: Failure | null
  readonly notifications: readonly NotificationRow[]
  readonly unread: number
  /** The last page that is here; 0 for none. */
  readonly page: number
  readonly hasMore: boolean
}

const beginning: State = {
  phase: 'reading',
  failure: null,
  notifications: [],
  unread: 0,
  page: 0,
  hasMore: false,
}

function failed(before: State, failure: Failure): State {
  return { ...before, phase: 'failed', failure }
}

interface Page {
  readonly notifications: readonly NotificationRow[]
  readonly unread: number
  readonly hasMore: boolean
}

/** New ones push the others along, so a page may bring again what is here. */
function withPage(before: State, page: number, { notifications, unread, hasMore }: Page): State {
  const held = page === 1 ? [] : before.notifications
  const known = new Set(held.map(({ key }) => key))
  const fresh = notifications.filter(({ key }) => !known.has(key))
  return { phase: 'ready', failure: null, notifications: [...held, ...fresh], unread, page, hasMore }
}

function changed(before: State, key: string | null, what: Change): State {
  const isMeant = (each: NotificationRow): boolean => key === null || each.key === key
  if (what.kind === 'remove') {
    const gone = before.notifications.filter((each) => isMeant(each) && !each.isRead).length
    const kept = before.notifications.filter((each) => !isMeant(each))
    return { ...before, notifications: kept, unread: key === null ? 0 : before.unread - gone }
  }
  const notifications = before.notifications.map((each) => (isMeant(each) ? after(each, what) : each))
  const unreadNow = (rows: readonly NotificationRow[]): number => rows.filter((each) => !each.isRead).length
  const unread =
    key === null && what.kind === 'read'
      ? 0
      : before.unread + unreadNow(notifications) - unreadNow(before.notifications)
  return { ...before, notifications, unread: Math.max(0, unread) }
}

function after(row: NotificationRow, what: Exclude<Change, { kind: 'remove' }>): NotificationRow {
  switch (what.kind) {
    case 'read':
      return { ...row, isRead: true }
    case 'unread':
      return { ...row, isRead: false }
    case 'snooze':
      return { ...row, snoozedUntil: what.until }
  }
}
