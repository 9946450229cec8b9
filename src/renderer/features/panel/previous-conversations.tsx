import type { ReactNode } from 'react'
import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { openConversation } from '../../state/acts.ts'
import { useDesk, useNow } from '../../state/hooks.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { fullTime, shortTime } from '../../ui/times.ts'
import { Section } from './section.tsx'

/** What there was with this customer before; each leads there. */
export function PreviousConversations({ rows, isMissing }: PreviousProps): ReactNode {
  const desk = useDesk()
  const nowAt = useNow()
  return (
    <Section title={say('panel.previous')} isMissing={isMissing}>
      {rows.length === 0 && !isMissing ? <p className="panel-none">{say('panel.noPrevious')}</p> : null}
      <ul className="panel-previous">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="panel-earlier" onClick={() => openConversation(desk, row.id)}>
              <span className="panel-earlier-head">
                <ChannelIcon channel={row.inbox.channel} />
                <bdi className="cut">{row.inbox.name}</bdi>
                <span className="pill" data-status={row.status.kind}>
                  {say(`status.${row.status.kind}`)}
                </span>
                <time
                  dateTime={new Date(row.lastActivityAt).toISOString()}
                  title={fullTime(row.lastActivityAt)}
                >
                  {shortTime(row.lastActivityAt, nowAt)}
                </time>
              </span>
              <span className="panel-earlier-words cut" dir="auto">
                {row.subject ??
                  (row.preview === null || row.preview.text === '' ? say('preview.none') : row.preview.text)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface PreviousProps {
  rows: readonly ConversationRow[]
  isMissing: boolean
}
