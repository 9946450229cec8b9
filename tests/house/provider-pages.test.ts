import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourceFiles } from './source-tree.ts'

const repo = join(import.meta.dirname, '../..')

/** How much each has at least, so that nothing is held by looking at nothing. */
const pages = [
  { id: 'chatwoot', name: 'Chatwoot', cites: 30, tables: 8, calls: 60 },
  { id: 'chatwoot-public', name: 'Chatwoot as a customer', cites: 25, tables: 1, calls: 14 },
  { id: 'wapikit', name: 'Wapikit', cites: 30, tables: 1, calls: 25 },
  { id: 'aelyst', name: 'Aelyst', cites: 30, tables: 1, calls: 20 },
] as const

describe.each(pages)('the page about $name', ({ id, cites, tables: tableCount, calls }) => {
  const page = readFileSync(join(repo, `docs/providers/${id}.md`), 'utf8')
  /** `## 4.`, `### 1.5 ...` and the numbered paragraphs `0.3 ...` begin a section. */
  const sections = new Set(
    [...page.matchAll(/^(?:#{2,3} )?(\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number),
  )

  test('has every section that code or a test cites', () => {
    const citation = new RegExp(`/${id}\\.md ((?:§[\\d.]+[-,\\s]*)+)`, 'g')
    const cited = sourceFiles().flatMap(({ path, ast }) =>
      [...ast.text.matchAll(citation)].flatMap(([, list = '']) =>
        [...list.matchAll(/\d+(?:\.\d+)?/g)].map(([section]) => ({ path, section })),
      ),
    )
    expect(cited.length).toBeGreaterThan(cites)
    expect(cited.filter(({ section }) => !sections.has(section))).toEqual([])
  })

  test('says of every call that it is used and by which test, or why not', () => {
    const tables = page.split(/^\| Endpoint \| Here \|\n\|---\|---\|\n/m).slice(1)
    const rows = tables.flatMap((text) => (text.split('\n\n')[0] ?? '').split('\n'))
    expect(tables.length).toBe(tableCount)
    expect(rows.length).toBeGreaterThan(calls)
    expect(
      rows.filter((row) => !/^\| .+ \| (used: `[\w-]+\.test\.ts`|not (needed|possible)[:,] )/.test(row)),
    ).toEqual([])
  })

  test('names only tests that are there', () => {
    const tests = readdirSync(join(repo, `src/main/providers/${id}`)).filter((name) =>
      name.endsWith('.test.ts'),
    )
    const named = [...page.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, name]) => name ?? '')
    expect([...new Set(named)].filter((name) => !tests.includes(name))).toEqual([])
  })
})
