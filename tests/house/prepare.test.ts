import { expect, test } from 'vitest'
import { prepare } from '../../scripts/prepare.mjs'

interface Machine {
  platform: NodeJS.Platform
  needs: { name: string; packages: string[]; isThere: () => boolean }[]
  badBrowser: string | null
  isDebianLike: boolean
  install: ((packages: readonly string[]) => string | null) | null
}

function aMachine(given: Partial<Machine> & { has?: Set<string> } = {}): Machine {
  const { has = new Set(), ...rest } = given
  const needs = ['browser', 'keyring'].map((name) => ({
    name: `a ${name}`,
    packages: [name],
    isThere: () => has.has(name),
  }))
  return { platform: 'linux', needs, badBrowser: null, isDebianLike: true, install: null, ...rest }
}

test('a machine that has everything is left alone', () => {
  const install = () => {
    throw new Error('installed')
  }
  expect(prepare(aMachine({ has: new Set(['browser', 'keyring']), install }))).toBeNull()
})

test('what is missing, and only that, is installed where that is allowed', () => {
  const has = new Set(['browser'])
  const asked: string[] = []
  const install = (packages: readonly string[]): null => {
    for (const each of packages) has.add(each)
    asked.push(...packages)
    return null
  }
  expect(prepare(aMachine({ has, install }))).toBeNull()
  expect(asked).toEqual(['keyring'])
})

test('an installation that fails is told with its cause', () => {
  expect(prepare(aMachine({ install: () => 'apt-get update failed' }))).toBe(
    'The tests still need a browser, a keyring: apt-get update failed. Install it by hand (for a browser also set CHROME_PATH) and start again.',
  )
})

test.each([
  [{}, "Type: sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends browser keyring'"],
  [
    { isDebianLike: false },
    "Install it with your system's packages; on Debian they are called: browser keyring",
  ],
  [{ platform: 'darwin' as const }, 'Type: brew install --cask google-chrome'],
  [{ platform: 'win32' as const }, 'Type: winget install Google.Chrome'],
])('where nothing may be installed, one line says what to type: %j', (given, line) => {
  expect(prepare(aMachine(given))).toBe(`The tests need a browser, a keyring. ${line}`)
})

test('a CHROME_PATH that cannot be run is named', () => {
  expect(prepare(aMachine({ badBrowser: '/nowhere/chrome' }))).toBe(
    'CHROME_PATH names “/nowhere/chrome”, which cannot be run. Correct or unset it.',
  )
})
