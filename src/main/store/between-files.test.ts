import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { conversationId } from '../../shared/domain/ids.ts'
import {
  aConversation,
  aMessage,
  anAccount,
  anOrder,
  home,
  morning,
  outboxId,
} from '../../../tests/support/builders.ts'
import { aFolder, copyOf, openIn } from '../../../tests/support/store-folders.ts'
import type { Store } from './store.ts'

const first = conversationId(home, '1')
const own = aMessage({ key: '77', side: 'me', ownId: 'order-1', text: 'We are on it.', sentAt: morning + 9 })

it('asks about a reply whose answer is in the cache and not yet on the desk, and does not send it again', () => {
  const folder = aFolder()
  const store = withSending(folder)
  store.applyRows({ conversations: [], messages: [own] })
  const after = openIn(copyOf(folder))
  expect(after.thread(first, null, 9)).toEqual([own])
  expect(after.recoverSending().map((row) => row.state.kind)).toEqual(['unsure'])
  expect([after.nextDue(1e15), after.claimedKeys(first)]).toEqual([[], []])
  // As the next pull tells of it, it is joined by our own id.
  after.moveOrder(outboxId('order-1'), { kind: 'sent', at: 1, remoteKey: own.key }, 1)
  expect([after.openOrders(), after.claimedKeys(first)]).toEqual([[], ['77']])
})

it('counts a reply as sent that the desk knows of and the cache lost, and takes its message with the next page', () => {
  const folder = aFolder()
  const store = withSending(folder)
  const before = copyOf(folder)
  store.applyRows({ conversations: [], messages: [own] })
  store.moveOrder(outboxId('order-1'), { kind: 'sent', at: 1, remoteKey: own.key }, 1)
  // A power cut may take the newest of the cache, which is synced later, and nothing of the desk.
  const mixed = copyOf(folder)
  for (const name of readdirSync(before).filter((each) => each.startsWith('cache')))
    copyFileSync(join(before, name), join(mixed, name))
  const after = openIn(mixed)
  expect([after.openOrders(), after.recoverSending(), after.nextDue(1e15)]).toEqual([[], [], []])
  expect([after.thread(first, null, 9), after.claimedKeys(first)]).toEqual([[], ['77']])
  const page = { conversations: [aConversation()], messages: [own], cursor: 'page 2' }
  expect(after.applyPage(home, page).addedMessages).toEqual([own])
  expect(after.thread(first, null, 9)).toEqual([own])
})

it('pulls an account again whose cache went and who is still there', () => {
  const folder = aFolder()
  const store = withSending(folder)
  const before = copyOf(folder)
  store.removeAccount(home)
  const mixed = copyOf(folder)
  for (const name of readdirSync(before).filter((each) => each.startsWith('desk')))
    copyFileSync(join(before, name), join(mixed, name))
  const after = openIn(mixed)
  expect([after.accounts(), after.openOrders().length]).toEqual([[anAccount()], 1])
  expect([after.cursor(home), after.said(first)]).toEqual([null, null])
})

function withSending(folder: string): Store {
  const store = openIn(folder)
  store.putAccount(anAccount())
  store.applyPage(home, { conversations: [aConversation()], messages: [], cursor: 'page 1' })
  store.enqueue(anOrder())
  store.moveOrder(outboxId('order-1'), { kind: 'sending', startedAt: 5, isPreparing: false }, 1)
  return store
}
