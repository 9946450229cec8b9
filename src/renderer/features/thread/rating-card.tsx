import Star from 'lucide-react/icons/star'
import type { ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import './rating-card.css'

/** A question how satisfied they are, and what they answered. */
export function RatingCard({ question, rating }: RatingCardProps): ReactNode {
  const { stars, words } = rating
  return (
    <div className="rating">
      <p className="rating-question" dir="auto">
        {question === '' ? say('rating.question') : question}
      </p>
      {stars === null ? (
        <p className="rating-waits">{say('rating.waits')}</p>
      ) : (
        <p className="rating-stars" role="img" aria-label={say('rating.stars', { stars })}>
          {[1, 2, 3, 4, 5].map((each) => (
            <Star key={each} size={18} data-on={each <= stars} aria-hidden="true" />
          ))}
        </p>
      )}
      {words === null || words === '' ? null : (
        <blockquote className="rating-words" dir="auto">
          {words}
        </blockquote>
      )}
    </div>
  )
}

interface RatingCardProps {
  question: string
  rating: NonNullable<MessageRow['rating']>
}
