const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const names: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Enter: '↵',
  Escape: 'Esc',
}

/** A key as it is printed on this platform's keyboard. */
export function keyName(key: string, onMac: boolean = isMac): string {
  if (key.startsWith('Mod+')) {
    const rest = keyName(key.slice('Mod+'.length), onMac)
    return onMac ? `⌘${rest}` : `Ctrl ${rest}`
  }
  if (key.startsWith('Shift+')) return `⇧${keyName(key.slice('Shift+'.length), onMac)}`
  return names[key] ?? key.toUpperCase()
}
