import type { ConversationRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'

/** The newest words of a conversation in one line, saying whose they are unless they are the customer's. */
export function previewText(row: Pick<ConversationRow, 'preview' | 'subject'>): string {
  const { preview, subject } = row
  if (preview === null) return subject ?? say('preview.none')
  const text = withoutMarks(preview.text).replace(/\s+/g, ' ').trim()
  const said = text === '' ? say('preview.attachment') : text
  if (preview.isNote) return say('preview.note', { text: said })
  switch (preview.side) {
    case 'them':
    case 'system':
      return said
    case 'me':
      return say('preview.you', { text: said })
    case 'bot':
    case 'colleague':
      return preview.author === null
        ? said
        : say('preview.other', { name: firstName(preview.author), text: said })
  }
}

/** Agents write Markdown; in one line its marks are noise. What stands between them stays. */
function withoutMarks(text: string): string {
  return text.replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, '$1').replace(/(\*\*|__|~~|`)(?=\S)([^\n]*?\S)\1/g, '$2')
}

function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name
}
