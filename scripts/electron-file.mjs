// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where Electron's binary is, or null. Reads what its package left behind; importing the package would start a download.
 * @param {string} root
 * @param {Record<string, string | undefined>} environment
 * @returns {string | null}
 */
export function electronFile(root, environment) {
  const folder = join(root, 'node_modules', 'electron')
  const chosen = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const name = readOr(join(folder, 'path.txt'), chosen === undefined ? null : 'electron')
  if (name === null) return null
  const file = join(chosen ?? join(folder, 'dist'), name)
  return existsSync(file) ? file : null
}

/** @param {string} file @param {string | null} otherwise */
function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return otherwise
  }
}
