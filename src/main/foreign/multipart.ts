import type { OutgoingFile } from '../providers/provider.ts'

/** A body that is no JSON: a multipart form. */
export interface Form {
  readonly contentType: string
  readonly bytes: Uint8Array
}

/**
 * A form with fields and files in one body. `seed` makes the line between the parts one that occurs in none of them;
 * the same parts always make the same bytes.
 */
export function multipart(
  fields: readonly (readonly [name: string, value: string])[],
  files: readonly (readonly [name: string, file: OutgoingFile])[],
  seed: string,
): Form {
  const parts = [
    ...fields.map(([name, value]) => ({ head: `form-data; name="${quoted(name)}"`, bytes: bytesOf(value) })),
    ...files.map(([name, file]) => ({
      head: `form-data; name="${quoted(name)}"; filename="${quoted(fileName(file.name))}"\r\nContent-Type: ${typeOf(file)}`,
      bytes: file.bytes,
    })),
  ]
  const boundary = unusedIn(
    parts.map((each) => each.bytes),
    `tuntas-${seed.replace(/[^\w-]/g, '')}`.slice(0, 50),
  )
  const chunks = parts.flatMap(({ head, bytes }) => [
    bytesOf(`--${boundary}\r\nContent-Disposition: ${head}\r\n\r\n`),
    bytes,
    bytesOf('\r\n'),
  ])
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: joined([...chunks, bytesOf(`--${boundary}--\r\n`)]),
  }
}

/** The name alone, whatever the path before it, in one line. */
export function fileName(name: string): string {
  const bare = name.split(/[/\\]/).at(-1) ?? ''
  return bare.replace(/[\u0000-\u001f\u007f]/g, ' ').trim() || 'file'
}

/** As browsers write names in a form: UTF-8, with only what would end the name or its line written otherwise. */
function quoted(text: string): string {
  return text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function typeOf(file: OutgoingFile): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(file.contentType) ? file.contentType : 'application/octet-stream'
}

function unusedIn(parts: readonly Uint8Array[], wish: string): string {
  const pattern = bytesOf(wish)
  if (!parts.some((bytes) => contains(bytes, pattern))) return wish
  return unusedIn(parts, `${wish}-x`)
}

function contains(bytes: Uint8Array, pattern: Uint8Array): boolean {
  const [first = 0] = pattern
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, each) => sum + each.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
