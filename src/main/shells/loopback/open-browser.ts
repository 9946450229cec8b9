import { spawn } from 'node:child_process'

/** Opens a link in the user's browser. Fails quietly: the printed link is the way that always works. */
export function openBrowser(link: string, platform: NodeJS.Platform): void {
  const [command, ...given] = opener(platform)
  const child = spawn(command, [...given, link], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
