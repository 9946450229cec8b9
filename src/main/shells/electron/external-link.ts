/** The address a link may be opened at outside the app, or null. Parsed, never matched as text. */
export function externalLink(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol === 'mailto:') return url.href
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  // A name before the host is how an address pretends to be another one.
  return isWeb && url.username === '' && url.password === '' ? url.href : null
}

/** A name for a download that stays in its folder and starts nothing by being there. */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    // Control and bidirectional characters: "cod.exe" can be shown as "exe.doc".
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const base = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain
  return shortened(base === '' ? 'attachment' : base)
}

function shortened(name: string): string {
  if (name.length <= longest) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  return name.slice(0, longest - ending.length) + ending
}

const longest = 120
