import { useEffect } from 'react'
import { useDesk, useMirror } from './hooks.ts'
import type { DirectoryState } from './mirror.ts'

/** What an account's pickers offer; read when first needed. Null where no account is meant. */
export function useDirectory(accountId: string | null): DirectoryState {
  const desk = useDesk()
  const state = useMirror((mirror) => (accountId === null ? undefined : mirror.directories[accountId]))
  const isKnown = useMirror((mirror) => mirror.desk !== null)
  useEffect(() => {
    if (accountId !== null && isKnown) void desk.feed.readDirectory(accountId)
  }, [desk, accountId, isKnown])
  return state ?? unread
}

const unread: DirectoryState = { phase: 'loading', failure: null, directory: null }
