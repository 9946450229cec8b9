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

/**
 * What `prepare` must know and may do; tests hand in their own.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {readonly Need[]} needs
 * @property {string | null} badBrowser what CHROME_PATH names, where that cannot be run
 * @property {boolean} isDebianLike
 * @property {((packages: readonly string[]) => string | null) | null} install answers what went wrong; null where nothing may be installed
 */

/** Returns the sentence to stop with, or null when everything is there. @param {Machine} machine @returns {string | null} */
export function prepare(machine = thisMachine()) {
  const { platform, needs, badBrowser, isDebianLike, install } = machine
  if (badBrowser !== null)
    return `CHROME_PATH names “${badBrowser}”, which cannot be run. Correct or unset it.`
  const missing = needs.filter((need) => !need.isThere())
  if (missing.length === 0) return null
  const packages = missing.flatMap((need) => need.packages)
  if (install === null)
    return `The tests need ${listed(missing)}. ${wayOut(platform, packages, isDebianLike)}`
  const failed = install(packages)
  const still = needs.filter((need) => !need.isThere())
  if (still.length === 0) return null
  const cause = failed ?? 'the packages did not bring it'
  return `The tests still need ${listed(still)}: ${cause}. Install it by hand (for a browser also set CHROME_PATH) and start again.`
}

/** @returns {Machine} */
function thisMachine() {
  const named = process.env['CHROME_PATH'] ?? ''
  const prefix = process.platform === 'linux' ? aptPrefix() : null
  return {
    platform: process.platform,
    needs: process.platform === 'linux' ? onLinux : elsewhere,
    badBrowser: named !== '' && !isExecutable(named) ? named : null,
    isDebianLike: isDebianLike(),
    install: prefix === null ? null : (packages) => install(prefix, packages),
  }
}

/** The one line to type. @param {NodeJS.Platform} platform @param {readonly string[]} packages @param {boolean} isDebian */
function wayOut(platform, packages, isDebian) {
  if (platform === 'darwin') return 'Type: brew install --cask google-chrome'
  if (platform === 'win32') return 'Type: winget install Google.Chrome'
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (isDebian) return `Type: sudo sh -c '${line}'`
  return `Install it with your system's packages; on Debian they are called: ${packages.join(' ')}`
}

/** @param {readonly Need[]} needs */
function listed(needs) {
  return needs.map((need) => need.name).join(', ')
}

/** How to call apt-get without being asked anything; null when that is not possible here. @returns {string[] | null} */
function aptPrefix() {
  if (!isDebianLike() || !has('apt-get')) return null
  if (process.getuid?.() === 0) return []
  return has('sudo') && run('sudo', ['-n', 'true']) === 0
    ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']
    : null
}

/** @param {string[]} prefix @param {readonly string[]} packages @returns {string | null} what went wrong */
function install(prefix, packages) {
  console.log(`Installing what the tests need: ${packages.join(' ')}`)
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
