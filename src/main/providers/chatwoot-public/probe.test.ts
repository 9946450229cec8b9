import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf } from '../../../../tests/support/chatwoot-tries.ts'
import {
  rosaIdentifier,
  startSimulatedPublic,
  type SimulatedPublic,
} from '../../../../tests/support/simulated-chatwoot-public.ts'

/** Who answers there, and every way in which that may fail (docs/providers/chatwoot-public.md §1, §4). */
let here: SimulatedPublic
beforeEach(async () => {
  here = await startSimulatedPublic()
})
afterEach(() => here.close())

describe('identifiers that are known', () => {
  it('are told as people and an inbox, and stand in the secret alone', async () => {
    const { secret, ...shown } = await here.probe({ as: 'both' })
    expect(shown).toMatchObject({
      server: 'Chatwoot 4.10.0',
      me: { name: 'Rosa Lind, Milo Arce' },
      choices: [{ name: 'Shop system', isSuspended: false }],
      settings: { inboxName: 'Shop system' },
    })
    const { inbox, rosa, milo } = here.tickets
    for (const each of [inbox, rosa, milo]) {
      expect(secret).toContain(each)
      expect(JSON.stringify(shown)).not.toContain(each)
    }
  })

  it('may come on lines, with commas, and twice', async () => {
    const { rosa, milo } = here.tickets
    const { me } = await here.probe({ fields: { contacts: ` ${rosa}, ${milo}\n\n${rosa} ` } })
    expect(me.name).toBe('Rosa Lind, Milo Arce')
  })

  it('change nothing there', async () => {
    await here.probe({ as: 'both' })
    expect(here.asked().every((each) => each.startsWith('GET'))).toBe(true)
    expect(here.simulator.accepted).toEqual({ messages: [], actions: [] })
  })
})

describe('identifiers that are not known', () => {
  it('are the inbox’s', async () => {
    expect(await refused({ inbox: 'nobody-s' })).toMatchObject({ kind: 'auth', code: 'unknownInbox' })
    expect(await refused({ inbox: ' ' })).toMatchObject({ kind: 'auth', code: 'unknownInbox' })
  })

  it('are a contact’s, named by its line', async () => {
    const contacts = `${here.tickets.rosa}\nnobody-s`
    const { code, facts } = await refused({ contacts })
    expect([code, facts['place']]).toEqual(['unknownContact', '2'])
    expect(await refused({ contacts: '  ' })).toMatchObject({ code: 'unknownContact' })
  })

  it('are told the same where a miss is a page', async () => {
    here.simulator.scenario.server({ publicMisses: 'page' })
    expect(await refused({ contacts: 'nobody-s' })).toMatchObject({ code: 'unknownContact' })
    expect(await refused({ inbox: 'nobody-s' })).toMatchObject({ code: 'unknownInbox' })
  })
})

describe('an identity hash', () => {
  const identifier = rosaIdentifier

  it('that fits shows the tickets of every inbox from then on', async () => {
    const session = await here.open({ fields: { identifier, hash: here.tickets.rosaHash } })
    const elsewhere = here.simulator.scenario.customerWrites({ inbox: 21, name: 'Somebody', text: 'Hi' })
    const page = await session.pull(null, new AbortController().signal)
    expect(page.conversations).toHaveLength(2)
    expect(page.conversations.map(({ key }) => key)).not.toContain(String(elsewhere.conversation))
  })

  it.each([
    ['is wrong', { identifier, hash: 'ab'.repeat(32) }],
    ['is of another name', { identifier: 'milo@example.com', hash: '' }],
  ])('that %s breaks the server, and is told as what it is', async (_, given) => {
    const hash = given.hash === '' ? here.tickets.rosaHash : given.hash
    const failure = await refused({ ...given, hash })
    expect(failure).toMatchObject({ kind: 'auth', code: 'identityRefused', mayHaveLeft: false })
    expect(JSON.stringify(failure.facts)).not.toContain(hash)
  })

  it('that is demanded and missing closes the contact’s page, and not the tickets', async () => {
    here.simulator.scenario.inboxSettings({ inbox: 24, isHmacMandatory: true })
    expect((await here.probe()).me.name).toBe('Rosa Lind')
  })

  it('is not asked of who has no tickets yet either, and their number is made up', async () => {
    here.simulator.scenario.inboxSettings({ inbox: 24, isHmacMandatory: true })
    const { contact } = here.simulator.scenario.publicContact({ name: 'Nobody Yet' })
    const { me } = await here.probe({ fields: { contacts: contact } })
    expect(me.key).toMatch(/^~[0-9a-f]{12}$/)
  })
})

describe('what is no such server', () => {
  it.each([
    ['otherApi', 'notThisProvider'],
    ['otherSite', 'proxyPage'],
    ['proxyPage', 'proxyPage'],
    ['toHttps', 'needsHttps'],
  ] as const)('%s is told as %s', async (mode, code) => {
    here.simulator.scenario.server({ mode })
    const failure = await refused({})
    expect(mode === 'otherSite' ? ['proxyPage', 'notThisProvider'] : [code]).toContain(failure.code)
  })

  it('at a path of the API, the address to use is told without the rest', async () => {
    const { inbox, rosa } = here.tickets
    const url = `${here.simulator.url}/public/api/v1/inboxes/${inbox}/contacts/${rosa}`
    const failure = await refused({ url })
    expect(failure).toMatchObject({ code: 'wrongPath', facts: { suggestion: here.simulator.url } })
    const bad = await refused({ url: `ftp://x.example.com/public/api/v1/inboxes/${inbox}` })
    expect(bad.code).toBe('badAddress')
    expect(JSON.stringify(bad.facts)).not.toContain(inbox)
  })

  it('that is out of breath says so', async () => {
    here.simulator.scenario.fault({ kind: 'rateLimited', retryAfter: '9' }, { path: '/public/**' })
    expect(await refused({})).toMatchObject({ kind: 'rateLimited', retryAt: here.clock.now() + 9_000 })
    here.simulator.scenario.clearFaults()
    here.simulator.scenario.fault({ kind: 'serverError' }, { path: '/public/**' })
    expect(await refused({})).toMatchObject({ kind: 'busy' })
  })
})

function refused(fields: Readonly<Record<string, string>>) {
  return failureOf(here.probe({ fields }))
}
