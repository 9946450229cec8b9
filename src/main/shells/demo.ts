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

/** Signs in to each by the ordinary commands, with every account the sign-in carries, for this session only. */
export async function signInDemo(wire: Wire, demo: Demo): Promise<void> {
  const bridge = bridgeOver(wire)
  for (const { next, ...first } of demo) {
    let found = valueOf(await bridge.call('accounts.probe', { ...first, probeId: null }))
    if (found.kind === 'asks' && next !== undefined) {
      const again = { ...first, fields: next, probeId: found.probeId }
      found = valueOf(await bridge.call('accounts.probe', again))
    }
    if (found.kind === 'asks') throw new StartFault('shell.badDemo')
    const { probeId, choices } = found
    const keys = choices
      .filter((choice) => !choice.isSuspended && !choice.isAdded)
      .map((choice) => choice.key)
    if (keys.length > 0) valueOf(await bridge.call('accounts.add', { probeId, keys, keepIn: 'session' }))
  }
}

const fields = z.record(z.string(), z.string())

const demoShape = z
  .array(
    z.strictObject({
      provider: z.string(),
      method: z.string(),
      fields,
      /** What a second step is answered with. */
      next: fields.optional(),
    }),
  )
  .min(1)

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  const { code, facts } = result.failure
  throw new StartFault('shell.demoFailed', { reason: say(`failure.${code}`, facts) })
}
