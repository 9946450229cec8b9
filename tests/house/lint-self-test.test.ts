import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bans, everywhere, houseConfig, inComponents, inProduct, tableFor } from '../../eslint.config.mjs'
import { ground, plants } from './planted.ts'

/**
 * The lint proves itself: in a tree of its own every rule and every line of the dependency table meets a planted
 * violation and must report it, it alone. What is enabled without a planted violation fails here too.
 */

const repo = join(import.meta.dirname, '../..')
const found = new Map<string, string[]>()
let tree = ''

beforeAll(async () => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'tuntas-lint-')))
  cpSync(join(repo, 'tsconfig.json'), join(tree, 'tsconfig.json'))
  symlinkSync(join(repo, 'node_modules'), join(tree, 'node_modules'), 'junction')
  for (const [file, code] of Object.entries(ground)) put(file, code)
  for (const { file, code } of plants) put(file, code)
  const lint = new ESLint({ cwd: tree, overrideConfigFile: true, overrideConfig: houseConfig(tree) })
  for (const { filePath, messages } of await lint.lintFiles(['src', 'tests', 'scripts'])) {
    found.set(
      filePath.slice(tree.length + 1).replaceAll('\\', '/'),
      messages.map((each) => `${each.ruleId ?? 'broken'}: ${each.message}`),
    )
  }
}, 120_000)

afterAll(() => rmSync(tree, { recursive: true, force: true }))

describe('what is allowed passes', () => {
  test.each(Object.keys(ground))('%s', (file) => {
    expect(found.get(file)).toEqual([])
  })
})

describe('each planted violation is reported, by its rule alone', () => {
  test.each(plants.map((each) => [each.key, each.file, each] as const))('%s in %s', (_key, _file, plant) => {
    const rules = (found.get(plant.file) ?? ['not linted: ']).map((each) => each.slice(0, each.indexOf(': ')))
    expect([...new Set(rules)], `${plant.code}\n${String(found.get(plant.file)?.join('\n'))}`).toEqual([
      plant.rule,
    ])
  })

  test('a line of the table reports in its own name', () => {
    const lines = plants.filter((each) => each.rule === 'import-x/no-restricted-paths')
    const strangers = lines.filter(
      ({ key, file }) => !found.get(file)?.[0]?.includes(`${key.split(' ')[0] ?? ''} may not`),
    )
    expect(strangers).toEqual([])
  })
})

describe('nothing is enabled without a planted violation', () => {
  const planted = new Set(plants.map((each) => each.key))

  test('every line of the dependency table, in each of its aspects', () => {
    const kinds = { clock: 'clock', random: 'random' } as const
    const wanted = tableFor(tree === '' ? repo : tree).flatMap(({ folder, touch }) => [
      `${folder} imports`,
      `${folder} packages`,
      `${folder} globals`,
      ...Object.values(kinds)
        .filter((kind) => !touch.includes(kind))
        .map((kind) => `${folder} ${kind}`),
    ])
    expect(wanted.filter((key) => !planted.has(key))).toEqual([])
  })

  test('every rule and every ban of the house', () => {
    const wanted = [everywhere, inProduct, inComponents]
      .flatMap(Object.keys)
      .concat(bans.map(({ name }) => `house/${name}`))
    expect(wanted.filter((key) => !planted.has(key))).toEqual([])
  })

  test('every line that switches a rule on anywhere in the configuration', () => {
    const configured = new Set(houseConfig(repo).flatMap(({ rules }) => Object.keys(rules ?? {})))
    const reported = new Set(plants.map(({ rule }) => rule))
    expect([...configured].filter((rule) => !reported.has(rule))).toEqual([])
  })
})

describe('the same configuration is live in this very tree', () => {
  test.each([
    [
      'src/shared/domain/planted.ts',
      `import type { FailureCode } from '../contract/failure.ts'\nexport type X = FailureCode`,
      'import-x/no-restricted-paths',
    ],
    ['src/main/engine/planted.ts', `import { app } from 'electron'\nexport const x = app`, 'house/packages'],
    [
      'src/main/engine/planted.ts',
      `export function x(id: string): boolean { return id === 'chatwoot' }`,
      'house/provider-id',
    ],
  ])('%s is not let through', async (file, code, rule) => {
    const untyped = houseConfig(repo).map((each) =>
      each.name === 'house/everywhere' ? { ...each, languageOptions: {}, rules: {} } : each,
    )
    const lint = new ESLint({ cwd: repo, overrideConfigFile: true, overrideConfig: untyped })
    const [result] = await lint.lintText(code, { filePath: join(repo, file) })
    expect(result?.messages.map((each) => each.ruleId)).toEqual([rule])
  })

  test('every provider of ours is an island', () => {
    const folders = tableFor(repo).map(({ folder }) => folder)
    expect(folders).toContain('src/main/providers/chatwoot')
  })

  test('the configuration file is the one eslint uses', () => {
    expect(existsSync(join(repo, 'eslint.config.mjs'))).toBe(true)
    expect(readFileSync(join(repo, 'eslint.config.mjs'), 'utf8')).toContain(
      'export default houseConfig(import.meta.dirname)',
    )
  })
})

function put(file: string, code: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), `${code}\n`)
}
