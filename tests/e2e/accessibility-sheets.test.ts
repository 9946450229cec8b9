import type { Locator } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/** Both shells show the same build of the page, so one of them stands for both. */
describe.each(['light', 'dark'] as const)(
  'axe finds nothing, and the focus comes back, in %s',
  (colorScheme) => {
    const on = stage('afterAll')
    let server: ChatwootSimulator
    let actors: Actors

    beforeAll(async () => {
      server = await on.server({ data: 'demo' })
      actors = await on.app({ shell: 'loopback' })
      const { app, see } = actors
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await see.addAccounts({ url: server.url, token: server.token, names: ['The Pelican Rooms'] })
      await see.view('open').click()
      for (const name of [guest, writer]) await see.row(name).waitFor()
    })

    beforeEach(() => actors.see.closeSheets())

    test.each([
      ['z', say('snooze.title')],
      ['a', say('assign.title')],
      ['l', say('label.title')],
      ['p', say('priority.title')],
      ['m', say('macro.pick')],
      ['o', say('more.title')],
      ['Control+k', say('palette.title')],
      ['e', say('resolve.title', { act: say('act.resolve'), name: guest })],
      ['c', say('start.open')],
      ['b', say('news.title')],
      ['f', say('filter.title')],
      ['?', say('command.help')],
      ['Control+,', say('command.settings')],
    ])('what %s opens: %s', async (key, title) => {
      const { app, see } = actors
      await see.select(guest)
      await returns(() => app.page.keyboard.press(key), see.sheet(title))
    })

    test.each([
      ['act.mute', say('mute.title', { name: guest })],
      ['act.transcript', say('transcript.title')],
    ] as const)('the sheet of “%s”', async (word, title) => {
      const { app, see } = actors
      await see.select(guest)
      await returns(async () => {
        await app.page.keyboard.press('o')
        await see.pick(say('more.title'), say(word))
      }, see.sheet(title))
    })

    test('a macro before it runs', async () => {
      const { app, see } = actors
      await see.select(guest)
      await returns(
        async () => {
          await app.page.keyboard.press('m')
          await see.pick(say('macro.pick'), 'Group')
        },
        see.sheet(say('macro.title', { macro: 'Group request' })),
      )
    })

    test('the search on the server, before and with hits', async () => {
      const { app, see } = actors
      const host = new URL(server.url).host
      await see.select(guest)
      await returns(
        async () => {
          await app.page.keyboard.press('Control+k')
          await see.pick(say('palette.title'), say('command.searchServer'))
          await see.sheet(say('search.title', { host })).getByRole('searchbox').fill('Winifred')
          await see.sheet(say('search.title', { host })).locator('[data-item]').first().waitFor()
        },
        see.sheet(say('search.title', { host })),
      )
    })

    test('a filter with a value being chosen, and a folder about to go', async () => {
      const { app, see } = actors
      await see.select(guest)
      await app.page.keyboard.press('f')
      const sheet = see.sheet(say('filter.title'))
      await sheet.getByLabel(say('filter.attribute')).waitFor()
      await sheet.getByRole('button', { name: say('filter.add') }).click()
      const value = sheet.getByRole('button', { name: `${say('filter.value')}:` }).first()
      await value.focus()
      await returns(() => app.page.keyboard.press('Enter'), see.sheet(say('filter.value')))
      await sheet.getByRole('button', { name: say('filter.save') }).click()
      await isFine()
      await see.closeSheets()
      const remove = see.button(say('folder.remove', { name: 'Arriving soon' }))
      await remove.focus()
      await returns(
        () => app.page.keyboard.press('Enter'),
        see.sheet(say('folder.removeTitle', { name: 'Arriving soon' })),
      )
    })

    test('how one is seen, chosen from the account', async () => {
      const { app, see } = actors
      const title = say('availability.title', { host: new URL(server.url).host })
      await app.page.getByRole('button', { name: title }).focus()
      await returns(() => app.page.keyboard.press('Enter'), see.sheet(title))
    })

    test('several ticked, and their bar', async () => {
      const { app, see } = actors
      await see.select(guest)
      await app.page.keyboard.press('x')
      await app.page.keyboard.press('Shift+j')
      const bar = app.page.getByRole('toolbar', { name: say('bulk.label') })
      await bar.waitFor()
      await isFine()
      await bar.getByRole('button', { name: say('act.label') }).focus()
      await returns(() => app.page.keyboard.press('Enter'), see.sheet(say('label.title')))
      await bar.getByRole('button', { name: say('bulk.clear') }).click()
      await bar.waitFor({ state: 'detached' })
    })

    test('the panel, its lists and a note about to go', async () => {
      const { app, see } = actors
      await see.row(writer).click()
      await see
        .thread(writer)
        .getByRole('button', { name: say('panel.open') })
        .click()
      const panel = app.page.getByRole('complementary', { name: say('panel.label') })
      await panel.getByText('Brings sprats for the pelican.').waitFor()
      await isFine()
      await panel
        .getByRole('region', { name: say('panel.participants') })
        .getByRole('button', { name: say('panel.change') })
        .focus()
      await returns(() => app.page.keyboard.press('Enter'), see.sheet(say('panel.participants')))
      await panel
        .getByRole('button', { name: say('panel.removeNote') })
        .first()
        .click()
      await isFine()
      await panel.getByRole('button', { name: say('panel.keep') }).click()
      await panel.getByRole('button', { name: say('panel.close') }).click()
      await panel.waitFor({ state: 'detached' })
    })

    test('a mail being written: copies, offers, a note that calls somebody', async () => {
      const { app, see } = actors
      await see.row(writer).click()
      await see.thread(writer).getByLabel(say('mailLine.cc'), { exact: true }).waitFor()
      await see.button(say('mailLine.bcc')).click()
      await isFine()
      await see.composer(writer).focus()
      await app.page.keyboard.type('/')
      await see.option('/welcome').waitFor()
      await isFine()
      await app.page.keyboard.press('Escape')
      await see.composer(writer).fill('')
      await see
        .thread(writer)
        .getByRole('tab', { name: say('compose.note') })
        .click()
      const note = app.page.getByRole('textbox', { name: say('compose.noteAbout', { name: writer }) })
      await note.focus()
      await app.page.keyboard.type('@')
      await see.option('@Nadia Ferreira').waitFor()
      await isFine()
      await app.page.keyboard.press('Escape')
      await note.fill('')
      await see
        .thread(writer)
        .getByRole('tab', { name: say('compose.reply') })
        .click()
    })

    test('a message’s menu, what asks before it goes, and the line that says which is answered', async () => {
      const { app, see } = actors
      await see.row(guest).click()
      await see.composer(guest).waitFor()
      const message = see.message('It is a nice voice but always the same song')
      await message.waitFor()
      await app.page.keyboard.press('Escape')
      await see.row(guest).click()
      await message.click({ button: 'right' })
      await see.sheet(say('message.menu')).waitFor()
      await isFine()
      await see
        .sheet(say('message.menu'))
        .getByRole('menuitem', { name: say('message.reply') })
        .click()
      await see.button(say('quote.drop')).waitFor()
      await isFine()
      await see.button(say('quote.drop')).click()
      await message.click({ button: 'right' })
      await see
        .sheet(say('message.menu'))
        .getByRole('menuitem', { name: say('message.delete') })
        .click()
      await see.sheet(say('message.deleteTitle')).waitFor()
      await isFine()
      await app.page.keyboard.press('Escape')
      await see.sheet(say('message.deleteTitle')).waitFor({ state: 'detached' })
    })

    test('templates to choose from and one being filled', async () => {
      const { app, see } = actors
      await see.row(guest).click()
      const open = see.thread(guest).getByRole('button', { name: say('compose.template') })
      await open.focus()
      await app.page.keyboard.press('Enter')
      const sheet = see.sheet(say('template.title'))
      await sheet.getByRole('button', { name: 'room_ready' }).waitFor()
      await isFine()
      await sheet.getByRole('button', { name: 'room_ready' }).click()
      await sheet.getByRole('button', { name: say('template.send') }).waitFor()
      await isFine()
      await app.page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await soon(() => open.evaluate((button) => button === document.activeElement)).toBe(true)
    })

    test('a conversation about to be begun with somebody new', async () => {
      const { app, see } = actors
      await see.select(guest)
      await app.page.keyboard.press('c')
      const sheet = see.sheet(say('start.open'))
      await sheet.getByRole('button', { name: say('start.new') }).click()
      await sheet.getByLabel(say('start.inbox')).waitFor()
      await isFine()
    })

    /** Opens it, lets axe look, leaves it by Escape, and finds the focus where it was. */
    async function returns(openIt: () => Promise<unknown>, sheet: Locator): Promise<void> {
      await actors.app.page.evaluate(() => document.activeElement?.setAttribute('data-before', ''))
      await openIt()
      await sheet.waitFor()
      await isFine()
      await actors.app.page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await soon(() =>
        actors.app.page.evaluate(() => document.activeElement?.hasAttribute('data-before') ?? false),
      ).toBe(true)
      await actors.app.page.evaluate(() =>
        document.querySelectorAll('[data-before]').forEach((each) => each.removeAttribute('data-before')),
      )
    }

    async function isFine(): Promise<void> {
      expect(await violationsOn(actors.app.page)).toEqual([])
    }
  },
)

/** By WhatsApp, waiting; by mail, answered. */
const guest = 'Greta Wallin'
const writer = 'Winifred Aldous'
