import { describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import type { MenuLine } from '../support/electron-stand-in/calls.ts'
import { conversationOf, soon, stage, statusOf, type Actors } from '../support/stage.ts'

const on = stage()

describe('the tray', () => {
  test('badge, tooltip and picture say how many need the agent, and the menu names the three that wait longest', async () => {
    const { actors, world } = await atWork()
    await soon(() => badge(actors)).toBe(3)
    const { tray } = await actors.app.desk.state()
    expect(tray?.toolTip).toContain(say('tray.needsYou', { count: 3 }))
    await soon(() => waiting(actors)).toEqual(['Tomas Okoro', 'Ines Duarte', 'Mo Abara'])

    world.writes({ name: 'Vera Novak', text: 'Hello?' })
    await wake(actors)
    await soon(() => badge(actors)).toBe(4)
    expect(await waiting(actors)).toEqual(['Tomas Okoro', 'Ines Duarte', 'Mo Abara'])
    const changed = (await actors.app.desk.state()).tray
    expect(Buffer.compare(Buffer.from(changed?.png ?? []), Buffer.from(tray?.png ?? []))).not.toBe(0)
    expect(await actors.see.view('needsYou').innerText()).toContain('4')
  })

  test('Resolve in its menu resolves there and then, with the window closed', async () => {
    const { actors, server } = await atWork()
    const { app } = actors
    await closeWindow(actors)
    await soon(() => waiting(actors)).toContain('Tomas Okoro')
    await app.desk.act({ do: 'tray.menu', path: [await lineOf(actors, 'Tomas Okoro'), say('act.resolve')] })
    await soon(() => badge(actors)).toBe(2)
    const tomas = await conversationOf(server, 'Tomas Okoro')
    await soon(() => statusOf(server, tomas)).toBe('resolved')
    expect((await app.desk.state()).windows[0]?.isVisible).toBe(false)
  })

  test('Reply in its menu shows the window with the cursor in that answer', async () => {
    const { actors, server } = await atWork()
    const { app, see } = actors
    await closeWindow(actors)
    await app.desk.act({ do: 'tray.menu', path: [await lineOf(actors, 'Ines Duarte'), say('tray.reply')] })
    await soon(async () => (await app.desk.state()).windows[0]?.isVisible).toBe(true)
    await soon(() => see.composer('Ines Duarte').evaluate((box) => box === document.activeElement)).toBe(true)
    await app.page.keyboard.type('From the tray.')
    await app.page.keyboard.press('Control+Enter')
    await soon(() => server.accepted.messages.map((each) => each.content)).toEqual(['From the tray.'])
    await soon(() => badge(actors)).toBe(2)
  })

  test('closing the window leaves it running, a click on the icon brings it back, and Quit ends it', async () => {
    const { actors, world } = await atWork()
    const { app, see } = actors
    await closeWindow(actors)
    world.writes({ name: 'Vera Novak', text: 'Anybody?' })
    await wake(actors)
    await soon(() => badge(actors)).toBe(4)
    await app.desk.act({ do: 'tray.emit', event: 'click' })
    await soon(async () => (await app.desk.state()).windows[0]).toMatchObject({
      isVisible: true,
      isFocused: true,
    })
    await see.row('Vera Novak').waitFor()
    await app.desk.act({ do: 'tray.emit', event: 'click' })
    await soon(async () => (await app.desk.state()).windows[0]?.isVisible).toBe(false)
    await app.desk.act({ do: 'tray.menu', path: [say('tray.quit')] })
    expect(await app.desk.standIn.exited).toBe(0)
  })

  test('where the desktop shows no tray icons, closing only minimises, and it can be found again', async () => {
    const actors = await on.app({ shell: 'electron', traysShown: false })
    await actors.see.button(say('welcome.add')).waitFor()
    await actors.app.desk.act({ do: 'window.close', windowId: 1 })
    await soon(async () => (await actors.app.desk.state()).windows).toMatchObject([
      { isVisible: true, isMinimized: true },
    ])
    expect(await actors.app.openSecond()).toBe(0)
    await soon(async () => (await actors.app.desk.state()).windows).toMatchObject([
      { isVisible: true, isMinimized: false },
    ])
  })

  test('told not to keep running, it quits with its window', async () => {
    const { actors } = await atWork()
    await actors.see.button(say('command.settings')).click()
    await actors.see
      .dialog()
      .getByRole('switch', { name: say('settings.closeToTray') })
      .click()
    await soon(() =>
      actors.see
        .dialog()
        .getByRole('switch', { name: say('settings.closeToTray') })
        .isChecked(),
    ).toBe(false)
    await actors.app.desk.act({ do: 'window.close', windowId: 1 })
    expect(await actors.app.desk.standIn.exited).toBe(0)
  })
})

describe('notifications', () => {
  test('each new message has one that says who and what, and a click opens its thread', async () => {
    const { actors, world } = await atWork()
    const { app, see } = actors
    await closeWindow(actors)
    world.writes({ name: 'Vera Novak', text: 'Is the blue one left?' })
    world.writes({ conversation: 5, text: 'And one more thing' })
    await wake(actors)
    await soon(() => titles(actors)).toEqual(['Ines Duarte', 'Vera Novak'])
    const { notifications } = await app.desk.state()
    const index = notifications.findIndex((each) => each.title === 'Vera Novak')
    expect(notifications[index]?.body).toBe('Is the blue one left?')
    await app.desk.act({ do: 'notification', index, event: 'click' })
    await soon(async () => (await app.desk.state()).windows[0]?.isVisible).toBe(true)
    await see.thread('Vera Novak').waitFor()
    await see.message('Is the blue one left?').waitFor()
    await wake(actors)
    expect(await titles(actors)).toHaveLength(2)
  })

  test('the first load announces nothing, nor does a restart announce it again', async () => {
    const { actors } = await atWork()
    await actors.app.restart()
    await actors.see.row('Ines Duarte').waitFor()
    await wake(actors)
    await soon(() => badge(actors)).toBe(3)
    expect(await titles(actors)).toEqual([])
  })

  test('one that is read meanwhile is taken back, and the thread in view needs none', async () => {
    const { actors, world } = await atWork()
    const { app, see } = actors
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    world.writes({ conversation: 5, text: 'While you look' })
    world.writes({ name: 'Vera Novak', text: 'Elsewhere' })
    await wake(actors)
    await see.message('While you look').waitFor()
    await soon(() => titles(actors)).toEqual(['Vera Novak'])
    await see.row('Vera Novak').click()
    await see.message('Elsewhere').waitFor()
    await soon(async () => (await app.desk.state()).notifications.map((each) => each.isShown)).toEqual([
      false,
    ])
  })

  test('told to, they say who and not what; told not to come, they stay away', async () => {
    const { actors, world } = await atWork()
    const { app, see } = actors
    await see.button(say('command.settings')).click()
    await see
      .dialog()
      .getByRole('switch', { name: say('settings.notificationText') })
      .click()
    await see
      .dialog()
      .getByRole('button', { name: say('dialog.close') })
      .click()
    world.writes({ name: 'Vera Novak', text: 'My number is 07700 900111' })
    await wake(actors)
    await soon(() => titles(actors)).toEqual(['Vera Novak'])
    expect(JSON.stringify((await app.desk.state()).notifications)).not.toContain('900111')
    await see.button(say('command.settings')).click()
    await see
      .dialog()
      .getByRole('switch', { name: say('settings.notifications'), exact: true })
      .click()
    await see
      .dialog()
      .getByRole('button', { name: say('dialog.close') })
      .click()
    world.writes({ name: 'Piet Hofstra', text: 'Quietly' })
    await wake(actors)
    await see.row('Piet Hofstra').waitFor()
    expect(await titles(actors)).toEqual(['Vera Novak'])
  })
})

describe('around the window', () => {
  test('the global key hides the window the agent looks at, and shows it again', async () => {
    const { actors } = await atWork()
    const { app } = actors
    const [accelerator] = (await app.desk.state()).shortcuts
    if (accelerator === undefined) throw new Error('no key is held')
    await app.desk.act({ do: 'shortcut', accelerator })
    await soon(async () => (await app.desk.state()).windows[0]?.isVisible).toBe(false)
    await app.desk.act({ do: 'shortcut', accelerator })
    await soon(async () => (await app.desk.state()).windows[0]).toMatchObject({
      isVisible: true,
      isFocused: true,
    })
    await app.desk.act({ do: 'window.focus', windowId: 1, focused: false })
    await app.desk.act({ do: 'shortcut', accelerator })
    await soon(async () => (await app.desk.state()).windows[0]).toMatchObject({
      isVisible: true,
      isFocused: true,
    })
  })

  test('a key another program holds is told, and one that is chosen instead works', async () => {
    const { actors } = await atWork({ STAND_IN_TAKEN_KEYS: 'CommandOrControl+Shift+U' })
    const { app, see } = actors
    expect((await app.desk.state()).shortcuts).toEqual([])
    await see.button(say('command.settings')).click()
    await see.dialog().getByText(say('globalKey.refused')).waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('settings.changeKey') })
      .click()
    await app.page.keyboard.press('Control+Alt+KeyH')
    await see.dialog().getByText(say('globalKey.registered')).waitFor()
    expect((await app.desk.state()).shortcuts).toHaveLength(1)
  })

  test('starting it a second time shows the window that is there, and the second one ends', async () => {
    const { actors } = await atWork()
    await closeWindow(actors)
    expect(await actors.app.openSecond()).toBe(0)
    await soon(async () => (await actors.app.desk.state()).windows).toMatchObject([{ isVisible: true }])
  })

  test('waking from sleep asks for news at once', async () => {
    const { actors, server, world } = await atWork()
    await closeWindow(actors)
    const asked = (): number => server.requests.filter((each) => each.path.includes('updated_within')).length
    // Unseen, the app asks every half minute: after this one, nothing but waking can make it ask soon.
    const before = asked()
    await soon(asked).toBeGreaterThan(before)
    await actors.app.desk.act({ do: 'power', event: 'suspend' })
    world.writes({ name: 'Vera Novak', text: 'Good morning' })
    await wake(actors)
    await soon(() => titles(actors), 15_000).toEqual(['Vera Novak'])
  })

  test('the menu opens the same sheets as the window’s own buttons', async () => {
    const { actors } = await atWork()
    const { app, see } = actors
    await app.desk.act({ do: 'menu', path: [say('menu.file'), say('tray.settings')] })
    await see.dialog().getByText(say('settings.theme')).waitFor()
    await app.page.keyboard.press('Escape')
    await app.desk.act({ do: 'menu', path: [say('menu.file'), say('tray.addAccount')] })
    await see.ownServer()
    await app.page.keyboard.press('Escape')
    await app.desk.act({ do: 'menu', path: [say('menu.conversation'), say('menu.find')] })
    await soon(() => see.find().evaluate((box) => box === document.activeElement)).toBe(true)
  })

  test('the appearance that is chosen is the window’s and the system’s', async () => {
    const { actors } = await atWork()
    const { app, see } = actors
    await see.button(say('command.settings')).click()
    await see.dialog().getByText(say('theme.dark'), { exact: true }).click()
    await soon(async () => (await app.desk.state()).themeSource).toBe('dark')
    await soon(() => app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    await app.restart()
    await soon(async () => (await app.desk.state()).themeSource).toBe('dark')
  })
})

