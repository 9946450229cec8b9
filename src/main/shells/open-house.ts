import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine, EngineParts } from '../engine/engine.ts'
import type { Log } from '../ports/log.ts'
import { providers } from '../providers/registry.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { StoreFault, type Store } from '../store/store.ts'
import { signInDemo, type Demo } from './demo.ts'
import { openFileLog } from './file-log.ts'
import { spreadLastNet } from './last-net.ts'
import { keychainVault, loadKeytar } from './keychain-vault.ts'
import { sessionVault } from './session-vault.ts'
import { StartFault } from './start-fault.ts'
import { systemClock } from './system-clock.ts'

/**
 * What every shell does the same way: data folder, log, store, vaults, engine. Throws StartFault with the sentence to
 * show. The engine runs once this returns; the shell puts a window before it and stops it at the end.
 */
export function openHouse(host: Host): House {
  const log = openLog(host.folder)
  log.log('app.started', { ...host.facts, node: process.versions.node })
  const store = openStore(host.folder, log.log)
  const engine = createEngine({
    store,
    keychain: host.demo === null ? keychainVault(loadKeytar, systemClock) : null,
    sessionVault: sessionVault(),
    providers,
    http: host.http,
    clock: systemClock,
    signals: host.signals,
    notifier: host.notifier,
    log: log.log,
    host: {
      ...host.facts,
      platform: knownPlatform(process.platform),
      isDemo: host.demo !== null,
      logFile: log.file,
    },
    randomId: randomUUID,
    random: Math.random,
  })
  const takeNetAway = spreadLastNet(process, log.log, engine.broke)
  engine.start()
  return {
    engine,
    log: log.log,
    async signIn() {
      if (host.demo !== null) await signInDemo(engine.wire, host.demo)
    },
    async close() {
      await engine.stop()
      takeNetAway()
      log.log('app.stopped')
      log.close()
    },
  }
}

/** What the shell brings along. */
export interface Host extends Pick<EngineParts, 'http' | 'signals' | 'notifier'> {
  readonly folder: string
  readonly facts: Pick<EngineParts['host'], 'shell' | 'version'>
  readonly demo: Demo | null
}

export interface House {
  readonly engine: Engine
  readonly log: Log
  /** Signs the demo in, where this is one. Throws StartFault. */
  signIn(): Promise<void>
  close(): Promise<void>
}

function openLog(folder: string): ReturnType<typeof openFileLog> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openFileLog(folder, systemClock.now)
  } catch (error) {
    throw new StartFault('shell.folder', { folder, reason: codeOf(error) })
  }
}

function openStore(folder: string, log: Log): Store {
  try {
    return openSqliteStore(folder, { onCacheDropped: (why) => log('cache.dropped', { why }) })
  } catch (error) {
    const why = error instanceof StoreFault ? error.why : 'other'
    const reason = error instanceof Error ? error.message : String(error)
    log('store.notOpened', { why, reason })
    throw new StartFault(`shell.store.${why}`, { folder, reason })
  }
}

function knownPlatform(platform: NodeJS.Platform): EngineParts['host']['platform'] {
  return platform === 'darwin' || platform === 'win32' || platform === 'linux' ? platform : 'other'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
