import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { guardHeaders, pageFiles } from '../../src/main/shells/page-files.ts'
import type { AnyEvent, ConversationRow, Query } from '../../src/shared/contract/contract.ts'
import { compareRows } from '../../src/renderer/state/list-window.ts'
import { cannedWorld, countsOf, failure, newMessage, placed, type CannedWorld } from './canned-world.ts'

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

const answers: Record<string, (desk: Desk, input: Record<string, never>) => unknown> = {
  'app.snapshot': ({ world }) => ({ ...world.facts, revision: world.revision }),
  'settings.change': (desk, input) => {
    desk.world.facts.settings = { ...desk.world.facts.settings, ...input }
    const { settings, host } = desk.world.facts
    desk.tell({ name: 'settings.changed', payload: { revision: ++desk.world.revision, settings, host } })
    return settings
  },
  'inbox.page': ({ world }, input) =>
    inboxPage(world, input as unknown as Query & { after: string | null; limit: number }),
  'thread.open': ({ world }, input) => {
    const conversation = world.rows.find((row) => row.id === input['conversationId'])
    if (conversation === undefined) return null
    const thread = world.threads.get(conversation.id)
    const messages = thread?.messages ?? [
      newMessage(conversation, conversation.preview?.text ?? '', conversation.lastActivityAt),
    ]
    return {
      revision: world.revision,
      conversation,
      messages,
      stranded: thread?.stranded ?? [],
      hasOlder: (thread?.older.length ?? 0) > 0,
    }
  },
  'thread.older': ({ world }, input) => {
    const thread = world.threads.get(input['conversationId'] ?? '')
    const messages = thread?.older.splice(-20) ?? []
    return { messages, hasOlder: (thread?.older.length ?? 0) > 0 }
  },
  'conversation.act': (desk, input) => {
    act(desk, input['conversationId'] ?? '', input['action'] ?? '')
    return { outboxId: 'o9' }
  },
  'reply.send': (desk, input) => {
    say(desk, input['conversationId'] ?? '', input['text'] ?? '')
    return { outboxId: 'o10' }
  },
  'outbox.check': () => ({ finding: 'unknowable' }),
  'draft.get': ({ world }, input) => ({ text: world.drafts.get(input['conversationId'] ?? '') ?? '' }),
  'draft.keep': ({ world }, input) => {
    world.drafts.set(input['conversationId'] ?? '', input['text'] ?? '')
    return {}
  },
  'accounts.providers': () => ({ providers: [chatwoot] }),
  'accounts.probe': () => ({
    probeId: 'p1',
    host: 'support.example.com',
    server: 'Chatwoot 4.10',
    me: { name: 'Ari Lestari', email: 'ari@example.com' },
    choices: [
      { key: '1', name: 'Acme Outdoor', role: 'agent', isSuspended: false, isAdded: true },
      { key: '2', name: 'Acme Cycling', role: 'administrator', isSuspended: false, isAdded: false },
      { key: '3', name: 'Acme Winter', role: 'agent', isSuspended: true, isAdded: false },
    ],
  }),
  'accounts.add': () => ({ accountIds: ['cycling'] }),
}

const chatwoot = {
  id: 'chatwoot',
  label: 'Chatwoot',
  fields: [
    {
      name: 'url',
      label: 'signIn.chatwoot.url',
      hint: 'signIn.chatwoot.urlHint',
      kind: 'url',
      placeholder: 'https://app.chatwoot.com',
    },
    {
      name: 'token',
      label: 'signIn.chatwoot.token',
      hint: 'signIn.chatwoot.tokenHint',
      kind: 'secret',
      placeholder: '',
    },
  ],
}

function inboxPage(world: CannedWorld, query: Query & { after: string | null; limit: number }): unknown {
  const rows = world.rows.filter((row) => placed(row, query)).sort((a, b) => compareRows(query.sort, a, b))
  const start = query.after === null ? 0 : rows.findIndex((row) => row.id === query.after) + 1
  const page = rows.slice(start, start + query.limit)
  const next = start + query.limit < rows.length ? (page.at(-1)?.id ?? null) : null
  return { revision: world.revision, rows: page, next }
}

/** Puts a changed row where the page can hear of it. */
export function change(
  desk: Pick<Desk, 'world' | 'tell'>,
  id: string,
  patch: Partial<ConversationRow>,
): void {
  const { world } = desk
  const index = world.rows.findIndex((row) => row.id === id)
  const before = world.rows[index]
  if (before === undefined) return
  const row = { ...before, ...patch }
  world.rows[index] = row
  world.facts.counts = countsOf(world.rows)
  const payload = { revision: ++world.revision, upserted: [row], removed: [], counts: world.facts.counts }
  desk.tell({ name: 'inbox.changed', payload })
}

function act(desk: Desk, id: string, action: string): void {
  if (action === 'resolve')
    change(desk, id, { status: { kind: 'done' }, needsYou: false, waitingSince: null })
  if (action === 'reopen') change(desk, id, { status: { kind: 'open' } })
  if (action === 'markRead') change(desk, id, { unread: { kind: 'exact', count: 0 }, needsYou: false })
  if (action === 'markUnread') change(desk, id, { unread: { kind: 'exact', count: 1 }, needsYou: true })
}

/** A reply of ours, or with `side: 'them'` a customer who writes. */
export function say(
  desk: Pick<Desk, 'world' | 'tell'>,
  id: string,
  text: string,
  side: 'me' | 'them' = 'me',
): void {
  const row = desk.world.rows.find((each) => each.id === id)
  if (row === undefined) return
  const at = Date.now()
  const mine = { side, author: { name: 'Ari Lestari', avatar: null }, delivery: { kind: 'sent' } as const }
  const message = newMessage(row, text, at, side === 'me' ? mine : {})
  desk.world.threads.get(id)?.messages.push(message)
  const payload = {
    revision: ++desk.world.revision,
    conversationId: id,
    upserted: [message],
    removed: [],
    stranded: [],
  }
  desk.tell({ name: 'thread.changed', payload })
  const preview = { side, author: message.author?.name ?? null, text, isNote: false }
  change(desk, id, {
    preview,
    lastActivityAt: at,
    waitingSince: side === 'me' ? null : at,
    needsYou: side === 'them',
  })
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
