/** Runs the tasks in their order, at most so many at once; the first that throws keeps the rest from beginning. */
export async function inTurns(most: number, tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks]
  let isOver = false
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined && !isOver; task = waiting.shift()) {
      try {
        await task()
      } catch (error) {
        isOver = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: most }, work))
}
