import { beforeAll, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { bytesUnder, shells, type RunningApp } from '../support/run-app.ts'
import { atServer, isOn, soon, stage, type Actors } from '../support/stage.ts'

describe.each(shells)('signing in by password, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let host = ''

  beforeAll(async () => {
    server = await on.server()
    host = new URL(server.url).host
    actors = await on.app({ shell })
  })

  test('by keys: the place, the way, a wrong password, a wrong code, then the right ones; only the token stays', async () => {
    const { app, see } = actors
    const type = (words: string) => app.page.keyboard.type(words)
    const press = (key: string) => app.page.keyboard.press(key)
    // The panes that stand there until the accounts are known have a button of the same name.
    await app.page.getByRole('heading', { name: say('welcome.title') }).waitFor()
    await see.button(say('welcome.add')).focus()
    await press('Enter')
    const own = see.dialog().getByRole('button', { name: say('signIn.chatwoot.own') })
    await own.focus()
    await press('Enter')
    await isOn(see.field('signIn.chatwoot.url'))
    await see
      .dialog()
      .getByRole('radio', { name: say('signIn.chatwoot.byToken') })
      .focus()
    await press('ArrowRight')
    await see.field('signIn.chatwoot.email').waitFor()
    await see.field('signIn.chatwoot.url').focus()
    await type(server.url)
    await press('Tab')
    await type('ada@example.com')
    await press('Tab')
    await type('not-this-one')
    await press('Enter')
    await see.alert().getByText(say('failure.badSignIn', { host })).waitFor()
    await isOn(see.field('signIn.chatwoot.password'))
    await type(password)
    await press('Enter')

    await see.dialog().getByText(say('signIn.asks', { host })).waitFor()
    await isOn(see.field('signIn.chatwoot.code'))
    await type('111111')
    await press('Enter')
    await see.alert().getByText(say('failure.badCode', { host })).waitFor()
    await type('246 810')
    await press('Enter')
    await see.dialog().getByText(say('signIn.which')).waitFor()
    await isNowhere(app, 'while it chooses')
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 1 }) })
      .focus()
    await press('Enter')
    await see.view('open').click()
    await see.row('Ines Duarte').waitFor()
    await see.dialog().waitFor({ state: 'detached' })
    await isNowhere(app, 'signed in')
    await app.restart()
    await see.view('open').click()
    await see.row('Ines Duarte').waitFor()
    await isNowhere(app, 'started again')
  })

  test('by mouse, for somebody who owes no code', async () => {
    const { app, see } = actors
    await app.page
      .getByRole('button', { name: say('account.add') })
      .first()
      .click()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.chatwoot.other') })
      .click()
    await see.dialog().getByText(say('signIn.chatwoot.byPassword'), { exact: true }).click()
    await see.field('signIn.chatwoot.url').fill(server.url)
    await see.field('signIn.chatwoot.email').fill('nilo@example.com')
    await see.field('signIn.chatwoot.password').fill('nilo-opens-1!')
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.next') })
      .click()
    await see.dialog().getByText(say('signIn.which')).waitFor()
    await see.dialog().getByText('Nilo Verano').waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 2 }) })
      .click()
    await see.dialog().waitFor({ state: 'detached' })
    await see.row('Mo Abara').waitFor()
    await isNowhere(app, 'two signed in')
  })

  /** Neither password in what the page holds, the app keeps, writes down, prints or asks for. */
  async function isNowhere(app: RunningApp, when: string): Promise<void> {
    for (const word of [password, 'nilo-opens-1!', 'not-this-one']) {
      const has = (text: string) => text.includes(word) || text.includes(Buffer.from(word).toString('base64'))
      expect(has(await app.page.content()), `in the page, ${when}`).toBe(false)
      const typed = await app.page.evaluate(() =>
        [...document.querySelectorAll('input')].map((input) => input.value).join('\n'),
      )
      expect(has(typed), `in an input, ${when}`).toBe(false)
      // The keyring lives in the same home as the data.
      const files = bytesUnder(app.home).filter(({ bytes }) => has(bytes.toString('latin1')))
      expect(
        files.map(({ path }) => path),
        `in a file, ${when}`,
      ).toEqual([])
      expect(has(app.log()), `in what was printed, ${when}`).toBe(false)
      expect(has(app.requests().join('\n')), `in an address, ${when}`).toBe(false)
    }
  }
})

describe.each(shells)('while it runs, on the %s shell', (shell) => {
  const on = stage()

  test('a reset token locks the account at once; what was written goes out with the new one', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    const token = server.scenario.resetToken()
    await see.composer('Ines Duarte').fill('Kept until I am let in.')
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.send'), exact: true })
      .click()
    await see.message('Kept until I am let in.').waitFor()
    const host = new URL(server.url).host
    const notice = see.alert().filter({ hasText: say('failure.auth', { host }) })
    await notice.waitFor()
    expect(server.accepted.messages).toEqual([])

    await notice.getByRole('button', { name: say('account.unlock') }).click()
    await see.field('signIn.chatwoot.url').fill(server.url)
    await see.field('signIn.chatwoot.token').fill(token)
    await see
      .dialog()
      .getByRole('button', { name: say('account.unlock') })
      .click()
    await see.dialog().waitFor({ state: 'detached' })
    await soon(() => server.accepted.messages.map(({ content }) => content)).toEqual([
      'Kept until I am let in.',
    ])
    await notice.waitFor({ state: 'detached' })
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    expect(server.accepted.messages).toHaveLength(1)
  })

  test('a suspension is told and, lifted, forgotten; what was ordered meanwhile is done', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').waitFor()
    server.scenario.suspend({ account: 1, isSuspended: true })
    await see.button(say('command.refresh')).click()
    const host = new URL(server.url).host
    const notice = see
      .alert()
      .filter({ hasText: say('failure.suspended', { host, account: 'Lantern Lamps' }) })
    await notice.waitFor()
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await see.row('Ines Duarte').waitFor({ state: 'detached' })
    expect(atServer(server, ines).status).toBe('open')

    server.scenario.suspend({ account: 1, isSuspended: false })
    await see.button(say('command.refresh')).click()
    await notice.waitFor({ state: 'detached' })
    await soon(() => atServer(server, ines).status).toBe('resolved')
  })
})

const password = 'ada-opens-1!'
/** Her conversation's number at the server. */
const ines = 5
