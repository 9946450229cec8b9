import path from 'node:path'

/**
 * Where accounts and databases live. Both shells answer alike, so whoever falls back to the browser for a day finds
 * everything again: it is the folder Electron would choose for an app called Tuntas.
 */
export function dataFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  const chosen = environment['TUNTAS_DATA']
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen)
  return path.join(appData(environment, platform, home), 'Tuntas')
}

export type Environment = Readonly<Record<string, string | undefined>>

function appData(environment: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (platform === 'win32') return environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming')
  const configured = environment['XDG_CONFIG_HOME']
  // The XDG specification: a relative path there is to be ignored.
  return configured !== undefined && path.isAbsolute(configured) ? configured : path.join(home, '.config')
}
