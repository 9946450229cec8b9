import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'

/** The built page, read by the path a browser asked for. Nothing outside `root` and nothing of an unknown type leaves. */
export function pageFiles(root: string): (urlPath: string) => Promise<PageFile | null> {
  return async (urlPath) => {
    const wanted = insidePath(root, urlPath)
    const contentType = wanted === null ? undefined : types[path.extname(wanted)]
    if (wanted === null || contentType === undefined) return null
    try {
      const [base, file] = await Promise.all([realpath(root), realpath(wanted)])
      if (!file.startsWith(base + path.sep)) return null
      return { bytes: await readFile(file), contentType }
    } catch {
      return null
    }
  }
}

export interface PageFile {
  readonly bytes: Buffer
  readonly contentType: string
}

/**
 * Goes with every answer to the window, whatever it is. Scripts, styles and fonts are ours alone; pictures may also be
 * those the page made itself.
 */
export const guardHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()',
}

/** Shown in place or kept as a file: only what we recognised as a picture is ever shown. */
export function mediaHeaders(media: {
  readonly contentType: string
  readonly name: string
}): Record<string, string> {
  const isPicture = media.contentType.startsWith('image/')
  const name = encodeURIComponent(media.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return {
    'content-type': media.contentType,
    'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file a URL path means, or null where it tries to leave the root or names no plain file. */
function insidePath(root: string, urlPath: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  const parts = decoded.split('/').slice(1)
  if (!decoded.startsWith('/') || parts.some((part) => !/^[\w@+~-][\w@+~.-]*$/.test(part))) return null
  return path.join(root, ...parts)
}
