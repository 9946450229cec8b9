import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { startAelystSimulator, type AelystSimulator } from '../../src/simulators/aelyst/aelyst-simulator.ts'
import { shells, type ShellName } from '../support/run-app.ts'
import { signInToAelyst } from '../support/sign-in-to-aelyst.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/**
 * Aelyst's page "Open/close conversation": POST /contact/{identifier}/conversation/status with its status, category and
 * summary, and each of the errors it documents, as an agent meets them.
 */
describe.each(shells)('open and close a conversation at Aelyst, on the %s shell', (shell) => {
  const on = stage()
  const ines = 301

  test('closes with a category and a summary where the workspace wants one, and opens again', async () => {
    const { server, actors } = await desk({ requiresCategory: true })
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    // Only its refusal tells that a category is wanted; from then on the app asks for it.
    await soon(() => answered(server)).toEqual([400])
    await see.row('Ines Duarte').waitFor()
    await soon(() => see.row('Ines Duarte').getByText(say('row.notDone')).count()).toBe(1)
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    const sheet = see.sheet(say('resolve.title', { act: say('act.close'), name: 'Ines Duarte' }))
    await sheet.getByLabel(/^Category/).selectOption('Spam')
    await sheet.getByLabel(/^Summary/).fill('This contact is a bot')
    await sheet.locator('button[type=submit]').click()
    await sheet.waitFor({ state: 'detached' })
    await soon(() => done(server)).toEqual(['close Spam: This contact is a bot'])
    await soon(() => statusAt(server)).toBe('closed')
    await see.row('Ines Duarte').waitFor({ state: 'detached' })

    await see.view('done').click()
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await soon(() => done(server).at(-1)).toBe('open')
    await soon(() => statusAt(server)).toBe('open')
  })

  test.each([
    ['400', 'Validation error.', say('failure.rejected', { host: '{host}', reason: 'Validation error.' })],
    ['404', 'Contact not found', say('failure.gone', { host: '{host}' })],
  ])('%s says why it stays open', async (status, message, sentence) => {
    const { server, actors } = await desk()
    refuses(server, Number(status), message)
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await see.row('Ines Duarte').click()
    const words = sentence.replace('{host}', new URL(server.url).host)
    await see
      .thread('Ines Duarte')
      .getByText(say('stranded.close', { why: words }))
      .waitFor()
    expect(statusAt(server)).toBe('open')
  })

  test('401 locks the account, and keeps its list and the order', async () => {
    const { server, actors } = await desk()
    refuses(server, 401, 'UN_AUTHORIZED')
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await see
      .row('Bram de Wit')
      .waitFor({ state: 'detached' })
      .catch(() => {})
    const words = say('failure.auth', { host: new URL(server.url).host })
    await app.page.getByText(words).first().waitFor()
    expect(statusAt(server)).toBe('open')
  })

  test.each([
    ['429', 'Too Many Requests'],
    ['500', 'Unexpected error occurred'],
  ])('%s is waited out, and then it is closed', async (status, message) => {
    const { server, actors } = await desk()
    if (status === '429')
      server.scenario.fault({ kind: 'rateLimited', retryAfter: 1 }, { ...statusCall, count: 1 })
    else refuses(server, Number(status), message)
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await see.row('Ines Duarte').waitFor({ state: 'detached' })
    await soon(() => answered(server)).toEqual([Number(status), 200])
    await soon(() => statusAt(server)).toBe('closed')
  })

  test('449 is put off: nothing more is asked for it meanwhile', async () => {
    const { server, actors } = await desk()
    const queue = 'Your request cannot be processed at the moment as it is currently in queue.'
    refuses(server, 449, queue)
    const { app, see } = actors
    await see.select('Ines Duarte')
    await app.page.keyboard.press('e')
    await soon(() => answered(server)).toEqual([449])
    await see.row('Ines Duarte').waitFor({ state: 'detached' })
    await see.view('done').click()
    await see.row('Ines Duarte').waitFor()
    expect([answered(server), statusAt(server)]).toEqual([[449], 'open'])
  })

  async function desk(manners: { requiresCategory?: boolean } = {}): Promise<Desk> {
    return openDesk(shell, manners)
  }

  async function openDesk(name: ShellName, manners: { requiresCategory?: boolean }): Promise<Desk> {
    const server = on.closing(await startAelystSimulator({ manners }))
    const actors = await on.app({ shell: name })
    await signInToAelyst(actors, {
      url: server.url,
      token: server.token,
      user: 'Nilo Verano (nilo@example.com)',
    })
    await actors.see.view('open').click()
    await actors.see.row('Ines Duarte').waitFor()
    return { server, actors }
  }

  function statusAt(server: AelystSimulator): unknown {
    return (server.scenario.look({ contact: ines }).contact as { status?: unknown }).status
  }
})

interface Desk {
  readonly server: AelystSimulator
  readonly actors: Actors
}

const statusCall = { method: 'POST', path: '/v1/contact/*/conversation/status' }

function refuses(server: AelystSimulator, status: number, message: string): void {
  const body = JSON.stringify({ code: status, message })
  server.scenario.fault(
    { kind: 'status', status, contentType: 'application/json', body },
    { ...statusCall, count: 1 },
  )
}

/** What the page's call was answered with, oldest first. */
function answered(server: AelystSimulator): (number | null)[] {
  return server.requests
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/conversation/status'))
    .map(({ status }) => status)
}

/** What it truly did, as the server carried it out. */
function done(server: AelystSimulator): (string | null)[] {
  return server.accepted.actions.filter(({ action }) => action === 'status').map(({ value }) => value)
}
