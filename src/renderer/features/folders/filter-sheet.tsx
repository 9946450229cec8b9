import Plus from 'lucide-react/icons/plus'
import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import type { AccountRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, toast } from '../../state/acts.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { openFilter, showFiltered, showFolder } from '../../state/looking.ts'
import { accountsOf } from '../../state/selectors.ts'
import { useDirectory } from '../../state/use-directory.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FilterLine } from './filter-line.tsx'
import './filter-sheet.css'
import { isComplete, termsOf, withAttribute, type Line, type Term } from './filter-terms.ts'

/** A filter made line by line; its server answers it, and it can be kept there as a folder. */
export function FilterSheet({ account, terms }: FilterSheetProps): ReactNode {
  const desk = useDesk()
  const { directory, failure } = useDirectory(account.id)
  const able = useMirror(accountsOf).filter(({ can }) => can.folders)
  return (
    <Dialog
      title={say('filter.title')}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      <div className="sheet-form">
        <p className="sheet-hint">{say('filter.hint', { host: account.host })}</p>
        {able.length > 1 ? (
          <AccountField
            label={say('filter.account')}
            data-focus
            value={account.id}
            onChange={({ target }) => openFilter(desk, target.value)}
            accounts={able}
          />
        ) : null}
        {failure === null ? null : (
          <Notice
            tone="trouble"
            actions={
              <Button size="small" onClick={() => void desk.feed.readDirectory(account.id, true)}>
                {say('act.tryAgain')}
              </Button>
            }
          >
            {failureText(failure)}
          </Notice>
        )}
        {directory === null && failure === null ? <p role="status">{say('picker.reading')}</p> : null}
        {directory?.filterable.length === 0 ? <p>{say('filter.nothing')}</p> : null}
        {directory !== null && directory.filterable.length > 0 ? (
          <FilterForm key={account.id} account={account} directory={directory} terms={terms} />
        ) : null}
      </div>
    </Dialog>
  )
}

interface FilterSheetProps {
  account: AccountRow
  terms: readonly Term[]
}

function FilterForm({
  account,
  directory,
  terms,
}: FilterSheetProps & { directory: DirectoryRow }): ReactNode {
  const desk = useDesk()
  const form = useRef<HTMLFormElement>(null)
  const nextId = useRef(terms.length + 1)
  const [lines, setLines] = useState<readonly Line[]>(() =>
    terms.length === 0 ? [newLine(0, directory, [])] : terms.map((term, id) => ({ ...term, id })),
  )
  const [isChecked, setIsChecked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wrong = lines.filter((line) => !isComplete(line, byOf(directory, line)))

  function ready(): boolean {
    setIsChecked(true)
    if (wrong.length > 0)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    return wrong.length === 0
  }
  function show(event: SyntheticEvent): void {
    event.preventDefault()
    if (!ready()) return
    showDialog(desk, null)
    showFiltered(desk, account.id, termsOf(lines))
  }
  async function save(name: string): Promise<void> {
    if (!ready()) return
    const answer = await desk.bridge.call('folder.save', {
      accountId: account.id,
      name,
      terms: termsOf(lines),
    })
    if (!answer.ok) return setFailure(answer.failure)
    showDialog(desk, null)
    toast(desk, { title: say('folder.saved', { name }) })
    void desk.feed.readDirectory(account.id, true)
    showFolder(desk, account.id, answer.value.key)
  }
  return (
    <form className="sheet-form" noValidate ref={form} onSubmit={show}>
      <ol className="filter-lines">
        {lines.map((line, index) => (
          <FilterLine
            key={line.id}
            line={line}
            isFirst={index === 0}
            directory={directory}
            isWrong={isChecked && wrong.includes(line)}
            onChange={(changed) => setLines(lines.map((each) => (each.id === line.id ? changed : each)))}
            onRemove={lines.length === 1 ? null : () => setLines(lines.filter((each) => each.id !== line.id))}
          />
        ))}
      </ol>
      <Button
        className="filter-add"
        size="small"
        look="quiet"
        icon={<Plus size={14} />}
        disabled={lines.length >= mostLines}
        onClick={() => setLines([...lines, newLine(nextId.current++, directory, lines)])}
      >
        {say('filter.add')}
      </Button>
      {failure === null ? null : <Notice tone="trouble">{failureText(failure)}</Notice>}
      <div className="filter-ends">
        <SaveAs onSave={save} />
        <Button type="submit" look="primary">
          {say('filter.show')}
        </Button>
      </div>
    </form>
  )
}

const mostLines = 20

/** Asks for a name only once somebody wants to keep it. */
function SaveAs({ onSave }: { onSave: (name: string) => Promise<void> }): ReactNode {
  const [isAsking, setIsAsking] = useState(false)
  const [name, setName] = useState('')
  if (!isAsking) return <Button onClick={() => setIsAsking(true)}>{say('filter.save')}</Button>
  return (
    <div className="filter-save">
      <Field
        label={say('filter.name')}
        hint={null}
        autoFocus
        dir="auto"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (name.trim() !== '') void onSave(name.trim())
        }}
      />
      <Button disabled={name.trim() === ''} onClick={() => void onSave(name.trim())}>
        {say('filter.save')}
      </Button>
    </div>
  )
}

function byOf(directory: DirectoryRow, line: Line): DirectoryRow['filterable'][number] | undefined {
  return directory.filterable.find((each) => each.key === line.attribute)
}

/** About something no line asks for yet, where there is such a thing. */
function newLine(id: number, { filterable }: DirectoryRow, others: readonly Line[]): Line {
  const blank: Line = { id, attribute: '', operator: 'is', values: [], join: 'and' }
  const isNew = ({ key }: { key: string }): boolean => !others.some(({ attribute }) => attribute === key)
  const first = filterable.find(isNew) ?? filterable[0]
  return first === undefined ? blank : withAttribute(blank, first)
}
