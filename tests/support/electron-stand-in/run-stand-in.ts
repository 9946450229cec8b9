import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { Act, AppCalls, DeskState, HostCalls } from './calls.ts'
import { duplex, type Packet } from './duplex.ts'
import { openPageHost, type PageHost } from './page-host.ts'

/** Starts a built main bundle on the stand-in, in a process of its own. It is gone when `exited` settles. */
export async function runStandIn(options: StandInOptions): Promise<StandIn> {
  const log: string[] = []
  const arrivals: Page[] = []
  let onArrival: (() => void) | null = null
  let userData = ''
  let tellReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve
  })

  const host = await openPageHost(options.browser, {
    opened: (_windowId, page) => {
      arrivals.push(page)
      onArrival?.()
    },
    ready: (folder) => {
      userData = folder
      tellReady()
    },
    pageError: (text) => log.push(`page error: ${text}`),
    console: (text) => log.push(`page console: ${text}`),
    secondInstance: (given) => options.onSecondInstance?.(given),
  })

  const child = spawnApp(options)
  child.stdout?.on('data', (bytes: Buffer) => log.push(bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => log.push(bytes.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const ask = duplex<HostCalls, AppCalls>(
    {
      send: (packet) => {
        // The app may be ending at this very moment; whoever waits for an answer hears that its side is gone.
        if (child.connected) child.send(packet, () => undefined)
      },
      listen: (onPacket) => child.on('message', (packet) => onPacket(packet as Packet)),
      onClosed: (run) => child.once('disconnect', run),
    },
    host.answers,
  )
  host.connect(ask)

  const ended = exited.then((code) => {
    throw new Error(`the app ended with ${String(code)} before it was ready:\n${log.join('\n')}`)
  })
  ended.catch(() => undefined)
  if (options.waitForReady ?? true) await Promise.race([ready, ended])

  return {
    pid: child.pid ?? -1,
    host,
    log,
    exited,
    userData: () => userData,
    firstPage: async () => {
      const [first] = arrivals
      if (first !== undefined) return first
      const arrived = new Promise<void>((resolve) => {
        onArrival = resolve
      })
      await Promise.race([arrived, ended])
      return await windowOpened(arrivals)
    },
    act: async (act) => void (await ask('act', act)),
    state: () => ask('state', null),
    ask,
    kill: (signal) => child.kill(signal),
    close: async () => {
      child.kill('SIGTERM')
      const isLate = await Promise.race([exited.then(() => false), late()])
      if (isLate) child.kill('SIGKILL')
      await host.close()
      if (isLate) throw new Error(`the app did not stop when it was asked to:\n${log.join('\n')}`)
    },
  }
}

export interface StandInOptions {
  readonly browser: Browser
  readonly bundle: string
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Words in front of the command, such as a tracer. */
  readonly wrapper?: readonly string[]
  /** False for an app that may end before it is ready, such as a second instance. */
  readonly waitForReady?: boolean
  readonly onSecondInstance?: (given: HostCalls['second.instance']['input']) => void
}

export interface StandIn {
  readonly pid: number
  readonly host: PageHost
  /** What the app's process wrote and what its pages said, as it came. */
  readonly log: readonly string[]
  readonly exited: Promise<number | null>
  userData(): string
  firstPage(): Promise<Page>
  act(act: Act): Promise<void>
  state(): Promise<DeskState>
  readonly ask: ReturnType<typeof duplex<HostCalls, AppCalls>>
  kill(signal: NodeJS.Signals): void
  close(): Promise<void>
}

function spawnApp(options: StandInOptions): ChildProcess {
  const start = fileURLToPath(new URL('start.ts', import.meta.url))
  const [command = process.execPath, ...words] = [
    ...(options.wrapper ?? []),
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    start,
    options.bundle,
    ...(options.args ?? []),
  ]
  return spawn(command, words, {
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
}

function late(): Promise<boolean> {
  return new Promise((resolve) => setTimeout(resolve, stopMs, true).unref())
}

/** An app that takes longer to quit is stuck. */
const stopMs = 15_000

async function windowOpened(arrivals: readonly Page[]): Promise<Page> {
  const [first] = arrivals
  if (first === undefined) throw new Error('the app opened no window')
  return first
}
