/** Prints one line for each measurement: median and 99th percentile. */
export function report(title: string, results: Readonly<Record<string, readonly number[]>>): void {
  const width = Math.max(...Object.keys(results).map((name) => name.length))
  const lines = Object.entries(results).map(
    ([name, sorted]) => `${name.padEnd(width)}  ${shown(sorted, 0.5)}  ${shown(sorted, 0.99)}`,
  )
  process.stdout.write(`${title}\n${''.padEnd(width)}        p50        p99 (ms)\n${lines.join('\n')}\n`)
}

function shown(sorted: readonly number[], quantile: number): string {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))
  return (sorted[at] ?? Number.NaN).toFixed(2).padStart(9)
}
