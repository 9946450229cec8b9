/**
 * Takes a multipart/form-data body apart (RFC 7578): every part in order, a text or a file. null where the body is not
 * what its boundary promises, which is a bad request to any server.
 */
export function partsOf(body: Uint8Array, contentType: string): MultipartPart[] | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return null
  const bytes = Buffer.from(body)
  const delimiter = Buffer.from(`--${mark}`)
  const parts: MultipartPart[] = []
  let at = bytes.indexOf(delimiter)
  while (at !== -1) {
    const start = at + delimiter.length
    if (bytes.subarray(start, start + 2).toString('latin1') === '--') return parts
    const end = bytes.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), start)
    if (end === -1) return null
    const part = partOf(bytes.subarray(start + 2, end))
    if (part === null) return null
    parts.push(part)
    at = end + 2
  }
  return null
}

export interface MultipartPart {
  readonly name: string
  readonly value: string | UploadedFile
}

export class UploadedFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
  constructor(name: string, contentType: string, bytes: Uint8Array) {
    this.name = name
    this.contentType = contentType
    this.bytes = bytes
  }
}

function partOf(bytes: Buffer): MultipartPart | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = bytes.subarray(0, headEnd).toString('utf8')
  const content = bytes.subarray(headEnd + 4)
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === null) return null
  const fileName = parameter(disposition, 'filename')
  if (fileName === null) return { name, value: content.toString('utf8') }
  const type = /^content-type:\s*(.+?)\s*$/im.exec(head)?.[1] ?? 'application/octet-stream'
  return { name, value: new UploadedFile(fileName, type, Uint8Array.from(content)) }
}

/** Browsers escape quotes and line ends in names with percent signs. */
function parameter(disposition: string, name: string): string | null {
  const value = new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
  return value?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n') ?? null
}
