import { closeSync, fchmodSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { Log } from '../ports/log.ts'

/**
 * The log as a file only this user may read: `main.log`, moved to `main.old.log` when it would grow past `maxBytes`.
 * A line that comes again within ten minutes is counted and told once: what breaks all the time must not push out what
 * came before it. Logging never fails the caller: a full disk costs lines, not replies.
 */
export function openFileLog(folder: string, now: () => number, maxBytes = 1_000_000): FileLog {
  const file = path.join(folder, 'main.log')
  let open = openForUs(file)
  const lately = new Map<string, Told>()

  function write(text: string): void {
    const line = `${new Date(now()).toISOString()} ${text}\n`
    const size = Buffer.byteLength(line)
    if (open.bytes > 0 && open.bytes + size > maxBytes) open = rotate(file, open)
    writeSync(open.descriptor, line)
    open.bytes += size
  }

  /** Says of old lines how often they came again, and forgets them. */
  function settle(isOld: (told: Told) => boolean): void {
    for (const [text, told] of lately) {
      if (!isOld(told)) continue
      lately.delete(text)
      if (told.again > 0) write(`${text} again, ${told.again} times`)
    }
  }

  return {
    file,
    log(event, facts) {
      try {
        const text = facts === undefined ? event : `${event} ${JSON.stringify(facts)}`
        // Either way: the clock may have been turned back.
        settle(({ at }) => Math.abs(now() - at) > countedForMs || lately.size > mostCounted)
        const told = lately.get(text)
        if (told !== undefined) return void (told.again += 1)
        lately.set(text, { at: now(), again: 0 })
        write(text)
      } catch {
        // Nobody is left to tell.
      }
    },
    close() {
      try {
        settle(() => true)
      } catch {
        // As above.
      }
      closeSync(open.descriptor)
    },
  }
}

interface Told {
  readonly at: number
  again: number
}

const countedForMs = 600_000
const mostCounted = 200

export interface FileLog {
  readonly file: string
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
