// @ts-check
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Makes a machine ready for the whole test suite: a Chromium-like browser everywhere; on Linux also a Secret Service,
 * strace, openssl and fonts for what the demo writes. Installs what is missing where it may, else says the one line to type.
 */

/** @typedef {{ name: string, packages: readonly string[], isThere: () => boolean }} Need */

/** A browser Playwright can drive: CHROME_PATH, or Chrome, Chromium or Edge where they usually lie. @returns {string | null} */
export function findBrowser() {
  const named = process.env['CHROME_PATH']
  if (named !== undefined && named !== '') return isExecutable(named) ? named : null
  return [...onPath(browserNames), ...browserPlaces()].find(isExecutable) ?? null
}

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
]

/** @returns {string[]} */
function browserPlaces() {
  switch (process.platform) {
    case 'darwin':
      return ['', process.env['HOME'] ?? ''].flatMap((home) => [
        `${home}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
        `${home}/Applications/Chromium.app/Contents/MacOS/Chromium`,
        `${home}/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
      ])
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
        const base = process.env[name]
        if (base === undefined) return []
        return [
          'Google\\Chrome\\Application\\chrome.exe',
          'Chromium\\Application\\chrome.exe',
          'Microsoft\\Edge\\Application\\msedge.exe',
        ].map((place) => join(base, place))
      })
    default:
      return ['/usr/bin', '/usr/local/bin', '/snap/bin']
        .flatMap((folder) => browserNames.map((name) => join(folder, name)))
        .concat('/opt/google/chrome/chrome')
  }
}

/** @type {readonly Need[]} */
const onLinux = [
  {
    name: 'a browser (Chromium, Chrome or Edge)',
    packages: ['chromium'],
    isThere: () => findBrowser() !== null,
  },
  { name: 'a session bus', packages: ['dbus'], isThere: () => has('dbus-run-session') },
  { name: 'a Secret Service', packages: ['gnome-keyring'], isThere: () => has('gnome-keyring-daemon') },
  { name: 'libsecret', packages: ['libsecret-1-0'], isThere: () => hasLibrary('libsecret-1.so.0') },
  { name: 'strace', packages: ['strace'], isThere: () => has('strace') },
  { name: 'openssl', packages: ['openssl'], isThere: () => has('openssl') },
  { name: 'fontconfig', packages: ['fontconfig'], isThere: () => has('fc-list') },
  {
    name: 'a colour emoji font',
    packages: ['fonts-noto-color-emoji'],
    isThere: () => hasFont(':lang=und-zsye'),
  },
  { name: 'an Arabic font', packages: ['fonts-noto-core'], isThere: () => hasFont(':lang=ar') },
  {
    name: 'a Chinese, Japanese and Korean font',
    packages: ['fonts-noto-cjk'],
    isThere: () => hasFont(':lang=zh-cn') && hasFont(':lang=ja') && hasFont(':lang=ko'),
  },
]

/** @type {readonly Need[]} */
const elsewhere = [
  { name: 'a browser (Chrome, Chromium or Edge)', packages: [], isThere: () => findBrowser() !== null },
]

/** Returns the sentence to stop with, or null when everything is there. @returns {string | null} */
export function prepare() {
  if (process.env['CHROME_PATH'] !== undefined && findBrowser() === null) {
    return `CHROME_PATH names “${process.env['CHROME_PATH']}”, which cannot be run. Correct or unset it.`
  }
  if (process.platform !== 'linux') return missingElsewhere()
  const missing = onLinux.filter((need) => !need.isThere())
  if (missing.length === 0) return null
  const packages = missing.flatMap((need) => need.packages)
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const names = missing.map((need) => need.name).join(', ')
  const prefix = aptPrefix()
  if (prefix === null)
    return `The tests need ${names}. ${isDebianLike() ? `Type: sudo sh -c '${line}'` : `Install it with your system's package manager (on Debian: ${packages.join(' ')}).`}`
  console.log(`Installing what the tests need: ${packages.join(' ')}`)
  const failed = install(prefix, packages)
  const still = onLinux.filter((need) => !need.isThere())
  if (still.length === 0) return null
  return `The tests still need ${still.map((need) => need.name).join(', ')}: ${failed ?? 'the packages did not bring it'}. ${browserHint(still)}`
}

function missingElsewhere() {
  if (elsewhere.every((need) => need.isThere())) return null
  const line =
    process.platform === 'win32' ? 'winget install Google.Chrome' : 'brew install --cask google-chrome'
  return `The tests need a browser (Chrome, Chromium or Edge) and found none. Type: ${line} - or set CHROME_PATH.`
}

/** @param {readonly Need[]} still */
function browserHint(still) {
  const needsBrowser = still.some((need) => need.packages.includes('chromium'))
  return needsBrowser
    ? 'Install Chrome, Chromium or Edge by hand and set CHROME_PATH to it.'
    : 'Install it by hand and run this again.'
}

/** How to call apt-get without being asked anything; null when that is not possible here. @returns {string[] | null} */
function aptPrefix() {
  if (!isDebianLike() || !has('apt-get')) return null
  if (process.getuid?.() === 0) return []
  return has('sudo') && run('sudo', ['-n', 'true']) === 0
    ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']
    : null
}

/** @param {string[]} prefix @param {string[]} packages @returns {string | null} what went wrong */
function install(prefix, packages) {
  const aptGet = /** @type {(args: string[]) => number} */ (
    (args) => {
      const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', '-q', ...args]
      return run(command, rest, true)
    }
  )
  if (aptGet(['update']) !== 0) return 'apt-get update failed'
  return aptGet(['install', '-y', '--no-install-recommends', ...packages]) === 0
    ? null
    : 'apt-get install failed'
}

function isDebianLike() {
  if (!existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** @param {string} library */
function hasLibrary(library) {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.includes(library)
  return ['/usr/lib', '/usr/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].some(
    (folder) => existsSync(join(folder, library)),
  )
}

/** @param {string} pattern of fontconfig */
function hasFont(pattern) {
  const listed = spawnSync('fc-list', [pattern, 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

/** @param {string} command */
function has(command) {
  return onPath([command], ['/usr/bin', '/bin', '/usr/sbin', '/sbin']).some(isExecutable)
}

/** @param {readonly string[]} names @param {readonly string[]} besides */
function onPath(names, besides = []) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...besides].filter(
    (folder) => folder !== '',
  )
  return names.flatMap((name) =>
    folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)),
  )
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} command @param {string[]} args @param {boolean} isShown */
function run(command, args, isShown = false) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: isShown ? 'inherit' : 'ignore', env }).status ?? 1
}

if (import.meta.main) {
  const sentence = prepare()
  if (sentence !== null) {
    console.error(sentence)
    process.exitCode = 1
  }
}
