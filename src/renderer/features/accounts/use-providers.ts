import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { useDesk } from '../../state/hooks.ts'

/** The systems this build can sign in to, and what each asks for. */
export function useProviders(): { providers: Providers; failure: Failure | null } {
  const desk = useDesk()
  const [providers, setProviders] = useState<Providers>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    let isCurrent = true
    void desk.bridge.call('accounts.providers', {}).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setProviders(answer.value.providers)
      else setFailure(answer.failure)
    })
    return () => {
      isCurrent = false
    }
  }, [desk])
  return { providers, failure }
}

export type ProviderRow = Output<'accounts.providers'>['providers'][number]
type Providers = readonly ProviderRow[]
