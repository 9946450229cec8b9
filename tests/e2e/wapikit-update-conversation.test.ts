import { describe, expect, test } from 'vitest'
import type { WapikitSimulator } from '../../src/simulators/wapikit/wapikit-simulator.ts'
import { startWapikitSimulator } from '../../src/simulators/wapikit/wapikit-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/**
 * The page “update a conversation”, through the whole app: its call, its answer, and what becomes of both where a server
 * answers 200 and does nothing.
 */
describe.each(shells)('updating a conversation at a Wapikit, on the %s shell', (shell) => {
  const on = stage()

  test('closes and opens it by the page’s own call, where that works', async () => {
    const { server, actors } = await open('hosted')
    const { app, see } = actors
    const path = await pathOf(server, 'Amara Nwosu')
    await see.select('Amara Nwosu')
    await app.page.keyboard.press('e')
    await soon(() => statusAt(server, path)).toBe('Closed')
    await see.row('Amara Nwosu').waitFor({ state: 'detached' })
    expect(updates(server, path)).toEqual(['POST 200'])

    await see.view('done').click()
    await see.row('Amara Nwosu').click()
    // At the server, so nothing says that only this computer has it so.
    expect(await see.thread('Amara Nwosu').getByText(say('status.here')).count()).toBe(0)
    await app.page.keyboard.press('e')
    await soon(() => statusAt(server, path)).toBe('Active')
    await see.view('open').click()
    await see.row('Amara Nwosu').waitFor()
    expect(server.accepted.actions.map(({ action, value }) => [action, value])).toEqual([
      ['status', 'Closed'],
      ['status', 'Active'],
    ])
  })

  test('is told, and is done on this computer, where the server says yes and does nothing', async () => {
    const { server, actors } = await open('main')
    const { app, see } = actors
    const path = await pathOf(server, 'Amara Nwosu')
    await see.select('Amara Nwosu')
    await app.page.keyboard.press('e')
    const { host } = new URL(server.origin)
    await see.toast(say('notice.doneHere', { host, name: 'Amara Nwosu' })).waitFor()
    expect(updates(server, path)).toEqual(['POST 200'])
    expect(await statusAt(server, path)).toBe('Active')
    await see.row('Amara Nwosu').waitFor({ state: 'detached' })
    await see.view('done').click()
    await see.row('Amara Nwosu').click()
    await see.thread('Amara Nwosu').getByText(say('status.here')).first().waitFor()

    // From now on nobody asks that server again: the next one is done here at once.
    await see.view('open').click()
    const other = await pathOf(server, '佐々木 凛')
    await see.select('佐々木 凛')
    await app.page.keyboard.press('e')
    await see.row('佐々木 凛').waitFor({ state: 'detached' })
    expect(updates(server, other)).toEqual([])

    // Until they write again.
    server.scenario.customerWrites({ conversation: path.split('/').at(-1) ?? '', text: 'One more thing!' })
    await see.button(say('command.refresh')).click()
    await see.row('Amara Nwosu').waitFor()
  })

  test('shows the documented error in its own words, and nothing pretends it was done', async () => {
    const { server, actors } = await open('hosted')
    const { app, see } = actors
    const path = await pathOf(server, 'Amara Nwosu')
    server.scenario.server({ errorBody: 'listed' })
    const errors = [{ field: 'status', message: 'is not allowed here', code: 'forbidden_value' }]
    const body = JSON.stringify({ description: 'The request could not be processed', errors })
    server.scenario.fault(
      { kind: 'status', status: 422, contentType: 'application/json', body },
      { method: 'POST', path, count: 1 },
    )
    await see.select('Amara Nwosu')
    await app.page.keyboard.press('e')
    await see.row('Amara Nwosu').click()
    const reason = 'The request could not be processed; status: is not allowed here (forbidden_value)'
    await see.thread('Amara Nwosu').getByText(reason).first().waitFor()
    expect(await statusAt(server, path)).toBe('Active')
  })

  async function open(dialect: 'main' | 'hosted'): Promise<{ server: WapikitSimulator; actors: Actors }> {
    const server = on.closing(await startWapikitSimulator({ dialect }))
    const actors = await on.app({ shell })
    await actors.see.addAccounts({ provider: 'wapikit', url: server.url, token: server.key })
    await actors.see.view('open').click()
    await actors.see.row('Amara Nwosu').waitFor()
    return { server, actors }
  }
})

interface Shown {
  readonly uniqueId: string
  readonly status: string
  readonly contact: { readonly name: string }
}

async function asked(server: WapikitSimulator, path: string): Promise<unknown> {
  const answer = await fetch(`${server.origin}${path}`, { headers: { 'x-access-token': server.key } })
  return await answer.json()
}

async function pathOf(server: WapikitSimulator, name: string): Promise<string> {
  const { conversations } = (await asked(server, '/api/conversations?page=1&per_page=50')) as {
    conversations: readonly Shown[]
  }
  const found = conversations.find(({ contact }) => contact.name === name)
  if (found === undefined) throw new Error(`nobody there is called ${name}`)
  return `/api/conversation/${found.uniqueId}`
}

async function statusAt(server: WapikitSimulator, path: string): Promise<string> {
  return ((await asked(server, path)) as { conversation: Shown }).conversation.status
}

/** The calls of the page that came in, and how they were answered. */
function updates(server: WapikitSimulator, path: string): string[] {
  return server.requests
    .filter((each) => each.method === 'POST' && each.path === path)
    .map((each) => `${each.method} ${each.status}`)
}
