import type { Command, Where } from './command.ts'
import { commands } from './registry.ts'

/** The command a key press means right now, or null: while typing only those that say so, and never into a dialog. */
export function commandFor(press: KeyPress, at: Where): Command | null {
  if (press.isComposing || press.altKey) return null
  const isTyping = isTypingInto(at.focused)
  const isInThread = at.focused !== null && at.focused.closest('[data-pane="thread"]') !== null
  for (const command of commands) {
    if (isTyping && command.whileTyping !== true) continue
    if (!command.keys.some((key) => isPressed(key, press))) continue
    if (isInThread && press.key.startsWith('Arrow')) continue
    if (command.when(at)) return command
  }
  return null
}

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>

function isPressed(key: string, press: KeyPress): boolean {
  const wantsMod = key.startsWith('Mod+')
  if (wantsMod !== (press.ctrlKey || press.metaKey)) return false
  const shifted = wantsMod ? key.slice('Mod+'.length) : key
  const wantsShift = shifted.startsWith('Shift+')
  const wanted = wantsShift ? shifted.slice('Shift+'.length) : shifted
  // Signs and digits stand behind Shift on one keyboard and not on another; for letters and named keys it is a choice.
  if (/^([a-z]|\w{2,})$/i.test(wanted) && wantsShift !== press.shiftKey) return false
  return press.key.toLowerCase() === wanted.toLowerCase() || isSamePlace(wanted, press)
}

/** On a keyboard of another script the letter is told by where it stands. */
function isSamePlace(wanted: string, press: KeyPress): boolean {
  const isForeign = press.key.length === 1 && press.key > '\u007f'
  return isForeign && /^[a-z]$/.test(wanted) && press.code === `Key${wanted.toUpperCase()}`
}

function isTypingInto(focused: Element | null): boolean {
  if (focused === null) return false
  return focused.matches(
    'input:not([type="checkbox"]):not([type="button"]), textarea, select, [contenteditable="true"]',
  )
}
