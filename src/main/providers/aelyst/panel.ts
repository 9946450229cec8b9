import { asList, asObject, asText, textOrNull, type Loose } from '../../foreign/read.ts'
import type { AttributeLine, PanelBundle } from '../provider.ts'
import { readContact } from './contacts.ts'
import type { Desk } from './desk.ts'
import { customerOf } from './transform.ts'

/** What a contact tells beyond the conversation: its lifecycle stage, its language and country, and its own fields. */
export function panelBundle(desk: Desk): PanelBundle {
  return {
    async read({ key }, _directory, signal) {
      const raw = await readContact(desk, key, signal)
      const { baseUrl } = await desk.frame(signal)
      const customer = customerOf(raw, key, baseUrl)
      return {
        customer: { ...customer, identifier: key, attributes: [...ownLines(raw), ...fieldLines(raw)] },
        conversation: { attributes: [] },
        ...{ notes: [], participants: [], previous: [], missing: [] },
      }
    },
  }
}

/** In the provider's own words, as its custom fields are. */
const own: readonly (readonly [string, string])[] = [
  ['lifecycle', 'Lifecycle'],
  ['language', 'Language'],
  ['countryCode', 'Country'],
]

function ownLines(raw: Loose): AttributeLine[] {
  return own.flatMap(([key, label]) => {
    const value = textOrNull(raw[key])
    return value === null ? [] : [{ key, label, value }]
  })
}

function fieldLines(raw: Loose): AttributeLine[] {
  return asList(raw['custom_fields'])
    .map(asObject)
    .flatMap(({ name, value }) => {
      const key = textOrNull(name)
      const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value)
      const said = typeof value === 'boolean' ? String(value) : text
      return key === null || said.trim() === '' ? [] : [{ key: `field.${key}`, label: key, value: said }]
    })
}