interface World {
  /** A customer writes a little later than everything that was there before: the server counts in seconds. */
  writes(given: { name?: string; conversation?: number; text: string }): void
}

async function atWork(
  environment: Record<string, string> = {},
): Promise<{ actors: Actors; server: ChatwootSimulator; world: World }> {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const server = await on.server({ clock, ticks: 'own' })
  const actors = await on.app({ shell: 'electron', environment })
  await actors.see.addAccounts({ url: server.url, token: server.token })
  for (const name of ['Tomas Okoro', 'Ines Duarte', 'Mo Abara']) await actors.see.row(name).waitFor()
  await soon(() => badge(actors)).toBe(3)
  const writes: World['writes'] = (given) => {
    ahead += 2000
    server.scenario.customerWrites(given)
  }
  return { actors, server, world: { writes } }
}

async function closeWindow({ app }: Actors): Promise<void> {
  await app.desk.act({ do: 'window.close', windowId: 1 })
  await soon(async () => (await app.desk.state()).windows).toMatchObject([{ isVisible: false }])
}

async function wake({ app }: Actors): Promise<void> {
  await app.desk.act({ do: 'power', event: 'resume' })
}

async function badge({ app }: Actors): Promise<number> {
  return (await app.desk.state()).badge
}

async function titles({ app }: Actors): Promise<string[]> {
  return (await app.desk.state()).notifications.map((each) => each.title).sort()
}

/** The names in the tray's menu, in order. */
async function waiting({ app }: Actors): Promise<string[]> {
  const menu = (await app.desk.state()).tray?.menu ?? []
  return menu.filter((each) => each.submenu.length > 0).map((each) => each.label.split(' (')[0] ?? '')
}

async function lineOf({ app }: Actors, name: string): Promise<string> {
  const lines: readonly MenuLine[] = (await app.desk.state()).tray?.menu ?? []
  const found = lines.find((each) => each.label.startsWith(name))
  if (found === undefined) throw new Error(`the tray names no ${name}`)
  return found.label
}
