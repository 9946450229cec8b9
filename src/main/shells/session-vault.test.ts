import { expect, test } from 'vitest'
import { sessionVault } from './session-vault.ts'

test('it keeps secrets for this process, forgets them when asked, and shares them with no other vault', async () => {
  const vault = sessionVault()
  expect(await vault.check()).toBeNull()
  await vault.put('a', 'secret')
  expect(await vault.get('a')).toBe('secret')
  expect(await sessionVault().get('a')).toBeNull()
  await vault.remove('a')
  expect(await vault.get('a')).toBeNull()
})
