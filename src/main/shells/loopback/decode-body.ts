import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { HttpFault, type HttpAnswer } from '../../ports/http.ts'

const unzip = promisify(gunzip)
const unbrotli = promisify(brotliDecompress)

/** The plain bytes of an answer, never more than `maxBytes` of them: a small body may unfold into gigabytes. */
export async function decodeBody(
  answer: HttpAnswer,
  maxBytes: number,
  host: string,
): Promise<Pick<HttpAnswer, 'bytes' | 'headers'>> {
  const { 'content-encoding': encoding = '', 'content-length': _length, ...headers } = answer.headers
  if (encoding === '' || answer.bytes.length === 0) return answer
  const decode = decoderOf(encoding)
  if (decode === null) return answer
  try {
    return { headers, bytes: await decode(answer.bytes, { maxOutputLength: maxBytes }) }
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    throw new HttpFault(isTooLarge ? 'tooLarge' : 'reset', true, { host, reason: 'damaged body' })
  }
}

function decoderOf(
  encoding: string,
): ((bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Buffer>) | null {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return unzip
    case 'br':
      return unbrotli
    default:
      return null
  }
}
