import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { say, type WordKey } from '../../../shared/words/words.ts'
import type { Engine } from '../../engine/engine.ts'

type Purpose = Parameters<Engine['ask']>[0]

/** Our own commands in the application menu; everything else there is the system's. */
const commands: readonly { menu: WordKey; words: WordKey; accelerator: string | null; purpose: Purpose }[] = [
  { menu: 'menu.file', words: 'tray.addAccount', accelerator: null, purpose: 'addAccount' },
  { menu: 'menu.file', words: 'tray.settings', accelerator: 'CommandOrControl+,', purpose: 'settings' },
  { menu: 'menu.conversation', words: 'menu.find', accelerator: 'CommandOrControl+F', purpose: 'find' },
  { menu: 'menu.conversation', words: 'menu.reply', accelerator: null, purpose: 'reply' },
]

export function setMenu(ask: (purpose: Purpose) => void): void {
  const ours = (menu: WordKey): MenuItemConstructorOptions[] =>
    commands
      .filter((command) => command.menu === menu)
      .map(({ words, accelerator, purpose }) => ({
        label: say(words),
        click: () => ask(purpose),
        ...(accelerator === null ? {} : { accelerator }),
      }))
  const isMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: say('menu.file'),
      submenu: [
        ...ours('menu.file'),
        { type: 'separator' },
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    { label: say('menu.conversation'), submenu: ours('menu.conversation') },
    { label: say('menu.view'), submenu: viewMenu() },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function viewMenu(): MenuItemConstructorOptions[] {
  const looking: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  return app.isPackaged ? looking : [...looking, { type: 'separator' }, { role: 'toggleDevTools' }]
}
