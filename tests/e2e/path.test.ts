import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { caughtUp, soon, stage, statusOf } from '../support/stage.ts'

const on = stage()

describe.each(shells)('on the %s shell', (shell) => {
  test('an agent adds accounts and sees who needs them, in the list and in every count', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })

    await see.row('Ines Duarte').waitFor()
    await see.row('Tomas Okoro').waitFor()
    await see.row('Mo Abara').waitFor()
    expect(await see.rows().count()).toBe(3)
    expect(await see.row('Ines Duarte').innerText()).toContain('I have guests tonight 😅')
    expect(await see.row('Ines Duarte').innerText()).toContain(say('row.unreadCount', { count: 2 }))
    await soon(() => see.view('needsYou').innerText()).toContain('3')
    await soon(() => app.page.title()).toBe('(3) Tuntas')
    await see.view('pending').click()
    await see.row('יעל כרמי').waitFor()
    await see.view('snoozed').click()
    await see.row('陆小雨').waitFor()
  })

  test('only the accounts that are ticked are added', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Kettle & Fern'] })
    await see.row('Mo Abara').waitFor()
    expect(await see.rows().count()).toBe(1)
  })

  test('a conversation is read, answered and settled, and the server hears of each once', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })

    await see.row('Ines Duarte').click()
    const thread = see.thread('Ines Duarte')
    for (const text of ['Hello! My lamp was to come yesterday.', 'Any news?', 'I have guests tonight 😅'])
      await see.message(text).waitFor()
    await thread.getByText(say('thread.note')).waitFor()
    await soon(() => see.view('needsYou').innerText()).toContain('1')

    await see.composer('Ines Duarte').fill('It is with the courier, Ines.')
    await thread.getByRole('button', { name: say('act.send') }).click()
    await see.message('It is with the courier, Ines.').waitFor()
    await soon(() => see.composer('Ines Duarte').inputValue()).toBe('')
    await soon(() => server.accepted.messages.length).toBe(1)
    await thread.getByText(say('delivery.sent')).last().waitFor()

    await thread.getByRole('button', { name: say('act.resolve') }).click()
    await thread.getByRole('button', { name: say('act.reopen') }).waitFor()
    await soon(() => statusOf(server, ines)).toBe('resolved')
    await thread.getByRole('button', { name: say('act.reopen') }).click()
    await thread.getByRole('button', { name: say('act.resolve') }).waitFor()
    await soon(() => statusOf(server, ines)).toBe('open')
    expect(server.accepted.messages).toHaveLength(1)
    expect(app.log()).not.toContain(server.token)
  })

  test('marked unread, a conversation needs its agent again until it is opened', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Kettle & Fern'] })
    await see.row('Mo Abara').click()
    await see.message('Is the smoked tea back?').waitFor()
    await soon(() => see.view('needsYou').innerText()).not.toContain('1')
    await see
      .thread('Mo Abara')
      .getByRole('button', { name: say('act.markUnread') })
      .click()
    await soon(() => see.view('needsYou').innerText()).toContain('1')
    await see.message('Is the smoked tea back?').waitFor()
    expect(await see.view('needsYou').innerText()).toContain('1')
    await see.view('open').click()
    await see
      .thread('Mo Abara')
      .getByRole('button', { name: say('act.markRead') })
      .click()
    await soon(() => see.view('needsYou').innerText()).not.toContain('1')
  })

  test('what a customer writes while the agent looks arrives by itself', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    server.scenario.customerWrites({ name: 'Vera Novak', text: 'Is anybody there?' })
    await see.row('Vera Novak').waitFor()
    expect(await see.row('Vera Novak').innerText()).toContain('Is anybody there?')
  })

  test('a word said anywhere in a conversation finds it', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })
    await see.row('Mo Abara').waitFor()
    await caughtUp(server, 7)
    await see.find().fill('carrier')
    await soon(() => see.rows().allInnerTexts()).toHaveLength(1)
    expect(await see.rows().first().innerText()).toContain('Ines Duarte')
    await see.find().fill('islands')
    await see.row('Tomas Okoro').waitFor()
    await see.find().fill('no such word')
    await see.button(say('find.clear')).last().click()
    await see.row('Mo Abara').waitFor()
  })

  test('after a restart everything is where it was: accounts, list, thread and draft', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await see.composer('Ines Duarte').fill('A thought I did not fini')
    await see.thread('Ines Duarte').getByText(say('compose.draftKept')).waitFor()
    await server.close()

    await app.restart()
    await see.view('open').click()
    await see.row('Ines Duarte').waitFor()
    await see.row('Mo Abara').waitFor()
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await soon(() => see.composer('Ines Duarte').inputValue()).toBe('A thought I did not fini')
  })
})

test('what was added in one shell is there in the other, with its token', async () => {
  const server = await on.server()
  const home = on.folder()
  const first = await on.app({ shell: 'electron', home })
  await first.see.addAccounts({ url: server.url, token: server.token, names: ['Kettle & Fern'] })
  await first.see.row('Mo Abara').waitFor()
  await first.app.close()

  const { see } = await on.app({ shell: 'loopback', home })
  await see.row('Mo Abara').click()
  await see.composer('Mo Abara').fill('It is, since this morning.')
  await see
    .thread('Mo Abara')
    .getByRole('button', { name: say('act.send') })
    .click()
  await soon(() => server.accepted.messages.map((each) => each.content)).toEqual([
    'It is, since this morning.',
  ])
})

/** Her conversation's number at the server. */
const ines = 5
