import { fakeProvider } from '../support/fake-provider.ts'
import { startHouse } from '../support/start-house.ts'
import { written } from '../support/builders.ts'

/** Whether memory grows while servers refuse everything for hours: what is held after each, and the last to the first. */
const hours = 6
const hourMs = 3_600_000
const noon = Date.UTC(2026, 2, 3, 12)
const refused = {
  fails: {
    kind: 'busy',
    code: 'busy',
    facts: { host: 'desk.example.com', status: '502' },
    mayHaveLeft: true,
  },
} as const

const keys = Array.from({ length: 50 }, (_, n) => `c${n}`)
const provider = fakeProvider(
  keys.map((key) => ({
    key,
    change: { lastActivityAt: noon },
    messages: [{ key: `${key}-m`, sentAt: noon }],
  })),
)
const house = await startHouse({ provider })
const [account = ''] = await house.signIn(['1', '2'])
await house.clock.advance(120_000)
const refusals = Array.from({ length: 20_000 }, () => refused)
for (const call of ['pull', 'thread', 'send', 'act', 'find', 'look', 'ask'] as const)
  provider.next(call, ...refusals)
for (const [n, key] of keys.slice(0, 9).entries()) {
  const clientKey = `00000000-0000-4000-8000-00000000000${n}`
  await house.ask('reply.send', written({ conversationId: `${account}:${key}`, text: 'Hello', clientKey }))
}

const held: number[] = []
for (let hour = 0; hour <= hours; hour++) {
  await house.clock.advance(hourMs)
  // What the harness itself writes down is not the engine's.
  for (const list of [house.events, house.logged, house.announced, provider.pulls]) list.length = 0
  global.gc?.()
  held.push(process.memoryUsage().heapUsed)
  const mb = ((held.at(-1) ?? 0) / 2 ** 20).toFixed(2)
  process.stdout.write(`hour ${hour}: ${mb} MB held, ${house.clock.pending()} timers\n`)
}
await house.stop()
// The first hour compiles what it runs.
const ratio = (held.at(-1) ?? 0) / (held[1] ?? 1)
process.stdout.write(`last hour to first: ${ratio.toFixed(3)} (at most 1.05)\n`)
process.exitCode = ratio <= 1.05 ? 0 : 1
