import { useEffect, useState } from 'react'
import type { HitRow, Input } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { useDesk } from '../../state/hooks.ts'

/** Asks the server a moment after each pause in typing; what was asked before an answer came is not shown. */
export function useServerSearch(accountId: string, what: What, typed: string): ServerSearch {
  const desk = useDesk()
  const words = typed.trim()
  const asked = `${accountId} ${what} ${words}`
  const [state, setState] = useState<State>({ ...nothing, asked: '' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    if (words === '') return
    let isHeeded = true
    const timer = setTimeout(() => {
      void desk.bridge.call('search.ask', { accountId, what, words, page: 1 }).then((answer) => {
        if (!isHeeded) return
        setState(
          answer.ok
            ? { ...nothing, ...answer.value, asked, page: 1 }
            : { ...nothing, asked, failure: answer.failure },
        )
      })
    }, askAfterMs)
    return () => {
      isHeeded = false
      clearTimeout(timer)
    }
  }, [desk, accountId, what, words, asked, attempt])

  async function more(): Promise<void> {
    if (state.isGrowing) return
    const page = state.page + 1
    setState({ ...state, isGrowing: true })
    const answer = await desk.bridge.call('search.ask', { accountId, what, words, page })
    setState((before) => {
      if (before.asked !== state.asked) return before
      if (!answer.ok) return { ...before, isGrowing: false, failure: answer.failure }
      const { hits, hasMore } = answer.value
      return { ...before, isGrowing: false, failure: null, hits: [...before.hits, ...hits], hasMore, page }
    })
  }
  const isAnswered = state.asked === asked
  return {
    phase: words === '' ? 'blank' : isAnswered ? 'answered' : 'asking',
    hits: isAnswered ? state.hits : [],
    failure: isAnswered ? state.failure : null,
    hasMore: isAnswered && state.hasMore,
    more: () => void more(),
    again: () => {
      setState({ ...nothing, asked: '' })
      setAttempt(attempt + 1)
    },
  }
}

export type What = Input<'search.ask'>['what']

export interface ServerSearch {
  readonly phase: 'blank' | 'asking' | 'answered'
  readonly hits: readonly HitRow[]
  readonly failure: Failure | null
  readonly hasMore: boolean
  readonly more: () => void
  readonly again: () => void
}

interface State {
  /** What these hits answer. */
  readonly asked: string
  readonly hits: readonly HitRow[]
  readonly failure: Failure | null
  readonly page: number
  readonly hasMore: boolean
  readonly isGrowing: boolean
}

const nothing = { hits: [], failure: null, page: 0, hasMore: false, isGrowing: false }
/** Each question goes to the server, so it waits longer than a search at home. */
const askAfterMs = 350
