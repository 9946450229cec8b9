import { createStore, type StoreApi } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { FileRow } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { DraftKind } from '../../../shared/domain/reply.ts'
import type { Desk } from '../../state/desk.ts'
import { useDesk } from '../../state/hooks.ts'

/**
 * Files on their way into a draft, copied piece by piece into the engine's keeping. They go on while another
 * conversation is open, so they live beside the screens; once copied, the engine has them for good.
 */
export function useFiles(place: DraftPlace): readonly HeldFile[] {
  return useStore(storeOf(useDesk()), (state) => state[keyOf(place)] ?? none)
}

export interface DraftPlace {
  readonly conversationId: string
  readonly kind: DraftKind
}

export interface HeldFile extends FileRow {
  readonly copy:
    | { readonly kind: 'done' }
    | { readonly kind: 'copying'; readonly bytes: number }
    | { readonly kind: 'failed'; readonly failure: Failure }
    /** Its copying ended with the window, or goes on in another one. */
    | { readonly kind: 'half' }
}

/** Copies what was picked, pasted or dropped, one file after the other. */
export async function addFiles(desk: Desk, place: DraftPlace, files: readonly File[]): Promise<void> {
  const held = files.map((file) => ({ file, row: rowOf(file) }))
  change(desk, place, (before) => [...before, ...held.map(({ row }) => row)])
  for (const { file, row } of held) await copy(desk, place, row, file)
}

/** Whoever takes a file out while it is copied stops the copying. */
export function dropFile(desk: Desk, place: DraftPlace, fileId: string): void {
  change(desk, place, (before) => before.filter((each) => each.id !== fileId))
  void desk.bridge.call('file.drop', { fileId })
}

/**
 * What the engine keeps with a draft, as it was when the draft was read; what is being copied stays as well. A file that
 * is there in part is shown as such: it would be missed, and only who picked it can bring it again.
 */
export function keptFiles(
  desk: Desk,
  place: DraftPlace,
  whole: readonly FileRow[],
  half: readonly FileRow[],
): void {
  change(desk, place, (before) => {
    const own = before.filter(({ copy }) => copy.kind === 'copying' || copy.kind === 'failed')
    const others = (files: readonly FileRow[], kind: 'done' | 'half'): HeldFile[] =>
      files.flatMap((file) => (own.some(({ id }) => id === file.id) ? [] : [{ ...file, copy: { kind } }]))
    return [...others(whole, 'done'), ...others(half, 'half'), ...own]
  })
}

/** They went with their reply. */
export function filesSent(desk: Desk, place: DraftPlace, fileIds: readonly string[]): void {
  change(desk, place, (before) => before.filter((each) => !fileIds.includes(each.id)))
}

/** A piece is a call of about 1.2 MB once written as base64. */
export const pieceBytes = 900 * 1024

type Files = Readonly<Record<string, readonly HeldFile[]>>

const none: readonly HeldFile[] = []
const stores = new WeakMap<Desk, StoreApi<Files>>()

function storeOf(desk: Desk): StoreApi<Files> {
  const store = stores.get(desk) ?? createStore<Files>(() => ({}))
  stores.set(desk, store)
  return store
}

async function copy(desk: Desk, place: DraftPlace, row: HeldFile, file: File): Promise<void> {
  const { id: fileId, name, contentType, sizeBytes } = row
  const failed = (failure: Failure): void => mark(desk, place, fileId, { kind: 'failed', failure })
  const begun = await desk.bridge.call('file.begin', { ...place, fileId, name, contentType, sizeBytes })
  if (!begun.ok) return failed(begun.failure)
  for (let offset = 0; offset < file.size; offset += pieceBytes) {
    if (!isHeld(desk, place, fileId)) return
    const base64 = await base64Of(file.slice(offset, offset + pieceBytes)).catch(() => null)
    // Moved away or changed since it was picked: the browser no longer reads it.
    if (base64 === null) return failed({ code: 'fileMissing', facts: { name }, retryAt: null })
    const answer = await desk.bridge.call('file.append', { fileId, offset, base64 })
    if (!answer.ok) return failed(answer.failure)
    mark(desk, place, fileId, { kind: 'copying', bytes: answer.value.receivedBytes })
  }
  mark(desk, place, fileId, { kind: 'done' })
}

function mark(desk: Desk, place: DraftPlace, fileId: string, copy: HeldFile['copy']): void {
  change(desk, place, (before) => before.map((each) => (each.id === fileId ? { ...each, copy } : each)))
}

function isHeld(desk: Desk, place: DraftPlace, fileId: string): boolean {
  return (storeOf(desk).getState()[keyOf(place)] ?? none).some((each) => each.id === fileId)
}

function change(
  desk: Desk,
  place: DraftPlace,
  make: (before: readonly HeldFile[]) => readonly HeldFile[],
): void {
  const key = keyOf(place)
  storeOf(desk).setState((state) => ({ [key]: make(state[key] ?? none) }))
}

function rowOf(file: File): HeldFile {
  return {
    id: crypto.randomUUID(),
    name: file.name === '' ? 'file' : file.name.slice(0, 255),
    contentType: file.type === '' ? 'application/octet-stream' : file.type.slice(0, 200),
    sizeBytes: file.size,
    copy: { kind: 'copying', bytes: 0 },
  }
}

function keyOf({ conversationId, kind }: DraftPlace): string {
  return `${kind} ${conversationId}`
}

/** Through a data URL: the browser writes base64 itself, without a string of every byte in between. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '')
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(piece)
  })
}
