import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { accountsOf } from '../../state/selectors.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { commandGroups, wordOf, type Command } from '../commands/command.ts'
import { keyName } from '../commands/key-name.ts'
import { commands } from '../commands/registry.ts'
import './help-sheet.css'

/** Every key that is of any use with the accounts there are, straight from the commands themselves. */
export function HelpSheet(): ReactNode {
  const desk = useDesk()
  const accounts = useMirror(accountsOf)
  const known = commands.filter(
    ({ keys, needs }) =>
      keys.length > 0 && (needs === undefined || accounts.some((account) => needs(account.can))),
  )
  return (
    <Dialog
      title={say('command.help')}
      closeLabel={say('dialog.close')}
      size="wide"
      onClose={() => showDialog(desk, null)}
    >
      <div className="help" tabIndex={0} role="group" aria-label={say('command.help')}>
        {commandGroups.map((group) => (
          <section key={group} className="help-group">
            <h3>{say(`group.${group}`)}</h3>
            <dl>
              {known.filter((command) => command.group === group).map((command) => line(command, desk))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function line(command: Command, desk: Desk): ReactNode {
  return (
    <div key={command.id} className="help-line">
      <dt>{say(wordOf(command, { desk, focused: null, targets: [] }))}</dt>
      <dd>
        {command.keys.map((key) => (
          <KeyCap key={key}>{keyName(key)}</KeyCap>
        ))}
      </dd>
    </div>
  )
}
