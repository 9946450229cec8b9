import { homedir } from 'node:os'
import path from 'node:path'
import { say } from '../../../shared/words/words.ts'
import type { Signal } from '../../ports/signals.ts'
import { dataFolder } from '../data-folder.ts'
import { demoOf } from '../demo.ts'
import { watchDrift } from '../drift.ts'
import { openHouse } from '../open-house.ts'
import { StartFault } from '../start-fault.ts'
import { systemClock } from '../system-clock.ts'
import { readArguments } from './arguments.ts'
import { nodeHttp } from './node-http.ts'
import { openBrowser } from './open-browser.ts'
import { startLoopback } from './start-loopback.ts'

/**
 * Tuntas in plain Node, with any browser of this computer as its window. Prints one line saying where, and stops
 * cleanly when the terminal or the system asks. `outFolder` is where the build put the page.
 */
export async function runLoopback(outFolder: string, version: string): Promise<void> {
  try {
    await run(outFolder, version)
  } catch (error) {
    if (!(error instanceof StartFault)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

async function run(outFolder: string, version: string): Promise<void> {
  const { opensBrowser, port } = readArguments(process.argv.slice(2))
  const demo = demoOf(process.env)
  const folder = dataFolder(process.env, process.platform, homedir())
  const http = nodeHttp()
  const facts = { shell: 'loopback', version } as const
  const house = openHouse({ folder, facts, demo, http, signals: { listen: listenForWake }, notifier: null })
  const closeHouse = async (): Promise<void> => {
    await house.close()
    await http.close()
  }
  try {
    const { engine, log } = house
    // A page has no key of its own outside its window.
    engine.globalKeyIs('unsupported')
    const pagesFolder = path.join(outFolder, 'renderer')
    const loopback = await startLoopback({ engine, log, clock: systemClock, pagesFolder, port })
    onStop(async () => {
      await loopback.close()
      await closeHouse()
    })
    await house.signIn()
    process.stdout.write(`${say('shell.isAt', { link: loopback.link })}\n`)
    if (opensBrowser) openBrowser(loopback.oneTimeLink(), process.platform)
  } catch (error) {
    await closeHouse()
    throw error
  }
}

/** The page reports for itself whether it is seen; sleep is all that has to be noticed here. */
function listenForWake(onSignal: (signal: Signal) => void): () => void {
  return watchDrift(systemClock, () => onSignal('wake'))
}

/** A second signal, or a stop that takes too long, ends the process at once. */
function onStop(stop: () => Promise<void>): void {
  let isStopping = false
  const begin = (): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    systemClock.after(stopMs, () => process.exit(1))
    void stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', begin)
  process.on('SIGINT', begin)
  process.on('SIGHUP', begin)
}

const stopMs = 8000
