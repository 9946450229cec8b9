import * as z from 'zod'
import { bridgeOver, type Wire } from '../../shared/contract/bridge.ts'
import type { Result } from '../../shared/contract/failure.ts'
import { say } from '../../shared/words/words.ts'
import type { Environment } from './data-folder.ts'
import { StartFault } from './start-fault.ts'

/** Who the demo signs in as: what an agent would type, given by `npm run demo` in TUNTAS_DEMO. */
export type Demo = z.infer<typeof demoShape>

/** The demo this start is, or null for an ordinary one. Throws StartFault where it cannot be read. */
export function demoOf(environment: Environment): Demo | null {
  const text = environment['TUNTAS_DEMO']
  if (text === undefined || text === '') return null
  try {
    return demoShape.parse(JSON.parse(text))
  } catch {
    throw new StartFault('shell.badDemo')
  }
}

/** Signs in by the ordinary commands, with every account the sign-in carries, for this session only. */
export async function signInDemo(wire: Wire, demo: Demo): Promise<void> {
  const bridge = bridgeOver(wire)
  const found = valueOf(await bridge.call('accounts.probe', { ...demo, probeId: null }))
  if (found.kind === 'asks') throw new StartFault('shell.badDemo')
  const { probeId, choices } = found
  const keys = choices.filter((choice) => !choice.isSuspended && !choice.isAdded).map((choice) => choice.key)
  if (keys.length > 0) valueOf(await bridge.call('accounts.add', { probeId, keys, keepIn: 'session' }))
}

const demoShape = z.strictObject({
  provider: z.string(),
  method: z.string(),
  fields: z.record(z.string(), z.string()),
})

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  const { code, facts } = result.failure
  throw new StartFault('shell.demoFailed', { reason: say(`failure.${code}`, facts) })
}
