import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { openGate } from '../support/gate.ts'
import { shells } from '../support/run-app.ts'
import { atServer, caughtUp, doneAt, isOn, soon, stage } from '../support/stage.ts'

const on = stage()

describe.each(shells)('without a network, on the %s shell', (shell) => {
  test('everything ordered waits over a restart and arrives exactly once', async () => {
    const server = await on.server()
    const vera = server.scenario.customerWrites({ name: 'Vera Novak', text: 'Hello?' }).conversation
    const piet = server.scenario.customerWrites({ name: 'Piet Hofstra', text: 'Anybody?' }).conversation
    const gate = await openGate(server.url)
    on.closing({ close: gate.shut })
    const { app, see } = await on.app({ shell })
    const press = (key: string) => app.page.keyboard.press(key)
    await see.addAccounts({ url: gate.url, token: server.token, names: ['Lantern Lamps'] })
    await see.view('open').click()
    for (const name of ['Vera Novak', 'Piet Hofstra', 'Ines Duarte']) await see.row(name).waitFor()
    await caughtUp(server, 8)
    // What there is to pick from is known from when there was a network.
    await see.select('Vera Novak')
    await press('l')
    await see.option('broken').waitFor()
    await press('Escape')
    await see.closeSheets()
    await gate.shut()

    await see.select('Vera Novak')
    await press('l')
    await see.pick(say('label.title'), 'broken')
    await press('p')
    await see.pick(say('priority.title'), say('priority.high'))
    await press('p')
    await see.pick(say('priority.title'), say('priority.urgent'))
    await press('r')
    await isOn(see.composer('Vera Novak'))
    await app.page.keyboard.type('First of two.')
    await press('Control+Enter')
    await see.message('First of two.').waitFor()
    await app.page.keyboard.type('Second of two.')
    await press('Control+Enter')
    await see.message('Second of two.').waitFor()
    await see
      .thread('Vera Novak')
      .getByRole('tab', { name: say('compose.note') })
      .click()
    await isOn(app.page.getByRole('textbox', { name: say('compose.noteAbout', { name: 'Vera Novak' }) }))
    await app.page.keyboard.type('Written underground.')
    await press('Control+Enter')
    await see.message('Written underground.').waitFor()
    await see.row('Piet Hofstra').click()
    await see
      .thread('Piet Hofstra')
      .getByRole('button', { name: say('act.snooze') })
      .first()
      .click()
    await see.option(say('snooze.tomorrow')).click()
    await see.row('Piet Hofstra').waitFor({ state: 'detached' })
    await see.select('Ines Duarte')
    await press('e')
    await see.row('Ines Duarte').waitFor({ state: 'detached' })
    expect(server.accepted.messages).toEqual([])

    await app.restart()
    await see.view('snoozed').click()
    await see.row('Piet Hofstra').waitFor()
    await see.view('done').click()
    await see.row('Ines Duarte').waitFor()
    expect(server.accepted.messages).toEqual([])
    await gate.open()
    await see.button(say('command.refresh')).click()

    await soon(() => server.accepted.messages.map(({ content }) => content), 60_000).toEqual([
      'First of two.',
      'Second of two.',
      'Written underground.',
    ])
    await soon(() => atServer(server, vera)).toMatchObject({ labels: ['broken'], priority: 'urgent' })
    await soon(() => atServer(server, piet).status).toBe('snoozed')
    await soon(() => atServer(server, ines).status).toBe('resolved')
    await see.view('open').click()
    await see.row('Vera Novak').click()
    await soon(() => see.messages().innerText()).not.toContain(say('delivery.queued'))
    // Two changes of mind became one call: the last word is what counts.
    expect(doneAt(server, vera).sort()).toEqual(['labels broken', 'priority urgent'])
    expect(doneAt(server, piet)).toEqual(['toggle_status snoozed'])
    expect(doneAt(server, ines)).toEqual(['toggle_status resolved'])
    expect(server.accepted.messages).toHaveLength(3)
  })

  test('killed while a file goes up, neither words nor file are lost, and nothing arrives twice', async () => {
    const server = await on.server()
    const gate = await openGate(server.url)
    on.closing({ close: gate.shut })
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: gate.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    await caughtUp(server, 6)
    const chooser = app.page.waitForEvent('filechooser')
    await see.button(say('compose.attach')).click()
    await (await chooser).setFiles({ name: 'plan.bin', mimeType: 'application/octet-stream', buffer: plan })
    await see.button(say('files.drop', { name: 'plan.bin' })).waitFor()
    await see.composer('Ines Duarte').fill('The plan.')
    const send = see.thread('Ines Duarte').getByRole('button', { name: say('act.send'), exact: true })
    await soon(() => send.isEnabled()).toBe(true)
    gate.stallAfter(plan.length / 3)
    await send.click()
    await soon(() => gate.hasStalled()).toBe(true)

    await app.restart({ signal: 'SIGKILL', meanwhile: () => gate.stallAfter(Infinity) })
    await see.view('open').click()
    await see.row('Ines Duarte').click()
    await see.messages().getByText(say('delivery.unsureAbsent')).waitFor()
    await see.messages().getByText('plan.bin').first().waitFor()
    expect(server.accepted.messages).toEqual([])
    await see
      .messages()
      .getByRole('button', { name: say('delivery.sendAgain') })
      .click()
    await soon(() => server.accepted.messages.length).toBe(1)
    const arrived = atServer(server, ines).messages.findLast(({ content }) => content === 'The plan.')
    const [file] = arrived?.attachments ?? []
    const bytes = Buffer.from(await (await fetch(file?.data_url ?? '')).arrayBuffer())
    expect(bytes.length).toBe(plan.length)
    expect(sha(bytes)).toBe(sha(plan))
    await soon(() => see.message('The plan.').count()).toBe(1)
    await soon(() => see.messages().innerText()).toContain(say('delivery.sent'))
    expect(server.accepted.messages).toHaveLength(1)
  })
})

/** Her conversation's number at the server. */
const ines = 5
/** Several pieces long, and no two of them alike. */
const plan = Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * 17 + (index >> 9)) & 255))

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
