import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { guardHeaders, pageFiles } from '../../src/main/shells/page-files.ts'
import type { AnyEvent } from '../../src/shared/contract/contract.ts'
import { answers } from './canned-answers.ts'
import { cannedWorld, failure, type CannedWorld } from './canned-world.ts'

/**
 * The window without an engine: built once, served under the shells' own rules, every command answered from canned
 * data. For looking at it and for tests of what only a real browser can show.
 */
export async function startPreview(rowCount = 2000): Promise<Preview> {
  const folder = await builtPage()
  const world = cannedWorld(Date.now(), rowCount)
  const streams = new Set<ServerResponse>()
  const tell = (event: AnyEvent) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  const preview: Desk = { world, tell, refuse: new Map(), calls: [], delayMs: 0, isGone: false }
  const readPage = pageFiles(folder)
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(guardHeaders)) response.setHeader(name, value)
    const url = (request.url ?? '/').split('?')[0] ?? '/'
    if (preview.isGone) return void response.destroy()
    if (url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"name":"hello","payload":{"build":"canned"}}\n\n')
      streams.add(response)
      response.once('close', () => streams.delete(response))
    } else if (url.startsWith('/call/')) {
      const value = await commandAnswer(preview, url.slice('/call/'.length), await bodyOf(request))
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    } else if (url.startsWith('/media/')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture(url))
    } else {
      const file = await readPage(url === '/' ? '/index.html' : url)
      if (file === null) return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes)
    }
  }
  const port = await listening(server)
  return Object.assign(preview, {
    url: `http://127.0.0.1:${port}/`,
    drop: () => {
      for (const stream of streams) stream.destroy()
    },
    close: () => {
      for (const stream of streams) stream.destroy()
      server.close()
    },
  })
}

export interface Preview {
  readonly url: string
  readonly world: CannedWorld
  readonly tell: (event: AnyEvent) => void
  /** Commands that shall fail, by name. */
  readonly refuse: Map<string, ReturnType<typeof failure>>
  /** What the page has called, in order. */
  readonly calls: { name: string; input: unknown }[]
  delayMs: number
  /** As if the engine had been stopped. */
  isGone: boolean
  /** Breaks every open stream, as a stopping engine does. */
  drop(): void
  close(): void
}

type Desk = Omit<Preview, 'url' | 'close' | 'drop'>

async function builtPage(): Promise<string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'tuntas-preview-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: path.resolve(import.meta.dirname, '../../src/renderer'),
    base: './',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 },
  })
  return outDir
}

async function commandAnswer(desk: Desk, name: string, input: unknown): Promise<unknown> {
  if (name !== 'window.report') desk.calls.push({ name, input })
  if (desk.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, desk.delayMs))
  const refusal = desk.refuse.get(name)
  if (refusal !== undefined) return { ok: false, failure: refusal }
  const given = input as Record<string, never>
  const run = answers[name]
  const value = run === undefined ? {} : run(desk, given)
  return value === null ? { ok: false, failure: failure('notFound') } : { ok: true, value }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text)
}

function picture(url: string): string {
  const isFace = url.includes('face')
  const [width, height] = isFace ? [80, 80] : [640, 420]
  const shape = isFace
    ? '<circle cx="40" cy="34" r="16" fill="#fff"/><circle cx="40" cy="86" r="32" fill="#fff"/>'
    : '<path d="M80 360 320 90l240 270z" fill="#2f7f5f"/><path d="M320 90v270" stroke="#fff" stroke-width="6"/>'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#a9c8d8"/>${shape}</svg>`
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
