/**
 * Chatwoot runs outgoing text through Liquid (docs/providers/chatwoot.md §1.5): `{{contact.name}}` is filled in, what
 * is not known becomes nothing, what stands in backticks stays, and text that is no valid template goes out as it is.
 */
export function renderLiquid(text: string, values: Readonly<Record<string, string>>): string {
  if (hasOpenTag(text)) return text
  return text
    .split(/(```[\s\S]*?```|`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : fill(part, values)))
    .join('')
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{-?\s*([^}]*?)\s*-?\}\}/g, (_whole, expression: string) => {
    const name = expression.split('|')[0]?.trim() ?? ''
    return values[name] ?? ''
  })
}

function hasOpenTag(text: string): boolean {
  const outside = text.replace(/```[\s\S]*?```|`[^`]*`/g, '').replace(/\{\{[^{}]*\}\}/g, '')
  return outside.includes('{{')
}
