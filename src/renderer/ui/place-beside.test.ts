import { describe, expect, it } from 'vitest'
import { placeBeside } from './place-beside.ts'

const frame = { width: 1000, height: 800 }
const box = (left: number, top: number) => ({ left, right: left + 32, top, bottom: top + 32 })

describe('a list beside what opened it', () => {
  it('starts where that starts, below it', () => {
    const place = placeBeside(box(100, 50), 300, frame, 'ltr')
    expect(place).toMatchObject({ inlineStart: 100, block: { from: 'start', px: 86 } })
  })

  it('ends where that ends when it would stick out of the window', () => {
    expect(placeBeside(box(900, 50), 300, frame, 'ltr').inlineStart).toBe(632)
  })

  it('never leaves the window, however narrow that is', () => {
    expect(placeBeside(box(300, 50), 400, { width: 420, height: 800 }, 'ltr').inlineStart).toBe(8)
  })

  it('counts from the other side where reading goes from right to left', () => {
    expect(placeBeside(box(900, 50), 300, frame, 'rtl').inlineStart).toBe(68)
  })

  it('stands above when there is more room, and grows upwards', () => {
    expect(placeBeside(box(100, 700), 300, frame, 'ltr').block).toEqual({ from: 'end', px: 104 })
  })

  it('stays below when above is no better', () => {
    expect(placeBeside(box(100, 20), 300, { width: 640, height: 250 }, 'ltr').block.from).toBe('start')
  })
})
