// @ts-check
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { electronFile } from './electron-file.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'out', 'built')
const require = createRequire(import.meta.url)

/** How long Electron may take to be fetched, or to fail at starting. */
const electronMs = 20_000

/** Builds everything. Tells whether it worked; what went wrong is on the terminal. */
export async function build() {
  const startedAt = performance.now()
  say('Building Tuntas (main, preload, window) ...')
  const cli = join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js')
  const { code } = await run(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (code !== 0) return false
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  return true
}

/** Builds where a source is newer than the last build. */
export async function buildIfOld() {
  if (existsSync(stamp) && newestSource() <= statSync(stamp).mtimeMs) return true
  return build()
}

/** Builds if need be and meanwhile looks for Electron. Null where the build failed. */
export async function makeReady() {
  const [isBuilt, electron] = await Promise.all([buildIfOld(), isBrowserAskedFor ? null : findElectron()])
  return isBuilt ? { electron } : null
}

/**
 * Runs the app: in Electron, or in the browser where Electron is not to be had or a port or --no-open was asked for.
 * @param {{ electron: string | null }} ready
 * @param {Record<string, string>} environment added to this process's own
 */
export async function runApp({ electron }, environment) {
  Object.assign(process.env, environment)
  if (electron !== null) {
    const { code, ms } = await run(electron, [root], { stdio: 'inherit' })
    const couldNotStart = code !== 0 && code !== explainedExit && ms < electronMs
    if (!couldNotStart) process.exit(code ?? 1)
    say('Electron could not start on this computer, so Tuntas opens in your browser.')
  } else if (!isBrowserAskedFor) {
    say(
      'Electron’s binary is not on this computer and could not be fetched (try “npx install-electron”), so Tuntas opens in your browser.',
    )
  }
  await runLoopback()
}

/** Runs the loopback shell in this very process: nothing is left behind whichever way it ends. */
export async function runLoopback() {
  await import(pathToFileURL(join(root, 'out', 'main', 'loopback.js')).href)
}

/** What the Electron shell exits with once it has said why it cannot start. */
const explainedExit = 3
/** A port or --no-open speaks of the browser. */
const isBrowserAskedFor = process.argv.length > 2
let isStopping = false

/** Where it is not here yet: its own install step, once, in a child that cannot outstay the deadline. */
async function findElectron() {
  const found = electronFile(root, process.env)
  if (found !== null) return found
  say('Fetching Electron ...')
  const install = join(dirname(require.resolve('electron/package.json')), 'install.js')
  await run(process.execPath, [install], { stdio: 'ignore', timeoutMs: electronMs })
  return electronFile(root, process.env)
}

/**
 * @param {string} command
 * @param {string[]} given
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number }} options
 * @returns {Promise<{ code: number | null, ms: number }>}
 */
function run(command, given, { timeoutMs, ...options }) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, given, options)
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      isStopping = true
      child.kill(signal)
    }
    const signals = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])
    for (const signal of signals) process.on(signal, pass)
    /** @param {number | null} code */
    const end = (code) => {
      clearTimeout(timer)
      for (const signal of signals) process.off(signal, pass)
      resolve({ code, ms: performance.now() - startedAt })
      if (isStopping) process.exit(code ?? 0)
    }
    child.once('error', () => end(1))
    child.once('exit', end)
  })
}

function newestSource() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('simulators'))
    .map((file) => join('src', file))
  const all = [...sources, 'electron.vite.config.ts', 'package.json', 'package-lock.json']
  return Math.max(...all.map((file) => statSync(join(root, file)).mtimeMs))
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}
