// @ts-check
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { defineConfig } from 'eslint/config'
import { importX } from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { housePlugin } from './scripts/house-plugin.mjs'

/**
 * The architecture, as a table: one line a folder. A folder may import itself, the folders and files of ours named
 * here, and the packages and Node built-ins named here; `type x` means as types only. Last come the kinds of globals it
 * may touch: dom, node (process, Buffer), network (fetch, WebSocket), clock (Date.now, timers), random.
 * A file belongs to the last line that holds it. tests/house/lint-self-test.test.ts plants a violation of every line.
 * @typedef {{ folder: string, may: readonly string[], touch: readonly Kind[] }} Row
 * @typedef {'dom' | 'node' | 'network' | 'clock' | 'random'} Kind
 */

const forProviders = [
  'src/shared/domain',
  'type src/shared/contract/contract.ts',
  'src/shared/contract/failure.ts',
  'src/main/ports',
]
const onDisk = ['node:fs', 'node:path', 'node:url', 'node:os', 'node:crypto']
const window = ['src/shared', 'type src/shared/contract/contract.ts', 'react', 'lucide-react']

// prettier-ignore
/** @type {readonly Row[]} */
const lines = [
  row('src/shared/domain', [], []),
  row('src/shared/contract', ['src/shared/domain', 'zod'], []),
  row('src/shared/words', ['type src/shared/contract/failure.ts'], []),
  row('src/simulators', ['node:*', 'ws'], ['node', 'network', 'clock', 'random']),
  row('src/main/*.ts', ['src/main/shells/electron', 'src/main/shells/loopback', 'package.json', 'node:path'], []),
  row('src/main/ports', ['type src/shared/domain'], []),
  row('src/main/foreign', [...forProviders, 'src/main/providers/provider.ts'], []),
  row('src/main/providers', forProviders, []),
  row('src/main/store', ['src/shared/domain', 'node:sqlite', 'node:fs', 'node:path', 'node:crypto'], ['node']),
  row('src/main/engine', ['src/shared', 'src/main/ports', 'src/main/providers/provider.ts', 'src/main/store/store.ts', 'type zod'], []),
  row('src/main/shells', ['src/shared', 'src/main', ...onDisk, 'keytar', 'undici', 'zod'], ['node', 'clock', 'random']),
  row('src/main/shells/electron', ['src/shared', 'src/main', ...onDisk, 'node:child_process', 'electron'], ['node', 'clock', 'random']),
  row('src/main/shells/loopback', ['src/shared', 'src/main', 'node:*', 'undici'], ['node', 'clock', 'random']),
  row('src/preload', ['type src/shared/contract/bridge.ts', 'electron'], []),
  row('src/renderer', [...window, 'react-dom', 'zustand', '@fontsource-variable/inter'], ['dom', 'clock', 'random']),
  row('src/renderer/bridge', window, ['dom', 'network', 'clock']),
  row('src/renderer/ui', window, ['dom', 'clock']),
  row('src/renderer/state', [...window, 'src/renderer/bridge', 'zustand'], ['dom', 'clock', 'random']),
  row('src/renderer/features', [...window, 'src/renderer/bridge', 'src/renderer/state', 'src/renderer/ui', 'react-dom', 'react-virtuoso', 'zustand', 'dompurify'], ['dom', 'clock', 'random']),
]

/** Where the house's own bans hold; the sentences are in scripts/house-plugin.mjs. */
export const bans = [
  ban(
    'provider-id',
    ['src/**'],
    [
      'src/main/providers/**',
      'src/main/foreign/**',
      'src/simulators/**',
      'src/shared/words/**',
      '**/*.test.{ts,tsx}',
    ],
  ),
  ban('own-mock', ['src/**', 'tests/**'], []),
  ban('literal-words', ['src/renderer/**'], ['**/*.test.{ts,tsx}']),
  ban('logical-styles', ['src/renderer/**'], []),
  ban('raw-html', ['src/renderer/**'], []),
  ban('barrel', ['src/**'], []),
  ban('exported-function', ['src/**', 'tests/**'], []),
  ban('disable-reason', ['src/**', 'tests/**', 'scripts/**'], []),
]

