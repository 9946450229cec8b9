import type { Session } from '../../src/main/providers/provider.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'

/** Everything a session can be asked, one line each; every one begins with a fresh simulator and signs in there. */
export const exercises: readonly Exercise[] = [
  exercise('the first load and what came since', 'demo', async ({ session, signal, simulator }) => {
    let cursor: string | null = null
    for (let more = true; more;) {
      const page = await session.pull(cursor, signal)
      cursor = page.cursor
      more = page.more
    }
    simulator.scenario.customerWrites({ conversation: 5, text: 'And one more thing.' })
    await session.pull(cursor, signal)
  }),
  exercise('every thread, and further back', 'demo', async ({ session, signal }) => {
    const { conversations } = await session.pull(null, signal)
    for (const { key } of conversations) {
      const { messages, hasOlder } = await session.thread(key, null, signal)
      if (hasOlder) await session.thread(key, messages[0]?.key ?? null, signal)
    }
  }),
  exercise('a reply, and looking for it', 'small', async ({ session, signal }) => {
    const reply = { conversationKey: '5', text: 'It is on its way.', ownId: 'own-1' }
    await session.send(reply, signal)
    await session.findSent({ ...reply, startedAt: Date.now(), claimed: [] }, signal)
  }),
  exercise('resolving and opening again', 'small', async ({ session, signal }) => {
    await session.done?.resolve('5', signal)
    await session.done?.reopen?.('5', signal)
    await session.done?.reopen?.('1', signal)
    await session.done?.resolve('2', signal)
    await session.done?.reopen?.('2', signal)
    await session.done?.resolve('3', signal)
    await session.done?.reopen?.('3', signal)
  }),
  exercise('read and unread', 'small', async ({ session, signal }) => {
    await session.read?.markRead('5', signal)
    await session.read?.markUnread?.('5', signal)
  }),
]

export interface Exercise {
  readonly name: string
  readonly data: 'small' | 'small'
  readonly run: (stage: ExerciseStage) => Promise<void>
}

export interface ExerciseStage {
  readonly session: Session
  readonly simulator: ChatwootSimulator
  readonly signal: AbortSignal
}

function exercise(name: string, data: Exercise['data'], run: Exercise['run']): Exercise {
  return { name, data, run }
}
