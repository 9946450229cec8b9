import type { ActionOrder, Output } from '../../src/shared/contract/contract.ts'
import type { Action } from '../../src/shared/domain/action.ts'
import { keyOf } from '../../src/shared/domain/ids.ts'
import { isSame } from '../../src/shared/domain/merge.ts'
import type { OutboxRow } from '../../src/shared/domain/outbox.ts'
import type { Conversation } from '../../src/shared/domain/conversation.ts'
import type { DraftKind } from '../../src/shared/domain/reply.ts'
import { outboxId, written } from './builders.ts'
import type { ModelStep } from './model-steps.ts'
import { colleague } from './model-steps.ts'
import { afterwards, call, idOf, outcomeOf, release, serverNow, serverOf, signIn, signOut, unlock, type KeptFile, type World } from './model-world.ts' // prettier-ignore

/** One step of a day, to its end; where the program dies over it, the next one has begun. */
export async function play(world: World, step: ModelStep): Promise<void> {
  await take(world, step)
  await afterwards(world)
}

/** No clock is set further off than that, so that what is kept for a week is kept. */
const furthestMs = 3 * 86_400_000

async function take(world: World, step: ModelStep): Promise<unknown> {
  const { clock, servers, disk } = world
  switch (step.kind) {
    case 'write':
      return write(world, step)
    case 'draft':
      return draft(world, step)
    case 'attach':
      return attach(world, step)
    case 'attachOn':
      return attachOn(world, step.nth)
    case 'drop':
      return drop(world, step.nth)
    case 'act':
      return act(world, step.to, step.action)
    case 'sendAgain':
    case 'discard':
    case 'check':
      return decide(world, step)
    case 'undo':
      return undo(world, step.nth)
    case 'open': {
      const id = idOf(world, step.to)
      return id === null ? null : call(world, 'thread.open', { conversationId: id })
    }
    case 'signal':
      return world.house.signal(step.signal)
    case 'undoSeconds':
      return call(world, 'settings.change', { undoSeconds: step.seconds })
    case 'signIn':
      return signIn(world, step.seat)
    case 'signOut':
      return signOut(world, step.seat, step.agrees)
    case 'customerWrites':
      return customerWrites(world, step.to)
    case 'elsewhere':
      return elsewhere(world, step)
    case 'fault':
      return servers[step.at].next(step.call, outcomeOf(world, step.fault))
    case 'network':
      return Object.values(servers).forEach((each) => each.online(step.isThere))
    case 'release':
      return release(world)
    case 'disk':
      disk.isFull = step.isFull
      return
    case 'unlock':
      return unlock(world, step.asAnother)
    case 'quit':
      await world.house.stop()
      return world.life.die()
    case 'crash':
      return world.life.die()
    case 'crashAt':
      disk.dying = { writesLeft: step.write, when: step.when }
      return
    case 'time':
      return clock.advance(step.ms)
    case 'wallClock':
      if (Math.abs(world.jumpedMs + step.ms) > furthestMs) return
      world.jumpedMs += step.ms
      for (const each of world.promised) each.notBefore = 0
      return clock.jump(step.ms)
  }
}

// ---- writing

type Step<K extends ModelStep['kind']> = ModelStep & { readonly kind: K }

