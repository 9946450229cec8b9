import Check from 'lucide-react/icons/check'
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import type { Findable } from '../../ui/match-options.ts'
import { placeBeside } from '../../ui/place-beside.ts'
import './picker.css'

/**
 * A list to pick from, with a field that narrows it: arrows, Home, End and Enter by keyboard, or the mouse. It is modal,
 * so the focus stays in its field, goes back to where it was, and Escape or a click beside it closes it.
 */
export function Picker(props: PickerProps): ReactNode {
  const { label, placeholder, options, text, onText, onPick, onClose, anchor } = props
  const ref = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const [activeId, setActiveId] = useState<string | null>(null)
  const isMany = props.onApply !== undefined
  const open = options.filter((option) => option.isOff !== true)
  const active = open.find((option) => option.id === activeId) ?? open[0] ?? null
  useModal(ref, anchor)

  function step(by: number): void {
    const index = active === null ? -1 : open.indexOf(active)
    const next = open[(index + by + open.length) % open.length]
    if (next !== undefined) setActiveId(next.id)
  }
  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      PageDown: () => setActiveId(open[Math.min(open.length - 1, at(active) + pageRows)]?.id ?? null),
      PageUp: () => setActiveId(open[Math.max(0, at(active) - pageRows)]?.id ?? null),
      Home: () => setActiveId(open[0]?.id ?? null),
      End: () => setActiveId(open.at(-1)?.id ?? null),
      // Taken here, or the sheet or panel around it would go with it.
      Escape: onClose,
      Enter: () =>
        props.onApply === undefined
          ? active !== null && onPick(active)
          : props.onApply(active, activeId !== null),
      ...(isMany ? { ' ': () => active !== null && onPick(active) } : {}),
    }
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  const at = (option: PickerOption | null): number => (option === null ? 0 : open.indexOf(option))

  return (
    <dialog
      ref={ref}
      className="picker"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="picker-sheet">
        <input
          className="picker-field"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active === null ? undefined : optionId(listId, active)}
          aria-label={label}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          value={text}
          onChange={(event) => {
            setActiveId(null)
            onText(event.target.value)
          }}
          onKeyDown={press}
        />
        {props.status}
        <Rows
          listId={listId}
          label={label}
          options={options}
          active={active}
          isMany={isMany}
          onHover={setActiveId}
          onPick={onPick}
        />
        {options.length > 0 || props.empty === null ? null : (
          <p className="picker-empty" role="status">
            {props.empty}
          </p>
        )}
        {props.footer === undefined ? null : <div className="picker-foot">{props.footer}</div>}
      </div>
    </dialog>
  )
}

export interface PickerOption extends Findable {
  readonly id: string
  /** A picture before the words; what it shows is in the words as well. */
  readonly mark?: ReactNode
  /** A second, quieter line. */
  readonly note?: string | undefined
  /** At the far end: a time, a key. */
  readonly detail?: ReactNode
  readonly group?: string | undefined
  /** Ticked, or chosen now. */
  readonly isOn?: boolean
  /** Cannot be picked; the note says why. */
  readonly isOff?: boolean
}

interface PickerProps {
  label: string
  placeholder: string
  /** Already narrowed by `text`. */
  options: readonly PickerOption[]
  text: string
  onText: (text: string) => void
  /** With `onApply`, the same option is ticked and unticked by it. */
  onPick: (option: PickerOption) => void
  /**
   * Makes it a list of ticks: Space ticks, Enter comes here with the option in front, and whether somebody pointed at
   * it or it is only the first.
   */
  onApply?: (active: PickerOption | null, isPointedAt: boolean) => void
  onClose: () => void
  /** What it hangs on; null: in the middle, near the top. */
  anchor: Element | null
  /** Said where nothing is left to pick; null where the status says it. */
  empty: string | null
  /** Above the list: that it is being read, or could not be. */
  status?: ReactNode
  footer?: ReactNode
}

const pageRows = 8
/** Beyond this many only the rows in sight are drawn. */
const virtualFrom = 200

