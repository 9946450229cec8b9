import { cloneCodec } from './clone-codec.ts'

/** The isolated world the preload runs in, and the one function through which it reaches the test. */
export const preloadWorld = 'electron-preload'
export const ipcBinding = 'standInIpc'

/** What runs in the page's own world before anything of the page: the receiving end of contextBridge, and the window's state. */
export function mainWorldScript(secret: string): string {
  return `(${mainWorld.toString()})((${bridgeEnd.toString()})(${JSON.stringify(secret)}, 'page', 'preload'), ${JSON.stringify(secret)})`
}

/** What runs in the isolated world: `require('electron')` as a sandboxed preload has it, then the preload itself. */
export function preloadScript(secret: string, preload: string, platform: string): string {
  const end = `(${bridgeEnd.toString()})(${JSON.stringify(secret)}, 'preload', 'page')`
  const electron = `(${isolatedWorld.toString()})(${end}, (${cloneCodec.toString()})(), ${JSON.stringify({ secret, ipcBinding, platform })})`
  return `if (window === window.top) {
    const given = ${electron}
    try { (function (require, module, exports, process, location) { ${preload}
    }).call({}, given.require, given.module, given.module.exports, given.process, given.location) }
    catch (error) { given.failed(error) }
  }`
}

export interface BridgeEnd {
  expose(key: string, value: unknown): void
  onExposed(run: (key: string, value: unknown) => void): void
}

/**
 * One end of contextBridge. Values cross as copies made by Chromium itself (an event's detail is structured-cloned
 * between worlds); functions cross as proxies, promises as promises, and anything else is refused.
 */
function bridgeEnd(secret: string, mine: string, theirs: string): BridgeEnd {
  type Packed = { t: 'plain' | 'fn' | 'promise' | 'array' | 'object' | 'error'; v: unknown }
  type Settled = { resolve(value: unknown): void; reject(error: unknown): void }
  type Note = { kind: string; id: number; key: string; value: Packed; ok: boolean }
  const page = document
  const dispatch = page.dispatchEvent.bind(page)
  const Made = CustomEvent
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const promises = new Map<number, Settled>()
  let lastId = 0
  let answer: Note | null = null
  let exposed: (key: string, value: unknown) => void = () => undefined

  function post(note: Partial<Note>): void {
    dispatch(new Made(`${secret}:${theirs}`, { detail: note }))
  }

  function pack(value: unknown): Packed {
    if (typeof value === 'function') {
      functions.set(++lastId, value as never)
      return { t: 'fn', v: lastId }
    }
    if (value instanceof Promise) return { t: 'promise', v: packPromise(value) }
    if (value instanceof Error) return { t: 'error', v: value.message }
    if (Array.isArray(value)) return { t: 'array', v: value.map(pack) }
    if (typeof value === 'object' && value !== null && isPlain(value)) {
      return { t: 'object', v: Object.entries(value).map(([key, each]) => [key, pack(each)]) }
    }
    try {
      return { t: 'plain', v: structuredClone(value) }
    } catch {
      throw new TypeError('An object could not be cloned.')
    }
  }

  function isPlain(value: object): boolean {
    return Object.prototype.toString.call(value) === '[object Object]'
  }

  function packPromise(promise: Promise<unknown>): number {
    const id = ++lastId
    const settle = (ok: boolean) => (value: unknown) =>
      post({ kind: 'settled', id, ok, value: packSettled(value) })
    promise.then(settle(true), settle(false))
    return id
  }

  function packSettled(value: unknown): Packed {
    try {
      return pack(value)
    } catch (error) {
      return { t: 'error', v: (error as Error).message }
    }
  }

  function unpack(packed: Packed): unknown {
    switch (packed.t) {
      case 'plain':
        return packed.v
      case 'error':
        return new Error(packed.v as string)
      case 'array':
        return (packed.v as Packed[]).map(unpack)
      case 'object':
        return Object.fromEntries((packed.v as [string, Packed][]).map(([key, each]) => [key, unpack(each)]))
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.v as number, { resolve, reject }))
      case 'fn':
        return (...args: unknown[]) => callThere(packed.v as number, args)
    }
  }

  function callThere(id: number, args: unknown[]): unknown {
    answer = null
    post({ kind: 'call', id, value: pack(args) })
    const got = answer as Note | null
    if (got === null) throw new Error('the other world is gone')
    if (!got.ok) throw unpack(got.value)
    return unpack(got.value)
  }

  function callHere(note: Note): void {
    try {
      const args = unpack(note.value) as unknown[]
      post({ kind: 'returned', ok: true, value: pack(functions.get(note.id)?.(...args)) })
    } catch (error) {
      post({
        kind: 'returned',
        ok: false,
        value: { t: 'error', v: error instanceof Error ? error.message : String(error) },
      })
    }
  }

  page.addEventListener(`${secret}:${mine}`, (event) => {
    const note = (event as CustomEvent<Note>).detail
    if (note.kind === 'call') callHere(note)
    if (note.kind === 'returned') answer = note
    if (note.kind === 'exposed') exposed(note.key, unpack(note.value))
    if (note.kind === 'settled') {
      const waiting = promises.get(note.id)
      promises.delete(note.id)
      const value = unpack(note.value)
      if (note.ok) waiting?.resolve(value)
      else waiting?.reject(value)
    }
  })

  return {
    expose: (key, value) => post({ kind: 'exposed', key, value: pack(value) }),
    onExposed: (run) => {
      exposed = run
    },
  }
}

