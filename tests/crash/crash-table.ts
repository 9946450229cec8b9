import { randomPoint, type CrashPoint } from './crash-points.ts'
import type { CrashResult } from './crash-run.ts'

/** The sums of all runs struck at one point. */
export interface Sums {
  readonly point: string
  readonly isAskingNeedless: boolean
  readonly counts: Counts
}

type Counts = Readonly<Record<(typeof counted)[number], number>>

const counted = [
  'runs',
  'orders',
  'there',
  'deaths',
  'underWay',
  'lost',
  'doubled',
  'outOfOrder',
  'asked',
  'askedInVain',
  'setAgain',
  'troubles',
] as const

/** Asked about more of what was ordered than this, and agents would stop to read what they are asked. */
const mostAsked = 0.01
/** With fewer kills at any moment the share of them that asks says nothing. */
const fewestKills = 500

export function sumsOf({ name, asking }: CrashPoint, results: readonly CrashResult[]): Sums {
  const sum = (of: (result: CrashResult) => number): number =>
    results.reduce((all, each) => all + of(each), 0)
  const counts = {
    runs: results.length,
    orders: sum((each) => each.orders),
    there: sum((each) => each.there.length),
    deaths: sum((each) => each.deaths),
    underWay: sum((each) => each.underWay),
    lost: sum((each) => each.lost.length),
    doubled: sum((each) => each.doubled.length),
    outOfOrder: sum((each) => each.outOfOrder.length),
    asked: sum((each) => each.asked.length),
    askedInVain: sum((each) => each.askedInVain.length),
    setAgain: sum((each) => each.setAgain.length),
    troubles: sum((each) => each.troubles.length),
  }
  return { point: name, isAskingNeedless: asking === 'needless', counts }
}

/**
 * Whether nothing was lost, doubled, overtaken or asked needlessly, and every run came to rest. A server that keeps our
 * ids (`keeps`) never has to be asked about what it has, and hardly ever about the rest.
 */
export function isSound(points: readonly Sums[], keeps: boolean): boolean {
  const { lost, doubled, outOfOrder, troubles, askedInVain } = added(points)
  const isNeedless = points.some(({ isAskingNeedless, counts }) => isAskingNeedless && counts.asked > 0)
  if (lost + doubled + outOfOrder + troubles > 0 || isNeedless) return false
  return !keeps || (askedInVain === 0 && isRarelyAsked(points))
}

/** One line for each point, and last ones that say how it went. */
export function crashTable(points: readonly Sums[], keeps: boolean): string {
  const all = added(points)
  const width = Math.max(...points.map(({ point }) => point.length))
  const heads = columns.map(([name]) => name.padStart(widthOf(name)))
  const line = (name: string, counts: Counts): string =>
    [
      name.padEnd(width),
      ...columns.map(([head, count]) => String(counts[count]).padStart(widthOf(head))),
    ].join('  ')
  return [
    [''.padEnd(width), ...heads].join('  '),
    ...points.map(({ point, counts }) => line(point, counts)),
    line('all', all),
    '',
    `${all.runs} runs, ${all.deaths} kills, ${all.orders} orders: ${all.lost} lost, ${all.doubled} doubled, ` +
      `${all.outOfOrder} out of order, ${all.troubles} troubles.`,
    ...askedLines(points, all),
    isSound(points, keeps) ? 'Sound.' : 'NOT SOUND.',
  ].join('\n')
}

function askedLines(points: readonly Sums[], all: Counts): string[] {
  const needless = points.filter(({ isAskingNeedless }) => isAskingNeedless)
  const random = randomOf(points)
  return [
    `Asked, over everything: ${shareOf(all.asked, all.orders)} orders.`,
    `Asked though the server had it: ${shareOf(all.askedInVain, all.there)} orders it had.`,
    `Asked though surely not a byte had left: ${shareOf(added(needless).asked, added(needless).orders)} orders.`,
    ...(random === null
      ? []
      : [
          `Asked when killed at any moment: ${shareOf(random.asked, random.orders)} orders, by ${random.deaths} ` +
            `kills, ${random.underWay} of them with a reply under way.`,
        ]),
  ]
}

function isRarelyAsked(points: readonly Sums[]): boolean {
  const random = randomOf(points)
  return random === null || random.deaths < fewestKills || random.asked <= mostAsked * random.orders
}

function randomOf(points: readonly Sums[]): Counts | null {
  return points.find(({ point }) => point === randomPoint)?.counts ?? null
}

function shareOf(some: number, all: number): string {
  return `${some} of ${all} (${(all === 0 ? 0 : (100 * some) / all).toFixed(2)} %)`
}

const columns: readonly (readonly [string, keyof Counts])[] = [
  ['runs', 'runs'],
  ['kills', 'deaths'],
  ['under way', 'underWay'],
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['out of order', 'outOfOrder'],
  ['asked', 'asked'],
  ['though there', 'askedInVain'],
  ['set again', 'setAgain'],
  ['troubles', 'troubles'],
]

function widthOf(name: string): number {
  return Math.max(name.length, 5)
}

function added(points: readonly Sums[]): Counts {
  const sum = (of: (typeof counted)[number]): number =>
    points.reduce((all, { counts }) => all + counts[of], 0)
  return Object.fromEntries(counted.map((each) => [each, sum(each)])) as Record<keyof Counts, number>
}
