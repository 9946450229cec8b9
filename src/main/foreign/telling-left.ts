import { ProviderFailure } from '../providers/provider.ts'

/**
 * Waits for one step of several, and lets its failure say what became of all: after a write was taken, whatever goes
 * wrong may have been done; a question asked by POST never does anything.
 */
export async function tellingLeft<T>(mayHaveLeft: boolean, step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    throw new ProviderFailure({ ...error, facts: { ...error.facts }, mayHaveLeft })
  }
}
