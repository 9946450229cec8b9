import type { Locator } from 'playwright-core'
import { say } from '../../src/shared/words/words.ts'
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
    alert: () => app.page.getByRole('alert'),
    button,
    async signIn(given) {
      const dialog = seen.dialog()
      if (!(await dialog.isVisible()))
        await app.page
          .getByRole('button', { name: say('account.add') })
          .first()
          .click()
      await dialog.getByLabel(say('signIn.chatwoot.url'), { exact: true }).fill(given.url)
      await dialog.getByLabel(say('signIn.chatwoot.token'), { exact: true }).fill(given.token)
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
  alert(): Locator
  button(name: string): Locator
  /** Fills in the form and sends it; what comes of it is for the spec to see. */
  signIn(given: { url: string; token: string }): Promise<void>
  /** Signs in and ticks these accounts, or all of them. */
  addAccounts(given: { url: string; token: string; names?: readonly string[] }): Promise<void>
}

async function isNamed(box: Locator, names: readonly string[]): Promise<boolean> {
  const label = await box.locator('xpath=ancestor::label').innerText()
  return names.some((name) => label.includes(name))
}
