/**
 * One planted violation for every rule and every line of the dependency table. `key` names what must catch it:
 * a rule id, or `<folder> <aspect>` for a line of the table. Removing that rule or line turns the self-test red.
 */
export interface Plant {
  readonly key: string
  readonly file: string
  readonly code: string
  /** The rule that must report, and nothing else may. */
  readonly rule: string
}

/** Files the plants import; each is clean, and together they are an example of everything that is allowed. */
export const ground: Readonly<Record<string, string>> = {
  'src/shared/domain/ids.ts': `export type Id = string & { readonly brand: 'Id' }\nexport const noId = '' as Id`,
  'src/shared/domain/unread.ts': `import { noId } from './ids.ts'\nexport const none = { id: noId, at: new Date(0).getTime() }`,
  'src/shared/contract/failure.ts': `export const codes = ['offline'] as const\nexport type FailureCode = (typeof codes)[number]`,
  'src/shared/contract/contract.ts': `import * as z from 'zod'\nimport { noId } from '../domain/ids.ts'\nexport const contract = z.strictObject({ id: z.literal(noId) })\nexport type Contract = z.infer<typeof contract>`,
  'src/shared/contract/bridge.ts': `import type { Contract } from './contract.ts'\nexport interface Wire { call(input: Contract): Promise<unknown> }\nexport function over(wire: Wire): Wire { return wire }`,
  'src/shared/words/words.ts': `import type { FailureCode } from '../contract/failure.ts'\nexport const words = { offline: 'No network.' } satisfies Record<FailureCode, string>`,
  'src/simulators/acme/server.ts': `import { createServer } from 'node:http'\nexport const server = createServer()\nexport const startedAt = Date.now()`,
  'src/main/ports/clock.ts': `import type { Id } from '../../shared/domain/ids.ts'\nexport interface Clock { now(of: Id): number }\nexport class Fault extends Error {}`,
  'src/main/providers/provider.ts': `import type { Contract } from '../../shared/contract/contract.ts'\nimport { codes } from '../../shared/contract/failure.ts'\nimport type { Clock } from '../ports/clock.ts'\nexport interface Provider { readonly id: string; readonly contract: Contract; readonly clock: Clock }\nexport const known = codes`,
  'src/main/providers/acme/acme.ts': `import type { Provider } from '../provider.ts'\nimport { Fault } from '../../ports/clock.ts'\nimport { noId } from '../../../shared/domain/ids.ts'\nexport const acme: Pick<Provider, 'id'> = { id: noId }\nexport const fault = Fault`,
  'src/main/providers/umbrella/umbrella.ts': `import type { Provider } from '../provider.ts'\nexport const umbrella: Pick<Provider, 'id'> = { id: 'umbrella' }`,
  'src/main/providers/registry.ts': `import { acme } from './acme/acme.ts'\nimport { umbrella } from './umbrella/umbrella.ts'\nexport const registry = { acme, umbrella }`,
  'src/main/store/store.ts': `import { DatabaseSync } from 'node:sqlite'\nimport { noId } from '../../shared/domain/ids.ts'\nexport const store = { DatabaseSync, noId }`,
  'src/main/engine/engine.ts': `import { contract } from '../../shared/contract/contract.ts'\nimport { words } from '../../shared/words/words.ts'\nimport type { Clock } from '../ports/clock.ts'\nimport { known } from '../providers/provider.ts'\nimport { store } from '../store/store.ts'\nexport function engine(clock: Clock): unknown { return { contract, words, clock, known, store } }`,
  'src/main/shells/system-clock.ts': `import { engine } from '../engine/engine.ts'\nexport function now(): number { return Date.now() }\nexport const host = engine`,
  'src/main/shells/electron/start.ts': `import { app } from 'electron'\nimport { registry } from '../../providers/registry.ts'\nimport { host } from '../system-clock.ts'\nexport const parts = { app, registry, host }`,
  'src/main/shells/loopback/start.ts': `import { createServer } from 'node:http'\nimport { registry } from '../../providers/registry.ts'\nexport const parts = { createServer, registry }`,
  'src/main/index.ts': `import { parts } from './shells/electron/start.ts'\nexport const started = parts`,
  'src/preload/index.ts': `import { contextBridge } from 'electron'\nimport type { Wire } from '../shared/contract/bridge.ts'\nexport function expose(wire: Wire): void { contextBridge.exposeInMainWorld('wire', wire) }`,
  'src/renderer/bridge/wire.ts': `import { over } from '../../shared/contract/bridge.ts'\nimport type { Contract } from '../../shared/contract/contract.ts'\nexport const bridge = { over, source: new EventSource('/events') }\nexport type Row = Contract`,
  'src/renderer/ui/button.tsx': `import { words } from '../../shared/words/words.ts'\nexport function Button() { return <button title={words.offline}>{words.offline}</button> }`,
  'src/renderer/ui/long-form.tsx': `export function Form() {\n${'  void 0\n'.repeat(115)}  return null\n}`,
  'src/renderer/state/mirror.ts': `import { createStore } from 'zustand/vanilla'\nimport { bridge } from '../bridge/wire.ts'\nexport const mirror = createStore(() => ({ bridge }))`,
  'src/renderer/features/inbox/inbox.tsx': `import { Button } from '../../ui/button.tsx'\nimport { mirror } from '../../state/mirror.ts'\nexport function Inbox() { return mirror.getState() === null ? null : <Button /> }`,
  'src/renderer/app.tsx': `import { Inbox } from './features/inbox/inbox.tsx'\nexport function App() { return <Inbox /> }`,
  'tests/support/clean.test.ts': `import type * as Electron from 'electron'\nimport { expect, test, vi } from 'vitest'\nimport { acme } from '../../src/main/providers/acme/acme.ts'\nvi.mock('electron')\ntest('a fake is handed in', () => { expect(acme.id === 'acme').toBe(false) })\nexport type App = Electron.App`,
}

