import { expect, test } from 'vitest'
import { accountId, conversationId } from '../../../shared/domain/ids.ts'
import type { Attention } from '../../engine/engine.ts'
import { trayLook } from './tray-look.ts'

const now = Date.UTC(2026, 4, 1, 12)
const minutes = (count: number) => now - count * 60_000
const quiet: Attention = { badge: 0, state: 'quiet', waiting: [], asOf: now, troubledAccounts: 0 }

test.each([
  [{}, 'quiet'],
  [{ badge: 1, state: 'needsYou' }, '1'],
  [{ badge: 9, state: 'needsYou' }, '9'],
  [{ badge: 10, state: 'needsYou' }, '9plus'],
  [{ badge: 4000, state: 'needsYou' }, '9plus'],
  [{ state: 'trouble', troubledAccounts: 1 }, 'trouble'],
  [{ badge: 3, state: 'trouble', troubledAccounts: 1 }, 'trouble-3'],
  [{ state: 'signedOut' }, 'signed-out'],
] as const)('%o shows the icon %s', (over, icon) => {
  expect(trayLook({ ...quiet, ...over }, now).icon).toBe(icon)
})

test('the tooltip says how many need you, what is wrong and how old that is', () => {
  const look = (over: Partial<Attention>) => trayLook({ ...quiet, ...over }, now).toolTip
  expect(look({})).toBe('Tuntas\nNobody is waiting for you\nUp to date')
  expect(look({ badge: 1, state: 'needsYou' })).toBe('Tuntas\n1 conversation needs you\nUp to date')
  expect(look({ badge: 2, state: 'trouble', troubledAccounts: 1, asOf: minutes(95) })).toBe(
    'Tuntas\n2 conversations need you\nOne account cannot be reached\nAs of 1 hour ago',
  )
  expect(look({ state: 'signedOut', asOf: null })).toBe('Tuntas\nNo account is signed in')
})

test('those who wait are named with how long, where that is known', () => {
  const row = (name: string, waitingSince: number | null) => ({
    conversationId: conversationId(accountId('a'), name),
    name,
    account: 'Harbour Lane',
    waitingSince,
    done: 'resolve' as const,
  })
  const waiting = [
    row('Mira', minutes(3000)),
    row('Ade', minutes(61)),
    row('Jun', minutes(0)),
    row('Ola', null),
    row('Fay', now + 5000),
  ]
  expect(trayLook({ ...quiet, waiting }, now).waiting.map((each) => each.label)).toEqual([
    'Mira (Harbour Lane) · 2 days',
    'Ade (Harbour Lane) · 1 hour',
    'Jun (Harbour Lane) · 1 minute',
    'Ola (Harbour Lane)',
    'Fay (Harbour Lane) · 1 minute',
  ])
})

test('a name cannot make the menu wider than the screen, nor break its line', () => {
  const name = `Maximiliane\n\t${'von '.repeat(40)}`
  const row = {
    conversationId: conversationId(accountId('a'), '1'),
    name,
    account: 'A',
    waitingSince: null,
    done: 'resolve' as const,
  }
  const [shown] = trayLook({ ...quiet, waiting: [row] }, now).waiting
  expect(shown?.label).toBe('Maximiliane von von von von von von… (A)')
})
