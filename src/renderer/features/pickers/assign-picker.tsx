import CircleDashed from 'lucide-react/icons/circle-dashed'
import Users from 'lucide-react/icons/users'
import { useEffect, useState, type ReactNode } from 'react'
import type { ActionOrder, AgentRow, Output } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import type { Desk } from '../../state/desk.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { order } from '../../state/orders.ts'
import { directoryOf } from '../../state/selectors.ts'
import { Dot } from '../../ui/dot.tsx'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker, type PickerOption } from './picker.tsx'
import { PickerStatus } from './picker-status.tsx'
import type { PickerParts } from './snooze-picker.tsx'
import { sameOf, useTargets, type Targets } from './use-targets.ts'

/** Who takes it: oneself first, the people who may, the teams, or nobody. */
export function AssignPicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const targets = useTargets(picker)
  const { rows, account, anchor } = targets
  const [text, setText] = useState('')
  const asked = useCandidates(account === null ? null : (rows[0]?.id ?? null))
  const people = asked?.ok === true ? asked.value.people : (targets.directory?.agents ?? [])
  const choices = account === null ? forMany() : choicesOf(targets, people)
  const shown = matchOptions(choices, text)
  function pick(picked: PickerOption): void {
    const choice = choices.find((each) => each.id === picked.id)
    onClose()
    if (choice === undefined) return
    if (choice.action === 'me') void assignToMe(desk, targets)
    else void order(desk, targets.ids, choice.action)
  }
  return (
    <Picker
      label={say('assign.title')}
      placeholder={say('assign.placeholder')}
      text={text}
      onText={setText}
      options={shown}
      onPick={pick}
      onClose={onClose}
      anchor={anchor}
      empty={text === '' ? null : say('picker.nothing', { text })}
      status={statusOf(asked, account?.host ?? '', people.length > 0)}
    />
  )
}

type Candidates = { ok: true; value: Output<'assign.candidates'> } | { ok: false; failure: Failure }

interface Choice extends PickerOption {
  /** `me` for conversations of several accounts: one is another person at each. */
  readonly action: ActionOrder | 'me'
}

/** Asked at each opening: who may take it depends on the conversation, and on who is there right now. */
function useCandidates(conversationId: string | null): Candidates | null {
  const desk = useDesk()
  const [asked, setAsked] = useState<Candidates | null>(null)
  useEffect(() => {
    if (conversationId === null) return
    let isHeeded = true
    void desk.bridge.call('assign.candidates', { conversationId }).then((answer) => {
      if (isHeeded) setAsked(answer)
    })
    return () => {
      isHeeded = false
    }
  }, [desk, conversationId])
  return asked
}

function statusOf(asked: Candidates | null, host: string, hasPeople: boolean): ReactNode {
  if (asked === null) return hasPeople ? undefined : <PickerStatus>{say('picker.reading')}</PickerStatus>
  if (!asked.ok) return <PickerStatus tone="trouble">{failureText(asked.failure)}</PickerStatus>
  return asked.value.isFresh ? undefined : <PickerStatus>{say('picker.old', { host })}</PickerStatus>
}

function choicesOf({ rows, account, directory }: Targets, people: readonly AgentRow[]): readonly Choice[] {
  const assignee = sameOf(rows, (row) => row.assignee?.key ?? null)
  const team = sameOf(rows, (row) => row.team)
  const choices: Choice[] = []
  if (account?.can.assign === true) {
    const sorted = [...people].sort((a, b) => Number(b.isMe) - Number(a.isMe))
    choices.push(...sorted.map((person) => personChoice(person, assignee)))
    if (assignee !== null) choices.push({ ...nobody, group: say('assign.people') })
  }
  if (account?.can.assignTeam === true) {
    choices.push(...(directory?.teams ?? []).map((each) => teamChoice(each, team)))
    if (team !== null && (directory?.teams.length ?? 0) > 0) choices.push(noTeam)
  }
  return choices
}

function personChoice({ key, name, email, availability, isMe }: AgentRow, assignee: unknown): Choice {
  return {
    id: `agent ${key}`,
    label: isMe ? say('assign.me', { name }) : name,
    also: email ?? undefined,
    detail: availability === null ? undefined : say(`availability.${availability}`),
    mark: availability === null ? <span /> : <Dot availability={availability} />,
    group: say('assign.people'),
    isOn: key === assignee,
    action: { kind: 'assign', to: { key, name, isMe } },
  }
}

function teamChoice(
  { key, name, isMine }: { key: string; name: string; isMine: boolean },
  team: string | null | undefined,
): Choice {
  return {
    id: `team ${key}`,
    label: name,
    detail: isMine ? say('assign.ownTeam') : undefined,
    mark: <Users size={14} />,
    group: say('assign.teams'),
    isOn: name === team,
    action: { kind: 'assignTeam', to: { key, name } },
  }
}

const nobody: Choice = {
  id: 'nobody',
  label: say('assign.nobody'),
  mark: <CircleDashed size={14} />,
  action: { kind: 'assign', to: null },
}

const noTeam: Choice = {
  id: 'noTeam',
  label: say('assign.noTeam'),
  mark: <CircleDashed size={14} />,
  group: say('assign.teams'),
  action: { kind: 'assignTeam', to: null },
}

/** Accounts share no colleagues, so from several of them only these remain. */
function forMany(): readonly Choice[] {
  return [{ id: 'me', label: say('assign.meOnly'), action: 'me' }, nobody]
}

async function assignToMe(desk: Desk, { rows, accountIds }: Targets): Promise<void> {
  for (const accountId of accountIds) {
    await desk.feed.readDirectory(accountId)
    const me = directoryOf(desk.mirror.getState(), accountId)?.agents.find((agent) => agent.isMe)
    const ids = rows.filter((row) => row.accountId === accountId).map((row) => row.id)
    if (me !== undefined)
      await order(desk, ids, { kind: 'assign', to: { key: me.key, name: me.name, isMe: true } })
  }
}