const paths = 'import-x/no-restricted-paths'
const packages = 'house/packages'
const globals = 'no-restricted-globals'

type Aspect = 'imports' | 'packages' | 'globals' | 'clock' | 'random'
const ruleOf: Record<Aspect, string> = {
  imports: paths,
  packages,
  globals,
  clock: 'house/clock',
  random: 'house/random',
}

const rows: readonly Plant[] = [
  ...inFolder('src/shared/domain', {
    imports: [
      `import type { FailureCode } from '../contract/failure.ts'\nexport type X = FailureCode`,
      `import { words } from '../words/words.ts'\nexport const x = words`,
    ],
    packages: [
      `import * as z from 'zod'\nexport const x = z`,
      `import { join } from 'node:path'\nexport const x = join`,
      `import { join } from 'path'\nexport const x = join`,
    ],
    globals: [
      `export const x = process.pid`,
      `export const x = document.title`,
      `export const x = fetch`,
      `export const x = globalThis.setTimeout`,
      `export const x = crypto.randomUUID()`,
    ],
    clock: [`export const x = Date.now()`, `export const x = new Date()`, `export const x = Date()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/shared/contract', {
    imports: [`import { words } from '../words/words.ts'\nexport const x = words`],
    packages: [`import { app } from 'electron'\nexport const x = app`],
    globals: [`export const x = setInterval`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/shared/words', {
    imports: [`import type { Id } from '../domain/ids.ts'\nexport type X = Id`],
    packages: [
      `import * as z from 'zod'\nexport const x = z`,
      `import { codes } from '../contract/failure.ts'\nexport const x = codes`,
    ],
    globals: [`export const x = navigator.language`],
    clock: [`export const x = new Date()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/simulators', {
    imports: [
      `import type { Id } from '../shared/domain/ids.ts'\nexport type X = Id`,
      `import { acme } from '../main/providers/acme/acme.ts'\nexport const x = acme`,
    ],
    packages: [`import * as z from 'zod'\nexport const x = z`],
    globals: [`export const x = window.name`],
  }),
  ...inFolder('src/main/ports', {
    imports: [
      `import type { FailureCode } from '../../shared/contract/failure.ts'\nexport type X = FailureCode`,
    ],
    packages: [
      `import type { App } from 'electron'\nexport type X = App`,
      `import { noId } from '../../shared/domain/ids.ts'\nexport const x = noId`,
    ],
    globals: [`export const x = performance.now()`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/foreign', {
    imports: [`import { acme } from '../providers/acme/acme.ts'\nexport const x = acme`],
    packages: [`import { request } from 'node:https'\nexport const x = request`],
    globals: [`export const x = fetch`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/providers', {
    imports: [`import { store } from '../store/store.ts'\nexport const x = store`],
    packages: [
      `import { request } from 'node:https'\nexport const x = request`,
      `import { contract } from '../../shared/contract/contract.ts'\nexport const x = contract`,
    ],
    globals: [`export const x = fetch`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/providers/acme', {
    imports: [
      `import type { umbrella } from '../umbrella/umbrella.ts'\nexport type X = typeof umbrella`,
      `import { registry } from '../registry.ts'\nexport const x = registry`,
      `export function x() { return import('../../engine/engine.ts') }`,
    ],
    packages: [`import { fetch } from 'undici'\nexport const x = fetch`],
    globals: [
      `export const x = fetch('https://example.com')`,
      `export const x = new WebSocket('wss://example.com')`,
      `export const x = globalThis.fetch`,
    ],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/providers/umbrella', {
    imports: [`import { acme } from '../acme/acme.ts'\nexport const x = acme`],
    packages: [`import WebSocket from 'ws'\nexport const x = WebSocket`],
    globals: [`export const x = setTimeout`],
    clock: [`export const x = new Date()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/store', {
    imports: [`import type { Clock } from '../ports/clock.ts'\nexport type X = Clock`],
    packages: [`import { createServer } from 'node:http'\nexport const x = createServer`],
    globals: [`export const x = setTimeout`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/engine', {
    imports: [
      `import { acme } from '../providers/acme/acme.ts'\nexport const x = acme`,
      `import type { registry } from '../providers/registry.ts'\nexport type X = typeof registry`,
      `import { now } from '../shells/system-clock.ts'\nexport const x = now`,
    ],
    packages: [
      `import { app } from 'electron'\nexport const x = app`,
      `import { readFile } from 'node:fs'\nexport const x = readFile`,
    ],
    globals: [`export const x = setTimeout`, `export const x = fetch`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/main/shells', {
    imports: [`import { server } from '../../simulators/acme/server.ts'\nexport const x = server`],
    packages: [
      `import { app } from 'electron'\nexport const x = app`,
      `import { createServer } from 'node:http'\nexport const x = createServer`,
    ],
    globals: [`export const x = fetch`],
  }),
  ...inFolder('src/main/shells/electron', {
    imports: [`import { App } from '../../../renderer/app.tsx'\nexport const x = App`],
    packages: [`import { createServer } from 'node:http'\nexport const x = createServer`],
    globals: [`export const x = document`],
  }),
  ...inFolder('src/main/shells/loopback', {
    imports: [`import { server } from '../../../simulators/acme/server.ts'\nexport const x = server`],
    packages: [
      `import { app } from 'electron'\nexport const x = app`,
      `export function x() { return import('electron') }`,
    ],
    globals: [`export const x = window`],
  }),
  ...inFolder('src/main/*.ts', {
    imports: [`import { registry } from './providers/registry.ts'\nexport const x = registry`],
    packages: [`import * as z from 'zod'\nexport const x = z`],
    globals: [`export const x = fetch`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/preload', {
    imports: [
      `import type { Id } from '../shared/domain/ids.ts'\nexport type X = Id`,
      `import type { Contract } from '../shared/contract/contract.ts'\nexport type X = Contract`,
    ],
    packages: [
      `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`,
      `import { over } from '../shared/contract/bridge.ts'\nexport const x = over`,
    ],
    globals: [`export const x = document`],
    clock: [`export const x = Date.now()`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/renderer', {
    imports: [`import type { Clock } from '../main/ports/clock.ts'\nexport type X = Clock`],
    packages: [
      `import { app } from 'electron'\nexport const x = app`,
      `import * as z from 'zod'\nexport const x = z`,
      `import { contract } from '../shared/contract/contract.ts'\nexport const x = contract`,
    ],
    globals: [`export const x = fetch('/call')`, `export const x = process.pid`],
  }),
  ...inFolder('src/renderer/bridge', {
    imports: [`import { mirror } from '../state/mirror.ts'\nexport const x = mirror`],
    packages: [
      `import { createStore } from 'zustand/vanilla'\nexport const x = createStore`,
      `import { contract } from '../../shared/contract/contract.ts'\nexport const x = contract`,
    ],
    globals: [`export const x = process.pid`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/renderer/ui', {
    imports: [
      `import { mirror } from '../state/mirror.ts'\nexport const x = mirror`,
      `import type { Row } from '../bridge/wire.ts'\nexport type X = Row`,
    ],
    packages: [
      `import { createStore } from 'zustand/vanilla'\nexport const x = createStore`,
      `import * as z from 'zod'\nexport const x = z`,
    ],
    globals: [`export const x = fetch('/call')`],
    random: [`export const x = Math.random()`],
  }),
  ...inFolder('src/renderer/state', {
    imports: [
      `import { Button } from '../ui/button.tsx'\nexport const x = Button`,
      `import { Inbox } from '../features/inbox/inbox.tsx'\nexport const x = Inbox`,
    ],
    packages: [
      `import { Virtuoso } from 'react-virtuoso'\nexport const x = Virtuoso`,
      `import { contract } from '../../shared/contract/contract.ts'\nexport const x = contract`,
    ],
    globals: [`export const x = new EventSource('/events')`],
  }),
  ...inFolder('src/renderer/features', {
    imports: [
      `import { App } from '../app.tsx'\nexport const x = App`,
      `import { engine } from '../../main/engine/engine.ts'\nexport const x = engine`,
    ],
    packages: [
      `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`,
      `import { contract } from '../../shared/contract/contract.ts'\nexport const x = contract`,
    ],
    globals: [`export const x = fetch('/call')`],
  }),
]

const jsx = (markup: string): string =>
  `export function X({ on }: { on: boolean }) { return on ? ${markup} : null }`
const ui = (name: string): string => `src/renderer/ui/${name}.tsx`
const lines = (count: number, line: string): string =>
  Array.from({ length: count }, (_, i) => line.replaceAll('#', String(i))).join('\n')

const house: readonly Plant[] = [
  ...each('house/provider-id', 'src/main/engine/planted-#.ts', [
    `export function x(id: string): boolean { return id === 'chatwoot' }`,
    `export function x(id: string): boolean { return 'chatwoot-public' !== id }`,
    `export function x(id: string): number { switch (id) { case 'wapikit': return 1; default: return 0 } }`,
    `export function x(id: string): boolean { return ['aelyst'].includes(id) }`,
    `export function x(id: string): boolean { return id === 'acme' }`,
    `export const x: Record<string, number> = { chatwoot: 1 }`,
  ]),
  ...each('house/own-mock', 'tests/support/planted-#.test.ts', [
    `import { vi } from 'vitest'\nvi.mock('../../src/main/store/store.ts')`,
    `import { vi } from 'vitest'\nvi.mock(import('../../src/main/store/store.ts'))`,
    `import { vi } from 'vitest'\nvi.doMock('/src/main/store/store.ts')`,
  ]),
  ...each('house/literal-words', 'src/renderer/ui/words-#.tsx', [
    jsx(`<p>Save</p>`),
    jsx(`<p>{'Save'}</p>`),
    jsx('<p>{`Save`}</p>'),
    jsx(`<p>{on ? 'On' : null}</p>`),
    jsx(`<p>{on && 'On'}</p>`),
    jsx(`<>سلام</>`),
    jsx(`<p aria-label="Close" />`),
    jsx(`<p title={'Close'} />`),
    jsx(`<input placeholder={on ? 'Find' : ''} />`),
    jsx('<img alt={`Photo of ${String(on)}`} />'),
  ]),
  ...each('house/logical-styles', 'src/renderer/ui/styles-#.tsx', [
    jsx(`<p style={{ marginLeft: 4 }} />`),
    jsx(`<p style={{ right: 0 }} />`),
    jsx(`<p style={{ textAlign: 'left' }} />`),
  ]),
  ...each('house/raw-html', 'src/renderer/ui/html-#.tsx', [
    jsx(`<p dangerouslySetInnerHTML={{ __html: '' }} />`),
    `export function x(on: HTMLElement): void { const it = on; it.innerHTML = '' }`,
  ]),
  ...each('house/barrel', 'src/main/engine/barrel-#.ts', [
    `export * from './engine.ts'`,
    `export { engine } from './engine.ts'`,
    `export type { Clock } from '../ports/clock.ts'`,
  ]),
  ...each('house/exported-function', 'src/main/engine/arrow-#.ts', [
    `export const x = (n: number): number => n`,
    `export const x = function (): number { return 1 }`,
  ]),
  ...each('house/disable-reason', 'src/main/engine/reason-#.ts', [
    `// eslint-disable-next-line no-var\nvar x = 1\nexport const y = x`,
  ]),
  ...each('house/packages', 'tests/support/electron-#.test.ts', [
    `import { app } from 'electron'\nexport const x = app`,
    `export function x() { return import('electron') }`,
  ]),
  ...each('house/packages', 'scripts/electron-#.ts', [
    `import { app } from 'electron'\nexport const x = app`,
  ]),
  ...each('no-console', 'src/simulators/planted-#.ts', [`console.info('x')`]),
  ...each('no-console', 'src/main/engine/console-#.ts', [`console.info('x')`]),
  at(
    ui('hooks'),
    'react-hooks/rules-of-hooks',
    `import { useState } from 'react'\nexport function X({ on }: { on: boolean }) { if (on) useState(1)\n return null }`,
  ),
  at(
    ui('deps'),
    'react-hooks/exhaustive-deps',
    `import { useEffect } from 'react'\nexport function X({ on }: { on: () => void }) { useEffect(() => { on() }, [])\n return null }`,
  ),
  at(
    ui('in-render'),
    'react-hooks/set-state-in-render',
    `import { useState } from 'react'\nexport function X() { const [n, setN] = useState(1)\n setN(2)\n return n }`,
  ),
  at(
    ui('static'),
    'react-hooks/static-components',
    `export function X() { function Inner() { return null }\n return <Inner /> }`,
  ),
  at(
    ui('immutable'),
    'react-hooks/immutability',
    `import { useState } from 'react'\nexport function X() { const [at] = useState({ n: 1 })\n at.n = 2\n return at.n }`,
  ),
  at(ui('pure'), 'react-hooks/purity', `export function X() { return <p>{performance.now()}</p> }`),
  at(
    ui('refs'),
    'react-hooks/refs',
    `import { useRef } from 'react'\nexport function X() { const at = useRef(1)\n return at.current }`,
  ),
  { ...at('src/main/engine/long-file.ts', 'max-lines', lines(301, 'export const x# = #')), key: 'max-lines' },
  {
    ...at(
      'src/main/engine/long-function.ts',
      'max-lines-per-function',
      `export function x(): void {\n${lines(61, '  void #')}\n}`,
    ),
    key: 'max-lines-per-function',
  },
  {
    ...at(
      ui('long'),
      'max-lines-per-function',
      `export function X() {\n${lines(121, '  void #')}\n  return null\n}`,
    ),
    key: 'max-lines-per-function .tsx',
  },
]

const general: readonly Plant[] = Object.entries({
  eqeqeq: `export function x(n: number): boolean { return n == 1 }`,
  'no-debugger': `export function x(): void { debugger }`,
  'no-empty': `export function x(run: () => void): void { try { run() } catch {} }`,
  'no-param-reassign': `export function x(n: number): number { n = 2\n return n }`,
  'no-useless-catch': `export function x(run: () => void): void { try { run() } catch (error) { throw error } }`,
  'no-var': `var x = 1\nexport const y = x`,
  'no-warning-comments': `// TODO later\nexport const x = 1`,
  'object-shorthand': `const x = 1\nexport const y = { x: x }`,
  'prefer-const': `let x = 1\nexport const y = x`,
  'max-params': `export function x(a: number, b: number, c: number, d: number, e: number): number { return a + b + c + d + e }`,
  'import-x/no-default-export': `export default 1`,
  '@typescript-eslint/await-thenable': `export async function x(): Promise<number> { await 1\n return 1 }`,
  '@typescript-eslint/ban-ts-comment': `// @ts-ignore\nexport const x = 1`,
  '@typescript-eslint/consistent-type-imports': `import { Clock } from '../ports/clock.ts'\nexport type X = Clock`,
  '@typescript-eslint/no-array-delete': `export function x(all: number[]): void { delete all[0] }`,
  '@typescript-eslint/no-base-to-string': `export function x(of: object): string { return of.toString() }`,
  '@typescript-eslint/no-deprecated': `/** @deprecated use y */\nconst x = 1\nexport const y = x`,
  '@typescript-eslint/no-empty-object-type': `export type X = {}`,
  '@typescript-eslint/no-explicit-any': `export type X = any`,
  '@typescript-eslint/no-floating-promises': `export function x(): void { Promise.resolve(1) }`,
  '@typescript-eslint/no-for-in-array': `export function x(all: number[]): void { for (const i in all) void i }`,
  '@typescript-eslint/no-implied-eval': `export function x(): unknown { return new Function('return 1') }`,
  '@typescript-eslint/no-misused-promises': `export function x(): number { if (Promise.resolve(true)) return 1\n return 2 }`,
  '@typescript-eslint/no-non-null-assertion': `export function x(all: number[]): number { return all[0]! }`,
  '@typescript-eslint/no-unnecessary-type-assertion': `export function x(n: number): number { return n as number }`,
  '@typescript-eslint/no-unsafe-argument': `export function x(y: (n: number) => void, s: string): void { y(JSON.parse(s)) }`,
  '@typescript-eslint/no-unsafe-assignment': `export function x(s: string): void { const y = JSON.parse(s)\n void y }`,
  '@typescript-eslint/no-unsafe-call': `export function x(s: string): void { void JSON.parse(s)() }`,
  '@typescript-eslint/no-unsafe-function-type': `export type X = Function`,
  '@typescript-eslint/no-unsafe-member-access': `export function x(s: string): void { void JSON.parse(s).y }`,
  '@typescript-eslint/no-unsafe-return': `export function x(s: string): number { return JSON.parse(s) }`,
  '@typescript-eslint/no-unused-vars': `const x = 1`,
  '@typescript-eslint/only-throw-error': `export function x(): void { throw 'x' }`,
  '@typescript-eslint/prefer-promise-reject-errors': `export function x(): Promise<void> { return Promise.reject('x') }`,
  '@typescript-eslint/require-array-sort-compare': `export function x(all: number[]): number[] { return all.toSorted() }`,
  '@typescript-eslint/restrict-template-expressions':
    'export function x(s: string[]): string { return `${s}` }',
  '@typescript-eslint/return-await': `export async function x(y: () => Promise<number>): Promise<number> { try { return y() } catch { return 1 } }`,
  '@typescript-eslint/switch-exhaustiveness-check': `export function x(k: 'a' | 'b'): number { switch (k) { case 'a': return 1 }\n return 2 }`,
}).map(([rule, code]) => at(`src/main/engine/general-${rule.replace(/\W+/g, '-')}.ts`, rule, code))

/** A cycle needs two files; both are reported. */
const cycle: readonly Plant[] = [
  at(
    'src/main/engine/cycle-a.ts',
    'import-x/no-cycle',
    `import { b } from './cycle-b.ts'\nexport const a: unknown[] = [b]`,
  ),
  at(
    'src/main/engine/cycle-b.ts',
    'import-x/no-cycle',
    `import { a } from './cycle-a.ts'\nexport const b: unknown[] = [a]`,
  ),
]

export const plants: readonly Plant[] = [...rows, ...house, ...general, ...cycle]

function inFolder(folder: string, codes: Partial<Record<Aspect, readonly string[]>>): Plant[] {
  const aspects = Object.keys(codes) as Aspect[]
  return aspects.flatMap((aspect) =>
    (codes[aspect] ?? []).map((code, i) => ({
      key: `${folder} ${aspect}`,
      file: `${folder.replace('/*.ts', '')}/planted-${aspect}-${i}.ts`,
      code,
      rule: ruleOf[aspect],
    })),
  )
}

function at(file: string, rule: string, code: string): Plant {
  return { key: rule, file, code, rule }
}

/** One file for each code; `#` in the path becomes its number. */
function each(rule: string, path: string, codes: readonly string[]): Plant[] {
  return codes.map((code, i) => ({ key: rule, file: path.replace('#', String(i)), code, rule }))
}
