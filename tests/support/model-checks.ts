import { expect } from 'vitest'
import { noCounts } from '../../src/main/store/listing.ts'
import { isDoneAlready, type Action } from '../../src/shared/domain/action.ts'
import { isOfWhatWasSeen } from '../../src/shared/domain/action.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import { accountOf } from '../../src/shared/domain/ids.ts'
import type { OutboxRow } from '../../src/shared/domain/outbox.ts'
import { isInView, views } from '../../src/shared/domain/view.ts'
import { outboxId } from './builders.ts'
import { attachedTo, inPart, isWhole, partsOf } from './model-play.ts'
import { places } from './model-steps.ts'
import { idOf, kindOf, serverOf, type Promised, type World } from './model-world.ts'

/** What must hold after every step. */
export function lookAtOnce(world: World): void {
  expect(world.wrong).toEqual([])
  nothingLost(world)
  nothingTwice(world)
  writingIsKept(world)
  filesAreWhole(world)
  ordersShow(world)
  doneStaysDone(world)
  countsAreRight(world)
  toldOnce(world)
}

/** What must hold besides once all is well and nothing moves any more. */
export async function lookAtEnd(world: World): Promise<void> {
  inOrder(world)
  nothingWaits(world)
  await allAreUpToDate(world)
  await threadsShowEachOnce(world)
  wishesCameTrue(world)
  whatServersHoldIsHere(world)
}

function received(
  world: World,
  { id, to }: Promised,
): { text: string; reply: { files: readonly unknown[] } }[] {
  return serverOf(world, to).received.filter(({ reply }) => reply.ownId === id)
}

function nothingLost(world: World): void {
  for (const each of world.promised) {
    const { id, isDiscarded, isTakenBack } = each
    const state = world.store.outboxRow(outboxId(id))?.state ?? null
    const isThere = received(world, each).length > 0
    if (isTakenBack) expect([id, state, isThere]).toEqual([id, null, false])
    else if (!isThere && !isDiscarded && !isTakenForOurs(world, each))
      expect([id, state?.kind]).toEqual([id, expect.stringMatching(/held|queued|sending|failed|unsure/)])
  }
}

/** Where a server keeps no id of ours, the same words said elsewhere count as said: the customer has them. */
function isTakenForOurs(world: World, { id, to, as, text }: Promised): boolean {
  const state = world.store.outboxRow(outboxId(id))?.state
  if (kindOf(world, to) !== 'byWords' || state?.kind !== 'sent') return false
  const claims = world.store.claimedKeys(idOf(world, to) ?? ('' as never))
  const taken = serverOf(world, to)
    .holds(to)
    ?.messages.find((each) => each.key === state.remoteKey)
  // A conversation that is gone took its messages along.
  if (taken === undefined) return serverOf(world, to).holds(to) === null
  const isSame = taken.text === text && (taken.kind === 'note') === (as === 'note') && taken.side === 'me'
  return isSame && claims.filter((each) => each === state.remoteKey).length === 1
}

/** More than once only where the agent was asked, and chose it; and each time with all of its files. */
function nothingTwice(world: World): void {
  for (const each of world.promised) {
    const there = received(world, each)
    expect([each.id, there.length]).toEqual([each.id, Math.min(there.length, 1 + each.sentAgain)])
    const files = each.files.map(({ name, bytes }) => ({ name, contentType: 'text/plain', bytes }))
    for (const { text, reply } of there) expect([text, reply.files]).toEqual([each.text, files])
  }
}

/** Words and files of every draft, no more and no less: what was sent is not there to be sent again. */
function writingIsKept(world: World): void {
  for (const to of places)
    for (const as of ['reply', 'note'] as const) {
      const id = idOf(world, to)
      if (id === null) continue
      expect([to, as, world.store.draft(id, as).text]).toEqual([
        to,
        as,
        world.drafts.get(`${to} ${as}`) ?? '',
      ])
      const names = world.store.draftFiles(id, as).map((each) => each.name)
      const attached = attachedTo(world, to, as).filter(isWhole)
      expect([to, as, names]).toEqual([to, as, attached.map((each) => each.name)])
    }
}

