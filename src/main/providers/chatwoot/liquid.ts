/**
 * The server runs what an agent writes through the Liquid template language, so `{{name}}` would reach the customer
 * as something else or as nothing; only what stands in backticks is left alone (docs/providers/chatwoot.md §1.5).
 * Puts those around each such part that has none: it arrives as written, set as code.
 */
export function shieldLiquid(text: string): string {
  // The server pairs backticks in order, so every other part is in code already, the last perhaps without an end.
  const parts = text.split('`')
  return parts
    .map((part, index) => (index % 2 === 1 ? ended(parts, index) : shielded(parts, index)))
    .join('`')
}

function shielded(parts: readonly string[], index: number): string {
  const rest = parts.slice(index + 1).join('')
  const isClosedLater = rest.includes('}}') || rest.includes('%}')
  const pattern = isClosedLater
    ? /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{\{|\{%/g
    : /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g
  return (parts[index] ?? '').replace(pattern, '`$&`')
}

/** A last backtick without a partner gets one where templates follow it: a pair put there would be torn apart. */
function ended(parts: readonly string[], index: number): string {
  const part = parts[index] ?? ''
  const isOpen = index === parts.length - 1
  return isOpen && /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/.test(part) ? `${part}\`` : part
}
