import { VaultFault } from '../../src/main/ports/vault.ts'
import { keychainVault, loadKeytar } from '../../src/main/shells/keychain-vault.ts'
import { systemClock } from '../../src/main/shells/system-clock.ts'

/** Runs vault calls given as arguments ("put key secret") in a process of its own and prints what came of each. */
const vault = keychainVault(loadKeytar, systemClock)
const outcomes: (string | null)[] = []
for (const step of process.argv.slice(2)) outcomes.push(await outcomeOf(step))
process.stdout.write(JSON.stringify(outcomes))

async function outcomeOf(step: string): Promise<string | null> {
  const [verb, key = '', secret = ''] = step.split(' ')
  try {
    if (verb === 'check') return (await vault.check())?.why ?? null
    if (verb === 'get') return await vault.get(key)
    if (verb === 'put') await vault.put(key, secret)
    else await vault.remove(key)
    return 'done'
  } catch (error) {
    return error instanceof VaultFault ? error.why : String(error)
  }
}
