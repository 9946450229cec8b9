import { describe, expect, test } from 'vitest'
import { say as words } from '../../src/shared/words/words.ts'
import { violationsOn } from '../support/axe.ts'
import { failure } from './canned-world.ts'
import { shownWindow } from './shown-window.ts'

const { show, page, preview, called } = shownWindow()

const dialog = () => page().getByRole('dialog')
const next = () => dialog().getByRole('button', { name: words('signIn.next') })

async function add(): Promise<void> {
  await show()
  await page()
    .getByRole('button', { name: words('account.add') })
    .first()
    .click()
  await dialog().getByText(words('signIn.where')).waitFor()
}

describe('signing in', () => {
  test('at a known place with a password, then a code; neither is left on the page', async () => {
    await add()
    await dialog()
      .getByRole('button', { name: /Chatwoot Cloud/ })
      .click()
    expect(await dialog().getByLabel(words('signIn.chatwoot.url'), { exact: true }).count()).toBe(0)
    await dialog().getByLabel('E-mail address').fill('ari@example.com')
    await dialog().getByLabel('Password', { exact: true }).fill('canary-password')
    await next().click()
    const code = dialog().getByLabel('Code')
    await code.waitFor()
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
    expect(await code.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page().content()).not.toContain('canary-password')
    preview().refuse.set('accounts.probe', failure('badCode', { host: 'support.example.com' }))
    await code.fill('123 456')
    await next().click()
    await dialog()
      .getByText(words('failure.badCode', { host: 'support.example.com' }))
      .waitFor()
    preview().refuse.clear()
    await next().click()
    await dialog().getByText(words('signIn.which')).waitFor()
    const ticked = dialog().getByRole('checkbox', { disabled: false }).first()
    expect(await ticked.evaluate((box) => box === document.activeElement)).toBe(true)
    const probes = called('accounts.probe') as { fields: Record<string, string>; probeId: string | null }[]
    expect(probes[0]).toMatchObject({
      method: 'password',
      fields: { url: 'https://app.chatwoot.com', email: 'ari@example.com', password: 'canary-password' },
      probeId: null,
    })
    expect(probes.at(-1)).toMatchObject({ fields: { code: '123456' }, probeId: 'p0' })
  })

  test('leads back, and what was typed and is no secret is still there', async () => {
    await add()
    await dialog()
      .getByRole('button', { name: /of your own/ })
      .click()
    await dialog()
      .getByLabel(words('signIn.chatwoot.url'), { exact: true })
      .fill('https://support.example.com')
    await dialog().getByLabel('E-mail address').fill('ari@example.com')
    await dialog().getByLabel('Password', { exact: true }).fill('canary-password')
    await next().click()
    await dialog().getByLabel('Code').waitFor()
    await dialog()
      .getByRole('button', { name: words('signIn.back') })
      .click()
    expect(await dialog().getByLabel(words('signIn.chatwoot.url'), { exact: true }).inputValue()).toBe(
      'https://support.example.com',
    )
    expect(await dialog().getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await dialog()
      .getByRole('button', { name: words('signIn.back') })
      .click()
    await dialog().getByText(words('signIn.where')).waitFor()
  })

  test('begins again when it took too long, and says so', async () => {
    await add()
    await dialog()
      .getByRole('button', { name: /Chatwoot Cloud/ })
      .click()
    await dialog().getByLabel('E-mail address').fill('ari@example.com')
    await dialog().getByLabel('Password', { exact: true }).fill('p')
    await next().click()
    await dialog().getByLabel('Code').fill('123456')
    preview().refuse.set('accounts.probe', failure('probeExpired'))
    await next().click()
    await dialog().getByText(words('failure.probeExpired')).waitFor()
    expect(await dialog().getByLabel('E-mail address').inputValue()).toBe('ari@example.com')
  })

  test('again at a locked account: who is there is looked up first, and only then let in', async () => {
    await show()
    const [account] = preview().world.facts.accounts
    if (account === undefined) throw new Error('no account')
    const locked = { kind: 'locked', failure: failure('auth', { host: 'acme.example.com' }) } as const
    preview().tell({
      name: 'account.changed',
      payload: { revision: ++preview().world.revision, account: { ...account, syncing: locked } },
    })
    await page()
      .getByRole('button', { name: words('account.unlock') })
      .first()
      .click()
    expect(await dialog().getByLabel(words('signIn.chatwoot.url'), { exact: true }).inputValue()).toBe(
      'http://acme.example.com',
    )
    await dialog().getByText('Access token', { exact: true }).first().click()
    await dialog()
      .getByRole('textbox', { name: words('signIn.chatwoot.token') })
      .fill('canary-token')
    preview().refuse.set('accounts.unlock', failure('keychainLocked'))
    await dialog()
      .getByRole('button', { name: words('account.unlock') })
      .click()
    const offer = dialog().getByRole('button', { name: words('signIn.sessionOnly') })
    await offer.waitFor()
    preview().refuse.clear()
    await page().keyboard.press('Enter')
    await dialog().waitFor({ state: 'detached' })
    expect(called('accounts.probe').length).toBe(1)
    expect(called('accounts.unlock')).toEqual([
      { accountId: 'acme', probeId: 'p1', keepIn: 'keychain' },
      { accountId: 'acme', probeId: 'p1', keepIn: 'session' },
    ])
  })

  test('axe has nothing to say of any step', async () => {
    await add()
    expect(await violationsOn(page())).toEqual([])
    await dialog()
      .getByRole('button', { name: /Chatwoot Cloud/ })
      .click()
    await dialog().getByLabel('E-mail address').fill('ari@example.com')
    await dialog().getByLabel('Password', { exact: true }).fill('p')
    expect(await violationsOn(page())).toEqual([])
    await next().click()
    await dialog().getByLabel('Code').waitFor()
    expect(await violationsOn(page())).toEqual([])
  })
})
