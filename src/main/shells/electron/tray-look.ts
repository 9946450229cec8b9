import { say } from '../../../shared/words/words.ts'
import type { Attention } from '../../engine/engine.ts'

/** What the tray shows, as data: equal looks need no drawing. Pure. */
export function trayLook(attention: Attention, now: number): TrayLook {
  return {
    icon: iconOf(attention),
    headline: headline(attention),
    toolTip: [say('tray.name'), headline(attention), trouble(attention), age(attention.asOf, now)]
      .filter((line) => line !== null)
      .join('\n'),
    waiting: attention.waiting.map((row) => ({
      conversationId: row.conversationId,
      done: row.done,
      label: labelOf(row, now),
    })),
  }
}

export interface TrayLook {
  readonly icon: TrayIcon
  readonly headline: string
  readonly toolTip: string
  readonly waiting: readonly {
    readonly conversationId: Attention['waiting'][number]['conversationId']
    readonly label: string
    readonly done: Attention['waiting'][number]['done']
  }[]
}

export const counts = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9plus'] as const
/** The names of the drawn icons (build/render-icons.ts). In trouble the last known number still stands. */
export type TrayIcon = 'quiet' | 'signed-out' | 'trouble' | Count | `trouble-${Count}`
type Count = (typeof counts)[number]

export function countIcon(badge: number): Count | null {
  return badge < 1 ? null : (counts[badge - 1] ?? '9plus')
}

function iconOf({ badge, state }: Attention): TrayIcon {
  const count = countIcon(badge)
  switch (state) {
    case 'signedOut':
      return 'signed-out'
    case 'trouble':
      return count === null ? 'trouble' : `trouble-${count}`
    case 'needsYou':
    case 'quiet':
      return count ?? 'quiet'
  }
}

function headline({ badge, state }: Attention): string {
  if (state === 'signedOut') return say('tray.signedOut')
  return badge === 0 ? say('tray.quiet') : say('tray.needsYou', { count: badge })
}

function trouble({ state, troubledAccounts }: Attention): string | null {
  return state === 'trouble' ? say('tray.trouble', { count: troubledAccounts }) : null
}

/** How old the number is: the oldest account counts. */
function age(asOf: number | null, now: number): string | null {
  if (asOf === null) return null
  return now - asOf < minuteMs ? say('tray.asOfNow') : say('tray.asOf', { age: duration(now - asOf) })
}

function labelOf(row: Attention['waiting'][number], now: number): string {
  const blanks = { name: short(row.name), account: short(row.account) }
  if (row.waitingSince === null) return say('tray.row', blanks)
  return say('tray.rowWaiting', { ...blanks, wait: duration(now - row.waitingSince) })
}

/** Menus grow as wide as their longest line, and a customer chooses their own name. */
function short(name: string): string {
  const letters = [...name.replace(/\s+/g, ' ').trim()]
  return letters.length <= longestName ? letters.join('') : `${letters.slice(0, longestName - 1).join('')}…`
}

const longestName = 36

/** In the largest unit that says at least one; a clock that runs behind never shows a negative wait. */
function duration(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / minuteMs))
  if (minutes < 60) return say('tray.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 24
    ? say('tray.hours', { count: hours })
    : say('tray.days', { count: Math.floor(hours / 24) })
}

const minuteMs = 60_000
