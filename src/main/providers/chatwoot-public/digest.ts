import { md5 } from '../../foreign/md5.ts'

/** The same short text for the same bytes, which leads back to none of them. */
export function digestOf(bytes: Uint8Array): string {
  return [...md5(bytes)].map((each) => each.toString(16).padStart(2, '0')).join('')
}
