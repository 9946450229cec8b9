import { closeSync, fchmodSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Log } from '../ports/log.ts'

/**
 * The log as a file only this user may read: `main.log`, moved to `main.old.log` when it would grow past `maxBytes`.
 * Logging never fails the caller: a full disk costs lines, not replies.
 */
export function openFileLog(folder: string, now: () => number, maxBytes = 1_000_000): FileLog {
  const file = path.join(folder, 'main.log')
  let open = openForUs(file)
  return {
    log(event, facts) {
      const line = `${new Date(now()).toISOString()} ${event}${facts === undefined ? '' : ` ${JSON.stringify(facts)}`}\n`
      try {
        const size = Buffer.byteLength(line)
        if (open.bytes > 0 && open.bytes + size > maxBytes) open = rotate(file, open)
        writeSync(open.descriptor, line)
        open.bytes += size
      } catch {
        // Nobody is left to tell.
      }
    },
    close() {
      closeSync(open.descriptor)
    },
  }
}

export interface FileLog {
  readonly log: Log
  close(): void
}

interface OpenLog {
  readonly descriptor: number
  bytes: number
}

function openForUs(file: string): OpenLog {
  const descriptor = openSync(file, 'a', 0o600)
  // The mode above counts only for a new file.
  if (process.platform !== 'win32') fchmodSync(descriptor, 0o600)
  return { descriptor, bytes: fstatSync(descriptor).size }
}

function rotate(file: string, full: OpenLog): OpenLog {
  closeSync(full.descriptor)
  renameSync(file, path.join(path.dirname(file), 'main.old.log'))
  return openForUs(file)
}
