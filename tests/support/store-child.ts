import { writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/main/store/sqlite-store.ts'
import { StoreFault } from '../../src/main/store/store.ts'
import { conversationId } from '../../src/shared/domain/ids.ts'
import { aDraft, anAccount, anOrder, home, reply } from './builders.ts'

/** A second process over a store's files, to be killed or to run out of room: `store-child.ts WHAT FOLDER`. */
const [what = '', folder = ''] = process.argv.slice(2)
const tell = (line: string): void => void writeSync(1, `${line}\n`)

function main(): void {
  switch (what) {
    case 'be a Tuntas':
      openSqliteStore(folder)
      return stay()
    case 'hold desk.db':
    case 'hold cache.db':
      new DatabaseSync(join(folder, what.slice(5))).exec('BEGIN IMMEDIATE')
      return stay()
    case 'fill':
      return fill()
  }
}

function stay(): void {
  tell('ready')
  setInterval(() => {}, 60_000)
}

/** Writes until nothing more is taken; a line for all that was acknowledged, and one for what was said at last. */
function fill(): void {
  const store = openSqliteStore(folder)
  store.putAccount(anAccount())
  try {
    for (let n = 0; n < 10_000; n += 1) {
      const to = conversationId(home, `${n}`)
      const text = `Reply ${n} ${'.'.repeat(3000)}`
      store.putDraft(to, 'reply', aDraft({ text }))
      tell(`draft ${n}`)
      store.enqueue(anOrder({ id: `${n}`, conversationId: to, order: reply(text) }))
      tell(`order ${n}`)
    }
  } catch (error) {
    tell(error instanceof StoreFault ? `${error.why}: ${error.message}` : `thrown: ${String(error)}`)
  }
}

main()
