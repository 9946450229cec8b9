import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Customer } from './customer-entry.ts'
import { useAsked } from './use-asked.ts'

/** Finds a customer at the server, or goes on with somebody new; arrows lead from the search into the answers. */
export function PickCustomer({ accountId, onPick, onNew }: PickCustomerProps): ReactNode {
  const [words, setWords] = useState('')
  const ref = useRef<HTMLInputElement>(null)
  // After the sheet around it has taken the focus for itself.
  useEffect(() => ref.current?.focus(), [])
  const sought = words.trim()
  const asked = useAsked('start.customers', sought === '' ? null : { accountId, words: sought }, pauseMs)
  const customers = asked.value?.customers ?? []
  return (
    <div className="start-pick" onKeyDown={walk}>
      <Field
        ref={ref}
        label={say('start.who')}
        hint={null}
        placeholder={say('start.find')}
        value={words}
        dir="auto"
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setWords(event.target.value)}
      />
      <p className="start-state" role="status">
        {asked.isAsking
          ? say('start.looking')
          : asked.value !== null && customers.length === 0
            ? say('start.nobody', { words: sought })
            : ''}
      </p>
      {asked.failure === null ? null : (
        <Notice
          tone="trouble"
          actions={
            <Button size="small" onClick={asked.again}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {failureText(asked.failure)}
        </Notice>
      )}
      <ul className="start-people">
        {customers.map((customer) => (
          <li key={customer.key}>
            <button type="button" className="start-person" onClick={() => onPick(customer)}>
              <Person customer={customer} />
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="start-person" onClick={() => onNew(sought)}>
            <span className="start-plus" aria-hidden="true">
              <UserRoundPlus size={16} />
            </span>
            <span className="start-person-words">
              <span className="start-person-name">{say('start.new')}</span>
              <span className="start-person-more">{say('start.newHint')}</span>
            </span>
          </button>
        </li>
      </ul>
    </div>
  )
}

export function Person({ customer }: { customer: Customer }): ReactNode {
  const more = [customer.email, customer.phone].filter((each) => each !== null && each !== '').join(' · ')
  return (
    <>
      <Avatar name={customer.name} media={customer.avatar} size="small" />
      <span className="start-person-words">
        <span className="start-person-name cut" dir="auto">
          {customer.name === '' ? more : customer.name}
        </span>
        {more === '' ? null : (
          <span className="start-person-more cut">
            <bdi dir="ltr">{more}</bdi>
          </span>
        )}
      </span>
    </>
  )
}

interface PickCustomerProps {
  accountId: string
  onPick: (customer: Customer) => void
  onNew: (words: string) => void
}

const pauseMs = 250

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .start-person')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}
