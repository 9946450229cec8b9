import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import {
  startChatwootSimulator,
  type ChatwootSimulator,
  type ChatwootSimulatorOptions,
} from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { launchBrowser } from './browser.ts'
import { runApp, type AppOptions, type RunningApp } from './run-app.ts'
import { windowOf, type AppWindow } from './window-of.ts'

/**
 * One browser for the tests around it. Apps and simulators are closed after each test, or once after all of them; a
 * window that complained fails the test.
 */
export function stage(closing: 'afterEach' | 'afterAll' = 'afterEach'): Stage {
  let browser: Browser | null = null
  const open: { close(): Promise<unknown> }[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  const clear = async (): Promise<void> => {
    for (const each of open.splice(0).reverse()) await each.close()
  }
  if (closing === 'afterEach') afterEach(clear)
  afterAll(async () => {
    await clear()
    await browser?.close()
  })
  const browserOf = (): Browser => {
    if (browser === null) throw new Error('the browser starts with the first test')
    return browser
  }
  return {
    browser: browserOf,
    closing: (given) => {
      open.push(given)
      return given
    },
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'tuntas-stage-'))
      open.push({ close: async () => rmSync(folder, { recursive: true, force: true }) })
      return folder
    },
    async server(options = {}) {
      const simulator = await startChatwootSimulator(options)
      open.push(simulator)
      return simulator
    },
    async app({ mayComplain = false, ...options }) {
      const app = await runApp({ browser: browserOf(), ...options })
      open.push({
        close: async () => {
          await app.close()
          if (!mayComplain) expect(complaintsIn(app.log()), 'what the window complained of').toEqual([])
        },
      })
      return { app, see: windowOf(app) }
    },
  }
}

export interface Stage {
  browser(): Browser
  server(options?: ChatwootSimulatorOptions): Promise<ChatwootSimulator>
  /** Gone after the test. */
  folder(): string
  /** `mayComplain` is for specs that make the window do what its policy forbids. */
  app(options: Omit<AppOptions, 'browser'> & { mayComplain?: boolean }): Promise<Actors>
  /** Closed with the rest after the test. */
  closing<T extends { close(): Promise<unknown> }>(given: T): T
}

export interface Actors {
  readonly app: RunningApp
  readonly see: AppWindow
}

/** Errors of the page: thrown, refused by its policy, or written to the console. */
function complaintsIn(log: string): string[] {
  return log.split('\n').filter((line) => /page (console: )?error:/.test(line) && !expected.test(line))
}

/** A browser writes down every answer that is no success; what the window makes of those is what specs look at. */
const expected = /Failed to load resource|net::ERR_/

/** The newest conversation with somebody, in the first account by itself, by its number at the server. */
export async function conversationOf(server: ChatwootSimulator, name: string, account = 1): Promise<number> {
  const answer = await fetch(`${server.url}/api/v1/accounts/${account}/conversations?status=all`, {
    headers: { 'api-access-token': server.token },
  })
  const { data } = (await answer.json()) as {
    data: { payload: { id: number; meta: { sender: { name: string } } }[] }
  }
  const found = data.payload.filter((each) => each.meta.sender.name === name).sort((a, b) => b.id - a.id)[0]
  if (found === undefined) throw new Error(`nobody there is called ${name}`)
  return found.id
}

/** How a conversation of the first account stands at the server. */
export function statusOf(server: ChatwootSimulator, conversation: number): unknown {
  const looked = server.scenario.look({ conversation }).conversation
  return 'status' in looked ? looked.status : undefined
}

/** One conversation as the server has it right now, with everything ever written in it. */
export function atServer(server: ChatwootSimulator, conversation: number, account = 1): AtServer {
  const { conversation: shown, messages } = server.scenario.look({ conversation, account })
  return { ...(shown as Omit<AtServer, 'messages'>), messages: messages as AtServer['messages'] }
}

/** The part of it that specs look at, in the server's own names. */
export interface AtServer {
  readonly id: number
  readonly status: string
  readonly snoozed_until: string | null
  readonly priority: string | null
  readonly labels: readonly string[]
  readonly muted: boolean
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly meta: {
    readonly assignee?: { readonly name: string }
    readonly team?: { readonly name: string }
    readonly sender: { readonly id: number; readonly name: string }
  }
  readonly messages: readonly {
    readonly id: number
    readonly content: string | null
    readonly message_type: number
    readonly private: boolean
    readonly status: string
    readonly content_attributes: Readonly<Record<string, unknown>>
    readonly attachments?: readonly { readonly data_url: string; readonly file_size: number }[]
  }[]
}

/** What was ordered of a conversation, as the server carried it out: every call once, in order. */
export function doneAt(server: ChatwootSimulator, conversation: number, account = 1): string[] {
  return server.accepted.actions
    .filter((each) => each.conversation === conversation && each.account === account)
    .filter(({ action }) => action !== 'update_last_seen' && action !== 'typing')
    .map(({ action, value }) => (value === null ? action : `${action} ${value}`))
}

/** Asks the server itself, as the signed-in agent. */
export async function askServer(server: ChatwootSimulator, path: string, account = 1): Promise<unknown> {
  const answer = await fetch(`${server.url}/api/v1/accounts/${account}/${path}`, {
    headers: { 'api-access-token': server.token },
  })
  return await answer.json()
}

/** Waits until what it reads is as expected; the time only bounds a failure. */
export function soon<T>(read: () => T | Promise<T>, boundMs = 20_000): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: boundMs, interval: 50 })
}

/** Waits until the focus is there, so that what is typed next goes there. */
export async function isOn(place: Locator): Promise<void> {
  await soon(() => place.evaluate((element) => element === document.activeElement)).toBe(true)
}

/** The first load and the filling of every thread behind it are over: nothing more is asked but for news. */
export async function caughtUp(server: ChatwootSimulator, threads: number): Promise<void> {
  const filled = () =>
    new Set(
      server.requests
        .filter((each) => each.status === 200 && each.path.endsWith('/messages'))
        .map((each) => each.path),
    )
  await soon(() => filled().size).toBeGreaterThanOrEqual(threads)
}
