import { execFile } from 'node:child_process'

/**
 * Whether a desktop said that it shows no tray icons (GNOME without its extension). Only Linux can lack one; where
 * nobody can be asked, there may be one.
 */
export function lacksTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(false)
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ]
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: 2000 }, (_error, answer) =>
      resolve(/boolean false/.test(answer)),
    )
  })
}
