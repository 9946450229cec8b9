import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { openGate } from '../support/gate.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage, statusOf, type Actors } from '../support/stage.ts'

const on = stage()

describe.each(shells)('what an agent writes is neither lost nor sent twice, on the %s shell', (shell) => {
  test('a reply written without the server waits, survives a restart and goes out once', async () => {
    const server = await on.server()
    const gate = await openGate(server.url)
    on.closing({ close: gate.shut })
    const actors = await on.app({ shell })
    const { app, see } = actors
    await see.addAccounts({ url: gate.url, token: server.token, names: ['Lantern Lamps'] })
    await openInes(actors)
    await gate.shut()

    await write(actors, 'Written in the dark.')
    await see.message('Written in the dark.').waitFor()
    // Why it waits is known once a try of its own came to nothing.
    const waiting = new RegExp([say('delivery.queued'), say('delivery.noNetwork')].join('|'))
    await see.messages().getByText(waiting).last().waitFor()
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.resolve') })
      .click()
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.reopen') })
      .waitFor()
    expect(server.accepted.messages).toHaveLength(0)

    await app.restart({ meanwhile: gate.open })
    await see.view('done').click()
    await see.row('Ines Duarte').click()
    await see.message('Written in the dark.').waitFor()
    await soon(() => server.accepted.messages.map((each) => each.content)).toEqual(['Written in the dark.'])
    await soon(() => statusOf(server, ines)).toBe('resolved')
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    expect(await see.message('Written in the dark.').count()).toBe(1)
    expect(server.accepted.messages).toHaveLength(1)
  })

  test('a reply whose answer was lost is found at the server and not sent again', async () => {
    const server = await on.server()
    const actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await openInes(actors)
    server.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', path: '**/messages', count: 1 })
    await write(actors, 'Did you get this?')
    await soon(() => actors.see.messages().innerText()).toContain(say('delivery.sent'))
    expect(await actors.see.message('Did you get this?').count()).toBe(1)
    expect(server.accepted.messages).toHaveLength(1)
  })

  test('a reply that may not have arrived is asked about, and goes out once when the agent says so', async () => {
    const server = await on.server()
    const actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await openInes(actors)
    server.scenario.fault({ kind: 'resetBeforeAccept' }, { method: 'POST', path: '**/messages', count: 1 })
    await write(actors, 'One way or the other.')
    await actors.see.messages().getByText(say('delivery.unsureAbsent')).waitFor()
    expect(server.accepted.messages).toHaveLength(0)
    await actors.see
      .messages()
      .getByRole('button', { name: say('delivery.sendAgain') })
      .click()
    await soon(() => server.accepted.messages.length).toBe(1)
    await soon(() => actors.see.messages().innerText()).toContain(say('delivery.sent'))
  })

  test('a crash while a reply is under way leaves it asked about, never sent by itself', async () => {
    const server = await on.server()
    const actors = await on.app({ shell })
    const { app, see } = actors
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await openInes(actors)
    server.scenario.fault({ kind: 'hang' }, { method: 'POST', path: '**/messages' })
    await write(actors, 'Cut off in the middle.')
    await soon(() => posts(server)).toBe(1)

    await app.restart({ signal: 'SIGKILL', meanwhile: () => server.scenario.clearFaults() })
    await see.view('open').click()
    await see.row('Ines Duarte').click()
    await see.messages().getByText(say('delivery.unsureAbsent')).waitFor()
    expect(posts(server)).toBe(1)
    await see
      .messages()
      .getByRole('button', { name: say('delivery.discard') })
      .click()
    await see
      .messages()
      .getByRole('button', { name: say('delivery.throwAway') })
      .click()
    await see.message('Cut off in the middle.').waitFor({ state: 'detached' })
    expect(server.accepted.messages).toHaveLength(0)
  })

  test('a reply the server refuses says why and keeps the words', async () => {
    const server = await on.server()
    const actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await openInes(actors)
    server.scenario.fault(
      { kind: 'refused', why: 'denied' },
      { method: 'POST', path: '**/messages', count: 1 },
    )
    await write(actors, 'You may not.')
    const refused = say('delivery.refused', { why: '' }).trim()
    await actors.see.messages().getByText(refused).waitFor()
    await actors.see.message('You may not.').waitFor()
    await actors.see
      .messages()
      .getByRole('button', { name: say('delivery.sendAgain') })
      .click()
    await soon(() => server.accepted.messages.length).toBe(1)
  })
})

async function openInes({ see }: Actors): Promise<void> {
  await see.row('Ines Duarte').click()
  await see.message('Any news?').waitFor()
}

async function write({ see }: Actors, text: string): Promise<void> {
  await see.composer('Ines Duarte').fill(text)
  await see
    .thread('Ines Duarte')
    .getByRole('button', { name: say('act.send') })
    .click()
}

function posts(server: { requests: readonly { method: string; path: string }[] }): number {
  return server.requests.filter((each) => each.method === 'POST' && each.path.endsWith('/messages')).length
}

/** Her conversation's number at the server. */
const ines = 5
