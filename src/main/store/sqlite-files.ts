import { accountOf, type ConversationId } from '../../shared/domain/ids.ts'
import type { DraftKind, FileRef } from '../../shared/domain/reply.ts'
import { freshPart, halfSentKeptMs, isWhole } from './file-rules.ts'
import { noPlaceFor, noSuchAccount, noSuchFile } from './refusals.ts'
import { numberIn, textIn } from './row-values.ts'
import { isSealed, sealed, sealOfPiece } from './seals.ts'
import type { Database, Row } from './sqlite-database.ts'
import type { KeptDraft, Store } from './store.ts'

/** Files on the desk, in pieces of their own: each piece is on the disk when its call returns, and is written once. */
export interface Files extends Pick<
  Store,
  'putFile' | 'appendFile' | 'draftFiles' | 'halfFiles' | 'file' | 'fileBytes' | 'removeFile'
> {
  /** How many each draft has, whole or not, in the order of their first. */
  attached(): Omit<KeptDraft, 'draft'>[]
  /** Makes whole files of a draft the order's; within the caller's transaction. */
  takeOver(files: readonly FileRef[], from: Draft, orderId: string): void
  /** Makes them the draft's again. */
  giveBack(orderId: string): void
  /** The server has them. */
  releaseFiles(orderId: string): void
  /** Lets half-sent files go once nobody went on with them for a week, and gives freed room back to the disk. */
  tidyFiles(now: number): void
}

interface Draft {
  readonly conversationId: ConversationId
  readonly kind: DraftKind
}

const extentOf = 'SELECT place, size_bytes, received_bytes FROM file WHERE id = ?'

export function filesIn(database: Database): Files {
  return { ...writingIn(database), ...readingIn(database), ...orderedIn(database) }
}

