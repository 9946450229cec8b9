import { useEffect, useState } from 'react'
import type { CommandName, Input, Output } from '../../../shared/contract/contract.ts'
import type { Failure, Result } from '../../../shared/contract/failure.ts'
import { useDesk } from '../../state/hooks.ts'

/** An answer to a question that changes while somebody types: asked after a pause, and only the newest counts. */
export function useAsked<N extends CommandName>(name: N, input: Input<N> | null, pauseMs = 0): Asked<N> {
  const desk = useDesk()
  const [heard, setHeard] = useState<{ question: string; answer: Result<Output<N>> } | null>(null)
  const [tries, setTries] = useState(0)
  const question = input === null ? '' : JSON.stringify(input)
  useEffect(() => {
    if (question === '') return
    let isCurrent = true
    const timer = setTimeout(() => {
      void desk.bridge.call(name, JSON.parse(question) as Input<N>).then((answer) => {
        if (isCurrent) setHeard({ question, answer })
      })
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [desk, name, question, pauseMs, tries])
  const answer = heard !== null && heard.question === question ? heard.answer : null
  return {
    value: answer?.ok === true ? answer.value : null,
    failure: answer?.ok === false ? answer.failure : null,
    isAsking: question !== '' && answer === null,
    again: () => {
      setHeard(null)
      setTries(tries + 1)
    },
  }
}

export interface Asked<N extends CommandName> {
  readonly value: Output<N> | null
  readonly failure: Failure | null
  readonly isAsking: boolean
  readonly again: () => void
}
