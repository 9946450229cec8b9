import type { MessageRow } from '../../../shared/contract/contract.ts'

/** E-mail addresses as somebody types them, one after another; `bad` is the first that is none. */
export function readAddresses(typed: string): { readonly addresses: string[]; readonly bad: string | null } {
  const parts = typed
    .split(/[,;\n]+/)
    .map((part) => bare(part))
    .filter((part) => part !== '')
  const addresses = [...new Set(parts)]
  return { addresses, bad: addresses.find((each) => !isAddress(each)) ?? null }
}

/** Good enough to catch slips; whether it exists only its server knows. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]+\.[^\s@.]{2,63}$/u.test(text) && text.length <= 320
}

/**
 * Who else reads along, from the newest mail of theirs that says so: everybody it was copied to, without ourselves and
 * without the customer, who gets the answer anyway.
 */
export function copiesOf(
  messages: readonly Pick<MessageRow, 'side' | 'mail'>[],
  own: readonly string[],
): string {
  const mail = messages.findLast((each) => each.side === 'them' && each.mail !== null)?.mail
  if (mail === undefined || mail === null) return ''
  const ours = messages.filter((each) => each.side !== 'them').flatMap((each) => each.mail?.from ?? [])
  const left = new Set([...own, ...ours, ...mail.from].map((each) => bare(each).toLowerCase()))
  const copied = mail.cc.map((each) => bare(each)).filter((each) => !left.has(each.toLowerCase()))
  return [...new Set(copied)].join(', ')
}

/** `Ari <ari@example.com>` is ari@example.com. */
function bare(part: string): string {
  return (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim()
}
