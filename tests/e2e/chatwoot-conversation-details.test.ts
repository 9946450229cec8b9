import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { shells } from '../support/run-app.ts'
import { promisedError } from '../support/sign-in-as-customer.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

/**
 * GET /api/v1/accounts/{account}/conversations/{id}, through the app: what a search found is opened by its own address,
 * with all its messages behind it, and its errors are told.
 */
describe.each(shells)('one conversation by its address, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    actors = await on.app({ shell })
    await actors.see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await actors.see.view('open').click()
    await actors.see.row('Ines Duarte').waitFor()
  })
  beforeEach(() => actors.see.closeSheets())

  const details = '/api/v1/accounts/1/conversations/1'
  const host = () => new URL(server.url).host
  const answers = () => server.requests.filter(({ method, path }) => method === 'GET' && path === details)

  async function openHit(): Promise<void> {
    const { app, see } = actors
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('/')
    await see.find().fill('islands')
    const sheet = see.sheet(say('search.title', { host: host() }))
    // A key that comes before the words are taken in asks for nothing.
    await soon(async () => {
      if ((await sheet.count()) === 0) await see.find().press('Control+Enter')
      return sheet.count()
    }).toBe(1)
    await sheet.getByText(say('search.messages'), { exact: true }).click()
    await sheet.locator('[data-item]').first().click()
  }

  test('shows the conversation with all its messages', async () => {
    const { see } = actors
    await openHit()
    for (const text of ['Do you ship to islands?', 'We do, it takes two days longer.', 'Great'])
      await see.message(text).waitFor()
    await soon(() => answers().at(-1)?.status).toBe(200)
    await see.thread('Tomas Okoro').waitFor()
  })

  const refusals: readonly (readonly [string, number, object, () => string])[] = [
    [
      'not allowed',
      401,
      { error: 'You are not authorized to do this action' },
      () => say('failure.forbidden', { host: host() }),
    ],
    ['not there', 404, { error: 'Resource could not be found' }, () => say('failure.gone', { host: host() })],
    [
      'not there, as its page promises',
      404,
      JSON.parse(promisedError('is not there')) as object,
      () => say('failure.gone', { host: host() }),
    ],
    [
      'not allowed, as its page promises',
      403,
      JSON.parse(promisedError('is closed')) as object,
      () => say('failure.forbidden', { host: host() }),
    ],
  ]

  test.each(refusals)('%s, it is told so', async (_, status, body, sentence) => {
    const { see } = actors
    server.scenario.fault(
      { kind: 'status', status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) },
      { method: 'GET', path: details, count: 1 },
    )
    await openHit()
    await soon(() => answers().at(-1)?.status).toBe(status)
    await see
      .toast(sentence())
      .or(see.alert().filter({ hasText: sentence() }))
      .first()
      .waitFor()
    expect(answers().at(-1)?.fault).toBe('answer')
    server.scenario.clearFaults()
  })
})
