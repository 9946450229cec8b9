/** A pressed key as Electron writes it (`Control+Shift+T`); null unless it is a real key with a modifier that types nothing. */
export function acceleratorOf(press: AcceleratorPress): string | null {
  const key = keyOf(press.code)
  if (key === null || !(press.ctrlKey || press.metaKey || press.altKey)) return null
  const parts = [
    press.ctrlKey && 'Control',
    press.metaKey && 'Super',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
    key,
  ]
  return parts.filter((part) => part !== false).join('+')
}

/** The parts of an accelerator for showing. */
export function acceleratorParts(accelerator: string): readonly string[] {
  return accelerator.split('+').map((part) => shown[part] ?? part)
}

export type AcceleratorPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const shown: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  CommandOrControl: 'Ctrl / ⌘',
  CmdOrCtrl: 'Ctrl / ⌘',
  Command: '⌘',
}

function keyOf(code: string): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1]
  if (letter !== undefined) return letter
  if (/^F([1-9]|1\d|2[0-4])$/.test(code)) return code
  const named = ['Space', 'Home', 'End', 'PageUp', 'PageDown', 'Insert']
  if (named.includes(code)) return code
  const arrow = /^Arrow(Up|Down|Left|Right)$/.exec(code)?.[1]
  return arrow ?? null
}
