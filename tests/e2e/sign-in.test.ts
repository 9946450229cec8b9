import { createServer, type Server } from 'node:https'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { say } from '../../src/shared/words/words.ts'
import { makeCertificates } from '../support/certificates.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage, type Actors } from '../support/stage.ts'

describe.each(shells)('what is wrong with a sign-in, on the %s shell', (shell) => {
  const on = stage('afterAll')
  let server: ChatwootSimulator
  let actors: Actors

  beforeAll(async () => {
    server = await on.server()
    actors = await on.app({ shell })
  })

  test('a host that does not exist', async () => {
    const host = `${'x'.repeat(64)}.example.com`
    await refuses({ url: `https://${host}` }, say('failure.dns', { host }))
  })

  test('a port where nobody listens', async () => {
    const gone = await on.server()
    await gone.close()
    await refuses({ url: gone.url }, say('failure.refused', { host: hostOf(gone.url) }))
  })

  test('no network', async () => {
    // A TCP connection to this address is refused by the computer itself, as all are without a network.
    await refuses({ url: 'https://255.255.255.255' }, say('failure.offline'))
  })

  test('no web address at all', async () => {
    await refuses(
      { url: 'ftp://support.example.com' },
      say('failure.badAddress', { address: 'ftp://support.example.com' }),
    )
  })

  test('the address of the dashboard instead of the server', async () => {
    await refuses({ url: `${server.url}/app` }, say('failure.wrongPath', { suggestion: server.url }))
    await refuses(
      { url: `${server.url}/app/accounts/1/dashboard` },
      say('failure.wrongPath', { suggestion: server.url }),
    )
  })

  test('http where the server wants https', async () => {
    await refusesWhile({ mode: 'toHttps' }, say('failure.needsHttps', { host: hostOf(server.url) }))
  })

  test('a web site that is no Chatwoot', async () => {
    await refusesWhile(
      { mode: 'otherSite' },
      say('failure.notThisProvider', { host: hostOf(server.url), provider: 'Chatwoot' }),
    )
    await refusesWhile(
      { mode: 'otherApi' },
      say('failure.notThisProvider', { host: hostOf(server.url), provider: 'Chatwoot' }),
    )
  })

  test('a web page from something in between', async () => {
    server.scenario.server({ mode: 'proxyPage' })
    await actors.see.signIn({ url: server.url, token: server.token })
    const sentence = say('failure.proxyPage', { host: hostOf(server.url), status: '' }).split('(')[0] ?? ''
    await soon(() => actors.see.alert().innerText()).toContain(sentence)
    server.scenario.server({ mode: 'chatwoot' })
  })

  test('a proxy that takes the token out', async () => {
    await refusesWhile({ strips: 'all' }, say('failure.headerStripped', { host: hostOf(server.url) }))
  })

  test('a certificate nobody vouches for', async () => {
    const { selfSigned } = makeCertificates()
    const secure = await secureServer(selfSigned)
    on.closing({ close: () => closed(secure.server) })
    await actors.see.signIn({ url: secure.url, token: server.token })
    const sentence = say('failure.tls', { host: hostOf(secure.url), reason: '' }).split('(')[0] ?? ''
    await soon(() => actors.see.alert().innerText()).toContain(sentence)
  })

  test('a token that is not known there any more', async () => {
    await refuses({ token: 'no-longer-known' }, say('failure.badToken', { host: hostOf(server.url) }))
  })

  test('the token of a bot', async () => {
    await refuses({ token: server.botToken ?? '' }, say('failure.botToken', { host: hostOf(server.url) }))
  })

  test('one account of two is suspended: it can be seen and not ticked', async () => {
    server.scenario.suspend({ account: 2, isSuspended: true })
    await actors.see.signIn({ url: server.url, token: server.token })
    const choices = actors.see.dialog().getByRole('checkbox')
    await choices.first().waitFor()
    expect(await choices.nth(0).isEnabled()).toBe(true)
    expect(await choices.nth(1).isEnabled()).toBe(false)
    await actors.see.dialog().getByText(say('signIn.isSuspended')).waitFor()
    await actors.see
      .dialog()
      .getByRole('button', { name: say('dialog.close') })
      .click()
  })

  test('every account is suspended', async () => {
    for (const account of [1, 2]) server.scenario.suspend({ account, isSuspended: true })
    await refuses(
      {},
      say('failure.suspended', { host: hostOf(server.url), account: 'Lantern Lamps, Kettle & Fern' }),
    )
    for (const account of [1, 2]) server.scenario.suspend({ account, isSuspended: false })
  })

  async function refuses(given: { url?: string; token?: string }, sentence: string): Promise<void> {
    await actors.see.signIn({ url: server.url, token: server.token, ...given })
    await soon(() => actors.see.alert().innerText()).toBe(sentence)
    expect(await actors.see.field('signIn.chatwoot.url').inputValue()).toBe(given.url ?? server.url)
  }

  async function refusesWhile(
    change: Parameters<ChatwootSimulator['scenario']['server']>[0],
    sentence: string,
  ): Promise<void> {
    server.scenario.server(change)
    await refuses({}, sentence)
    server.scenario.server({ mode: 'chatwoot', strips: 'nothing' })
  }
})