function writingIn(database: Database): Pick<Files, 'putFile' | 'appendFile' | 'removeFile'> {
  return {
    putFile: ({ conversationId, kind, id, name, contentType, sizeBytes }) =>
      database.transaction(() => {
        const account = accountOf(conversationId)
        if (database.get('SELECT 1 FROM account WHERE id = ?', account) === null) throw noSuchAccount(account)
        if (database.get('SELECT 1 FROM file WHERE id = ?', id) !== null) return
        const place = nextPlace(database, 'file')
        database.run(
          `INSERT INTO file (place, id, account_id, conversation_id, kind, name, content_type, size_bytes, seal)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...sealed(place, id, account, conversationId, kind, name, contentType, sizeBytes),
        )
      }),
    appendFile: (id, offset, bytes) =>
      database.transaction(() => {
        const file = database.get(extentOf, id)
        if (file === null) throw noSuchFile(id)
        const extent = extentIn(file)
        const { have } = extent
        const fresh = freshPart(extent, offset, bytes)
        if (fresh === null) throw noPlaceFor(id, { offset, have })
        if (fresh.length === 0) return have
        const place = numberIn(file, 'place')
        const seal = sealOfPiece(place, have, fresh)
        database.run(
          'INSERT INTO piece (file, start, bytes, seal) VALUES (?, ?, ?, ?)',
          ...[place, have, fresh, seal],
        )
        database.run(
          'UPDATE file SET received_bytes = ?, idle_since = NULL WHERE place = ?',
          have + fresh.length,
          place,
        )
        return have + fresh.length
      }),
    removeFile: (id) => void database.run('DELETE FROM file WHERE id = ? AND order_id IS NULL', id),
  }
}

function readingIn(
  database: Database,
): Pick<Files, 'draftFiles' | 'halfFiles' | 'attached' | 'file' | 'fileBytes'> {
  const ofDraft = (id: ConversationId, kind: DraftKind, extent: string): FileRef[] =>
    database
      .all(
        `SELECT * FROM file WHERE conversation_id = ? AND kind = ? AND order_id IS NULL AND ${extent} ORDER BY place`,
        id,
        kind,
      )
      .map(fileIn)
  return {
    draftFiles: (id, kind) => ofDraft(id, kind, 'received_bytes = size_bytes'),
    halfFiles: (id, kind) => ofDraft(id, kind, 'received_bytes < size_bytes'),
    attached: () =>
      database
        .all(
          `SELECT conversation_id, kind, count(*) AS files FROM file WHERE order_id IS NULL
             GROUP BY conversation_id, kind ORDER BY min(place)`,
        )
        .map((row) => ({
          conversationId: textIn(row, 'conversation_id') as ConversationId,
          kind: textIn(row, 'kind') as DraftKind,
          fileCount: numberIn(row, 'files'),
        })),
    file(id) {
      const row = database.get('SELECT * FROM file WHERE id = ?', id)
      return row === null ? null : fileIn(row)
    },
    fileBytes(id) {
      const row = database.get(extentOf, id)
      if (row === null || !isWhole(extentIn(row))) return null
      const whole = new Uint8Array(numberIn(row, 'size_bytes'))
      const pieces = database.walk(
        'SELECT file, start, bytes, seal FROM piece WHERE file = ? ORDER BY start',
        numberIn(row, 'place'),
      )
      for (const piece of pieces) {
        // What rotted on the disk is not the file that was attached.
        if (!isSealed('piece', piece)) return null
        whole.set(bytesIn(piece), numberIn(piece, 'start'))
      }
      return whole
    },
  }
}

function orderedIn(database: Database): Pick<Files, 'takeOver' | 'giveBack' | 'releaseFiles' | 'tidyFiles'> {
  return {
    takeOver(files, { conversationId, kind }, orderId) {
      for (const { id } of files) {
        const taken = database.run(
          `UPDATE file SET order_id = ? WHERE id = ? AND conversation_id = ? AND kind = ?
             AND order_id IS NULL AND received_bytes = size_bytes`,
          orderId,
          id,
          conversationId,
          kind,
        )
        if (taken === 0) throw noSuchFile(id)
      }
    },
    giveBack: (orderId) => void database.run('UPDATE file SET order_id = NULL WHERE order_id = ?', orderId),
    releaseFiles: (orderId) => void database.run('DELETE FROM file WHERE order_id = ?', orderId),
    tidyFiles(now) {
      database.transaction(() => {
        database.run('DELETE FROM file WHERE idle_since < ?', now - halfSentKeptMs)
        database.run(
          'UPDATE file SET idle_since = ? WHERE received_bytes < size_bytes AND idle_since IS NULL',
          now,
        )
      })
      giveRoomBack(database)
    },
  }
}

/** Given out by ourselves, since a row's seal covers its place: as AUTOINCREMENT does, none is given twice. */
export function nextPlace(database: Database, table: 'outbox' | 'file'): number {
  const sql = `SELECT 1 + max(
    ifnull((SELECT max(place) FROM ${table}), 0), ifnull((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)
  ) AS place`
  return numberIn(database.get(sql), 'place')
}

/** Pages of 4 kB: below this much there is nothing worth rewriting the database for. */
const fewPages = 8192

/** What sent files leave behind is used again first; a desk that is mostly such room is written anew, small. */
function giveRoomBack(database: Database): void {
  const pages = numberIn(database.get('PRAGMA page_count'), 'page_count')
  const free = numberIn(database.get('PRAGMA freelist_count'), 'freelist_count')
  if (free > fewPages && free * 4 > pages * 3) database.exec('VACUUM')
}

function fileIn(row: Row): FileRef {
  return {
    id: textIn(row, 'id'),
    name: textIn(row, 'name'),
    contentType: textIn(row, 'content_type'),
    sizeBytes: numberIn(row, 'size_bytes'),
  }
}

function extentIn(row: Row): { have: number; sizeBytes: number } {
  return { have: numberIn(row, 'received_bytes'), sizeBytes: numberIn(row, 'size_bytes') }
}

function bytesIn(row: Row): Uint8Array {
  const value = row['bytes']
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes are not bytes')
  return value
}
