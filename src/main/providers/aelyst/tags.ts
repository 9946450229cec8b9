import { ProviderFailure, type LabelsBundle } from '../provider.ts'
import { lookAfter } from './contacts.ts'
import { contactPath, type Desk } from './desk.ts'
import { unchangedBy } from './order.ts'

/** A contact has so many tags at most, of so many characters (docs/providers/aelyst.md §4). */
const mostTags = 10
const mostLength = 255

/** Tags are added and removed by name, a list of them at once; the answer does not say what came of it. */
export function labelsBundle(desk: Desk): LabelsBundle {
  return {
    async change(key, { add, remove }, signal) {
      for (const tag of add) if (tag.length > mostLength) throw tooLong(desk, tag)
      const path = `${contactPath(key)}/tag`
      // First those that go, so that there is room.
      for (const body of inTens(remove)) await desk.client.call({ path, method: 'DELETE', body }, signal)
      for (const body of inTens(add)) await desk.client.call({ path, method: 'POST', body }, signal)
      const now = await lookAfter(desk, key, signal)
      const isAsOrdered =
        add.every((tag) => now.labels.includes(tag)) && !remove.some((tag) => now.labels.includes(tag))
      if (!isAsOrdered) throw unchangedBy(desk, 'its tags are as they were')
      return now
    },
  }
}

function inTens(tags: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(tags.length / mostTags) }, (_, index) =>
    tags.slice(index * mostTags, (index + 1) * mostTags),
  )
}

function tooLong(desk: Desk, tag: string): ProviderFailure {
  const facts = {
    host: desk.client.host,
    count: String(tag.length - mostLength),
    most: String(mostLength),
  }
  return new ProviderFailure({ kind: 'rejected', code: 'tooLong', facts, mayHaveLeft: false })
}