async function write(world: World, { to, as, text, takesFiles }: Step<'write'>): Promise<void> {
  const id = idOf(world, to)
  if (id === null) return
  const number = world.promised.length + 1
  const clientKey = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const files = takesFiles ? attachedTo(world, to, as).filter(isWhole) : []
  const given = {
    conversationId: id,
    text,
    clientKey,
    isNote: as === 'note',
    files: files.map((each) => each.id),
  }
  const answer = await call(world, 'reply.send', written(given))
  const isInTurns = to === 'c' && as === 'reply' && files.length > 1
  const parts = isInTurns ? files.map((each) => [each]) : [files]
  const ids = parts.map((_, index) => (index === 0 ? clientKey : `${clientKey}-${index + 1}`))
  // Whether the answer got lost with the program: the rows tell, all or none.
  const kept = ids.filter((each) => world.store.outboxRow(outboxId(each)) !== null)
  if (answer?.ok === true ? !isSame(answer.value.outboxIds, ids) : kept.length > 0 && answer !== null)
    world.wrong.push(`Of ${ids.join(', ')} is kept ${kept.join(', ')}, which is not what was answered.`)
  if (kept.length > 0 && kept.length < ids.length)
    world.wrong.push(`Of ${ids.join(', ')} only ${kept.join(', ')}.`)
  if (answer?.ok !== true && kept.length === 0) return
  const until = answer?.ok === true ? answer.value.undoUntil : null
  const notBefore = until === null ? 0 : until - world.jumpedMs
  parts.forEach((part, index) => {
    const part0 = { to, as, files: part, notBefore, isDiscarded: false, isTakenBack: false, sentAgain: 0 }
    world.promised.push({ id: `${ids[index]}`, text: index === 0 ? text : '', ...part0 })
    world.accepted.push(`${ids[index]}`)
    for (const each of part) each.order = `${ids[index]}`
  })
  world.drafts.delete(`${to} ${as}`)
}

async function draft(world: World, { to, as, text }: Step<'draft'>): Promise<void> {
  const id = idOf(world, to)
  if (id === null) return
  const content = { text, replyTo: null, mentions: [], cc: '', bcc: '' }
  const standing = world.store.draft(id, as)
  const over = { ...standing, mentions: [...standing.mentions] }
  const answer = await call(world, 'draft.keep', { conversationId: id, kind: as, draft: content, over })
  if (answer?.ok === true || (answer === null && world.store.draft(id, as).text === text))
    world.drafts.set(`${to} ${as}`, text)
}

const pieceBytes = 8

