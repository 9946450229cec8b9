import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder for everything a harness writes, gone with its process however that ends; what one that was killed outright
 * has left goes when the next one begins. In memory where there is such a place: a process that is killed leaves what
 * it wrote to the system, on a disk or not; only a power cut would tell them apart.
 */
export function scratchFolder(): ScratchFolder {
  const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  for (const name of readdirSync(place)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner)))
      rmSync(join(place, name), { recursive: true, force: true })
  }
  const path = mkdtempSync(join(place, `${prefix}${process.pid}-`))
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', remove)
  return {
    path,
    remove() {
      process.off('exit', remove)
      remove()
    },
  }
}

export interface ScratchFolder {
  readonly path: string
  remove(): void
}

const prefix = 'tuntas-crash-of-'

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process is none of ours to touch, but it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
