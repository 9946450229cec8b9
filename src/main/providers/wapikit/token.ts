import { asObject, asText, momentOrNull, parseJson, textOrNull } from '../../foreign/read.ts'

/** What a key says of itself; anybody can read that, and only the server can tell whether it is true. */
export interface Claims {
  readonly email: string | null
  /** Null for a key of no organisation, as some are made (docs/providers/wapikit.md §2). */
  readonly organizationId: string | null
  /** When it ends, epoch ms. */
  readonly endsAt: number | null
}

/** Null for what is no key at all. */
export function claimsOf(key: string): Claims | null {
  const [head, body, signature, ...more] = key.split('.')
  if (!head || !body || !signature || more.length > 0) return null
  const claims = asObject(parseJson(bytesOf(body) ?? new Uint8Array())?.value)
  if (Object.keys(claims).length === 0) return null
  const organizationId = asText(claims['organization_id'])
  const isSomebodys = /[1-9a-f]/i.test(organizationId)
  return {
    email: textOrNull(claims['email']),
    organizationId: isSomebodys ? organizationId : null,
    endsAt: momentOrNull(claims['exp']),
  }
}

function bytesOf(base64url: string): Uint8Array | null {
  try {
    const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(text, (each) => each.charCodeAt(0))
  } catch {
    return null
  }
}
