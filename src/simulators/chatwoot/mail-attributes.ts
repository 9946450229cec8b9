import { TurnedDown, refusals } from './answers.ts'
import type { Writing } from './conversation-route.ts'
import { inboxOf, type MessageType } from './world.ts'

/**
 * What a message of an e-mail inbox carries besides its text: the addresses beside the customer's, and the letter made
 * of it. Any other inbox ignores addresses (docs/providers/chatwoot.md §1.5).
 */
export function mailAttributes(
  { account, conversation, world, params }: Writing,
  type: MessageType,
  content: string | null,
  isPrivate: boolean,
): Record<string, unknown> {
  if (inboxOf(account, conversation).channelType !== 'Channel::Email') return {}
  // The letter is made only where `private` is untrue to Ruby, and to Ruby the text "false" is true.
  const isLetter = type === 'outgoing' && !isPrivate && params['private'] !== 'false'
  const isOlder = !world.installation.keepsUnknownContentAttributes
  return {
    cc_emails: addresses(params['cc_emails']),
    bcc_emails: addresses(params['bcc_emails']),
    to_emails: addresses(params['to_emails']),
    ...(isLetter && !isOlder && content !== null && content.trim() !== ''
      ? { email: letterOf(content, params['email_html_content']) }
      : {}),
  }
}

function letterOf(content: string, ownHtml: unknown): object {
  const html = typeof ownHtml === 'string' && ownHtml !== '' ? ownHtml : paragraphs(content)
  return { html_content: { full: html, reply: html }, text_content: { full: content, reply: content } }
}

function paragraphs(content: string): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return safe
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('\n')
}

/** Commas between them, spaces anywhere; one that is no address refuses the whole message. */
function addresses(given: unknown): string[] {
  const list = typeof given === 'string' ? given.replaceAll(/\s+/g, '').split(',') : []
  const present = list.filter((address) => address !== '')
  if (present.every((address) => /^[^@\s,]+@[^@\s,]+\.[^@\s,.]+$/.test(address))) return present
  throw new TurnedDown(refusals.unprocessable('Invalid email address'))
}
