import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import * as yaml from 'prettier/plugins/yaml'
import { describe, expect, test } from 'vitest'
import { sourceFiles } from './source-tree.ts'

const repo = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(repo, name), 'utf8')
const workflow = toValue(parseYaml(read('.github/workflows/ci.yml'))) as unknown as Workflow
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

interface Workflow {
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      'timeout-minutes': string
      strategy: { matrix: { os: string[] } }
      steps: { uses?: string; run?: string }[]
    }
  >
}

describe('the workflow', () => {
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps)

  test('runs on Linux, macOS and Windows, may only read, and ends by itself', () => {
    expect(jobs.map((job) => job.strategy.matrix.os)).toEqual([
      ['ubuntu-latest', 'macos-latest', 'windows-latest'],
    ])
    expect(jobs.every((job) => Number(job['timeout-minutes']) <= 25)).toBe(true)
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  test('has only steps that are npm scripts of ours', () => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    expect(runs).toEqual(['npm ci', 'npm test'])
    expect(scripts).toHaveProperty('test')
  })

  test('pins every action to a commit', () => {
    const uses = steps.flatMap((step) => (step.uses === undefined ? [] : [step.uses]))
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((each) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(each))).toEqual([])
  })

  test('is in the form the formatter gives it', async () => {
    const text = read('.github/workflows/ci.yml')
    expect(await format(text, { parser: 'yaml', singleQuote: true, printWidth: 110 })).toBe(text)
  })
})

describe('the tests', () => {
  test('each file of tests is run by one of the two suites', () => {
    const found = ['src', 'tests'].flatMap((folder) =>
      readdirSync(join(repo, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    const tests = found.filter((name) => /\.(test|spec)\.\w+$/.test(name))
    expect(tests.length).toBeGreaterThan(30)
    expect(
      tests.filter(
        (name) => !/^(src|tests\/house|tests\/e2e|tests\/renderer|tests\/crash)\/.*\.test\.ts$/.test(name),
      ),
    ).toEqual([])
  })

  test('a conformance suite is run by somebody', () => {
    const named = sourceFiles().filter(({ path }) => path.endsWith('.conformance.ts'))
    const imported = new Set(
      sourceFiles().flatMap(({ path, imports }) =>
        path.endsWith('.test.ts') ? imports.map(({ target }) => target) : [],
      ),
    )
    expect(named.map(({ path }) => path).filter((path) => !imported.has(path))).toEqual([])
  })
})

describe('the scripts', () => {
  test('each checks its Node first', () => {
    const unchecked = Object.values(scripts).filter((line) => {
      const [, file] = /^node (scripts\/[\w-]+\.mjs)/.exec(line) ?? []
      if (file === undefined) return true
      return file !== 'scripts/check-node.mjs' && !read(file).startsWith("import './check-node.mjs'")
    })
    expect(unchecked).toEqual([])
  })

  test('the README’s commands are there', () => {
    const commands = [...read('README.md').matchAll(/(?:^|`|&& )npm (?:run )?([a-z:0-9-]+)/gm)].map(
      ([, name]) => name ?? '',
    )
    expect(commands.length).toBeGreaterThan(8)
    expect(
      commands.filter((name) => !(name in scripts) && !['ci', 'rebuild', 'warn'].includes(name)),
    ).toEqual([])
  })

  test('the checks outside GitHub call what the README says', () => {
    const lines = read('.ci/run')
      .split('\n')
      .filter((line) => line.startsWith('npm '))
    expect(lines).toEqual([
      'npm ci --no-audit --no-fund',
      'npm run check:openapi -- ../shared/providers/openapi || true',
      'npm test --silent',
    ])
  })

  test('the checks outside GitHub fail with the check of the official descriptions, whose counts the sum takes in', () => {
    const text = read('.ci/run')
    expect(text.indexOf('export TUNTAS_COUNTED\n')).toBeGreaterThan(0)
    expect(text.indexOf('export TUNTAS_COUNTED\n')).toBeLessThan(text.indexOf('npm run check:openapi'))
    expect(read('scripts/check-openapi.mjs')).toContain("process.env['TUNTAS_COUNTED']")
    expect(read('scripts/run-checks.mjs')).toContain("countedBefore(process.env['TUNTAS_COUNTED'])")
  })
})

function parseYaml(text: string): YamlNode {
  return yaml.parsers.yaml.parse(text, {} as never) as YamlNode
}

interface YamlNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly (YamlNode | null)[]
}

type Value = string | null | Value[] | { [key: string]: Value }

function keyOf(pair: YamlNode | null): string {
  const key = toValue(pair?.children?.[0] ?? null)
  if (typeof key !== 'string') throw new Error('a key that is no text')
  return key
}

/** A YAML document as plain values; every scalar stays a string. */
function toValue(node: YamlNode | null): Value {
  if (node === null) return null
  const children = node.children ?? []
  switch (node.type) {
    case 'mapping':
    case 'flowMapping':
      return Object.fromEntries(children.map((pair) => [keyOf(pair), toValue(pair?.children?.[1] ?? null)]))
    case 'sequence':
    case 'flowSequence':
      return children.map((each) => toValue(each))
    default:
      return (
        node.value ?? toValue(children.find((each) => each !== null && each.type !== 'documentHead') ?? null)
      )
  }
}
