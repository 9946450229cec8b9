import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Nothing sticks out and axe has nothing to say, in every size, light and dark, in both directions. */
export async function lookEveryWay(page: Page): Promise<void> {
  for (const { name, width, height, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height })
    for (const dir of ['rtl', 'ltr']) {
      await page.evaluate((given) => document.documentElement.setAttribute('dir', given), dir)
      // What hangs on a row moves along once the row is drawn in its new place.
      await expect.poll(() => tooWide(page), { message: `${name}, ${dir}`, timeout: 5000 }).toEqual([])
    }
    expect(await axe(page), name).toEqual([])
  }
}

/** Sizes a window really has: wide, two panes, a phone's width, and what 200 % zoom leaves of a laptop. */
const looks = [
  { name: 'wide and light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'wide and dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'two panes', width: 900, height: 700, colorScheme: 'light' },
  { name: '360 px', width: 360, height: 740, colorScheme: 'dark' },
  { name: '200 %', width: 640, height: 400, colorScheme: 'light' },
] as const

/** What sticks out of the window sideways, or pushed the panes from their place. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const frame = document.querySelector('.panes, .welcome')?.getBoundingClientRect()
    if (frame !== undefined && Math.round(frame.bottom) !== innerHeight)
      return [`the panes end at ${frame.bottom}`]
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect()
        const isShown = own > 1 && getComputedStyle(element).visibility !== 'hidden'
        // What is cut off with an ellipsis is longer than it looks.
        const isExempt = element.closest('.mail, .unseen, pre, .cut > *') !== null
        return isShown && (right > width + 1 || left < -1) && !isExempt
      })
      .map((element) => element.className.toString())
      .slice(0, 5)
  })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { axe: runner } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
    }
    const { violations } = await runner.run()
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
  })
}