/** What every TypeScript file of ours keeps. Chosen one by one: each has a planted violation in the self-test. */
export const everywhere = {
  eqeqeq: 'error',
  'no-debugger': 'error',
  'no-empty': 'error',
  'no-param-reassign': 'error',
  'no-useless-catch': 'error',
  'no-var': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'max-params': ['error', 4],
  'import-x/no-cycle': ['error', { ignoreExternal: true }],
  'import-x/no-default-export': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
  '@typescript-eslint/consistent-type-imports': [
    'error',
    { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
  ],
  '@typescript-eslint/no-array-delete': 'error',
  '@typescript-eslint/no-base-to-string': 'error',
  '@typescript-eslint/no-deprecated': 'error',
  '@typescript-eslint/no-empty-object-type': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-for-in-array': 'error',
  '@typescript-eslint/no-implied-eval': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-function-type': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { allowDefaultCaseForExhaustiveSwitch: false }],
}

/** What the product keeps and tests need not. */
export const inProduct = {
  'no-console': 'error',
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
}

/**
 * What tests may do besides: matchers like `expect.any` are `any`, tables hand rows over as parameters, fakes take async
 * listeners, and a switch over foreign names may have a default.
 */
const inTests = {
  'max-params': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
  '@typescript-eslint/restrict-template-expressions': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
}

/** What components keep besides. */
export const inComponents = {
  'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
  'react-hooks/rules-of-hooks': 'error',
  'react-hooks/exhaustive-deps': 'error',
  'react-hooks/set-state-in-render': 'error',
  'react-hooks/static-components': 'error',
  'react-hooks/immutability': 'error',
  'react-hooks/purity': 'error',
  'react-hooks/refs': 'error',
}

const kinds = /** @type {const} */ (['dom', 'node', 'network', 'clock', 'random'])

/** @type {Record<Kind, string>} */
const globals = {
  dom: 'window document navigator location history localStorage sessionStorage indexedDB alert confirm prompt matchMedia getComputedStyle requestAnimationFrame cancelAnimationFrame requestIdleCallback DOMParser MutationObserver ResizeObserver IntersectionObserver Notification Image Audio event name status self parent top',
  node: 'process Buffer global require module exports __dirname __filename setImmediate clearImmediate',
  network: 'fetch WebSocket EventSource XMLHttpRequest',
  clock: 'setTimeout setInterval clearTimeout clearInterval performance',
  random: 'crypto',
}

const testFiles = ['**/*.test.{ts,tsx}', '**/*.conformance.ts']

/** Each folder under src/main/providers is an island; read from disk, so a new one is guarded at birth. @param {string} root */
export function tableFor(root) {
  const islands = providersIn(root).map((id) =>
    row(
      `src/main/providers/${id}`,
      [...forProviders, 'src/main/foreign', 'src/main/providers/provider.ts'],
      [],
    ),
  )
  return [...lines, ...islands]
}

/** The whole configuration for a tree that lies at `root`. @param {string} root */
export function houseConfig(root) {
  return defineConfig(
    { ignores: ['out/**', 'dist/**', 'node_modules/**', 'coverage/**'] },
    {
      name: 'house/language',
      files: ['**/*.{ts,tsx,mjs}'],
      linterOptions: { reportUnusedDisableDirectives: 'error' },
      plugins: {
        house: housePlugin([
          ...new Set(['chatwoot', 'chatwoot-public', 'wapikit', 'aelyst', ...providersIn(root)]),
        ]),
        '@typescript-eslint': tseslint.plugin,
        'import-x': /** @type {any} */ (importX),
        'react-hooks': /** @type {any} */ (reactHooks),
      },
      languageOptions: { parser: tseslint.parser },
      settings: {
        // without these two no-cycle passes everything in silence
        ...importX.flatConfigs.typescript.settings,
        'import-x/resolver-next': [createTypeScriptImportResolver({ project: join(root, 'tsconfig.json') })],
      },
    },
    {
      name: 'house/everywhere',
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: /** @type {any} */ (everywhere),
    },
    { files: ['*.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
    {
      name: 'house/product',
      files: ['src/**/*.{ts,tsx}'],
      ignores: testFiles,
      rules: /** @type {any} */ (inProduct),
    },
    { name: 'house/tests', files: ['tests/**', ...testFiles], rules: /** @type {any} */ (inTests) },
    {
      name: 'house/written conversations have any length',
      files: ['src/simulators/*/demo/**', 'src/simulators/**/*-data.ts'],
      rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
    },
    { name: 'house/components', files: ['src/**/*.tsx'], rules: /** @type {any} */ (inComponents) },
    ...bans.map(({ name, files, ignores }) => ({
      files,
      ignores,
      rules: { [`house/${name}`]: /** @type {const} */ ('error') },
    })),
    ...tableFor(root).map((each) => guard(each, root)),
    {
      name: 'house/no electron under Node: importing it starts a download',
      files: ['tests/**/*.ts', 'scripts/**/*.{ts,mjs}', '*.config.ts', ...testFiles],
      rules: { 'house/packages': ['error', { root, who: 'Plain Node', may: ['*'], asTypes: ['electron'] }] },
    },
  )
}

export default houseConfig(import.meta.dirname)

/** One line of the table as rules. @param {Row} line @param {string} root @returns {import('eslint').Linter.Config} */
function guard({ folder, may, touch }, root) {
  const asTypes = may.filter((each) => each.startsWith('type ')).map((each) => each.slice(5))
  const named = [...may, ...asTypes].filter((each) => !each.startsWith('type '))
  const ours = named.filter((each) => each.startsWith('src/') || each === 'package.json')
  const forbidden = kinds.filter((kind) => !touch.includes(kind))
  const names = forbidden.flatMap((kind) =>
    globals[kind].split(' ').map((name) => ({ name, message: `${folder} does not touch ${kind}.` })),
  )
  return {
    name: `house/${folder}`,
    files: [folder.endsWith('.ts') ? folder : `${folder}/**/*.{ts,tsx}`],
    ignores: testFiles,
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: root,
          zones: [
            {
              target: '.',
              from: '.',
              except: ['node_modules', folder, ...ours],
              message: `${folder} may not import it.`,
            },
          ],
        },
      ],
      'house/packages': ['error', { root, who: folder, may: named, asTypes }],
      'no-restricted-globals': ['error', { globals: names, checkGlobalObject: true }],
      'house/clock': forbidden.includes('clock') ? 'error' : 'off',
      'house/random': forbidden.includes('random') ? 'error' : 'off',
    },
  }
}

/** @param {string} root */
function providersIn(root) {
  const found = readdirSync(join(root, 'src/main/providers'), { withFileTypes: true })
  return found.filter((each) => each.isDirectory()).map((each) => each.name)
}

/** @type {(folder: string, may: readonly string[], touch: readonly Kind[]) => Row} */
function row(folder, may, touch) {
  return { folder, may, touch }
}

/** @type {(name: string, files: string[], ignores: string[]) => { name: string, files: string[], ignores: string[] }} */
function ban(name, files, ignores) {
  return { name, files: files.map((each) => `${each}/*.{ts,tsx,mjs}`), ignores }
}
