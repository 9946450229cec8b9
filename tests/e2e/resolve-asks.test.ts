import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, conversationOf, doneAt, isOn, soon, stage, type Actors } from '../support/stage.ts'

/** The hotel wants to know the room and the reason of whatever is resolved; its server itself asks nobody. */
describe.each(shells)('where resolving asks for answers, on the %s shell', (shell) => {
  const on = stage('afterAll')
  const at = new Map<string, number>()
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server({ data: 'demo' })
    for (const name of people) at.set(name, await conversationOf(server, name, hotel))
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['The Pelican Rooms'] })
    await actors.see.view('open').click()
    for (const name of people) await actors.see.row(name).waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('the key opens a sheet; Escape leaves it open, an empty answer is asked for, and answers resolve it', async () => {
    const { app, see } = actors
    const press = (key: string) => app.page.keyboard.press(key)
    await see.select('Milo Adeyemi')
    await press('e')
    const sheet = sheetOf('Milo Adeyemi')
    await sheet.getByLabel(room).waitFor()
    await press('Escape')
    await sheet.waitFor({ state: 'detached' })
    expect(done('Milo Adeyemi')).toEqual([])

    await see.select('Milo Adeyemi')
    await press('e')
    await isOn(sheet.getByLabel(room))
    await app.page.keyboard.type('12')
    await press('Enter')
    await sheet.getByText(say('resolve.missing')).waitFor()
    await isOn(sheet.getByLabel(reason))
    expect(here('Milo Adeyemi').status).toBe('open')
    await press('b')
    await press('Tab')
    await press('Tab')
    await press('Enter')
    await sheet.waitFor({ state: 'detached' })
    await soon(() => here('Milo Adeyemi').status).toBe('resolved')
    expect(here('Milo Adeyemi').custom_attributes).toMatchObject({ room: '12', reason: 'booking' })
    await soon(() => done('Milo Adeyemi').filter((each) => each.startsWith('toggle_status')).length).toBe(1)
    await see.row('Milo Adeyemi').waitFor({ state: 'detached' })
  })

  test('what is known of the conversation already is not asked for again, and kept', async () => {
    const { see } = actors
    await see.row('Winifred Aldous').click()
    await see
      .thread('Winifred Aldous')
      .getByRole('button', { name: say('act.resolve') })
      .click()
    const sheet = sheetOf('Winifred Aldous')
    await sheet.getByLabel(reason).selectOption('arrival')
    expect(await sheet.getByLabel(room).count()).toBe(0)
    await sheet.getByRole('button', { name: say('act.resolve') }).click()
    await soon(() => here('Winifred Aldous').status).toBe('resolved')
    expect(here('Winifred Aldous').custom_attributes).toMatchObject({ room: '5', reason: 'arrival' })
  })

  test('of several that are resolved at once, each is asked for in turn, and one can be left out', async () => {
    const { app, see } = actors
    await see.view('open').click()
    for (const name of ['Greta Wallin', 'Fatou Diarra', '한지우']) {
      await see.select(name)
      await app.page.keyboard.press('x')
    }
    await app.page.keyboard.press('e')
    for (const nth of [1, 2, 3]) {
      const sheet = see.dialog()
      await sheet.getByText(say('resolve.nthOf', { nth, count: 3 })).waitFor()
      const isLeft = (await sheet.getByRole('heading').innerText()).includes('Fatou Diarra')
      if (isLeft) {
        await sheet.getByRole('button', { name: say('resolve.skip') }).click()
        continue
      }
      await sheet.getByLabel(room).fill('none yet')
      await sheet.getByLabel(reason).selectOption('other')
      await sheet.getByRole('button', { name: say('act.resolve') }).click()
    }
    await see.dialog().waitFor({ state: 'detached' })
    for (const name of ['Greta Wallin', '한지우']) {
      await soon(() => here(name).status).toBe('resolved')
      expect(here(name).custom_attributes).toMatchObject({ room: 'none yet', reason: 'other' })
    }
    expect(here('Fatou Diarra').status).toBe('open')
  })

  if (shell === 'electron') {
    test('Resolve in the tray shows the window with the sheet open', async () => {
      const { app, see } = actors
      await app.desk.act({ do: 'window.close', windowId: 1 })
      const waiting = await soonWaiting()
      await app.desk.act({ do: 'tray.menu', path: [waiting.label, say('act.resolve')] })
      await soon(async () => (await app.desk.state()).windows[0]?.isVisible).toBe(true)
      await sheetOf(waiting.name).getByLabel(room).waitFor()
      expect(here(waiting.name).status).toBe('open')
      await app.page.keyboard.press('Escape')
      await see.dialog().waitFor({ state: 'detached' })
      expect(done(waiting.name)).toEqual([])
    })
  }

  test('answers that are remembered are given by themselves from then on', async () => {
    const { app, see } = actors
    await see.view('open').click()
    await see.row('سمير منصور').click()
    await see
      .thread('سمير منصور')
      .getByRole('button', { name: say('act.resolve') })
      .click()
    const sheet = sheetOf('سمير منصور')
    await sheet.getByLabel(room).fill('none yet')
    await sheet.getByLabel(reason).selectOption('other')
    await sheet.getByLabel(say('resolve.remember')).check()
    await sheet.getByRole('button', { name: say('act.resolve') }).click()
    await soon(() => here('سمير منصور').status).toBe('resolved')
    await sheet.waitFor({ state: 'detached' })

    await see.select('Bartek Wolny')
    await app.page.keyboard.press('e')
    await soon(() => here('Bartek Wolny').status).toBe('resolved')
    expect(here('Bartek Wolny').custom_attributes).toMatchObject({ room: 'none yet', reason: 'other' })
    expect(await see.dialog().count()).toBe(0)
    if (shell !== 'electron') return
    const waiting = await soonWaiting()
    await app.desk.act({ do: 'tray.menu', path: [waiting.label, say('act.resolve')] })
    await soon(() => here(waiting.name).status).toBe('resolved')
    expect(here(waiting.name).custom_attributes).toMatchObject({ reason: 'other' })
  })

  function sheetOf(name: string) {
    return actors.see.sheet(say('resolve.title', { act: say('act.resolve'), name }))
  }
  function here(name: string) {
    return atServer(server, at.get(name) ?? -1, hotel)
  }
  function done(name: string): string[] {
    return doneAt(server, at.get(name) ?? -1, hotel)
  }
  /** Somebody the tray names and this spec knows. */
  async function soonWaiting(): Promise<{ label: string; name: string }> {
    const named = async () => {
      const menu = (await actors.app.desk.state()).tray?.menu ?? []
      return menu
        .map(({ label }) => ({ label, name: people.find((each) => label.startsWith(each)) }))
        .filter(({ name }) => name !== undefined && here(name).status === 'open')
    }
    await soon(async () => (await named()).length).toBeGreaterThan(0)
    const [first] = await named()
    return { label: first?.label ?? '', name: first?.name ?? '' }
  }
})

const hotel = 2
const people = [
  'Milo Adeyemi',
  'Winifred Aldous',
  'Greta Wallin',
  'Fatou Diarra',
  '한지우',
  'سمير منصور',
  'Bartek Wolny',
  'Odile Castellane',
  'Slow Boots Walking Tours',
  'zoe.and.the.sea',
] as const
const room = `Room · ${say('resolve.required')}`
const reason = `Reason · ${say('resolve.required')}`
