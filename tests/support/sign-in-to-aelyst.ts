import { say } from '../../src/shared/words/words.ts'
import type { Actors } from './stage.ts'

/** Signs in to an Aelyst, or a respond.io, by an address of its own: its token, and which of its users the agent is. */
export async function signInToAelyst(
  { see }: Pick<Actors, 'see'>,
  given: { readonly url: string; readonly token: string; readonly user: string },
): Promise<void> {
  await see.signIn({ ...given, provider: 'aelyst' })
  const dialog = see.dialog()
  const who = dialog.getByRole('combobox')
  await who.waitFor()
  await who.selectOption({ label: given.user })
  await dialog.getByRole('button', { name: say('signIn.next') }).click()
  await dialog.getByText(say('signIn.which')).waitFor()
  await dialog.getByRole('button', { name: say('signIn.add', { count: 1 }) }).click()
  await dialog.waitFor({ state: 'detached' })
}
