/**
 * The server runs what an agent writes through the Liquid template language, so `{{name}}` would reach the customer
 * as something else or as nothing; only what stands in backticks is left alone (docs/providers/chatwoot.md §1.5).
 * Puts those around each such part that has none: it arrives as written, set as code.
 */
export function shieldLiquid(text: string): string {
  return text.replace(/`[^`]*`|`[^`]*$|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (part) => {
    if (!part.startsWith('`')) return `\`${part}\``
    // The server pairs backticks in order: one that has no partner would take one of ours, so it gets its own.
    const isOpen = part.length === 1 || !part.endsWith('`')
    return isOpen && /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/.test(part) ? `${part}\`` : part
  })
}
