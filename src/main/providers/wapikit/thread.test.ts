import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulatedWapikit, type SimulatedWapikit } from '../../../../tests/support/simulated-wapikit.ts'

/** Threads, where their own route fails and where it works (docs/providers/wapikit.md §6.2, §6.4). */
let here: SimulatedWapikit
let key: string

afterEach(() => here.close())

describe('where the route of messages fails', () => {
  beforeEach(async () => {
    here = await startSimulatedWapikit({ dialect: 'main' })
    key = await here.keyOf('Amara Nwosu')
    here.asked()
  })

  it('reads the conversation instead, and does not try again', async () => {
    expect((await here.session.thread(key, null, never)).messages).toHaveLength(4)
    expect((await here.session.thread(key, null, never)).hasOlder).toBe(false)
    expect(here.asked()).toEqual([
      `GET /conversation/${key}/messages?page=1&per_page=50`,
      `GET /conversation/${key}`,
      `GET /conversation/${key}`,
    ])
  })

  it('knows so after a restart too', async () => {
    await here.session.thread(key, null, never)
    here.asked()
    await here.reopened().thread(key, null, never)
    expect(here.asked()).toEqual([`GET /conversation/${key}`])
  })

  it('hands over what a pull just brought without asking, once', async () => {
    await here.session.pull(null, never)
    here.asked()
    expect((await here.session.thread(key, null, never)).messages).toHaveLength(4)
    expect(here.asked()).toEqual([])
    await here.session.thread(key, null, never)
    expect(here.asked()).not.toEqual([])
  })

  it('asks again where that was a while ago', async () => {
    await here.session.pull(null, never)
    here.asked()
    await here.clock.advance(121_000)
    await here.session.thread(key, null, never)
    expect(here.asked()).not.toEqual([])
  })

  it('is not there for us where it is another organization’s', async () => {
    const foreign = there(
      here.simulator.scenario.customerWrites({ isForeign: true, text: 'No' }).conversation,
    )
    expect(await failureOf(here.session.look(foreign, never))).toMatchObject({ kind: 'gone' })
    expect(await failureOf(here.session.thread(foreign, null, never))).toMatchObject({
      kind: 'gone',
    })
  })
})

describe('where it works', () => {
  beforeEach(async () => {
    here = await startSimulatedWapikit({ dialect: 'hosted' })
    key = await here.keyOf('Amara Nwosu')
    for (let count = 1; count <= 120; count++) {
      here.serverClock.jump(1_000)
      here.simulator.scenario.customerWrites({ conversation: key, text: `Number ${count}` })
    }
    here.asked()
  })

  it('reads it page by page from the newest', async () => {
    let before: string | null = null
    const texts: string[] = []
    for (;;) {
      const page = await here.session.thread(key, before, never)
      texts.unshift(...page.messages.map((each) => each.text))
      if (!page.hasOlder) break
      before = page.messages[0]?.key ?? null
    }
    expect(texts).toHaveLength(124)
    expect(texts.at(-1)).toBe('Number 120')
    expect(here.asked().every((each) => each.includes('/messages?'))).toBe(true)
    expect(here.settings['messagesEndpoint']).toBe(true)
  })

  it('reads the conversation for what comes before a message it has not handed over itself', async () => {
    const all = (await here.session.look(key, never)).messages
    const page = await here.session.thread(key, all[10]?.key ?? '', never)
    expect(page.messages.map((each) => each.key)).toEqual(all.slice(0, 10).map((each) => each.key))
  })
})
