import { expect, test } from 'vitest'
import { dataFolder } from './data-folder.ts'

test.each([
  ['linux', {}, '/home/mira/.config/Tuntas'],
  ['linux', { XDG_CONFIG_HOME: '/srv/config' }, '/srv/config/Tuntas'],
  ['linux', { XDG_CONFIG_HOME: 'config' }, '/home/mira/.config/Tuntas'],
  ['darwin', { XDG_CONFIG_HOME: '/srv/config' }, '/home/mira/Library/Application Support/Tuntas'],
  ['win32', { APPDATA: '/users/mira/roaming' }, '/users/mira/roaming/Tuntas'],
  ['win32', {}, '/home/mira/AppData/Roaming/Tuntas'],
] as const)('%s with %o keeps its data in %s', (platform, environment, folder) => {
  expect(dataFolder(environment, platform, '/home/mira')).toBe(folder)
})

test('TUNTAS_DATA wins on every system, and an empty one counts as unset', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(dataFolder({ TUNTAS_DATA: '/tmp/desk' }, platform, '/home/mira')).toBe('/tmp/desk')
  }
  expect(dataFolder({ TUNTAS_DATA: '' }, 'linux', '/home/mira')).toBe('/home/mira/.config/Tuntas')
})
