import type { DirectoryRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'

/** Built-in folders have our words, the agent's own have theirs. */
export function folderName({
  builtIn,
  name,
}: Pick<DirectoryRow['folders'][number], 'builtIn' | 'name'>): string {
  return builtIn === null ? name : say(`folder.${builtIn}`)
}
