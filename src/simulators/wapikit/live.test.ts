import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function started(dialect: 'main' | 'newer'): Promise<Asking> {
  const asking = await startAsking({ dialect })
  closing.push(() => asking.sim.close())
  return asking
}

interface Heard {
  readonly socket: WebSocket
  readonly events: unknown[]
  readonly isBinary: boolean[]
}

async function listen(asking: Asking, key = asking.sim.key): Promise<Heard> {
  const socket = new WebSocket(`${asking.sim.socketUrl}?token=${key}`)
  const heard: Heard = { socket, events: [], isBinary: [] }
  socket.on('message', (data: Buffer, isBinary) => {
    heard.events.push(JSON.parse(data.toString('utf8')))
    heard.isBinary.push(isBinary)
  })
  socket.on('error', () => {})
  closing.push(() => socket.terminate())
  await once(socket, 'open')
  return heard
}

const texts = ({ events }: Heard) => events.map((event) => at(event, 'data.messageData.text'))

/** Whatever was told before it is there once this is answered. */
async function ping({ socket, events }: Heard): Promise<void> {
  const seen = events.length
  socket.send(JSON.stringify({ eventName: 'PingEvent', eventId: `ping-${seen}`, data: { message: 'x' } }))
  await vi.waitFor(() => expect(at(events.at(-1), 'eventId')).toBe(`ping-${seen}`))
  expect(events.pop()).toEqual({
    eventName: 'MessageAcknowledgementEvent',
    eventId: `ping-${seen}`,
    data: { message: 'Pong' },
  })
}

describe('the WebSocket of main', () => {
  test('tells of texts that come in, in binary frames, and of nothing else', async () => {
    const asking = await started('main')
    const heard = await listen(asking)
    const conversation = await asking.called('Amara Nwosu')
    const { scenario } = asking.sim
    scenario.colleagueWrites({ conversation, text: 'Ours' })
    scenario.customerWrites({ conversation, kind: 'image' })
    scenario.customerWrites({ phone: '15550100150', kind: 'video' })
    scenario.colleagueAssigns({ conversation, to: 'Teo' })
    const path = `/conversation/${conversation}/messages`
    await asking.ask('POST', path, { body: { messageType: 'Text', messageData: { text: 'Mine' } } })
    const { message } = scenario.customerWrites({ conversation, text: 'Theirs' })
    await ping(heard)
    expect(heard.isBinary).toEqual([true, true])
    expect(heard.events).toMatchObject([
      {
        eventName: 'MessageEvent',
        data: { uniqueId: message, conversationId: conversation, direction: 'InBound' },
      },
    ])
  })

  test('tells everybody of everybody’s customers', async () => {
    const asking = await started('main')
    const heard = await listen(asking)
    asking.sim.scenario.customerWrites({ isForeign: true, text: 'To the neighbours' })
    await ping(heard)
    expect(texts(heard)).toEqual(['To the neighbours'])
  })

  test('has one place a person: the second connection takes it, and whoever ends first leaves it empty', async () => {
    const asking = await started('main')
    const first = await listen(asking)
    const second = await listen(asking)
    asking.sim.scenario.customerWrites({ text: 'One' })
    await ping(first)
    await ping(second)
    expect([texts(first), texts(second)]).toEqual([[], ['One']])
    first.socket.terminate()
    await once(first.socket, 'close')
    await vi.waitFor(async () => {
      second.events.length = 0
      asking.sim.scenario.customerWrites({ text: 'Two' })
      await ping(second)
      expect(texts(second)).toEqual([])
    })
  })

  test('refuses who has no key, and understands nothing but pings', async () => {
    const asking = await started('main')
    await expect(listen(asking, 'nonsense')).rejects.toThrow('401')
    await expect(listen(asking, '')).rejects.toThrow('401')
    const heard = await listen(asking)
    heard.socket.send('no JSON')
    heard.socket.send(JSON.stringify({ eventName: 'PingEvent', eventId: '1', data: 'text' }))
    heard.socket.send(JSON.stringify({ eventName: 'MessageEvent', eventId: '2', data: {} }))
    await ping(heard)
    expect(heard.events).toEqual([])
  })

  test('can be cut, go quiet, and not be there at all', async () => {
    const asking = await started('main')
    const heard = await listen(asking)
    asking.sim.scenario.quietLive(true)
    asking.sim.scenario.customerWrites({ text: 'Unheard' })
    await ping(heard)
    expect(heard.events).toEqual([])
    const closed = once(heard.socket, 'close')
    asking.sim.scenario.cutLive()
    await closed
    asking.sim.scenario.server({ realtime: 'none' })
    await expect(listen(asking)).rejects.toThrow('socket hang up')
  })
})

describe('the events of the newer branch', () => {
  async function follow(asking: Asking): Promise<{ read(): Promise<string | null> }> {
    const answer = await fetch(`${asking.sim.url}/events?token=${asking.sim.key}`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const reader = answer.body?.getReader()
    return {
      read: async () => {
        const part = await reader?.read()
        return part?.value === undefined ? null : Buffer.from(part.value).toString('utf8')
      },
    }
  }

  test('begin at once and bring what comes in, the server’s secrets with it', async () => {
    const asking = await started('newer')
    const stream = await follow(asking)
    expect(await stream.read()).toBe('event: connected\ndata: OK\n\n')
    const { conversation } = asking.sim.scenario.customerWrites({ text: 'Hello there' })
    const told = (await stream.read()) ?? ''
    expect(told.startsWith('event: NewMessage\ndata: {')).toBe(true)
    const data: unknown = JSON.parse(told.slice(told.indexOf('{')))
    expect(at(data, 'conversation.UniqueId')).toBe(conversation)
    expect(at(data, 'conversation.OrganizationId')).toBe(asking.sim.organizationId)
    expect(at(data, 'message.messageData.text')).toBe('Hello there')
    expect(asking.sim.secrets).toContain(at(data, 'conversation.whatsappBusinessAccount.AccessToken'))
    asking.sim.scenario.cutLive()
    expect(await stream.read()).toBeNull()
  })

  test('bring other organisations’ customers as well', async () => {
    const asking = await started('newer')
    const stream = await follow(asking)
    await stream.read()
    asking.sim.scenario.customerWrites({ isForeign: true, text: 'To the neighbours' })
    expect(await stream.read()).toContain('To the neighbours')
  })

  test('are refused without a key, and are a page of the window on main', async () => {
    const asking = await started('newer')
    const refused = await asking.ask('GET', '/events?token=nonsense')
    expect([refused.status, refused.text]).toEqual([401, 'event: error\ndata: Authorization failed\n\n'])
    const main = await started('main')
    expect((await main.ask('GET', `/events?token=${main.sim.key}`)).type).toContain('text/html')
  })
})