/** Defines what the preload exposes, frozen; shows the page the window's state; never opens a window. */
function mainWorld(end: BridgeEnd, secret: string): void {
  const state = { visible: true, focused: true }

  end.onExposed((key, value) => {
    const exists = key in window
    if (exists)
      throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`)
    Object.defineProperty(window, key, {
      value: frozen(value),
      enumerable: true,
      configurable: false,
      writable: false,
    })
  })

  function frozen(value: unknown): unknown {
    if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value)) frozen(each)
      Object.freeze(value)
    }
    return value
  }

  Object.defineProperty(document, 'visibilityState', { get: () => (state.visible ? 'visible' : 'hidden') })
  Object.defineProperty(document, 'hidden', { get: () => !state.visible })
  Object.defineProperty(document, 'hasFocus', { value: () => state.focused })
  document.addEventListener(`${secret}:window`, (event) => {
    const now = (event as CustomEvent<typeof state>).detail
    const before = { ...state }
    Object.assign(state, now)
    if (before.visible !== now.visible)
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    if (before.focused !== now.focused) window.dispatchEvent(new Event(now.focused ? 'focus' : 'blur'))
  })

  const openNote = `${secret}:open`
  const CustomMade = CustomEvent
  window.open = (url) => {
    const target = new URL(String(url ?? 'about:blank'), document.baseURI).href
    document.dispatchEvent(new CustomMade(openNote, { detail: target }))
    return null
  }
}

/** The renderer half of `electron`, as far as a sandboxed preload may reach it. */
function isolatedWorld(
  end: BridgeEnd,
  codec: { encode(value: unknown): string; decode(text: string): unknown },
  facts: { secret: string; ipcBinding: string; platform: string },
) {
  type Listener = (event: object, ...args: unknown[]) => void
  const world = globalThis as unknown as Record<string, unknown>
  const post = world[facts.ipcBinding] as (text: string) => void
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  const listeners = new Map<string, { given: Listener; once: boolean }[]>()
  const exposed = new Set<string>()
  let lastId = 0

  function say(note: Record<string, unknown>): void {
    post(JSON.stringify(note))
  }

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        say({ kind: 'invoke', id, channel, args: codec.encode(args) })
        waiting.set(id, { resolve, reject })
      }),
    send: (channel: string, ...args: unknown[]) => say({ kind: 'send', channel, args: codec.encode(args) }),
    on: (channel: string, given: Listener) => add(channel, given, false),
    once: (channel: string, given: Listener) => add(channel, given, true),
    off: (channel: string, given: Listener) => remove(channel, given),
    addListener: (channel: string, given: Listener) => add(channel, given, false),
    removeListener: (channel: string, given: Listener) => remove(channel, given),
    removeAllListeners: (channel: string) => {
      listeners.delete(channel)
      return ipcRenderer
    },
  }

  function add(channel: string, given: Listener, once: boolean): unknown {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { given, once }])
    return ipcRenderer
  }

  function remove(channel: string, given: Listener): unknown {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((each) => each.given !== given),
    )
    return ipcRenderer
  }

  const contextBridge = {
    exposeInMainWorld: (key: string, value: unknown) => {
      if (exposed.has(key)) throw new Error(`Cannot bind an API on top of an existing property: ${key}`)
      exposed.add(key)
      end.expose(key, value)
    },
  }

  /** The test's way in: events for the preload, answers to its questions, and what became of the window. */
  world['standIn'] = {
    deliver: (channel: string, args: string) => {
      const given = listeners.get(channel) ?? []
      listeners.set(
        channel,
        given.filter((each) => !each.once),
      )
      for (const each of given)
        each.given({ sender: ipcRenderer, ports: [] }, ...(codec.decode(args) as unknown[]))
    },
    answer: (id: number, ok: boolean, value: string) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (ok) asked?.resolve(codec.decode(value))
      else asked?.reject(new Error(String(codec.decode(value))))
    },
    window: (state: unknown) =>
      document.dispatchEvent(new CustomEvent(`${facts.secret}:window`, { detail: state })),
  }

  document.addEventListener(`${facts.secret}:open`, (event) =>
    say({ kind: 'open', url: (event as CustomEvent<string>).detail }),
  )
  say({ kind: 'hello' })

  /** The address as Electron would show it: `app://host/...` instead of the https address Chromium was given. */
  function seenLocation(): Record<string, string> {
    const { href, host, pathname, search, hash } = window.location
    const [, name, scheme] = /^([^.]+)\.([a-z]+)-scheme\.test$/.exec(host) ?? []
    if (name === undefined)
      return {
        href,
        origin: window.location.origin,
        protocol: window.location.protocol,
        host,
        pathname,
        search,
        hash,
      }
    const origin = `${scheme}://${name}`
    return {
      href: origin + pathname + search + hash,
      origin,
      protocol: `${scheme}:`,
      host: name,
      pathname,
      search,
      hash,
    }
  }

  const module = { exports: {} }
  return {
    module,
    /** A sandboxed preload has `electron` and three small polyfills, nothing of Node and nothing of npm. */
    require: (name: string) => {
      if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer }
      throw new Error(`module not found: ${name}`)
    },
    process: Object.freeze({
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: facts.platform,
    }),
    location: seenLocation(),
    failed: (error: unknown) =>
      say({ kind: 'preload-error', text: error instanceof Error ? error.message : String(error) }),
  }
}
