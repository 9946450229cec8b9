import type { ReactNode } from 'react'
import type { Input } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog, tellFailure } from '../../state/acts.ts'
import { useDesk, useMirror } from '../../state/hooks.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Segments, SelectField, Switch } from '../../ui/field.tsx'
import { keyHint } from '../commands/registry.ts'
import { GlobalKey } from './global-key.tsx'
import './settings-sheet.css'

/** What the agent may choose. Every change takes effect at once and is kept by the engine. */
export function SettingsSheet(): ReactNode {
  const desk = useDesk()
  const facts = useMirror((mirror) => mirror.desk)
  if (facts === null) return null
  const { settings, host } = facts
  async function change(patch: Input<'settings.change'>): Promise<void> {
    const answer = await desk.bridge.call('settings.change', patch)
    if (!answer.ok) tellFailure(desk, answer.failure)
  }
  const themes = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: say(`theme.${value}`),
  }))
  return (
    <Dialog
      title={say('command.settings')}
      closeLabel={say('dialog.close')}
      onClose={() => showDialog(desk, null)}
    >
      <div className="settings">
        <Segments
          label={say('settings.theme')}
          value={settings.theme}
          options={themes}
          onPick={(theme) => void change({ theme })}
        />
        <SelectField
          label={say('settings.undo')}
          hint={say('settings.undoHint', { keys: keyHint('undo') })}
          value={String(settings.undoSeconds)}
          onChange={(event) => void change({ undoSeconds: Number(event.target.value) })}
        >
          {[...new Set([0, 5, 10, 20, 30, 60, settings.undoSeconds])].map((count) => (
            <option key={count} value={String(count)}>
              {count === 0 ? say('settings.undoNone') : say('settings.undoSeconds', { count })}
            </option>
          ))}
        </SelectField>
        <Switch
          label={say('settings.notifications')}
          checked={settings.notifications}
          onChange={(event) => void change({ notifications: event.target.checked })}
        />
        <Switch
          label={say('settings.notificationText')}
          hint={say('settings.notificationTextHint')}
          checked={settings.notificationText}
          disabled={!settings.notifications}
          onChange={(event) => void change({ notificationText: event.target.checked })}
        />
        {host.shell === 'electron' ? (
          <Switch
            label={say('settings.closeToTray')}
            hint={say('settings.closeToTrayHint')}
            checked={settings.closeToTray}
            onChange={(event) => void change({ closeToTray: event.target.checked })}
          />
        ) : null}
        <GlobalKey
          value={settings.globalKey}
          state={host.globalKey}
          onChange={(globalKey) => void change({ globalKey })}
        />
        <p className="settings-about">{say('settings.about', { version: host.version })}</p>
        {host.logFile === null ? null : (
          <p className="settings-about settings-log">{say('settings.log', { file: host.logFile })}</p>
        )}
      </div>
    </Dialog>
  )
}
