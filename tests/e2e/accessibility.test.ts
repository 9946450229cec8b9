import { beforeAll, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { openGate, type Gate } from '../support/gate.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/** Both shells show the same build of the page, so one of them stands for both; the order is that of a first day. */
describe.each(['light', 'dark'] as const)('axe finds nothing on any screen, in %s', (colorScheme) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let gate: Gate
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    gate = await openGate(server.url)
    on.closing({ close: gate.shut })
    actors = await on.app({ shell: 'loopback' })
    await actors.app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  })

  test('the first screen, the form, a refusal and the choice of accounts', async () => {
    const { app, see } = actors
    // Its button has a namesake in what is drawn, out of reach, before it is known that this is the first screen.
    await app.page.getByRole('heading', { name: say('welcome.title') }).waitFor()
    await isFine()
    await see.button(say('welcome.add')).click()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.chatwoot.own') })
      .waitFor()
    await isFine()
    await see.ownServer()
    await isFine()
    await see.dialog().getByText(say('signIn.chatwoot.byPassword'), { exact: true }).click()
    await see.field('signIn.chatwoot.password').waitFor()
    await isFine()
    await see.dialog().getByText(say('signIn.chatwoot.byToken'), { exact: true }).first().click()
    await see.signIn({ url: gate.url, token: 'wrong' })
    await see.alert().waitFor()
    await isFine()
    await see.signIn({ url: gate.url, token: server.token })
    await see.dialog().getByText(say('signIn.which')).waitFor()
    await isFine()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 2 }) })
      .click()
    await see.row('Ines Duarte').waitFor()
    await app.page
      .getByRole('status')
      .getByText(say('account.added', { count: 2 }))
      .waitFor()
    await isFine()
  })

  test('every view, with rows and without', async () => {
    for (const view of ['mine', 'unassigned', 'open', 'pending', 'snoozed', 'done', 'needsYou'] as const) {
      await actors.see.view(view).click()
      await actors.app.page.getByRole('region', { name: say(`view.${view}`), exact: true }).waitFor()
      await isFine()
    }
    await actors.see.row('Ines Duarte').waitFor()
  })

  test('a thread with notes, pictures of people, an answer and a draft', async () => {
    const { see } = actors
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await isFine()
    await see.composer('Ines Duarte').fill('On its way.')
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.send') })
      .click()
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    await see.composer('Ines Duarte').fill('And another')
    await see.thread('Ines Duarte').getByText(say('compose.draftKept')).waitFor()
    await isFine()
    await see.view('open').click()
    for (const name of ['Tomas Okoro', 'Bram de Wit']) {
      await see.row(name).click()
      await see.thread(name).waitFor()
      await isFine()
    }
  })

  test('a search that finds, and one that does not', async () => {
    const { see } = actors
    await see.find().fill('Ines')
    await soon(() => see.rows().count()).toBe(1)
    await isFine()
    await see.find().fill('no such word')
    await see.button(say('find.clear')).last().waitFor()
    await isFine()
    await see.button(say('find.clear')).last().click()
    await see.row('Ines Duarte').waitFor()
  })

  test('settings, keys and what there is to know of an account', async () => {
    const { app, see } = actors
    await see.button(say('command.settings')).click()
    await see.dialog().getByText(say('settings.theme')).waitFor()
    await isFine()
    await app.page.keyboard.press('Escape')
    await see.button(say('command.help')).click()
    await see.dialog().getByText(say('command.resolve')).waitFor()
    await isFine()
    await app.page.keyboard.press('Escape')
    await see.button(say('account.details', { name: 'Lantern Lamps' })).click()
    await see
      .dialog()
      .getByRole('button', { name: say('account.remove') })
      .click()
    await see
      .dialog()
      .getByRole('button', { name: say('account.keep') })
      .waitFor()
    await isFine()
    await app.page.keyboard.press('Escape')
    await see.dialog().waitFor({ state: 'detached' })
  })

  test('a narrow window, its list, its thread and its drawer', async () => {
    const { app, see } = actors
    await app.page.setViewportSize({ width: 420, height: 760 })
    await isFine()
    await see.button(say('thread.back')).click()
    await see.row('Ines Duarte').waitFor()
    await isFine()
    await see.button(say('list.menu')).click()
    await see.view('mine').waitFor()
    await isFine()
    await see.view('needsYou').click()
    await app.page.setViewportSize({ width: 1200, height: 800 })
  })

  test('trouble: no server, a reply that waits, a token that expired, and the way back in', async () => {
    const { see } = actors
    await see.view('open').click()
    await see.row('Ines Duarte').click()
    await gate.shut()
    await see.button(say('command.refresh')).click()
    await see.button(say('act.tryNow')).first().waitFor()
    await see.composer('Ines Duarte').fill('Later, then.')
    await see
      .thread('Ines Duarte')
      .getByRole('button', { name: say('act.send') })
      .click()
    await see.messages().getByText(say('delivery.noNetwork')).last().waitFor()
    await isFine()
    server.scenario.resetToken()
    await gate.open()
    await see.button(say('act.tryNow')).first().click()
    await see.button(say('account.unlock')).first().waitFor()
    await isFine()
    await see.button(say('account.unlock')).first().click()
    await see.dialog().waitFor()
    await isFine()
  })

  async function isFine(): Promise<void> {
    expect(await violationsOn(actors.app.page)).toEqual([])
  }
})