function Rows(props: RowsProps): ReactNode {
  const { listId, label, options, active, isMany } = props
  const virtuoso = useRef<VirtuosoHandle>(null)
  useEffect(() => {
    if (active === null) return
    virtuoso.current?.scrollIntoView({ index: options.indexOf(active) })
    document.getElementById(optionId(listId, active))?.scrollIntoView({ block: 'nearest' })
  }, [listId, active, options])
  const list = {
    id: listId,
    role: 'listbox',
    'aria-label': label,
    'aria-multiselectable': isMany || undefined,
    className: 'picker-list scrolls',
  }
  if (options.length > virtualFrom) {
    return (
      <Virtuoso<PickerOption>
        {...list}
        ref={virtuoso}
        className="picker-list picker-list-long scrolls"
        tabIndex={-1}
        data={options}
        computeItemKey={(_, option) => option.id}
        itemContent={(index, option) => <Row {...props} option={option} place={index + 1} />}
      />
    )
  }
  return (
    <div {...list} onMouseDown={(event) => event.preventDefault()}>
      {grouped(options).map(({ group, members }, index) =>
        group === undefined ? (
          members.map((option) => <Row key={option.id} {...props} option={option} />)
        ) : (
          <div key={`${String(index)} ${group}`} role="group" aria-label={group} className="picker-group">
            <div className="picker-group-name" aria-hidden="true">
              {group}
            </div>
            {members.map((option) => (
              <Row key={option.id} {...props} option={option} />
            ))}
          </div>
        ),
      )}
    </div>
  )
}

interface RowsProps {
  listId: string
  label: string
  options: readonly PickerOption[]
  active: PickerOption | null
  isMany: boolean
  onHover: (id: string) => void
  onPick: (option: PickerOption) => void
}

function Row({ listId, options, active, isMany, onHover, onPick, option, place }: RowProps): ReactNode {
  const isOff = option.isOff === true
  const isOn = option.isOn === true
  return (
    <div
      id={optionId(listId, option)}
      role="option"
      className="picker-row"
      aria-selected={isMany ? isOn : option === active}
      aria-disabled={isOff || undefined}
      aria-setsize={place === undefined ? undefined : options.length}
      aria-posinset={place}
      data-active={option === active}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => option !== active && !isOff && onHover(option.id)}
      onClick={() => !isOff && onPick(option)}
    >
      {isMany ? (
        <span className="picker-tick" data-on={isOn} aria-hidden="true">
          {isOn ? <Check size={12} strokeWidth={3} /> : null}
        </span>
      ) : null}
      {option.mark === undefined ? null : <span className="picker-mark">{option.mark}</span>}
      <span className="picker-words">
        <span className="picker-label cut" dir="auto">
          {option.label}
        </span>
        {option.note === undefined ? null : (
          <span className="picker-note" dir="auto">
            {option.note}
          </span>
        )}
      </span>
      {option.detail === undefined ? null : <span className="picker-detail">{option.detail}</span>}
      {!isMany && isOn ? <Check size={14} className="picker-now" aria-hidden="true" /> : null}
    </div>
  )
}

/** `place` is counted from one, where not every row is drawn. */
type RowProps = RowsProps & { option: PickerOption; place?: number }

function optionId(listId: string, option: PickerOption): string {
  return `${listId} ${option.id}`.replace(/\s/g, '_')
}

function grouped(options: readonly PickerOption[]): { group: string | undefined; members: PickerOption[] }[] {
  const groups: { group: string | undefined; members: PickerOption[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last !== undefined && last.group === option.group) last.members.push(option)
    else groups.push({ group: option.group, members: [option] })
  }
  return groups
}

/** Opens it, beside its anchor for as long as that has a place of its own; closed before it leaves the page. */
function useModal(ref: { readonly current: HTMLDialogElement | null }, anchor: Element | null): void {
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    // Before it opens: what shows only under the mouse goes away with it.
    let box = anchor?.getBoundingClientRect()
    dialog.showModal()
    dialog.querySelector('input')?.focus()
    function place(): void {
      if (dialog === null) return
      dialog.toggleAttribute('data-placed', box !== undefined && box.width > 0)
      if (box === undefined || box.width === 0) return
      const dir = getComputedStyle(dialog).direction === 'rtl' ? 'rtl' : 'ltr'
      const frame = { width: document.documentElement.clientWidth, height: innerHeight }
      const { inlineStart, block, maxBlockSize } = placeBeside(box, dialog.offsetWidth, frame, dir)
      dialog.style.insetInlineStart = `${String(inlineStart)}px`
      dialog.style.insetBlockStart = block.from === 'start' ? `${String(block.px)}px` : 'auto'
      dialog.style.insetBlockEnd = block.from === 'end' ? `${String(block.px)}px` : 'auto'
      dialog.style.maxBlockSize = `${String(maxBlockSize)}px`
    }
    function placeAgain(): void {
      box = anchor?.getBoundingClientRect()
      place()
    }
    place()
    window.addEventListener('resize', placeAgain)
    return () => {
      window.removeEventListener('resize', placeAgain)
      dialog.close()
    }
  }, [ref, anchor])
}
