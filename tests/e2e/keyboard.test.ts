import { describe, expect, test } from 'vitest'
import { say } from '../../src/shared/words/words.ts'
import { shells } from '../support/run-app.ts'
import { soon, stage, statusOf, type Actors } from '../support/stage.ts'

const on = stage()

describe.each(shells)('without a mouse, on the %s shell', (shell) => {
  test('an agent moves, reads, answers, settles and asks for the keys', async () => {
    const server = await on.server()
    const actors = await on.app({ shell })
    const { app, see } = actors
    await see.addAccounts({ url: server.url, token: server.token, names: ['Lantern Lamps'] })
    await see.row('Ines Duarte').waitFor()
    const press = (key: string) => app.page.keyboard.press(key)

    await press('j')
    await selects(actors, 'Ines Duarte')
    await press('j')
    await selects(actors, 'Tomas Okoro')
    await press('k')
    await selects(actors, 'Ines Duarte')
    await press('ArrowDown')
    await selects(actors, 'Tomas Okoro')
    await press('ArrowUp')
    await selects(actors, 'Ines Duarte')

    await press('Enter')
    await see.message('Any news?').waitFor()
    await press('r')
    await soon(() => see.composer('Ines Duarte').evaluate((box) => box === document.activeElement)).toBe(true)
    await app.page.keyboard.type('je kr e? Yes, today.')
    expect(await see.composer('Ines Duarte').inputValue()).toBe('je kr e? Yes, today.')
    await press('Control+Enter')
    await see.message('je kr e? Yes, today.').waitFor()
    await soon(() => server.accepted.messages.length).toBe(1)

    await press('Escape')
    await soon(() => app.page.evaluate(() => document.activeElement?.tagName)).not.toBe('TEXTAREA')
    await press('e')
    await soon(() => statusOf(server, ines)).toBe('resolved')
    await press('Escape')
    await soon(() => see.rows().count()).toBe(1)
    await press('j')
    await selects(actors, 'Tomas Okoro')
    await press('u')
    await soon(() => see.view('needsYou').innerText()).not.toContain('1')
  })

  test('the keys are listed at a question mark, searched at a slash, and left at Escape', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })
    await see.row('Ines Duarte').waitFor()
    await app.page.keyboard.press('?')
    await see.dialog().getByText(say('command.resolve')).waitFor()
    await app.page.keyboard.press('Escape')
    await see.dialog().waitFor({ state: 'detached' })
    await app.page.keyboard.press('/')
    await app.page.keyboard.type('Mo Ab')
    await soon(() => see.rows().count()).toBe(1)
    await app.page.keyboard.press('Enter')
    await app.page.keyboard.press('j')
    await selects({ app, see }, 'Mo Abara')
    await app.page.keyboard.press('Escape')
    await soon(() => see.rows().count()).toBe(3)
  })

  test('an account is added from the first screen on with Tab, Space and Enter', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    // The panes that stand there until the accounts are known have a button of the same name.
    await app.page.getByRole('heading', { name: say('welcome.title') }).waitFor()
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.press('Enter')
    const own = see.dialog().getByRole('button', { name: say('signIn.chatwoot.own') })
    await own.waitFor()
    const isOn = () => own.evaluate((button) => button === document.activeElement)
    for (let step = 0; step < 5 && !(await isOn()); step++) await app.page.keyboard.press('Tab')
    await app.page.keyboard.press('Enter')
    await soon(() => app.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('url')
    await app.page.keyboard.type(server.url)
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.type(server.token)
    await app.page.keyboard.press('Enter')
    await see.dialog().getByText(say('signIn.which')).waitFor()
    await see
      .dialog()
      .getByRole('button', { name: say('signIn.add', { count: 2 }) })
      .focus()
    await app.page.keyboard.press('Enter')
    await see.row('Ines Duarte').waitFor()
  })

  test('Tab reaches everything that can be pressed, and the focus can be seen each time', async () => {
    const server = await on.server()
    const { app, see } = await on.app({ shell })
    await see.addAccounts({ url: server.url, token: server.token })
    await see.row('Ines Duarte').click()
    await see.message('Any news?').waitFor()
    const wanted = await app.page.evaluate(markReachable)
    expect(wanted.length).toBeGreaterThan(15)
    const reached = new Set<string>()
    for (let step = 0; step < wanted.length * 2 && reached.size < wanted.length; step++) {
      await app.page.keyboard.press('Tab')
      const focused = await app.page.evaluate(describeFocus)
      if (focused === null) continue
      reached.add(focused.mark)
      expect(focused.isSeen, `the focus on “${focused.name}” can be seen`).toBe(true)
    }
    expect(wanted.filter((each) => !reached.has(each.mark)).map((each) => each.name)).toEqual([])
  })
})

/** Her conversation's number at the server. */
const ines = 5

async function selects({ see }: Actors, name: string): Promise<void> {
  await soon(() => see.row(name).getAttribute('aria-selected')).toBe('true')
}

/** Runs in the page: everything a mouse could press or write into and that is meant to be reached, each with a mark. */
function markReachable(): { mark: string; name: string }[] {
  const all = [
    ...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select, [tabindex="0"]'),
  ]
  const shown = all.filter(
    (each) =>
      each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }) && !each.matches(':disabled'),
  )
  return shown.map((each, index) => {
    each.dataset['mark'] = String(index)
    return {
      mark: String(index),
      name: each.getAttribute('aria-label') ?? each.textContent.trim().slice(0, 40),
    }
  })
}

/** Runs in the page: what has the focus, and whether an outline or a ring shows it, there or on what surrounds it. */
function describeFocus(): { mark: string; name: string; isSeen: boolean } | null {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused.dataset['mark'] === undefined) return null
  const isRinged = (each: Element): boolean => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  let around: Element | null = focused
  // A list that holds the focus for its rows shows it on the row it points at.
  const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
  let isSeen = row !== null && [row, ...row.children].some(isRinged)
  for (let level = 0; level < 3 && around !== null; level++, around = around.parentElement)
    isSeen ||= isRinged(around)
  const name = focused.getAttribute('aria-label') ?? focused.textContent.trim().slice(0, 40)
  return { mark: focused.dataset['mark'], name, isSeen }
}