/** Of drafts, and of orders as long as the server may still need them. */
function filesAreWhole(world: World): void {
  for (const { id, order, isDropped, bytes, have } of world.files) {
    const row = order === null ? null : world.store.outboxRow(outboxId(order))
    const isNeeded = !isDropped && (order === null || (row !== null && row.state.kind !== 'sent'))
    if (isNeeded) expect([id, world.store.fileBytes(id)]).toEqual([id, have < bytes.length ? null : bytes])
  }
}

/** Until the server has it, what was ordered is what the agent sees. */
function ordersShow(world: World): void {
  for (const to of places) {
    const id = idOf(world, to)
    const shown = id === null ? null : world.store.conversation(id)
    if (id === null || shown === null) continue
    const open = world.store.openOrders(id).filter(isPending)
    expect([to, shown.pending]).toEqual([to, open.map(({ order }) => actionIn(order).kind)])
    open.forEach(({ order }, index) => {
      const action = actionIn(order)
      const later = open.slice(index + 1).flatMap((each) => partsOf(actionIn(each.order)))
      const isOvertaken = isOfWhatWasSeen(action.kind) && (shown.lastTheirsAt ?? 0) > (order.seenAt ?? 0)
      if (isOvertaken || partsOf(action).some((each) => later.includes(each))) return
      const isSeen = action.kind === 'markUnread' ? isCalling(shown) : isDoneAlready(shown, action)
      expect([to, action, isSeen]).toEqual([to, action, true])
    })
  }
}

function isCalling({ status, needsYou }: { status: { kind: string }; needsYou: boolean }): boolean {
  return needsYou || !['open', 'unknown'].includes(status.kind)
}

function isPending({ order, state }: OutboxRow): boolean {
  return order.kind === 'action' && state.kind !== 'failed'
}

function actionIn(order: OutboxRow['order']): Action {
  if (order.kind !== 'action') throw new Error('a reply is no action')
  return order.action
}

function countsAreRight({ store, house }: World): void {
  const recount = new Map(store.accounts().map(({ id }) => [id, noCounts()]))
  const all = ['open', 'pending', 'snoozed', 'done'] as const
  for (const [account, count] of recount)
    for (const listed of all) {
      const query = { view: listed, accountId: account, find: null, sort: 'newest' } as const
      for (const { id } of store.inboxPage(query, null, 99).rows) {
        const row = store.conversation(id)
        for (const view of views) if (row !== null && isInView(view, row)) count[view] += 1
      }
    }
  expect(store.counts()).toEqual(recount)
  const needed = [...recount.values()].reduce((sum, count) => sum + count.needsYou, 0)
  expect(house.attention().badge).toBe(needed)
}

/** Each message of theirs at most once, alone or in a summary, in whatever life; and never what we said. */
function toldOnce({ told, written }: World): void {
  const alone = told.filter((each) => each.startsWith('#'))
  expect(alone).toEqual([...new Set(alone)])
  expect(alone.filter((each) => !written.includes(each))).toEqual([])
  expect(told.filter((each) => /Thanks!|On its way|Which size|receipt/.test(each))).toEqual([])
}

/** By when each first arrived. One thrown away may still turn up at the server later than what followed it. */
function inOrder(world: World): void {
  for (const to of places) {
    const kept = world.promised.filter((each) => each.to === to && !each.isDiscarded).map(({ id }) => id)
    const ids = serverOf(world, to)
      .received.filter(({ key }) => key === to)
      .map(({ reply }) => reply.ownId)
    const first = [...new Set(ids)].filter((id) => kept.includes(id))
    expect(first).toEqual(kept.filter((id) => first.includes(id)))
  }
}

/** All being well for a while, only what the agent has to decide about is left, and what waits behind it. */
function nothingWaits({ store }: World): void {
  const held = new Set<string>()
  for (const { id, conversationId, order, state } of store.openOrders()) {
    if (order.kind === 'reply' && (state.kind === 'failed' || (state.kind === 'unsure' && state.asked)))
      held.add(conversationId)
    else if (order.kind === 'reply' || state.kind !== 'failed')
      expect([id, state, held.has(conversationId)]).toEqual([id, state, true])
  }
}

