import { say, type WordKey } from '../../src/shared/words/words.ts'
import type { Actors } from './stage.ts'

/** Signs in to an Aelyst, or a respond.io, by an address of its own: its token, and which of its users the agent is. */
export async function signInToAelyst(
  { app, see }: Actors,
  given: { readonly url: string; readonly token: string; readonly user: string },
): Promise<void> {
  const dialog = see.dialog()
  const button = (word: WordKey) => dialog.getByRole('button', { name: say(word) })
  if (!(await dialog.isVisible()))
    await app.page
      .getByRole('button', { name: say('account.add') })
      .first()
      .click()
  await button('signIn.aelyst.own').click()
  await see.field('signIn.aelyst.url').fill(given.url)
  await see.field('signIn.aelyst.token').fill(given.token)
  await button('signIn.next').click()
  const who = dialog.getByRole('combobox')
  await who.waitFor()
  await who.selectOption({ label: given.user })
  await button('signIn.next').click()
  await dialog.getByText(say('signIn.which')).waitFor()
  await dialog.getByRole('button', { name: say('signIn.add', { count: 1 }) }).click()
  await dialog.waitFor({ state: 'detached' })
}
