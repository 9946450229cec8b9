import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage } from '../support/stage.ts'

const on = stage()
const most = 2000

describe.each(shells)('two thousand conversations, on the %s shell', (shell) => {
  test('scroll from the newest to the oldest with only a screenful of rows in the page', async () => {
    const server = await on.server({ data: { conversations: most } })
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })
    await see.view('open').click()
    const list = app.page.getByRole('grid', { name: say('list.label') })
    await list.waitFor()
    const expected = openAt(server)
    expect(expected).toBeGreaterThan(1000)
    await soon(async () => Number(await list.getAttribute('aria-rowcount'))).toBe(expected)

    let mostRows = 0
    let lastSeen = 0
    await soon(async () => {
      const seen = await list.evaluate(scrollOn)
      mostRows = Math.max(mostRows, seen.rows)
      lastSeen = Math.max(lastSeen, seen.last)
      return lastSeen
    }, 60_000).toBe(expected)
    expect(mostRows).toBeGreaterThan(5)
    expect(mostRows).toBeLessThan(60)
    expect(await app.page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(4000)

    await list.evaluate((element) => {
      element.scrollTop = 0
    })
    await soon(() => list.getByRole('row').first().getAttribute('aria-rowindex')).toBe('1')
    await app.page.keyboard.press('j')
    await app.page.keyboard.press('Enter')
    await see.messages().waitFor()
    // Its first load alone takes a slow machine half a minute.
  }, 120_000)
})

function openAt(server: {
  scenario: { look(where: { conversation: number }): { conversation: object } }
}): number {
  let open = 0
  for (let conversation = 1; conversation <= most; conversation++) {
    const found = server.scenario.look({ conversation }).conversation
    if ('status' in found && found.status === 'open') open += 1
  }
  return open
}

/** Runs in the page: how many rows there are and which is the last, and a screenful further down. */
function scrollOn(list: HTMLElement | SVGElement): { rows: number; last: number } {
  const rows = [...list.querySelectorAll('[role="row"]')]
  const last = Math.max(0, ...rows.map((each) => Number(each.getAttribute('aria-rowindex'))))
  list.scrollTop += list.clientHeight
  return { rows: rows.length, last }
}
