import type { OutgoingFile } from '../provider.ts'
import type { Desk } from './desk.ts'
import { md5 } from '../../foreign/md5.ts'
import { fileName } from '../../foreign/multipart.ts'
import { asObject, asText, textOrNull } from '../../foreign/read.ts'

const announceTimeoutMs = 20_000

/**
 * Takes a file to the server's store beforehand, in two steps: announced to the server, then put where it says
 * (docs/providers/chatwoot.md §1.4). Answers the signed id a message names it by; no message comes of it yet.
 */
export async function uploadDirectly(
  desk: Desk,
  conversationKey: string,
  file: OutgoingFile,
  signal: AbortSignal,
): Promise<string> {
  const blob = {
    filename: fileName(file.name),
    byte_size: file.bytes.length,
    checksum: base64(md5(file.bytes)),
    content_type: file.contentType || 'application/octet-stream',
  }
  const path = `${desk.conversationPath(conversationKey)}/direct_uploads`
  const call = { path, body: { blob }, timeoutMs: announceTimeoutMs }
  const told = asObject((await desk.client.call(call, signal)).json())
  const signedId = textOrNull(told['signed_id'])
  const { url, headers } = asObject(told['direct_upload'])
  if (signedId === null || !desk.mayUploadTo(asText(url))) throw desk.unexpected('no place to upload to')
  const timeoutMs = uploadTimeoutMs(file.bytes.length)
  await desk.client.put(
    { url: asText(url), headers: headersOf(headers), bytes: file.bytes, timeoutMs },
    signal,
  )
  return signedId
}

/** Time for so many bytes on a slow line, 100 kB a second, and for the answer. */
export function uploadTimeoutMs(byteCount: number): number {
  return 30_000 + Math.ceil(byteCount / 100)
}

/** Only what can be a header, and never one that names us or where it goes. */
function headersOf(raw: unknown): Record<string, string> {
  const ours = /^(host|content-length|authorization|cookie|api[-_]access[-_]token)$/i
  return Object.fromEntries(
    Object.entries(asObject(raw))
      .map(([name, value]) => [name, asText(value)] as const)
      .filter(([name, value]) => /^[\w-]+$/.test(name) && !ours.test(name) && /^[\x20-\x7e]*$/.test(value)),
  )
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
