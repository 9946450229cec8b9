import type { Locator } from 'playwright-core'
import { say, type WordKey } from '../../src/shared/words/words.ts'
import type { RunningApp } from './run-app.ts'

/** What a person finds in the window, by the names assistive technology reads; always that of the run of the moment. */
export function windowOf(app: RunningApp): AppWindow {
  const button = (name: string): Locator => app.page.getByRole('button', { name, exact: true })
  const seen: AppWindow = {
    row: (text) => app.page.getByRole('row').filter({ hasText: text }),
    rows: () => app.page.getByRole('row'),
    thread: (name) => app.page.getByRole('region', { name, exact: true }),
    messages: () => app.page.getByRole('group', { name: say('thread.messages') }),
    message: (text) => seen.messages().getByText(text, { exact: true }),
    composer: (name) => app.page.getByRole('textbox', { name: say('compose.to', { name }) }),
    view: (name) =>
      app.page
        .getByRole('navigation')
        .getByRole('button', { name: new RegExp(`^${say(`view.${name}`)}( |\\d|$)`) }),
    find: () => app.page.getByRole('searchbox', { name: say('find.label') }),
    dialog: () => app.page.getByRole('dialog'),
    sheet: (title) => app.page.getByRole('dialog', { name: title, exact: true }),
    option: (text) => app.page.getByRole('option').filter({ hasText: text }).first(),
    toast: (text) => app.page.getByRole('status').getByText(text).first(),
    async closeSheets() {
      for (let left = 5; left > 0 && (await seen.dialog().count()) > 0; left--)
        await app.page.keyboard.press('Escape')
      await seen.dialog().first().waitFor({ state: 'detached' })
    },
    async select(name) {
      const row = seen.row(name).first()
      await row.waitFor()
      const isSelected = async (): Promise<boolean> => (await row.getAttribute('aria-selected')) === 'true'
      // At least one key, so that the focus is in the list whatever was selected before.
      for (let step = 0; step < 2 * mostSteps && (step === 0 || !(await isSelected())); step++)
        await app.page.keyboard.press(step < mostSteps ? 'j' : 'k')
      if (!(await isSelected())) throw new Error(`j and k do not lead to ${name}`)
    },
    async pick(title, text) {
      const field = seen.sheet(title).getByRole('combobox')
      await field.waitFor()
      await app.page.keyboard.type(text)
      await seen.option('').waitFor()
      await app.page.keyboard.press('Enter')
      await field.waitFor({ state: 'detached' })
    },
    alert: () => app.page.getByRole('alert'),
    // A way to sign in may be called as the field it asks for.
    field: (word) =>
      seen.dialog().getByLabel(say(word), { exact: true }).and(app.page.locator('input:not([type=radio])')),
    button,
    async ownServer(provider = 'chatwoot') {
      const place = seen.dialog().getByRole('button', { name: say(`signIn.${provider}.own`) })
      const address = seen.field(`signIn.${provider}.url`)
      await place.or(address).waitFor()
      if (await place.isVisible()) await place.click()
      await address.waitFor()
    },
    async signIn(given) {
      const dialog = seen.dialog()
      if (!(await dialog.isVisible()))
        await app.page
          .getByRole('button', { name: say('account.add') })
          .first()
          .click()
      const { provider = 'chatwoot' } = given
      await seen.ownServer(provider)
      await seen.field(`signIn.${provider}.url`).fill(given.url)
      await seen.field(secretOf[provider]).fill(given.token)
      await dialog.getByRole('button', { name: say('signIn.next') }).click()
    },
    async addAccounts(given) {
      await seen.signIn(given)
      await seen.dialog().getByText(say('signIn.which')).waitFor()
      const boxes = await seen.dialog().getByRole('checkbox').all()
      for (const box of boxes)
        await box.setChecked(given.names === undefined || (await isNamed(box, given.names)))
      const count = given.names?.length ?? boxes.length
      await seen
        .dialog()
        .getByRole('button', { name: say('signIn.add', { count }) })
        .click()
      await seen.dialog().waitFor({ state: 'detached' })
    },
  }
  return seen
}

export interface AppWindow {
  row(text: string): Locator
  rows(): Locator
  thread(name: string): Locator
  messages(): Locator
  message(text: string): Locator
  composer(name: string): Locator
  view(name: 'needsYou' | 'mine' | 'unassigned' | 'open' | 'pending' | 'snoozed' | 'done'): Locator
  find(): Locator
  dialog(): Locator
  /** A sheet or a list to pick from, by what stands above it. */
  sheet(title: string): Locator
  /** The first thing to pick that has these words. */
  option(text: string): Locator
  toast(text: string): Locator
  /** What a test before left open when it failed. */
  closeSheets(): Promise<void>
  /** By its keys, from wherever the list is. */
  select(name: string): Promise<void>
  /** By keys, from a list to pick from that is about to open: types, and takes what comes first. */
  pick(title: string, text: string): Promise<void>
  alert(): Locator
  button(name: string): Locator
  /** What is typed into, in a sheet. */
  field(word: WordKey): Locator
  /** From the list of places to the form for a server of one's own; already there, it stays. */
  ownServer(provider?: SpecProvider): Promise<void>
  /** Fills in the form and sends it; what comes of it is for the spec to see. */
  signIn(given: SignInGiven): Promise<void>
  /** Signs in and ticks these accounts, or all of them. */
  addAccounts(given: SignInGiven & { names?: readonly string[] }): Promise<void>
}

/** Whose form a spec fills in; what asks for the secret has its own word in each. */
export type SpecProvider = keyof typeof secretOf
const secretOf = {
  chatwoot: 'signIn.chatwoot.token',
  wapikit: 'signIn.wapikit.key',
  aelyst: 'signIn.aelyst.token',
} as const

interface SignInGiven {
  readonly url: string
  readonly token: string
  /** Chatwoot, unless said otherwise. */
  readonly provider?: SpecProvider
}

/** More rows than any of the worlds has in one list. */
const mostSteps = 40

async function isNamed(box: Locator, names: readonly string[]): Promise<boolean> {
  const label = await box.locator('xpath=ancestor::label').innerText()
  return names.some((name) => label.includes(name))
}
