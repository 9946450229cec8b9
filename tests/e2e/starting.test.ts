import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { askServer, atServer, conversationOf, isOn, soon, stage, type Actors } from '../support/stage.ts'

describe.each(shells)('a conversation the agent begins, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.row('Ines Duarte').waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('with somebody known, by mail and with a subject, from the keys alone', async () => {
    const { app, see } = actors
    const before = server.accepted.messages.length
    await app.page.keyboard.press('c')
    const sheet = see.sheet(say('start.open'))
    await isOn(sheet.getByLabel(say('start.who')))
    await app.page.keyboard.type('ines@')
    await sheet.getByRole('button', { name: 'Ines Duarte' }).waitFor()
    await app.page.keyboard.press('ArrowDown')
    await app.page.keyboard.press('Enter')
    const inbox = sheet.getByLabel(say('start.inbox'))
    await inbox.focus()
    await app.page.keyboard.type('Post')
    const subject = sheet.getByLabel(say('start.subject'))
    await subject.waitFor()
    await subject.focus()
    await app.page.keyboard.type('Your second parcel')
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.type('It left us this morning.')
    await app.page.keyboard.press('Control+Enter')
    await sheet.waitFor({ state: 'detached' })
    await see.message('It left us this morning.').waitFor()
    await isOn(see.composer('Ines Duarte'))
    const begun = await conversationOf(server, 'Ines Duarte')
    expect(await askServer(server, `conversations/${begun}`)).toMatchObject({
      status: 'open',
      additional_attributes: { mail_subject: 'Your second parcel' },
    })
    expect(atServer(server, begun).messages.map(({ content }) => content)).toContain(
      'It left us this morning.',
    )
    expect(server.accepted.messages).toHaveLength(before + 1)
  })

  test('with somebody new, by mouse; what is missing is asked for and nothing typed is lost', async () => {
    const { app, see } = actors
    const before = server.accepted.messages.length
    await see.find().focus()
    await app.page.keyboard.press('Control+k')
    await see.option(say('start.open')).click()
    const sheet = see.sheet(say('start.open'))
    await sheet.getByRole('button', { name: say('start.new') }).click()
    await sheet.getByLabel(say('start.inbox')).selectOption({ label: 'Post' })
    await sheet.getByLabel(say('start.name')).fill('Lotte Vos')
    await sheet.getByLabel(say('start.text')).fill('Welcome to the lamp club.')
    await sheet.getByRole('button', { name: say('start.begin') }).click()
    await sheet.getByText(say('start.needsEmail')).waitFor()
    expect(await sheet.getByLabel(say('start.text')).inputValue()).toBe('Welcome to the lamp club.')
    expect(server.accepted.messages).toHaveLength(before)
    await sheet.getByLabel(say('start.email')).fill('lotte@example.org')
    await sheet.getByRole('button', { name: say('start.begin') }).click()
    await sheet.waitFor({ state: 'detached' })
    await see.thread('Lotte Vos').waitFor()
    await soon(() => server.accepted.messages.length).toBe(before + 1)
    const begun = await conversationOf(server, 'Lotte Vos')
    expect(atServer(server, begun).messages.map(({ content }) => content)).toContain(
      'Welcome to the lamp club.',
    )
  })
})
