import { useState, type ReactNode } from 'react'
import type { AgentRow, ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { tellFailure } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { directoryOf } from '../../state/selectors.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker, type PickerOption } from '../pickers/picker.tsx'
import { Section } from './section.tsx'

/** Colleagues who follow the conversation, and the list to change them. */
export function Participants({ row, people, isMissing, again }: ParticipantsProps): ReactNode {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const change = (
    <Button size="small" look="quiet" onClick={(event) => setAnchor(event.currentTarget)}>
      {say('panel.change')}
    </Button>
  )
  return (
    <Section title={say('panel.participants')} action={isMissing ? null : change} isMissing={isMissing}>
      {isMissing ? null : people.length === 0 ? (
        <p className="panel-none">{say('panel.noParticipants')}</p>
      ) : (
        <ul className="panel-people">
          {people.map((person) => (
            <li key={person.key} className="panel-person">
              <Avatar name={person.name} media={person.avatar} size="tiny" />
              <span className="cut" dir="auto">
                {person.isMe ? say('assignee.you') : person.name}
              </span>
            </li>
          ))}
        </ul>
      )}
      {anchor === null ? null : (
        <PeoplePicker
          row={row}
          people={people}
          anchor={anchor}
          onDone={(isChanged) => {
            setAnchor(null)
            if (isChanged) again()
          }}
        />
      )}
    </Section>
  )
}

interface ParticipantsProps {
  row: ConversationRow
  people: readonly AgentRow[]
  isMissing: boolean
  again: () => void
}

function PeoplePicker({ row, people, anchor, onDone }: PeoplePickerProps): ReactNode {
  const desk = useDesk()
  const agents = useMirror((mirror) => directoryOf(mirror, row.accountId)?.agents ?? none)
  const [text, setText] = useState('')
  const before = people.map((person) => person.key)
  const [keys, setKeys] = useState<readonly string[]>(before)
  // Whoever takes part already stays in the list, also where the directory no longer has them.
  const all = [...people, ...agents.filter((agent) => !before.includes(agent.key))]
  const options: PickerOption[] = all.map((agent) => ({
    id: agent.key,
    label: agent.isMe ? `${agent.name} (${say('assignee.you')})` : agent.name,
    also: agent.email ?? undefined,
    isOn: keys.includes(agent.key),
    mark: <Avatar name={agent.name} media={agent.avatar} size="tiny" />,
  }))
  async function apply(): Promise<void> {
    const add = keys.filter((key) => !before.includes(key))
    const remove = before.filter((key) => !keys.includes(key))
    if (add.length + remove.length === 0) return onDone(false)
    const answer = await desk.bridge.call('panel.participants', { conversationId: row.id, add, remove })
    if (!answer.ok) tellFailure(desk, answer.failure)
    onDone(answer.ok)
  }
  return (
    <Picker
      label={say('panel.participants')}
      placeholder={say('panel.findPeople')}
      options={matchOptions(options, text)}
      text={text}
      onText={setText}
      onPick={({ id }) => setKeys(keys.includes(id) ? keys.filter((key) => key !== id) : [...keys, id])}
      onApply={() => void apply()}
      onClose={() => onDone(false)}
      anchor={anchor}
      empty={say('picker.nothing', { text })}
      footer={
        <>
          <span>{say('panel.peopleKeys')}</span>
          <Button size="small" look="primary" onClick={() => void apply()}>
            {say('panel.apply')}
          </Button>
        </>
      }
    />
  )
}

interface PeoplePickerProps {
  row: ConversationRow
  people: readonly AgentRow[]
  anchor: Element
  onDone: (isChanged: boolean) => void
}

const none: readonly AgentRow[] = []
