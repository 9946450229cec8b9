// @ts-check
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * Refuses physical directions in the window's CSS: a right-to-left reader gets the mirror image only from logical
 * properties. Run alone it checks src/renderer and prints `file:line  what to write instead`.
 */

/** @typedef {{ line: number, found: string, instead: string }} Physical */

const sides = '(left|right)'
/** @type {readonly (readonly [RegExp, string])[]} property, and what to write instead */
const properties = [
  [
    new RegExp(`^(margin|padding|scroll-margin|scroll-padding)-${sides}$`),
    '$1-inline-start or $1-inline-end',
  ],
  [new RegExp(`^border-${sides}(-width|-style|-color)?$`), 'border-inline-start$2 or border-inline-end$2'],
  [
    /^border-(top|bottom)-(left|right)-radius$/,
    'border-start-start-radius, border-start-end-radius and so on',
  ],
  [new RegExp(`^${sides}$`), 'inset-inline-start or inset-inline-end'],
]
const values = /^(text-align|float|clear|caption-side|text-align-last)$/
const fourSided =
  /^(margin|padding|inset|border-width|border-style|border-color|scroll-margin|scroll-padding)$/

/** Every physical direction in a style sheet. @param {string} css @returns {Physical[]} */
export function physicalIn(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  /** @type {Physical[]} */
  const all = []
  for (const declaration of plain.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)) {
    const [text, property = '', value = ''] = declaration
    const instead = logical(property, value.trim())
    if (instead === null) continue
    const line = plain.slice(0, declaration.index).split('\n').length
    all.push({ line, found: text.replace(/\s+/g, ' ').trim(), instead })
  }
  return all
}

/** @param {string} property @param {string} value */
function logical(property, value) {
  for (const [pattern, instead] of properties) {
    if (pattern.test(property)) return property.replace(pattern, instead)
  }
  if (values.test(property) && /^(left|right)\b/.test(value)) return `${property}: start or end`
  if (fourSided.test(property) && isLopsided(value)) return `${property}-block and ${property}-inline`
  return null
}

/** Four values whose right and left differ. @param {string} value */
function isLopsided(value) {
  const [, right, , left, ...more] = value.replace(/\s*!important$/, '').match(/[^\s(]+(\([^)]*\))?/g) ?? []
  return left !== undefined && more.length === 0 && right !== left
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const folder = join(root, 'src/renderer')
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.css'),
  )
  const problems = sheets.flatMap((name) =>
    physicalIn(readFileSync(join(folder, name), 'utf8')).map(
      ({ line, found, instead }) =>
        `${relative(root, join(folder, name))}:${line}  ${found}  - write ${instead}`,
    ),
  )
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) console.error(`\n${problems.length} physical directions in CSS.`)
  process.exitCode = problems.length > 0 ? 1 : 0
}
