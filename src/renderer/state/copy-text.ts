import { say } from '../../shared/words/words.ts'
import { toast } from './acts.ts'
import type { Desk } from './desk.ts'

/** Puts words into the clipboard and says so, or that it was not possible. */
export async function copyText(desk: Desk, text: string): Promise<void> {
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
  if (isCopied) toast(desk, { title: say('copy.done') })
  else toast(desk, { tone: 'trouble', title: say('copy.failed') })
}
