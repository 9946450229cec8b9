import { describe, expect, it } from 'vitest'
import { canEverything } from '../../../../tests/renderer/canned-world.ts'
import { aRow } from '../../../../tests/renderer/rows.ts'
import type { AccountRow } from '../../../shared/contract/contract.ts'
import { createMirror } from '../../state/mirror.ts'
import type { Desk } from '../../state/desk.ts'
import { withFirstPage } from '../../state/list-window.ts'
import { commandFor, type KeyPress } from './key-match.ts'
import { keyName } from './key-name.ts'
import { commands } from './registry.ts'

describe('keys', () => {
  it('belong to one command each', () => {
    const keys = commands.flatMap((command) => command.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each([
    ['j', 'next'],
    ['ArrowUp', 'previous'],
    ['e', 'resolve'],
    ['E', 'resolve'],
    ['u', 'unread'],
    ['r', 'reply'],
    ['/', 'find'],
    ['?', 'help'],
    ['4', 'view.open'],
  ])('%s means %s', (key, id) => {
    expect(commandFor(press(key), { desk: desk(), focused: element('[role="grid"]') })?.id).toBe(id)
  })

  it.each([
    ['E', 'pend'],
    ['ArrowDown', 'tickDown'],
    ['K', 'tickUp'],
    ['?', 'help'],
  ])('Shift and %s mean %s', (key, id) => {
    const at = { desk: desk(), focused: element('[role="grid"]') }
    expect(commandFor({ ...press(key), shiftKey: true }, at)?.id).toBe(id)
  })

  it('act on everything that is ticked, and only where all of it allows it', () => {
    expect(commandFor(press('m'), { desk: desk(), focused: null })?.id).toBe('macro')
    const at = { desk: desk({}, ['acme:1', 'acme:2']), focused: null }
    expect(commandFor(press('z'), at)?.id).toBe('snooze')
    expect(commandFor(press('m'), at)).toBeNull()
    expect(
      commandFor(press('z'), { desk: desk({ snooze: false }, ['acme:1', 'acme:2']), focused: null }),
    ).toBeNull()
  })

  it('are letters while somebody types, but for the ones that lead out', () => {
    const at = { desk: desk(), focused: element('input, textarea') }
    expect(commandFor(press('e'), at)).toBeNull()
    expect(commandFor(press('?'), at)).toBeNull()
    expect(commandFor(press('Escape'), at)?.id).toBe('back')
  })

  it('are not stolen from the system, nor from a word being composed', () => {
    const at = { desk: desk(), focused: null }
    expect(commandFor({ ...press('r'), ctrlKey: true }, at)).toBeNull()
    expect(commandFor({ ...press('e'), altKey: true }, at)).toBeNull()
    expect(commandFor({ ...press('e'), isComposing: true }, at)).toBeNull()
  })

  it('are found by their place on a keyboard of another script', () => {
    const at = { desk: desk(), focused: null }
    expect(commandFor({ ...press('о'), code: 'KeyJ' }, at)?.id).toBe('next')
  })

  it('leave the arrows to a thread that has the focus', () => {
    const at = { desk: desk(), focused: element('[data-pane="thread"]') }
    expect(commandFor(press('ArrowDown'), at)).toBeNull()
    expect(commandFor(press('j'), at)?.id).toBe('next')
  })

  it('do nothing an account cannot', () => {
    const at = { desk: desk({ resolve: false }), focused: null }
    expect(commandFor(press('e'), at)).toBeNull()
  })

  it('are named as they are printed', () => {
    expect(keyName('Mod+Enter', true)).toBe('⌘↵')
    expect(keyName('Mod+Enter', false)).toBe('Ctrl ↵')
    expect(keyName('j')).toBe('J')
  })
})

function press(key: string): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false }
}

/** As much of an element as the keys look at. */
function element(selector: string): Element {
  const isIt = (asked: string): boolean =>
    asked.split(', ').some((each) => selector.includes(each.replace(/:not\(.*/, '')))
  return { matches: isIt, closest: (asked: string) => (isIt(asked) ? {} : null) } as unknown as Element
}

function desk(can: Partial<AccountRow['can']> = {}, checked: readonly string[] = []): Desk {
  const rows = [aRow({ id: 'acme:1' }), aRow({ id: 'acme:2' })]
  const mirror = createMirror()
  mirror.setState((state) => ({
    list: withFirstPage(
      { ...state.list, query: { ...state.list.query, view: 'open' } },
      { revision: 1, rows, next: null },
    ),
    desk: { accounts: [{ id: 'acme', can: { ...canEverything, ...can } }] } as unknown as NonNullable<
      typeof state.desk
    >,
  }))
  const { query } = mirror.getState().list
  const view = { selectedId: 'acme:1', openId: null, query, checked: new Set(checked) }
  return { mirror, view: { getState: () => view } } as unknown as Desk
}
