import CalendarClock from 'lucide-react/icons/calendar-clock'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import Coffee from 'lucide-react/icons/coffee'
import MessageCircleReply from 'lucide-react/icons/message-circle-reply'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { useState, type ReactNode } from 'react'
import { orderName } from '../../../shared/domain/order-name.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk, useMirror, useNow } from '../../state/hooks.ts'
import { order } from '../../state/orders.ts'
import { accountOfRow, accountsOfRows } from '../../state/selectors.ts'
import { matchOptions } from '../../ui/match-options.ts'
import { Picker, type PickerOption } from './picker.tsx'
import { comingTime } from '../../ui/times.ts'
import { parseWhen } from './parse-when.ts'
import { snoozeTimes, type SnoozeTime } from './snooze-times.ts'
import { useTargets, type ConversationPicker } from './use-targets.ts'

/** Until when: a few usual moments, or whatever is typed, with what was understood of it. */
export function SnoozePicker({ picker, onClose }: PickerParts): ReactNode {
  const desk = useDesk()
  const { rows, ids, anchor } = useTargets(picker)
  const [text, setText] = useState('')
  // Read once more each minute, so that nothing is offered that is over.
  const nowAt = Math.max(useNow(), useState(() => Date.now())[0])
  const mayWait = useMirror((mirror) =>
    rows.every((row) => accountOfRow(mirror, row)?.can.snoozeUntilReply ?? false),
  )
  const options = snoozeOptions(text, nowAt, mayWait)
  function pick(option: SnoozeOption): void {
    onClose()
    void order(desk, ids, { kind: 'snooze', until: option.until })
  }
  const isHere = useMirror(
    (mirror) =>
      orderName(
        'snooze',
        accountsOfRows(mirror, rows).map(({ named }) => named),
      ) === 'snoozeHere',
  )
  return (
    <Picker
      label={say(isHere ? 'snooze.titleHere' : 'snooze.title')}
      placeholder={say('snooze.placeholder')}
      text={text}
      onText={setText}
      options={options}
      onPick={(picked) => {
        const option = options.find((each) => each.id === picked.id)
        if (option !== undefined) pick(option)
      }}
      onClose={onClose}
      anchor={anchor}
      empty={say('snooze.unknown')}
    />
  )
}

export interface PickerParts {
  picker: ConversationPicker
  onClose: () => void
}

interface SnoozeOption extends PickerOption {
  readonly until: number | null
}

const marks: Record<SnoozeTime['id'], ReactNode> = {
  hour: <Clock size={15} />,
  evening: <Moon size={15} />,
  tomorrow: <Sun size={15} />,
  nextWeek: <Coffee size={15} />,
  nextMonth: <CalendarClock size={15} />,
}

/** What was typed comes first; the usual moments stay as long as their words fit it. */
function snoozeOptions(text: string, nowAt: number, mayWait: boolean): readonly SnoozeOption[] {
  const usual: SnoozeOption[] = snoozeTimes(nowAt).map(({ id, at }) => ({
    id,
    label: say(`snooze.${id}`),
    detail: comingTime(at, nowAt),
    mark: marks[id],
    until: at,
  }))
  if (mayWait) {
    usual.push({
      id: 'untilReply',
      label: say('snooze.untilReply'),
      mark: <MessageCircleReply size={15} />,
      until: null,
    })
  }
  const when = parseWhen(text, nowAt)
  const fitting = matchOptions(usual, text)
  if (when.kind === 'unknown') return fitting
  const time = comingTime(when.at, nowAt, 'full')
  const typed: SnoozeOption =
    when.kind === 'at'
      ? { id: 'typed', label: time, mark: <CalendarClock size={15} />, until: when.at }
      : {
          id: 'over',
          label: say('snooze.over', { time }),
          mark: <CircleAlert size={15} />,
          until: null,
          isOff: true,
        }
  return [typed, ...fitting.filter((each) => each.until !== when.at)]
}