/** No account rests for good, whatever became of the others. */
async function allAreUpToDate({ house, accounts: signedIn }: World): Promise<void> {
  const { accounts } = await house.ask('app.snapshot', {})
  expect(accounts.map(({ id }) => id).sort()).toEqual([...signedIn.values()].sort())
  expect(accounts.map(({ syncing }) => syncing)).toEqual(accounts.map(() => ({ kind: 'upToDate' })))
}

/** What the agent sees: each message of the server, and each reply still to come. */
async function threadsShowEachOnce(world: World): Promise<void> {
  for (const to of places) {
    const id = idOf(world, to)
    const there = serverOf(world, to).holds(to)?.messages ?? []
    if (id === null || there.length === 0 || there.length > 20) continue
    const { messages } = await world.house.ask('thread.open', { conversationId: id })
    const open = world.store.openOrders(id).filter(({ order }) => order.kind === 'reply')
    expect([to, messages.length]).toEqual([to, there.length + open.length])
  }
}

/** The server has the agent's last word on each part, or the agent is shown why not. */
function wishesCameTrue(world: World): void {
  for (const [place, { orderId, action, isSure }] of world.wishes) {
    const held = serverOf(world, place.slice(0, 1)).holds(place.slice(0, 1))?.conversation
    const isOpen = world.store.outboxRow(outboxId(orderId)) !== null
    if (isSure && !isOpen && held !== undefined)
      expect([place, action, isAsWished(held, place.slice(2), action)]).toEqual([place, action, true])
  }
}

/** What was carried out stays so, whatever a page that travelled long still says. */
function doneStaysDone(world: World): void {
  for (const [place, { orderId, action, isSure }] of world.wishes) {
    const id = idOf(world, place.slice(0, 1))
    const said = id === null ? null : world.store.said(id)
    const isOpen = world.store.outboxRow(outboxId(orderId)) !== null
    if (isSure && !isOpen && said !== null && said.status.kind !== 'gone')
      expect([place, action, isAsWished(said, place.slice(2), action)]).toEqual([place, action, true])
  }
}

function isAsWished(row: Conversation, part: string, action: Action): boolean {
  if (action.kind === 'markUnread') return row.unread.kind === 'exact' && row.unread.count === 1
  if (part === 'muted') return row.muted === (action.kind === 'mute')
  if (action.kind === 'mute') return row.status.kind === 'done'
  if (action.kind === 'label')
    return inPart(row, part) === action.add.some((each) => part === `label ${each}`)
  return isDoneAlready(row, action)
}

/** In the end every poll has told the truth, and what is not there any more is not here. */
function whatServersHoldIsHere(world: World): void {
  for (const to of places) {
    const id = idOf(world, to)
    if (id === null) continue
    const held = serverOf(world, to).holds(to)?.conversation ?? null
    const said = world.store.said(id)
    if (held === null) {
      const isLetGo = said === null || said.status.kind === 'gone'
      expect([to, isLetGo || world.store.openOrders(id).length > 0]).toEqual([to, true])
    } else expect(said).toEqual({ ...held, id, accountId: accountOf(id) })
  }
}

/** All there is, to be compared. */
export function everythingIn(world: World): unknown {
  const { store, servers } = world
  const inbox = views.map((view) =>
    store.inboxPage({ view, accountId: null, find: null, sort: 'newest' }, null, 99),
  )
  const threads = places.map((key) => {
    const id = idOf(world, key)
    if (id === null) return null
    const kept = [store.said(id), store.mark(id), store.draft(id, 'reply'), store.threadFilledTo(id)]
    return [...kept, store.draft(id, 'note'), store.hasWholeThread(id), store.thread(id, null, 999), store.claimedKeys(id)] // prettier-ignore
  })
  const rows = [store.openOrders(), store.accounts(), store.counts(), store.drafts()]
  const files = world.files.map(({ id }) => [store.file(id), store.fileBytes(id)])
  const there = Object.values(servers).map(({ received, acted }) => ({ received, acted }))
  return { inbox, threads, rows, files, there, told: world.told }
}
