import { beforeEach, describe, expect, it } from 'vitest'
import { loopbackWire } from './loopback-wire.ts'

describe('the wire over HTTP', () => {
  let host: FakeHost
  beforeEach(() => {
    host = fakeHost()
  })

  it('asks nothing before the events run, so that nothing falls between snapshot and stream', async () => {
    host.wire.listen(
      () => undefined,
      () => undefined,
    )
    const answer = host.wire.call('app.snapshot', {})
    await turns()
    expect(host.asked).toEqual(['/events'])
    host.stream('{"name":"hello","payload":{"build":"a"}}')
    await expect(answer).resolves.toEqual({ ok: true, value: {} })
    expect(host.asked).toEqual(['/events', '/call/app.snapshot'])
  })

  it('carries the token in a header and never in an address', async () => {
    host.wire.listen(
      () => undefined,
      () => undefined,
    )
    host.stream('{"name":"hello","payload":{"build":"a"}}')
    await host.wire.call('inbox.refresh', {})
    expect(host.asked.join()).not.toContain('secret')
    expect(host.tokens).toEqual(['secret', 'secret'])
  })

  it('hands on events in order, however the bytes are cut', async () => {
    const heard: unknown[] = []
    host.wire.listen(
      (event) => heard.push(event),
      () => undefined,
    )
    host.bytes('data: {"name":"hello","payload":{"build":"a"}}\n\n: still here\n\ndata: {"na')
    host.bytes('me":"x","payload":{"text":"ä"}}\n\ndata: {"name":"y"}\n\n')
    await turns()
    expect(heard).toEqual([{ name: 'x', payload: { text: 'ä' } }, { name: 'y' }])
  })

  it('says when the engine is gone, comes back by itself and reports the gap once', async () => {
    let gaps = 0
    host.wire.listen(
      () => undefined,
      () => (gaps += 1),
    )
    host.stream('{"name":"hello","payload":{"build":"a"}}')
    await turns()
    host.end()
    await turns()
    expect(host.states).toEqual(['connected', 'lost'])
    host.goOn()
    await turns()
    host.stream('{"name":"hello","payload":{"build":"a"}}')
    await turns()
    expect(host.states).toEqual(['connected', 'lost', 'connected'])
    expect(gaps).toBe(1)
  })

  it('waits longer after every failure, up to some seconds', async () => {
    host.isDown = true
    host.wire.listen(
      () => undefined,
      () => undefined,
    )
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await turns()
      host.goOn()
    }
    expect(host.pausesMs.slice(0, 8)).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000])
  })

  it('wants a fresh page when another build answers', async () => {
    host.wire.listen(
      () => undefined,
      () => undefined,
    )
    host.stream('{"name":"hello","payload":{"build":"a"}}')
    await turns()
    host.end()
    await turns()
    host.goOn()
    await turns()
    host.stream('{"name":"hello","payload":{"build":"b"}}')
    await turns()
    expect(host.reloads).toBe(1)
  })

  it('turns an engine that does not answer into a failure, not an exception', async () => {
    host.isDown = true
    await expect(host.wire.call('inbox.refresh', {})).resolves.toEqual({
      ok: false,
      failure: { code: 'reset', facts: { host: 'Tuntas' }, retryAt: null },
    })
  })

  it('tells a refused token apart from an engine that is gone', async () => {
    host.status = 401
    host.wire.listen(
      () => undefined,
      () => undefined,
    )
    await turns()
    expect(host.states).toEqual(['refused'])
  })
})

async function turns(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
}

interface FakeHost {
  readonly wire: ReturnType<typeof loopbackWire>
  readonly asked: string[]
  readonly tokens: (string | null)[]
  readonly states: string[]
  readonly pausesMs: number[]
  reloads: number
  isDown: boolean
  status: number
  bytes(text: string): void
  stream(json: string): void
  end(): void
  goOn(): void
}

function fakeHost(): FakeHost {
  const encoder = new TextEncoder()
  let sink: ReadableStreamDefaultController<Uint8Array> | null = null
  let early: string[] = []
  let resume = (): void => undefined
  const host: Omit<FakeHost, 'wire'> = {
    asked: [],
    tokens: [],
    states: [],
    pausesMs: [],
    reloads: 0,
    isDown: false,
    status: 200,
    bytes: (text) => (sink === null ? void early.push(text) : sink.enqueue(encoder.encode(text))),
    stream: (json) => host.bytes(`data: ${json}\n\n`),
    end: () => {
      sink?.close()
      sink = null
    },
    goOn: () => resume(),
  }
  const fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = input instanceof Request ? input.url : input.toString()
    if (host.isDown) return Promise.reject(new TypeError('fetch failed'))
    host.asked.push(url)
    host.tokens.push(new Headers(init?.headers).get('X-Tuntas-Token'))
    if (url !== '/events') return Promise.resolve(Response.json({ ok: true, value: {} }))
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        sink = controller
        for (const text of early) controller.enqueue(encoder.encode(text))
        early = []
      },
    })
    return Promise.resolve(new Response(body, { status: host.status }))
  }
  const wire = loopbackWire({
    token: 'secret',
    fetch,
    onState: (state) => host.states.push(state),
    onOtherBuild: () => (host.reloads += 1),
    pause: (delayMs) => {
      host.pausesMs.push(delayMs)
      return new Promise((resolve) => (resume = resolve))
    },
  })
  return Object.assign(host, { wire })
}