describe.each(shells)('an account in trouble later, on the %s shell', (shell) => {
  const on = stage()

  test('a token that expires locks the account, keeps its list, and a new one opens it again', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').waitFor()
    const token = server.scenario.resetToken()
    await see.button(say('command.refresh')).click()
    const notice = see.alert().filter({ hasText: say('failure.auth', { host: hostOf(server.url) }) })
    await notice.waitFor()
    await see.row('Ines Duarte').waitFor()
    expect(await app.page.title()).toBe('(2) Tuntas')

    await notice.getByRole('button', { name: say('account.unlock') }).click()
    await see.field('signIn.chatwoot.url').fill(server.url)
    await see.field('signIn.chatwoot.token').fill(token)
    await see
      .dialog()
      .getByRole('button', { name: say('account.unlock') })
      .click()
    await see.dialog().waitFor({ state: 'detached' })
    await notice.waitFor({ state: 'detached' })
    server.scenario.customerWrites({ name: 'Vera Novak', text: 'Hello again' })
    await see.row('Vera Novak').waitFor()
  })

  test('an account that is suspended says so and loses nothing', async () => {
    const server = await on.server()
    const { see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').waitFor()
    server.scenario.suspend({ account: 1, isSuspended: true })
    await see.button(say('command.refresh')).click()
    const sentence = say('failure.suspended', { host: hostOf(server.url), account: 'Lantern Lamps' })
    await see.alert().filter({ hasText: sentence }).waitFor()
    await see.row('Ines Duarte').waitFor()
  })

  test('without a keychain the token is kept until the app quits, and asked for after that', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell, keyring: 'missing' })
    await see.signIn({ url: server.url, token: server.token })
    await see.dialog().getByText(say('failure.keychainMissing')).waitFor()
    await see.dialog().getByText(say('signIn.keptInSession')).waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 2 }) })
      .click()
    await see.row('Ines Duarte').waitFor()

    await app.restart()
    await see.row('Ines Duarte').waitFor()
    await see
      .alert()
      .getByRole('button', { name: say('account.unlock') })
      .first()
      .waitFor()
  })

  test('a keychain that is locked says so, and “this session only” goes on with a new token', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').waitFor()

    await app.restart({ keyring: 'locked' })
    await see.row('Ines Duarte').waitFor()
    await see
      .alert()
      .filter({ hasText: say('failure.keychainLocked') })
      .getByRole('button', { name: say('account.unlock') })
      .click()
    await see.field('signIn.chatwoot.url').fill(server.url)
    await see.field('signIn.chatwoot.token').fill(server.token)
    await see
      .dialog()
      .getByRole('button', { name: say('account.unlock') })
      .click()
    await see
      .dialog()
      .getByRole('alert')
      .filter({ hasText: say('failure.keychainLocked') })
      .waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.sessionOnly') })
      .click()
    await see.dialog().waitFor({ state: 'detached' })
    server.scenario.customerWrites({ name: 'Vera Novak', text: 'Hello again' })
    await see.row('Vera Novak').waitFor()
  })
})

function hostOf(url: string): string {
  return new URL(url).host
}

function secureServer(pair: { key: string; cert: string }): Promise<{ server: Server; url: string }> {
  const server = createServer(pair, (_request, response) => response.end('{}'))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ server, url: `https://localhost:${port}` })
    })
  })
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
