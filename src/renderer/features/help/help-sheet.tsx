import type { ReactNode } from 'react'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk } from '../../state/hooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { commandGroups, type Command } from '../commands/command.ts'
import { keyName } from '../commands/key-name.ts'
import { commands } from '../commands/registry.ts'
import './help-sheet.css'

/** Every key, straight from the commands themselves. */
export function HelpSheet(): ReactNode {
  const desk = useDesk()
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
              {commands.filter((command) => command.group === group && command.keys.length > 0).map(line)}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function line(command: Command): ReactNode {
  return (
    <div key={command.id} className="help-line">
      <dt>{say(command.word)}</dt>
      <dd>
        {command.keys.map((key) => (
          <KeyCap key={key}>{keyName(key)}</KeyCap>
        ))}
      </dd>
    </div>
  )
}
