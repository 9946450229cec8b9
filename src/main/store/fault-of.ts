import { StoreFault } from './store.ts'

/** What went wrong with a file, for a person at the keyboard; anything SQLite and the disk do not say is passed on. */
export function faultOf(error: unknown, path: string): unknown {
  if (error instanceof StoreFault || !(error instanceof Error)) return error
  const why = whyOf(error)
  return why === null ? error : new StoreFault(why, `${sentences[why](path)} (${error.message})`)
}

type Why = Exclude<StoreFault['why'], 'tooNew' | 'noSqlite' | 'noFullText'>

const sentences: Readonly<Record<Why, (path: string) => string>> = {
  full: (path) => `The disk is full, ${path} could not be written. Free some space and try again.`,
  failing: (path) =>
    `The disk did not do what ${path} asked of it. It may be over a limit, or failing: make room, or look after the disk.`,
  readOnly: (path) => `${path} cannot be opened for writing. Check its permissions and those of its folder.`,
  locked: (path) => `${path} is in use by another Tuntas, or held by another program. Quit that one first.`,
  corrupt: (path) => `${path} is damaged.`,
  other: (path) => `${path} could not be used.`,
}

function whyOf(error: Error): Why | null {
  if ('errcode' in error && typeof error.errcode === 'number') return whyOfResult(error.errcode)
  if (!('code' in error)) return null
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'readOnly'
    case 'EFBIG':
    case 'EIO':
      return 'failing'
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ERR_INVALID_STATE': // node:sqlite's word for "already closed"
      return 'other'
    default:
      return null
  }
}

/** https://sqlite.org/rescode.html; the low byte is the kind, the rest says more. */
function whyOfResult(errcode: number): Why {
  switch (errcode & 0xff) {
    case 13: // SQLITE_FULL
      return 'full'
    case 10: // SQLITE_IOERR; also its word for a quota and for a limit of the file's size
      return 'failing'
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return 'readOnly'
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'locked'
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'corrupt'
    default:
      return 'other'
  }
}
