import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fakeProvider } from '../../../tests/support/fake-provider.ts'
import { startHouse } from '../../../tests/support/start-house.ts'
import { aFolder, openIn, whyOf } from '../../../tests/support/store-folders.ts'
import { aConversation, aMessage, anAccount, home, outboxId, reply } from '../../../tests/support/builders.ts'
import { conversationId } from '../../shared/domain/ids.ts'

const page = { conversations: [aConversation()], messages: [aMessage()], cursor: 'page 1' }

it('is kept from a second one while the first runs, and not by one that was killed', async () => {
  const folder = aFolder()
  const first = await child('be a Tuntas', folder)
  expect(() => openIn(folder)).toThrow(/in use by another Tuntas/)
  await kill(first)
  expect(whyOf(() => openIn(folder))).toBe('no fault')
})

it.each(['hold desk.db', 'hold cache.db'])(
  'does not start while another program does %s, and starts then',
  async (what) => {
    const folder = aFolder()
    openIn(folder).close()
    const other = await child(what, folder)
    expect(whyOf(() => openIn(folder))).toBe('locked')
    await kill(other)
    expect(whyOf(() => openIn(folder))).toBe('no fault')
  },
)

it('takes a page once another program lets go of the cache, and writes the desk meanwhile', async () => {
  const folder = aFolder()
  const store = openIn(folder)
  store.putAccount(anAccount())
  const other = await child('hold cache.db', folder)
  expect(whyOf(() => store.applyPage(home, page))).toBe('locked')
  expect([store.said(conversationId(home, '1')), store.cursor(home)]).toEqual([null, null])
  store.putSetting('theme', 'dark')
  await kill(other)
  expect(store.applyPage(home, page).addedMessages).toHaveLength(1)
})

it('says that another program holds its data, rests, and goes on by itself with nothing lost', async () => {
  const folder = aFolder()
  const provider = fakeProvider([{ key: 'a', messages: [{ key: 'm' }] }])
  const house = await startHouse({ provider, store: openIn(folder) })
  const [account] = await house.signIn()
  const other = await child('hold cache.db', folder)
  provider.writes('a', 'Are you there?', house.clock.now())
  await house.clock.advance(120_000)
  const syncing = async () => (await house.ask('app.snapshot', {})).accounts[0]?.syncing
  expect(await syncing()).toMatchObject({ kind: 'resting', failure: { code: 'dataLocked' } })
  await kill(other)
  await house.clock.advance(600_000)
  expect(await syncing()).toMatchObject({ kind: 'upToDate' })
  const id = conversationId(account as typeof home, 'a')
  expect(house.store.thread(id, null, 9).at(-1)?.text).toBe('Are you there?')
  await house.stop()
})

// Windows has no such limit; the one of a disk is in full-disk.test.ts.
if (process.platform !== 'win32')
  it('keeps every acknowledged reply and no half one where a file may grow no further', async () => {
    const folder = aFolder()
    const lines = await output('ulimit -f 1500; exec "$0" "$@"', ['fill', folder])
    const acknowledged = (what: string): string[] =>
      lines.flatMap((line) => (line.startsWith(`${what} `) ? [line.slice(what.length + 1)] : []))
    const [orders, drafts] = [acknowledged('order'), acknowledged('draft')]
    expect(orders.length).toBeGreaterThan(10)
    expect(lines.at(-1)).toMatch(/^failing: The disk did not do what .*desk\.db asked of it.*make room/)
    const store = openIn(folder)
    expect(store.openOrders().map((row) => row.id)).toEqual(orders)
    for (const n of orders)
      expect(store.outboxRow(outboxId(n))?.order).toEqual(reply(`Reply ${n} ${'.'.repeat(3000)}`))
    // The reply that found no room left its words in the draft.
    expect(store.drafts().map((each) => each.conversationId)).toEqual(
      drafts.filter((n) => !orders.includes(n)).map((n) => conversationId(home, n)),
    )
  })

const script = join(import.meta.dirname, '../../../tests/support/store-child.ts')

async function child(what: string, folder: string): Promise<ChildProcess> {
  const started = spawn(process.execPath, [script, what, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void started.kill('SIGKILL'))
  if (started.stdout !== null) await once(started.stdout, 'data')
  return started
}

async function kill(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL')
  await once(process, 'exit')
}

async function output(shell: string, given: string[]): Promise<string[]> {
  const started = spawn('bash', ['-c', shell, process.execPath, script, ...given])
  onTestFinished(() => void started.kill('SIGKILL'))
  let text = ''
  started.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
  await once(started, 'close')
  return text.trim().split('\n')
}
