import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { launchBrowser } from '../support/browser.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let browser: Browser
let folder = ''
let started: ChildProcess[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tuntas-scripts-'))
})
afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  started = []
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  readonly said: { out: string; err: string }
  readonly link: Promise<string>
  readonly ended: Promise<number | null>
  stop(): void
}

/** A script of package.json as npm runs it, on a home of its own; nothing on its PATH can open a browser. */
function run(script: string, given: readonly string[], environment: Record<string, string> = {}): Run {
  const env = { PATH: path.dirname(process.execPath), HOME: folder, TMPDIR: folder, ...environment }
  const child = spawn(process.execPath, [path.join(root, 'scripts', `${script}.mjs`), ...given], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', err: '' }
  const link = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString()
      const found = /^Tuntas is at (\S+)$/m.exec(said.out)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  return {
    said,
    link,
    ended: new Promise((resolve) => child.once('close', resolve)),
    stop: () => void child.kill('SIGTERM'),
  }
}

/** Something in the place of Electron's binary. */
function electronThat(does: string): Record<string, string> {
  const file = path.join(folder, 'electron')
  writeFileSync(file, `#!/bin/sh\n${does}\n`)
  chmodSync(file, 0o755)
  return { ELECTRON_OVERRIDE_DIST_PATH: folder }
}

test('the demo opens on a living inbox, says where in one line, and leaves nothing behind', async () => {
  const demo = run('demo', ['--no-open'])
  const page = await browser.newPage()
  await page.goto(await demo.link)
  await page.getByText(say('app.demo')).first().waitFor()
  await page.getByRole('row').first().waitFor()
  demo.stop()
  expect(await demo.ended).toBe(0)
  await page.close()
  expect(demo.said.out.trim().split('\n')).toHaveLength(1)
  expect(readdirSync(folder).filter((name) => name.startsWith('tuntas-demo-'))).toEqual([])
})

test('a port that was asked for is the one that is used', async () => {
  const first = run('serve', ['--no-open'], { TUNTAS_DATA: path.join(folder, 'a') })
  const { port } = new URL(await first.link)
  first.stop()
  await first.ended
  const second = run('serve', ['--no-open', '--port', port], { TUNTAS_DATA: path.join(folder, 'b') })
  expect(new URL(await second.link).port).toBe(port)
  second.stop()
  expect(await second.ended).toBe(0)
})

test('where Electron cannot start, the browser takes its place and says why', async () => {
  const app = run('start', [], { ...electronThat('exit 127'), TUNTAS_DATA: path.join(folder, 'data') })
  await app.link
  expect(app.said.err).toContain(
    'Electron could not start on this computer, so Tuntas opens in your browser.\n',
  )
  app.stop()
  expect(await app.ended).toBe(0)
})

test.each([
  ['exit 0', 0],
  ['exit 3', 3],
])('when Electron ends with “%s”, that is the end', async (does, code) => {
  const app = run('start', [], electronThat(does))
  expect(await app.ended).toBe(code)
  expect(app.said.out).toBe('')
})

test('Electron is given the app and the demo, and is asked to stop when we are', async () => {
  const told = path.join(folder, 'told')
  const electron = electronThat(
    `echo "$1 $TUNTAS_DEMO" > ${told}; trap 'echo stopped >> ${told}; exit 0' TERM; while :; do /bin/sleep 0.05; done`,
  )
  const demo = run('demo', [], electron)
  await expect.poll(() => existsSync(told), { timeout: 20_000 }).toBe(true)
  await expect
    .poll(() => readFileSync(told, 'utf8'))
    .toMatch(/"provider":"chatwoot","method":"token","fields":{"url":"http:\/\/127/)
  demo.stop()
  expect(await demo.ended).toBe(0)
  expect(readFileSync(told, 'utf8')).toMatch(/^\/.*\nstopped\n$/)
})
