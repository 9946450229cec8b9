import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { outboxId } from '../../../tests/support/builders.ts'
import { places, workingDays, type ModelStep } from '../../../tests/support/model-steps.ts'
import { diskGround, memoryGround, startWorld, type World } from '../../../tests/support/model-world.ts'
import { conversationId } from '../../shared/domain/ids.ts'
import { isInView, views } from '../../shared/domain/view.ts'
import { noCounts } from '../store/listing.ts'
import type { Store } from '../store/store.ts'

/** Another day, or many more of them: MODEL_SEED=7 MODEL_RUNS=5000. A failure names its seed and the shortest day. */
const seed = Number(process.env['MODEL_SEED'] ?? 20_260_303)
const runs = Number(process.env['MODEL_RUNS'] ?? 70)
/** A busy computer lives through fewer days rather than failing. */
const timeLimitMs = 20_000 * Math.max(1, runs / 70)

test(
  'on any day nothing kept is lost, nothing is sent twice or out of order, and both stores agree',
  { timeout: timeLimitMs },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuntas-model-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    await fc.assert(
      fc.asyncProperty(workingDays(), async (day) => {
        const inMemory = await lived(await startWorld(memoryGround()), day)
        const onDisk = await lived(await startWorld(diskGround(folder)), day)
        expect(onDisk).toEqual(inMemory)
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: timeLimitMs - 5_000 },
    )
  },
)

/** Lives through the day, looking after each step; gives all there is at its end. */
async function lived(world: World, day: readonly ModelStep[]): Promise<unknown> {
  for (const step of day) {
    await world.play(step)
    nothingLost(world)
    nothingTwice(world)
    countsAreRight(world.store())
  }
  await world.calm()
  nothingLost(world)
  nothingTwice(world)
  countsAreRight(world.store())
  inOrder(world)
  nothingWaits(world)
  await threadsShowEachOnce(world)
  const all = everythingIn(world)
  await world.end()
  return all
}

function arrivals(world: World, id: string): number {
  return world.provider.received.filter(({ reply }) => reply.ownId === id).length
}

function nothingLost(world: World): void {
  const store = world.store()
  for (const { id, isDiscarded, isTakenBack } of world.promised) {
    const state = store.outboxRow(outboxId(id))?.state.kind ?? null
    const isThere = arrivals(world, id) > 0
    if (isTakenBack) expect([id, state, isThere]).toEqual([id, null, false])
    else if (!isThere && !isDiscarded)
      expect([id, state]).toEqual([id, expect.stringMatching(/held|queued|sending|failed|unsure/)])
  }
  for (const [id, text] of world.drafts) expect(store.draft(id, 'reply').text).toBe(text)
}

/** More than once only where the agent was asked, and chose it. */
function nothingTwice(world: World): void {
  for (const { id, sentAgain } of world.promised)
    expect([id, arrivals(world, id)]).toEqual([id, Math.min(arrivals(world, id), 1 + sentAgain)])
}

/** By when each first arrived. One thrown away may still turn up at the server later than what followed it. */
function inOrder(world: World): void {
  for (const to of places) {
    const ids = world.provider.received.filter(({ key }) => key === to).map(({ reply }) => `${reply.ownId}`)
    const kept = world.promised.filter((each) => each.to === to && !each.isDiscarded).map(({ id }) => id)
    const first = [...new Set(ids)].filter((id) => kept.includes(id))
    expect(first).toEqual(kept.filter((id) => first.includes(id)))
  }
}

/** All being well for a quarter of an hour, only what the agent has to decide about is left, and what waits behind it. */
function nothingWaits(world: World): void {
  const held = new Set<string>()
  for (const { id, conversationId, order, state } of world.store().openOrders()) {
    if (order.kind === 'reply' && (state.kind === 'failed' || (state.kind === 'unsure' && state.asked)))
      held.add(conversationId)
    else if (order.kind === 'reply' || state.kind !== 'failed')
      expect([id, state, held.has(conversationId)]).toEqual([id, state, true])
  }
}

/** What the agent sees: each message of the server, and each reply still to come. */
async function threadsShowEachOnce(world: World): Promise<void> {
  for (const to of places) {
    const id = world.idOf(to)
    const { messages } = await world.house().ask('thread.open', { conversationId: id })
    const open = world
      .store()
      .openOrders(id)
      .filter(({ order }) => order.kind === 'reply')
    const there = world.provider.received.filter(({ key }) => key === to)
    const mine = messages.filter((each) => each.side === 'me')
    expect([to, mine.length]).toEqual([to, there.length + open.length])
  }
}

function countsAreRight(store: Store): void {
  const recount = new Map(store.accounts().map(({ id }) => [id, noCounts()]))
  for (const [account, count] of recount)
    for (const key of places) {
      const row = store.conversation(conversationId(account, key))
      for (const view of views) if (row !== null && isInView(view, row)) count[view] += 1
    }
  expect(store.counts()).toEqual(recount)
}

function everythingIn(world: World): unknown {
  const store = world.store()
  const inbox = views.map((view) =>
    store.inboxPage({ view, accountId: null, find: null, sort: 'newest' }, null, 99),
  )
  const threads = places.map((key) => {
    const id = world.idOf(key)
    const kept = [store.said(id), store.mark(id), store.draft(id, 'reply'), store.threadFilledTo(id)]
    return [...kept, store.hasWholeThread(id), store.thread(id, null, 999), store.claimedKeys(id)]
  })
  const rows = [store.openOrders(), store.accounts(), store.counts()]
  return { inbox, threads, rows, received: world.provider.received, acted: world.provider.acted }
}
