import { StartFault } from '../start-fault.ts'

/** What the loopback shell may be told on its command line. Throws StartFault for anything else. */
export function readArguments(given: readonly string[]): LoopbackArguments {
  let opensBrowser = true
  let port: number | null = null
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? ''
    if (argument === '--no-open') opensBrowser = false
    else if (argument === '--port') port = portOf(given[++i], argument)
    else if (argument.startsWith('--port=')) port = portOf(argument.slice('--port='.length), argument)
    else throw new StartFault('shell.badArgument', { argument })
  }
  return { opensBrowser, port }
}

export interface LoopbackArguments {
  readonly opensBrowser: boolean
  /** Null for any free one. */
  readonly port: number | null
}

function portOf(text: string | undefined, argument: string): number {
  const port = Number(text)
  if (text === undefined || !/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new StartFault('shell.badArgument', {
      argument: text === undefined || argument.includes('=') ? argument : `${argument} ${text}`,
    })
  }
  return port
}
