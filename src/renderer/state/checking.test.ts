import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { aRow } from '../../../tests/renderer/rows.ts'
import { checkAllHeld, checkThrough, extendChecked, toggleChecked } from './checking.ts'
import type { Desk } from './desk.ts'
import { withFirstPage } from './list-window.ts'
import { createMirror } from './mirror.ts'
import type { View } from './view.ts'

describe('ticking conversations', () => {
  it('goes on and off', () => {
    const { desk, checked } = deskOf('a', 'b')
    toggleChecked(desk, 'a')
    toggleChecked(desk, 'b')
    toggleChecked(desk, 'a')
    expect(checked()).toEqual(['b'])
  })

  it('takes everything between the one ticked last and this one, either way', () => {
    const { desk, checked } = deskOf('a', 'b', 'c', 'd')
    toggleChecked(desk, 'c')
    checkThrough(desk, 'a')
    expect(checked()).toEqual(['a', 'b', 'c'])
    checkThrough(desk, 'd')
    expect(checked()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('extends row by row, and going back takes them off again', () => {
    const { desk, checked } = deskOf('a', 'b', 'c', 'd')
    desk.view.setState({ selectedId: 'b' })
    extendChecked(desk, 1)
    extendChecked(desk, 1)
    expect(checked()).toEqual(['b', 'c', 'd'])
    extendChecked(desk, -1)
    expect(checked()).toEqual(['b', 'c'])
  })

  it('ticks all that is held', () => {
    const { desk, checked } = deskOf('a', 'b', 'c')
    checkAllHeld(desk)
    expect(checked()).toEqual(['a', 'b', 'c'])
  })
})

function deskOf(...ids: string[]): { desk: Desk; checked: () => string[] } {
  const mirror = createMirror()
  const rows = ids.map((id, index) => aRow({ id, needsYou: true, lastActivityAt: 100 - index }))
  mirror.setState(({ list }) => ({ list: withFirstPage(list, { revision: 1, rows, next: null }) }))
  const first = { checked: new Set<string>(), checkedFrom: null, selectedId: null, focusAsk: null }
  const view = createStore<Partial<View>>(() => first)
  const desk = { mirror, view } as unknown as Desk
  return { desk, checked: () => [...desk.view.getState().checked].sort() }
}
