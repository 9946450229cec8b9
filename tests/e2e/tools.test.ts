import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { askServer, atServer, doneAt, isOn, soon, stage, type Actors } from '../support/stage.ts'

/** What an account offers besides its conversations: by keys and by mouse, and as the server has it afterwards. */
describe.each(shells)('the tools of an account, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors
  let vera = 0
  let piet = 0

  beforeAll(async () => {
    server = await on.server()
    vera = server.scenario.customerWrites({ name: 'Vera Novak', text: 'The lamp flickers.' }).conversation
    piet = server.scenario.customerWrites({
      name: 'Piet Hofstra',
      text: 'Thank you for calling.',
    }).conversation
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    for (const name of ['Vera Novak', 'Piet Hofstra', 'Ines Duarte']) await actors.see.row(name).waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('a macro is shown before it runs, runs once, and what it changed is seen', async () => {
    const { app, see } = actors
    await see.select('Vera Novak')
    await app.page.keyboard.press('m')
    await see.pick(say('macro.pick'), 'Lamp comes')
    const sheet = see.sheet(say('macro.title', { macro: 'Lamp comes back' }))
    await sheet.getByText('Please send the lamp back', { exact: false }).waitFor()
    expect(await sheet.getByRole('listitem').count()).toBe(3)
    expect(doneAt(server, vera)).toEqual([])
    await isOn(sheet.getByRole('button', { name: say('macro.run') }))
    await app.page.keyboard.press('Enter')
    await sheet.waitFor({ state: 'detached' })
    await see.toast(say('toast.macroDone', { macro: 'Lamp comes back' })).waitFor()
    expect(atServer(server, vera)).toMatchObject({ labels: ['broken'], meta: { team: { name: 'returns' } } })
    await see.row('Vera Novak').click()
    await see.message('Please send the lamp back, we have taken the label off the shelf for you.').waitFor()
    await see.thread('Vera Novak').getByRole('button', { name: 'returns' }).waitFor()
    expect(doneAt(server, vera)).toEqual(['macro Lamp comes back'])

    await see.row('Piet Hofstra').click()
    await more('Piet Hofstra')
    await see.option(say('act.macro')).click()
    await see.option('Mine and done').click()
    const second = see.sheet(say('macro.title', { macro: 'Mine and done' }))
    await second.getByRole('button', { name: say('macro.run') }).click()
    await soon(() => atServer(server, piet)).toMatchObject({
      status: 'resolved',
      meta: { assignee: { name: 'Nilo Verano' } },
    })
    await see.message('Settled by telephone.').waitFor()
    await see
      .thread('Piet Hofstra')
      .getByRole('button', { name: say('act.reopen') })
      .waitFor()
  })

  test('a transcript goes to the address that stands there, or to another', async () => {
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('o')
    await see.pick(say('more.title'), say('act.transcript'))
    const sheet = see.sheet(say('transcript.title'))
    await soon(() => sheet.getByLabel(say('transcript.email')).inputValue()).toBe('ines@example.org')
    await app.page.keyboard.press('Enter')
    await soon(() => doneAt(server, ines)).toContain('transcript ines@example.org')
    await see.toast(say('toast.transcript', { email: 'ines@example.org' })).waitFor()

    await see.row('Ines Duarte').click()
    await more('Ines Duarte')
    await see.option(say('act.transcript')).click()
    await sheet.getByLabel(say('transcript.email')).fill('nobody')
    await sheet.getByRole('button', { name: say('transcript.send') }).click()
    await sheet.getByText(say('failure.badEmail', { email: 'nobody' })).waitFor()
    await sheet.getByLabel(say('transcript.email')).fill('archive@example.com')
    await sheet.getByRole('button', { name: say('transcript.send') }).click()
    await soon(() => doneAt(server, ines).filter((each) => each.startsWith('transcript'))).toEqual([
      'transcript ines@example.org',
      'transcript archive@example.com',
    ])
  })

  test('the panel tells who it is, keeps a note, and changes who follows along', async () => {
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('i')
    const panel = app.page.getByRole('complementary', { name: say('panel.label') })
    await panel.getByText('Customer since').waitFor()
    await panel.getByText('Has three of our lamps.').waitFor()
    await panel.getByLabel(say('panel.newNote')).fill('Her birthday is in May.')
    await panel.getByRole('button', { name: say('panel.addNote') }).click()
    const notes = `contacts/${atServer(server, ines).meta.sender.id}/notes`
    await soon(() => askServer(server, notes)).toMatchObject([{ content: 'Her birthday is in May.' }, {}, {}])
    await panel.getByRole('listitem').filter({ hasText: 'Her birthday is in May.' }).waitFor()

    const following = panel.getByRole('region', { name: say('panel.participants') })
    await following.getByRole('button', { name: say('panel.change') }).focus()
    await app.page.keyboard.press('Enter')
    await see.option('Ada Brook').waitFor()
    await app.page.keyboard.type('Ada')
    await app.page.keyboard.press('Space')
    await app.page.keyboard.press('Enter')
    await soon(() => followers()).toContain('Ada Brook')
    // Read again, the panel has her: the list opens with her ticked.
    await following.getByRole('listitem').filter({ hasText: 'Ada Brook' }).waitFor()
    await following.getByRole('button', { name: say('panel.change') }).click()
    await see.option('Ada Brook').click()
    await see
      .sheet(say('panel.participants'))
      .getByRole('button', { name: say('panel.apply') })
      .click()
    await soon(() => followers()).not.toContain('Ada Brook')

    const label = panel.getByRole('button', { name: say('panel.removeNote') }).first()
    await label.click()
    await panel.getByRole('button', { name: say('panel.remove'), exact: true }).click()
    await soon(async () => ((await askServer(server, notes)) as unknown[]).length).toBe(2)
    await panel.getByRole('heading', { name: say('panel.title') }).focus()
    await app.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })

    async function followers(): Promise<string[]> {
      const all = (await askServer(server, `conversations/${ines}/participants`)) as { name: string }[]
      return all.map(({ name }) => name)
    }
  })

  test('a conversation from before opens from the panel', async () => {
    const { app, see } = actors
    await see.row('Tomas Okoro').click()
    await see
      .thread('Tomas Okoro')
      .getByRole('button', { name: say('panel.open') })
      .click()
    const panel = app.page.getByRole('complementary', { name: say('panel.label') })
    await panel.getByRole('button', { name: 'Great' }).click()
    await see.message('Do you ship to islands?').waitFor()
  })

  test('how colleagues see the agent is changed from the account', async () => {
    const { app, see } = actors
    const state = async () => {
      const answer = await fetch(`${server.url}/api/v1/profile`, {
        headers: { 'api-access-token': server.token },
      })
      const { accounts } = (await answer.json()) as { accounts: { id: number; availability: string }[] }
      return accounts.find(({ id }) => id === 1)?.availability
    }
    const title = say('availability.title', { host: new URL(server.url).host })
    await app.page.getByRole('button', { name: title }).click()
    await see.option(say('availability.busy')).click()
    await soon(state).toBe('busy')
    await app.page.getByRole('button', { name: `${title}: ${say('availability.busy')}` }).focus()
    await app.page.keyboard.press('Enter')
    await see.pick(title, say('availability.online'))
    await soon(state).toBe('online')
  })

  test('notifications open their conversation, and are marked as read one by one and all at once', async () => {
    const { app, see } = actors
    const unread = () => askServer(server, 'notifications/unread_count')
    await see.view('open').click()
    await app.page.keyboard.press('b')
    const sheet = see.sheet(say('news.title'))
    await sheet.waitFor()
    const all = sheet.getByRole('button', { name: say('news.allRead') })
    const none = sheet.getByText(say('news.none'))
    await all.or(none).or(sheet.getByRole('listitem').first()).first().waitFor()
    if (await all.isVisible()) await all.click()
    await soon(unread).toBe(0)
    await app.page.keyboard.press('Escape')
    server.scenario.agentAssigns({ conversation: tomas, to: 'Nilo', as: 'Ada' })
    server.scenario.agentWrites({
      conversation: bram,
      as: 'Ada',
      isPrivate: true,
      text: '[@Nilo Verano](mention://user/11/Nilo%20Verano) she calls at noon.',
    })
    await soon(unread).toBe(2)

    await app.page.keyboard.press('b')
    // The newest stands first.
    const newest = sheet.locator('[data-item]').first()
    await soon(() => newest.innerText()).toContain(say('news.mention'))
    await newest.focus()
    await app.page.keyboard.press('Enter')
    await see.thread('Bram de Wit').waitFor()
    await soon(unread).toBe(1)
    await app.page.keyboard.press('b')
    await sheet
      .getByRole('listitem')
      .filter({ hasText: say('news.assigned') })
      .getByRole('button', { name: say('news.read') })
      .click()
    await soon(unread).toBe(0)
  })

  test('the server is searched from the keys and by mouse, and a hit opens', async () => {
    const { app, see } = actors
    await see.closeSheets()
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('/')
    await app.page.keyboard.type('islands')
    await app.page.keyboard.press('Control+Enter')
    const sheet = see.sheet(say('search.title', { host: new URL(server.url).host }))
    await sheet.getByText(say('search.messages'), { exact: true }).click()
    await sheet.locator('[data-item]').first().waitFor()
    await sheet.getByRole('searchbox').focus()
    await app.page.keyboard.press('ArrowDown')
    await app.page.keyboard.press('Enter')
    await see.message('Do you ship to islands?').waitFor()

    // Whatever was looked for before is gone first, so that the way to the server is the one for these words.
    await see.button(say('find.clear')).last().click()
    await see.find().fill('Bram')
    await app.page
      .getByRole('button', { name: say('search.onServer', { host: new URL(server.url).host }) })
      .click()
    await sheet.locator('[data-item]').filter({ hasText: 'Bram de Wit' }).first().click()
    await see.thread('Bram de Wit').waitFor()
    await see.button(say('find.clear')).last().click()
  })

  test('a folder shows what its server puts into it; one of one’s own is kept and deleted', async () => {
    const { app, see } = actors
    const names = async () => {
      const all = (await askServer(server, 'custom_filters?filter_type=conversation')) as { name: string }[]
      return all.map(({ name }) => name)
    }
    const folders = app.page.getByRole('list', { name: say('folders.label', { account: 'Lantern Lamps' }) })
    await folders.getByRole('button', { name: 'Open and high', exact: true }).click()
    await see.row('Ines Duarte').waitFor()
    await see.row('Vera Novak').waitFor({ state: 'detached' })
    await see.button(say('folder.leave')).click()

    await app.page.keyboard.press('f')
    const sheet = see.sheet(say('filter.title'))
    await sheet.getByLabel(say('filter.attribute')).selectOption({ label: say('filterBy.labels') })
    await sheet.getByRole('button', { name: `${say('filter.value')}:` }).click()
    await see.option('delivery').waitFor()
    await app.page.keyboard.type('delivery')
    await app.page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: say('filter.show') }).focus()
    await app.page.keyboard.press('Enter')
    await see.row('Ines Duarte').waitFor()
    await see.row('Bram de Wit').waitFor({ state: 'detached' })

    await see.button(say('filter.edit')).click()
    await sheet.getByRole('button', { name: say('filter.save') }).click()
    await sheet.getByLabel(say('filter.name')).fill('Where is my lamp')
    await app.page.keyboard.press('Enter')
    await soon(names).toContain('Where is my lamp')
    await folders.getByRole('button', { name: 'Where is my lamp', exact: true }).waitFor()
    await folders.getByRole('button', { name: 'Where is my lamp', exact: true }).hover()
    await see.button(say('folder.remove', { name: 'Where is my lamp' })).click()
    const sure = see.sheet(say('folder.removeTitle', { name: 'Where is my lamp' }))
    await app.page.keyboard.press('Escape')
    await sure.waitFor({ state: 'detached' })
    expect(await names()).toContain('Where is my lamp')
    await see.button(say('folder.remove', { name: 'Where is my lamp' })).click()
    await sure.getByRole('button', { name: say('folder.removeYes') }).click()
    await soon(names).not.toContain('Where is my lamp')
    await folders.getByText('Where is my lamp').waitFor({ state: 'detached' })
  })

  async function more(name: string): Promise<void> {
    await actors.see
      .thread(name)
      .getByRole('button', { name: say('act.more'), exact: true })
      .click()
  }
})

/** Numbers at the server. */
const bram = 2
const tomas = 3
const ines = 5
