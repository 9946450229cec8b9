import CircleAlert from 'lucide-react/icons/circle-alert'
import Search from 'lucide-react/icons/search'
import SearchX from 'lucide-react/icons/search-x'
import { useState, type ReactNode } from 'react'
import type { AccountRow, HitRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror, useNow } from '../../state/hooks.ts'
import { fetchAndOpen } from '../../state/looking.ts'
import { accountsOf } from '../../state/selectors.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { arrowList } from '../../ui/arrow-list.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segments } from '../../ui/field.tsx'
import { Blank } from '../../ui/notice.tsx'
import { fullTime, shortTime } from '../../ui/times.ts'
import './search-sheet.css'
import { useServerSearch, type ServerSearch, type What } from './use-server-search.ts'

const kinds = ['conversations', 'messages', 'customers'] as const

/**
 * Looks on the server, beyond what is kept here; a hit is fetched and opened. Until the agent picks what to look for,
 * the next kind is looked for where one has nothing.
 */
export function SearchSheet({ accountId, words }: { accountId: string; words: string }): ReactNode {
  const desk = useDesk()
  const able = useMirror(accountsOf).filter(({ can }) => can.search)
  const [chosenId, setChosenId] = useState(accountId)
  const account = able.find(({ id }) => id === chosenId) ?? able[0]
  const [typed, setTyped] = useState(words)
  const [picked, setPicked] = useState<What | null>(null)
  const [tried, setTried] = useState({ words: '', kinds: 0 })
  const asked = `${account?.id ?? ''} ${typed.trim()}`
  const kindsTried = tried.words === asked ? tried.kinds : 0
  const what = picked ?? kinds[kindsTried] ?? 'conversations'
  const search = useServerSearch(account?.id ?? '', what, account === undefined ? '' : typed)
  const isEmpty = search.phase === 'answered' && search.failure === null && search.hits.length === 0
  if (isEmpty && picked === null && kindsTried < kinds.length - 1)
    setTried({ words: asked, kinds: kindsTried + 1 })
  if (account === undefined) return null
  return (
    <Dialog
      title={say('search.title', { host: account.host })}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      <div className="search" onKeyDown={arrowList}>
        {able.length > 1 ? (
          <AccountField
            label={say('search.account')}
            value={account.id}
            onChange={(event) => setChosenId(event.target.value)}
            accounts={able}
          />
        ) : null}
        <input
          className="field-input"
          type="text"
          role="searchbox"
          enterKeyHint="search"
          autoComplete="off"
          aria-label={say('search.words')}
          placeholder={say('search.words')}
          dir="auto"
          maxLength={200}
          spellCheck={false}
          data-focus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Segments
          label={say('search.what')}
          value={what}
          options={kinds.map((value) => ({ value, label: say(`search.${value}`) }))}
          onPick={setPicked}
        />
        <Hits account={account} words={typed.trim()} search={search} />
      </div>
    </Dialog>
  )
}

function Hits({ account, words, search }: HitsProps): ReactNode {
  const { phase, hits, failure } = search
  if (phase === 'blank') return <Blank icon={<Search size={24} />} title={say('search.start')} />
  if (phase === 'asking')
    return (
      <p className="search-state" role="status">
        {say('search.asking')}
      </p>
    )
  if (failure !== null && hits.length === 0) {
    const again = <Button onClick={search.again}>{say('act.tryAgain')}</Button>
    return (
      <Blank tone="trouble" icon={<CircleAlert size={24} />} title={say('search.failed')} action={again}>
        {failureText(failure)}
      </Blank>
    )
  }
  if (hits.length === 0) return <Blank icon={<SearchX size={24} />} title={say('search.none', { words })} />
  return (
    <>
      <ul className="search-hits">
        {hits.map((hit, index) => (
          <Hit key={index} hit={hit} account={account} />
        ))}
      </ul>
      {failure === null ? null : <p role="alert">{failureText(failure)}</p>}
      {search.hasMore ? (
        <Button className="search-more" look="quiet" onClick={search.more}>
          {say('search.more')}
        </Button>
      ) : null}
    </>
  )
}

interface HitsProps {
  account: AccountRow
  words: string
  search: ServerSearch
}

function Hit({ hit, account }: { hit: HitRow; account: AccountRow }): ReactNode {
  const desk = useDesk()
  const nowAt = useNow()
  const { conversationKey } = hit
  return (
    <li>
      <button
        type="button"
        className="search-hit"
        data-item
        disabled={conversationKey === null}
        onClick={() => {
          if (conversationKey !== null) void fetchAndOpen(desk, account.id, conversationKey)
        }}
      >
        <span className="search-line">
          <span className="search-name cut" dir="auto">
            {hit.title}
          </span>
          {hit.at === null ? null : (
            <time className="search-time" dateTime={new Date(hit.at).toISOString()} title={fullTime(hit.at)}>
              {shortTime(hit.at, nowAt)}
            </time>
          )}
        </span>
        <span className="search-line">
          <span className="search-excerpt" dir="auto">
            {hit.excerpt}
          </span>
          <span className="search-inbox">
            {conversationKey === null ? say('search.noConversation') : hit.inbox}
          </span>
        </span>
      </button>
    </li>
  )
}
