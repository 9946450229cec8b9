import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../../../tests/support/run-loopback.ts', import.meta.url))
let folder = ''
let started: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tuntas-run-'))
  mkdirSync(path.join(folder, 'out', 'renderer'), { recursive: true })
  writeFileSync(path.join(folder, 'out', 'renderer', 'index.html'), '<title>the page</title>')
})
afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  started = []
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly said: { out: string; err: string }
  /** The first whole line of its standard output. */
  readonly line: Promise<string>
  readonly ended: Promise<number | null>
}

function run(given: readonly string[], environment: Record<string, string> = {}): Run {
  const { DBUS_SESSION_BUS_ADDRESS: _, ...rest } = process.env
  const env = {
    ...rest,
    HOME: folder,
    TUNTAS_DATA: path.join(folder, 'data'),
    TEST_OUT_FOLDER: path.join(folder, 'out'),
    ...environment,
  }
  const child = spawn(process.execPath, [script, ...given], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const said = { out: '', err: '' }
  const line = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString()
      if (said.out.includes('\n')) resolve(said.out)
    })
  })
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  return { child, said, line, ended: new Promise((resolve) => child.once('close', resolve)) }
}

test('it prints exactly one line, serves the page behind it, and stops cleanly when asked', async () => {
  const { child, said, line, ended } = run(['--no-open'])
  expect(await line).toMatch(/^Tuntas is at http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\n$/)
  const opened = await fetch(said.out.trim().replace('Tuntas is at ', ''), { redirect: 'manual' })
  expect(opened.status).toBe(303)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(said.out.split('\n')).toHaveLength(2)
  expect(said.err).toBe('')
})

test.skipIf(process.platform === 'win32')('what it keeps, only this user can read', async () => {
  const { child, line, ended } = run(['--no-open'])
  await line
  const data = path.join(folder, 'data')
  const modes = ['.', ...readdirSync(data)].map((name) => [
    name,
    statSync(path.join(data, name)).mode & 0o077,
  ])
  child.kill('SIGTERM')
  await ended
  expect(modes.length).toBeGreaterThan(3)
  expect(modes.filter(([, forOthers]) => forOthers !== 0)).toEqual([])
})

test('neither link nor token are in the log', async () => {
  const { child, said, line, ended } = run(['--no-open'])
  await line
  child.kill('SIGTERM')
  await ended
  const log = readFileSync(path.join(folder, 'data', 'main.log'), 'utf8')
  expect(log).toMatch(/app\.started .*\n(.*\n)*.*app\.stopped\n$/)
  expect(log).not.toContain(said.out.trim().split('/').at(-1))
})

test('a second one on the same data says that the first is running', async () => {
  const first = run(['--no-open'])
  await first.line
  const second = run(['--no-open'])
  expect(await second.ended).toBe(1)
  expect([second.said.out, second.said.err]).toEqual([
    '',
    `Tuntas is already running with the data in ${path.join(folder, 'data')}, or another program holds it. Use the window that is open, or stop that program, and start again.\n`,
  ])
})

test('a port in use, a wrong argument, a wrong folder and a missing page each say so in one sentence', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  writeFileSync(path.join(folder, 'file'), '')
  const outcome = async ({ ended, said }: Run) => [await ended, said.out, said.err]
  const data = (name: string) => ({ TUNTAS_DATA: path.join(folder, name) })
  expect(
    await Promise.all([
      outcome(run(['--port', port], data('a'))),
      outcome(run(['--prot', '1'], data('b'))),
      outcome(run([], data('file/data'))),
      outcome(run([], { ...data('c'), TEST_OUT_FOLDER: folder })),
    ]),
  ).toEqual([
    [1, '', `Port ${port} is in use by another program. Choose another with --port, or leave it out.\n`],
    [1, '', '“--prot” is not understood. Known are --no-open and --port NUMBER (1 to 65535).\n'],
    [
      1,
      '',
      expect.stringMatching(
        /^Tuntas cannot keep its data in .*file\/data \(ENOTDIR\)\. Make that folder writable, .*\n$/,
      ),
    ],
    [1, '', 'The window’s page has not been built. Run “npm run build” first.\n'],
  ])
  server.close()
})