async function attach(world: World, { to, as, bytes, pieces }: Step<'attach'>): Promise<void> {
  const id = idOf(world, to)
  if (id === null) return
  const number = world.files.length + 1
  const file: KeptFile = {
    ...{ to, as, name: `receipt-${number}.txt`, have: 0, order: null, isDropped: false },
    id: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`,
    bytes: Uint8Array.from({ length: bytes }, (_, index) => (number * 31 + index * 7) % 256),
  }
  const begun = { conversationId: id, kind: as, fileId: file.id, name: file.name, contentType: 'text/plain' }
  const answer = await call(world, 'file.begin', { ...begun, sizeBytes: bytes })
  if (answer?.ok !== true && world.store.file(file.id) === null) return
  world.files.push(file)
  if (answer?.ok === true) await goOn(world, file, pieces)
}

/** The next pieces, from where it was acknowledged. */
async function goOn(world: World, file: KeptFile, pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces && !isWhole(file); piece += 1) {
    const { id: fileId, have: offset } = file
    const bytes = file.bytes.slice(offset, offset + pieceBytes)
    const base64 = btoa(String.fromCharCode(...bytes))
    const answer = await call(world, 'file.append', { fileId, offset, base64 })
    if (answer?.ok === true) file.have = answer.value.receivedBytes
    // Died over it: the last piece may be there, and only a whole file shows.
    else if (answer === null && world.store.fileBytes(fileId) !== null) file.have = file.bytes.length
    else if (answer?.ok === false && !['diskFull', 'internal'].includes(answer.failure.code))
      world.wrong.push(`${file.name} takes nothing after ${offset}: ${answer.failure.code}.`)
    if (answer?.ok !== true) return
  }
}

async function attachOn(world: World, nth: number): Promise<void> {
  const file = nthOf(
    world.files.filter((each) => isOfDraft(each) && !isWhole(each)),
    nth,
  )
  if (file !== undefined) await goOn(world, file, 9)
}

async function drop(world: World, nth: number): Promise<void> {
  const file = nthOf(
    world.files.filter((each) => !each.isDropped),
    nth,
  )
  if (file === undefined) return
  const { order } = file
  const answer = await call(world, 'file.drop', { fileId: file.id })
  // What belongs to an order goes with it and not before.
  if (order === null && (answer?.ok === true || world.store.file(file.id) === null)) file.isDropped = true
}

export function isWhole({ have, bytes }: KeptFile): boolean {
  return have === bytes.length
}

function isOfDraft({ order, isDropped }: KeptFile): boolean {
  return order === null && !isDropped
}

export function attachedTo(world: World, to: string, as: DraftKind): KeptFile[] {
  return world.files.filter((each) => each.to === to && each.as === as && isOfDraft(each))
}

// ---- deciding

async function decide(world: World, { kind, nth }: Step<'sendAgain' | 'discard' | 'check'>): Promise<void> {
  const asked = world.store
    .openOrders()
    .filter(({ state }) => state.kind === 'failed' || state.kind === 'unsure')
  const row = nthOf<OutboxRow>(asked, nth)
  if (row === undefined) return
  const answer = await call(world, `outbox.${kind}`, { outboxId: row.id })
  const isKept = world.store.outboxRow(row.id) !== null
  const promised = world.promised.find((each) => each.id === row.id)
  if (kind === 'check' || answer?.ok === false) return
  // The older wish is the last word now.
  if (row.order.kind === 'action')
    for (const part of partsOf(row.order.action)) meddled(world, keyOf(row.conversationId), part)
  // What was refused and ordered once more stands at the end of the queue.
  if (kind === 'sendAgain' && !isKept) world.accepted.push(`${row.id}-again`)
  if (
    kind === 'sendAgain' &&
    isKept &&
    row.order.kind === 'action' &&
    row.state.kind === 'failed' &&
    answer !== null
  )
    world.wrong.push(`${row.id} was ordered once more and is still refused.`)
  if (kind === 'discard' && promised !== undefined && !isKept) discarded(world, row.id)
  if (kind === 'sendAgain' && promised !== undefined && row.state.kind === 'unsure') promised.sentAgain += 1
}

function discarded(world: World, id: string): void {
  for (const each of world.promised) if (each.id === id) each.isDiscarded = true
  for (const each of world.files) if (each.order === id) each.isDropped = true
}

async function undo(world: World, nth: number): Promise<void> {
  const row = nthOf<OutboxRow>(world.store.openOrders(), nth)
  if (row === undefined) return
  const answer = await call(world, 'outbox.undo', { outboxIds: [row.id] })
  if (answer?.ok === false) return
  const isGone = answer === null ? world.store.outboxRow(row.id) === null : answer.value.undone === 1
  if (row.order.kind === 'action') {
    if (isGone || answer === null) doubtWishes(world, row.id)
    return
  }
  const promised = world.promised.find((each) => each.id === row.id)
  if (!isGone || promised === undefined) return
  promised.isTakenBack = true
  wentBack(world, row.id)
}

/** Words and files of a reply are what is being written again, before what was written since. */
function wentBack(world: World, id: string): void {
  for (const { to, as, text } of world.promised.filter((each) => each.id === id)) {
    const former = world.drafts.get(`${to} ${as}`) ?? ''
    const all = [text, former].filter((each) => each !== '').join('\n')
    if (all !== '') world.drafts.set(`${to} ${as}`, all)
  }
  for (const each of world.files) if (each.order === id) each.order = null
}

// ---- orders

async function act(world: World, to: string, action: ActionOrder): Promise<void> {
  const id = idOf(world, to)
  if (id === null) return
  const said = world.store.said(id)
  const held = serverOf(world, to).holds(to)?.conversation ?? null
  const waiting = world.store.openOrders(id).map((each) => each.id as string)
  const answer = await call(world, 'conversation.act', { conversationId: id, action })
  if (answer?.ok === false) return
  const kept: Output<'conversation.act'> | null = answer?.value ?? null
  // Unanswered, it may be there all the same.
  const ids = kept === null ? world.store.openOrders(id).map((each) => each.id) : [kept.outboxId]
  world.accepted.push(...ids.filter((each) => !world.accepted.includes(each)))
  // What was never muted is not resolved by having been muted, either.
  const former = world.wishes.get(`${to} status`)
  if (action.kind === 'unmute' && former?.action.kind === 'mute') former.isSure = false
  for (const part of partsOf(action)) {
    // What we heard last may be old, and the agent's wish about something that is no more.
    const isHeard = said !== null && held !== null && isSame(inPart(said, part), inPart(held, part))
    // Under an order of ours that waits, nobody saw what others did there.
    const under = world.wishes.get(`${to} ${part}`)
    const isSeen = under === undefined || under.isSure || !waiting.includes(under.orderId)
    const isSure = kept !== null && isHeard && isSeen
    world.wishes.set(`${to} ${part}`, { orderId: kept?.outboxId ?? '', action, isSure })
  }
}

/** Each label is a part of its own; to mute resolves as well. */
export function partsOf(action: Action): string[] {
  switch (action.kind) {
    case 'resolve':
    case 'reopen':
    case 'pend':
    case 'snooze':
      return ['status']
    case 'mute':
      return ['status', 'muted']
    case 'unmute':
      return ['muted']
    case 'assign':
      return ['assignee']
    case 'assignTeam':
      return ['team']
    case 'prioritise':
      return ['priority']
    case 'label':
      return [...action.add, ...action.remove].map((each) => `label ${each}`)
    case 'markRead':
    case 'markUnread':
      return ['read']
  }
}

/** What is set in one part. */
export function inPart(row: Conversation, part: string): unknown {
  switch (part) {
    case 'status':
      return row.status
    case 'muted':
      return row.muted
    case 'assignee':
      return row.assignee?.key ?? null
    case 'team':
      return row.team
    case 'priority':
      return row.priority
    case 'read':
      return [row.readAt, row.unread, row.lastTheirsAt]
    default:
      return row.labels.includes(part.slice('label '.length))
  }
}

function doubtWishes(world: World, orderId: string): void {
  for (const wish of world.wishes.values()) if (wish.orderId === orderId) wish.isSure = false
}

// ---- others

function customerWrites(world: World, to: string): void {
  const server = serverOf(world, to)
  if (server.holds(to) === null) return
  const text = `#${world.written.length + 1} Is anybody there?`
  world.written.push(text)
  server.says(to, { side: 'them', text })
  meddled(world, to, 'read')
}

function elsewhere(world: World, { to, who, text }: Step<'elsewhere'>): void {
  const server = serverOf(world, to)
  const held = server.holds(to)?.conversation
  if (held === undefined) return
  switch (who) {
    case 'colleagueResolves':
    case 'iResolve':
      server.change(to, { status: { kind: 'done' } })
      return meddled(world, to, 'status')
    case 'colleagueReopens':
      server.change(to, { status: { kind: 'open' } })
      return meddled(world, to, 'status')
    case 'colleagueTakes':
      server.change(to, { assignee: { ...colleague, avatarUrl: null, kind: 'agent' } })
      return meddled(world, to, 'assignee')
    case 'colleagueAnswers':
      return void server.says(to, { side: 'colleague', text, sentAt: serverNow(world) })
    case 'colleagueDeletes':
      return server.remove(to)
    case 'iRead':
      server.change(to, { unread: { kind: 'exact', count: 0 }, readAt: held.lastTheirsAt })
      return meddled(world, to, 'read')
    case 'iSend':
      return void server.says(to, { side: 'me', text, delivery: { kind: 'sent' } })
  }
}

function meddled(world: World, to: string, part: string): void {
  const wish = world.wishes.get(`${to} ${part}`)
  if (wish !== undefined) wish.isSure = false
}

function nthOf<T>(list: readonly T[], nth: number): T | undefined {
  return list[nth % Math.max(1, list.length)]
}
