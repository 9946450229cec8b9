import Globe from 'lucide-react/icons/globe'
import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror, useView } from '../../state/hooks.ts'
import { searchServer } from '../../state/looking.ts'
import { accountsInScope, accountsOf } from '../../state/selectors.ts'
import { keyName } from '../commands/key-name.ts'

/** What is not on this computer may still be on the server: one press further, below what was found here. */
export function FindOnServer(): ReactNode {
  const desk = useDesk()
  const query = useView((view) => view.query)
  const able = accountsInScope(useMirror(accountsOf), query).filter(({ can }) => can.search)
  if (query.find === null || able.length === 0) return null
  return (
    <ul className="find-servers">
      {able.slice(0, mostServers).map((account, index) => (
        <li key={account.id}>
          <button type="button" className="find-server" onClick={() => searchServer(desk, account.id)}>
            <Globe size={15} aria-hidden="true" />
            <span className="cut">
              <bdi>
                {able.length === 1
                  ? say('search.onServer', { host: account.host })
                  : say('search.ofAccount', { account: account.name, host: account.host })}
              </bdi>
            </span>
            {index === 0 ? (
              <kbd className="button-hint" aria-hidden="true">
                {keyName('Mod+Enter')}
              </kbd>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The sheet itself offers the others. */
const mostServers = 3
