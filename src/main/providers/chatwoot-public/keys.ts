import { asList, asObject, isObject, parseJson, textOrNull } from '../../foreign/read.ts'

/**
 * What opens somebody's tickets: the identifier of an inbox, and one of each contact we are there. All of it is secret,
 * though it stands in the path of every request (docs/providers/chatwoot-public.md §1).
 */
export interface Keys {
  readonly inbox: string
  readonly contacts: readonly OwnContact[]
}

export interface OwnContact {
  /** The secret one. */
  readonly identifier: string
  /** The server's number for them, which is none. */
  readonly key: string
  readonly name: string
}

export function writeKeys({ inbox, contacts }: Keys): string {
  return JSON.stringify({ inbox, contacts })
}

/** No keys at all where it is not what `writeKeys` wrote: then the server is not even asked. */
export function readKeys(secret: string): Keys {
  const raw = asObject(parseJson(new TextEncoder().encode(secret))?.value)
  const contacts = asList(raw['contacts']).filter(isObject)
  return {
    inbox: textOrNull(raw['inbox']) ?? '',
    contacts: contacts.flatMap((each) => {
      const identifier = textOrNull(each['identifier'])
      const key = textOrNull(each['key'])
      return identifier === null || key === null
        ? []
        : [{ identifier, key, name: textOrNull(each['name']) ?? '' }]
    }),
  }
}

/**
 * A server's words without any of the secrets, in case it repeats the path it was asked for. Secrets may be as short as
 * a number, so only whole ones are taken out.
 */
export function withoutSecrets(words: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => {
    const forms = [secret, encodeURIComponent(secret)].map((each) => each.replace(/[^\w]/g, '\\$&'))
    return text.replace(new RegExp(`(?<![\\w-])(?:${forms.join('|')})(?![\\w-])`, 'g'), '…')
  }, words)
}
