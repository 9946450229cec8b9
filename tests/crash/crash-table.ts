import type { CrashResult } from './crash-run.ts'

/** The sums of all runs struck at one point. */
export interface Sums {
  readonly point: string
  readonly runs: number
  readonly orders: number
  readonly deaths: number
  readonly planned: number
  readonly lost: number
  readonly doubled: number
  readonly outOfOrder: number
  readonly asked: number
  readonly askedInVain: number
  readonly setAgain: number
  readonly troubles: number
}

export function sumsOf(point: string, results: readonly CrashResult[]): Sums {
  const sum = (of: (result: CrashResult) => number): number =>
    results.reduce((all, each) => all + of(each), 0)
  return {
    point,
    runs: results.length,
    orders: sum((each) => each.orders),
    deaths: sum((each) => each.deaths),
    planned: sum((each) => each.planned),
    lost: sum((each) => each.lost.length),
    doubled: sum((each) => each.doubled.length),
    outOfOrder: sum((each) => each.outOfOrder.length),
    asked: sum((each) => each.asked.length),
    askedInVain: sum((each) => each.askedInVain.length),
    setAgain: sum((each) => each.setAgain.length),
    troubles: sum((each) => each.troubles.length),
  }
}

/** Whether nothing was lost, doubled or overtaken, and every run came to rest. */
export function isSound({ lost, doubled, outOfOrder, troubles }: Sums): boolean {
  return lost + doubled + outOfOrder + troubles === 0
}

/** One line for each point, and a last one that says how it went. */
export function crashTable(points: readonly Sums[]): string {
  const all = { ...added(points), point: 'all' }
  const width = Math.max(...points.map(({ point }) => point.length))
  const heads = Object.keys(columns).map((name) => name.padStart(widthOf(name)))
  const line = (sums: Sums): string =>
    [
      sums.point.padEnd(width),
      ...Object.entries(columns).map(([name, of]) => String(of(sums)).padStart(widthOf(name))),
    ].join('  ')
  const share = all.orders === 0 ? 0 : (100 * all.asked) / all.orders
  const verdict =
    `${all.runs} runs, ${all.deaths} kills, ${all.orders} orders: ${all.lost} lost, ${all.doubled} doubled, ` +
    `${all.outOfOrder} out of order, ${all.asked} asked (${share.toFixed(2)} %; ${all.askedInVain} of them though ` +
    `the server had it), ${all.troubles} troubles. ` +
    (isSound(all) ? 'Sound.' : 'NOT SOUND.')
  return [[''.padEnd(width), ...heads].join('  '), ...points.map(line), line(all), '', verdict].join('\n')
}

const columns: Readonly<Record<string, (sums: Sums) => number>> = {
  runs: ({ runs }) => runs,
  kills: ({ deaths }) => deaths,
  lost: ({ lost }) => lost,
  doubled: ({ doubled }) => doubled,
  'out of order': ({ outOfOrder }) => outOfOrder,
  asked: ({ asked }) => asked,
  'though there': ({ askedInVain }) => askedInVain,
  'set again': ({ setAgain }) => setAgain,
  troubles: ({ troubles }) => troubles,
}

function widthOf(name: string): number {
  return Math.max(name.length, 5)
}

function added(points: readonly Sums[]): Sums {
  const sum = (of: (sums: Sums) => number): number => points.reduce((all, each) => all + of(each), 0)
  return {
    point: '',
    runs: sum((each) => each.runs),
    orders: sum((each) => each.orders),
    deaths: sum((each) => each.deaths),
    planned: sum((each) => each.planned),
    lost: sum((each) => each.lost),
    doubled: sum((each) => each.doubled),
    outOfOrder: sum((each) => each.outOfOrder),
    asked: sum((each) => each.asked),
    askedInVain: sum((each) => each.askedInVain),
    setAgain: sum((each) => each.setAgain),
    troubles: sum((each) => each.troubles),
  }
}
