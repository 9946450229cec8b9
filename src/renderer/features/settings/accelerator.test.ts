import { expect, it } from 'vitest'
import { acceleratorOf, acceleratorParts } from './accelerator.ts'

const press = { code: 'KeyT', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

it.each([
  [{ ...press, ctrlKey: true, shiftKey: true }, 'Control+Shift+T'],
  [{ ...press, metaKey: true, code: 'Digit1' }, 'Super+1'],
  [{ ...press, altKey: true, code: 'Space' }, 'Alt+Space'],
  [{ ...press, altKey: true, code: 'ArrowUp' }, 'Alt+Up'],
])('writes %j as Electron does', (pressed, accelerator) => {
  expect(acceleratorOf(pressed)).toBe(accelerator)
})

it.each([press, { ...press, shiftKey: true }, { ...press, ctrlKey: true, code: 'ControlLeft' }])(
  'takes no key that would be missed while typing: %j',
  (pressed) => expect(acceleratorOf(pressed)).toBeNull(),
)

it('shows the parts apart', () => {
  expect(acceleratorParts('Control+Shift+T')).toEqual(['Ctrl', 'Shift', 'T'])
})
