import type { Settings } from '../../shared/contract/contract.ts'
import type { Store } from '../store/store.ts'

const defaults: Settings = {
  theme: 'system',
  globalKey: 'CommandOrControl+Shift+U',
  closeToTray: true,
  undoSeconds: 5,
  notifications: true,
  notificationText: true,
}

const name = 'settings'

/** What the agent chose, over the defaults. Junk in the store counts as nothing chosen. */
export function readSettings(store: Store): Settings {
  const kept = parse(store.setting(name))
  const chosen = Object.entries(defaults).map(([key, value]) => [
    key,
    fits(kept[key], value) ? kept[key] : value,
  ])
  return Object.fromEntries(chosen) as Settings
}

export function changeSettings(store: Store, change: Partial<Settings>): Settings {
  const settings = { ...readSettings(store), ...change }
  store.putSetting(name, JSON.stringify(settings))
  return settings
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function fits(value: unknown, like: unknown): boolean {
  return typeof value === typeof like || (value === null && typeof like === 'string')
}
