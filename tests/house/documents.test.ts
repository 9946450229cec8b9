import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tableFor } from '../../eslint.config.mjs'
import { sourceFiles } from './source-tree.ts'

const repo = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(repo, name), 'utf8')
const decisions = readdirSync(join(repo, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/decisions/README.md',
  ...decisions.map((name) => `docs/decisions/${name}`),
]

describe('the documents', () => {
  test('ARCHITECTURE.md stays short, and names every folder of the dependency table', () => {
    const text = read('ARCHITECTURE.md')
    expect(text.split('\n').length).toBeLessThanOrEqual(151)
    const tops = new Set(
      tableFor(repo).map(({ folder }) => folder.split('/').slice(0, 3).join('/').replace('/*.ts', '')),
    )
    const unnamed = [...tops].filter((folder) => !text.includes(folder) && !text.includes(dirname(folder)))
    expect(unnamed).toEqual([])
  })

  test.each(documents)('%s links only to what is there', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(
      ([, target]) => target ?? '',
    )
    expect(links.filter((target) => !existsSync(join(repo, dirname(name), target)))).toEqual([])
  })

  test.each(documents)('%s names only files of ours that are there', (name) => {
    const named = [...read(name).matchAll(/`((?:src|tests|scripts|docs)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    )
    expect(named.filter((path) => !existsSync(join(repo, path)))).toEqual([])
  })

  test('a page that code cites is there', () => {
    const cited = sourceFiles().flatMap(({ path, ast }) =>
      [...ast.text.matchAll(/docs\/[\w/.-]+\.md/g)].map(([page]) => ({ path, page })),
    )
    expect(cited.filter(({ page }) => !existsSync(join(repo, page)))).toEqual([])
  })

  test('README.md names every key', () => {
    const folder = 'src/renderer/features/commands'
    const sources = ['registry.ts', 'conversation-commands.ts']
      .map((name) => read(`${folder}/${name}`))
      .join('\n')
    const told = [...sources.matchAll(/keys: \['([^']+)'/g), ...sources.matchAll(/picking\('\w+', '(\w)'/g)]
    const keys = told.map(([, key]) => key ?? '')
    const printed: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' }
    const table = read('README.md').split('## Keys')[1]?.split('## ')[0] ?? ''
    const cells = table.split('|').flatMap((cell) => cell.trim().split(' '))
    const lost = keys
      .map((key) =>
        (printed[key] ?? key).replace('Mod+', '').replace(/(?<=\+)[a-z]$/, (letter) => letter.toUpperCase()),
      )
      .filter((key) => !cells.includes(key) && !cells.includes(key.toUpperCase()))
    expect(keys.length).toBeGreaterThan(25)
    expect(lost).toEqual([])
  })

  test('every decision is in the list, and has its four parts', () => {
    const list = read('docs/decisions/README.md')
    expect(decisions.filter((name) => !list.includes(name))).toEqual([])
    const parts = ['**Context.**', '**Choice.**', '**Alternatives', '**Consequence.**']
    const missing = decisions.flatMap((name) =>
      parts.filter((part) => !read(`docs/decisions/${name}`).includes(part)),
    )
    expect(missing).toEqual([])
  })
})
