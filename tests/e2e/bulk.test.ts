import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { atServer, doneAt, soon, stage, type Actors } from '../support/stage.ts'

const people = ['Vera Novak', 'Piet Hofstra', 'Aiko Mori', 'Sol Arden', 'Ida Berg', 'Remy Roux'] as const
const byKeys = people.slice(0, 3)
const byMouse = people.slice(3)

describe.each(shells)('several conversations at once, on the %s shell', (shell) => {
  const on = stage('afterAll')
  const at = new Map<string, number>()
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    for (const name of people)
      at.set(name, server.scenario.customerWrites({ name, text: `I am ${name}.` }).conversation)
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    for (const name of people) await actors.see.row(name).waitFor()
  })

  beforeEach(() => actors.see.closeSheets())

  test('three ticked by keys are labelled, assigned and resolved, each once', async () => {
    const { app, see } = actors
    const press = (key: string) => app.page.keyboard.press(key)
    for (const name of byKeys) {
      await see.select(name)
      await press('x')
    }
    await counts(3)
    await press('l')
    await see.pick(say('label.title'), 'broken')
    await soon(() => byKeys.map((name) => here(name).labels)).toEqual(byKeys.map(() => ['broken']))
    await press('a')
    await see.pick(say('assign.title'), 'Ada')
    await soon(() => byKeys.map((name) => here(name).meta.assignee?.name)).toEqual(
      byKeys.map(() => 'Ada Brook'),
    )
    await counts(3)
    await press('e')
    await soon(() => byKeys.map((name) => here(name).status)).toEqual(byKeys.map(() => 'resolved'))
    await see.toast(say('did.resolve', { count: 3 })).waitFor()
    for (const name of byKeys) {
      await see.row(name).waitFor({ state: 'detached' })
      expect(doneAt(server, numberOf(name))).toHaveLength(3)
    }
    expect(byMouse.map((name) => here(name).status)).toEqual(['open', 'open', 'open'])
  })

  test('three ticked by mouse are labelled, assigned and resolved, each once', async () => {
    const { see } = actors
    for (const name of byMouse) {
      await see.row(name).hover()
      await see.row(name).getByRole('checkbox').check()
    }
    await counts(3)
    await bar(say('act.label')).click()
    await see.option('delivery').click()
    await see
      .sheet(say('label.title'))
      .getByRole('button', { name: say('label.apply') })
      .click()
    await soon(() => byMouse.map((name) => here(name).labels)).toEqual(byMouse.map(() => ['delivery']))
    await bar(say('act.assign')).click()
    await see.option(say('assign.me', { name: 'Nilo Verano' })).click()
    await soon(() => byMouse.map((name) => here(name).meta.assignee?.name)).toEqual(
      byMouse.map(() => 'Nilo Verano'),
    )
    await bar(say('command.resolve')).click()
    await soon(() => byMouse.map((name) => here(name).status)).toEqual(byMouse.map(() => 'resolved'))
    for (const name of byMouse) {
      await see.row(name).waitFor({ state: 'detached' })
      expect(doneAt(server, numberOf(name))).toHaveLength(3)
    }
  })

  test('Escape unticks, and nothing was ordered of anybody', async () => {
    const { app, see } = actors
    const before = server.accepted.actions.length
    await see.select('Ines Duarte')
    await app.page.keyboard.press('x')
    await app.page.keyboard.press('Shift+j')
    await soon(() => toolbar().count()).toBe(1)
    await app.page.keyboard.press('Escape')
    await toolbar().waitFor({ state: 'detached' })
    expect(server.accepted.actions.slice(before)).toEqual([])
  })

  function numberOf(name: string): number {
    return at.get(name) ?? -1
  }
  function here(name: string) {
    return atServer(server, numberOf(name))
  }
  function toolbar() {
    return actors.app.page.getByRole('toolbar', { name: say('bulk.label') })
  }
  function bar(word: string) {
    return toolbar().getByRole('button', { name: word, exact: true })
  }
  async function counts(count: number): Promise<void> {
    await toolbar().getByText(say('bulk.count', { count })).waitFor()
  }
})
