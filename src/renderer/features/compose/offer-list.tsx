import { useEffect, useRef, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import './offer-list.css'
import type { Completion } from './use-completion.ts'

/** What may be inserted, above the text box; the focus stays in the text. */
export function OfferList({ id, completion }: { id: string; completion: Completion }): ReactNode {
  const { offers, active, kind, pick } = completion
  const ref = useRef<HTMLUListElement>(null)
  useEffect(() => {
    ref.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, offers])
  return (
    <>
      <p className="unseen" role="status">
        {offers.length === 0 ? '' : say('offers.count', { count: offers.length })}
      </p>
      {offers.length === 0 ? null : (
        <ul
          ref={ref}
          id={id}
          className="offers scrolls"
          role="listbox"
          aria-label={say(kind === 'mention' ? 'offers.mentions' : 'offers.canned')}
        >
          {offers.map((offer, index) => (
            <li
              key={offer.key}
              id={offerId(id, index)}
              className="offer"
              role="option"
              aria-selected={index === active}
              // The text keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(offer)}
            >
              {offer.mention === null ? null : <Avatar name={offer.mention.name} media={null} size="tiny" />}
              <span className="offer-title cut" dir="auto">
                {offer.title}
              </span>
              <span className="offer-detail cut" dir="auto">
                {offer.mention === null ? offer.detail : say(`offers.${offer.mention.kind}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

export function offerId(listId: string, index: number): string {
  return `${listId}-${String(index)}`
}
