import type { HttpAnswer } from '../../ports/http.ts'
import { ProviderFailure, type ProbeAsks, type Provider, type ProviderHost } from '../provider.ts'
import { openClient } from './client.ts'
import { failureOfFault } from '../../foreign/fault.ts'
import { reasonOf } from './failures.ts'
import { asObject, parseJson, textOrNull } from '../../foreign/read.ts'
import { jsonObject, refusal, refuseDetours, type Place } from './refuse-detours.ts'
import { retryAtOf } from '../../foreign/server-time.ts'
import { tellingLeft } from '../../foreign/telling-left.ts'

const timeoutMs = 15_000
/** The throttle counts sign-ins over five minutes (docs/providers/chatwoot.md §4). */
const throttlePeriodMs = 300_000

const urlField = {
  name: 'url',
  label: 'signIn.chatwoot.url',
  hint: 'signIn.chatwoot.urlHint',
  kind: 'url',
  placeholder: 'https://support.example.com',
} as const

/** Where Chatwoot lives and how one signs in there; white labels are the same server under another name. */
export const signIn: Provider['signIn'] = {
  presets: [
    {
      key: 'cloud',
      label: 'signIn.chatwoot.cloud',
      hint: 'signIn.chatwoot.cloudHint',
      fields: { url: 'https://app.chatwoot.com' },
    },
    { key: 'own', label: 'signIn.chatwoot.own', hint: 'signIn.chatwoot.ownHint', fields: {} },
    { key: 'other', label: 'signIn.chatwoot.other', hint: 'signIn.chatwoot.otherHint', fields: {} },
  ],
  methods: [
    {
      key: 'token',
      label: 'signIn.chatwoot.byToken',
      hint: 'signIn.chatwoot.byTokenHint',
      fields: [
        urlField,
        {
          name: 'token',
          label: 'signIn.chatwoot.token',
          hint: 'signIn.chatwoot.tokenHint',
          kind: 'secret',
          placeholder: '',
        },
      ],
    },
    {
      key: 'password',
      label: 'signIn.chatwoot.byPassword',
      hint: 'signIn.chatwoot.byPasswordHint',
      fields: [
        urlField,
        {
          name: 'email',
          label: 'signIn.chatwoot.email',
          hint: null,
          kind: 'email',
          placeholder: 'you@example.com',
        },
        {
          name: 'password',
          label: 'signIn.chatwoot.password',
          hint: 'signIn.chatwoot.passwordHint',
          kind: 'secret',
          placeholder: '',
        },
      ],
    },
  ],
}

/** What one of the two steps of a sign-in by password came to. */
export type SignedIn = { readonly kind: 'token'; readonly token: string } | ProbeAsks

/** The first step: who has a second factor is asked for it, everybody else gets their access token. */
export async function signInByPassword(
  fields: Readonly<Record<string, string>>,
  place: Place,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<SignedIn> {
  const email = (fields['email'] ?? '').trim()
  const password = fields['password'] ?? ''
  if (email === '' || password === '') throw refusal(place, 'auth', 'badSignIn')
  const answer = await post({ email, password }, place, host, signal)
  const body = jsonObject(answer)
  if (isSuccess(answer) && body !== null) {
    const mfaToken = textOrNull(body['mfa_token'])
    return mfaToken === null ? tokenOf(answer, place, host, signal) : asksForCode(mfaToken, place)
  }
  if (answer.status === 401 && !isAnotherReason(answer)) throw refusal(place, 'auth', 'badSignIn')
  throw refused(answer, place)
}

/** The second step: a code of six digits comes from an app, anything else is one of the codes kept for emergencies. */
export async function signInByCode(
  given: { readonly mfaToken: string; readonly code: string },
  place: Place,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<SignedIn> {
  const code = given.code.replace(/\s/g, '')
  if (code === '') throw refusal(place, 'auth', 'badCode')
  const kind = /^\d{6}$/.test(code) ? 'otp_code' : 'backup_code'
  const answer = await post({ mfa_token: given.mfaToken, [kind]: code }, place, host, signal)
  if (isSuccess(answer) && jsonObject(answer) !== null) return tokenOf(answer, place, host, signal)
  // It is the key of the first step that is no longer good, not the code: that step has to be taken again.
  const isKeyOld = answer.status === 401 && /mfa token/i.test(reasonOf(answer) ?? '')
  if (isKeyOld) throw refusal(place, 'auth', 'probeExpired')
  if ([400, 401, 422].includes(answer.status)) throw refusal(place, 'auth', 'badCode')
  throw refused(answer, place)
}

/** Reads what `asks` carried along; null where it is none of ours. */
export function readCarry(carried: string): { readonly baseUrl: string; readonly mfaToken: string } | null {
  const carry = asObject(parseJson(new TextEncoder().encode(carried))?.value)
  const [baseUrl, mfaToken] = [textOrNull(carry['baseUrl']), textOrNull(carry['mfa_token'])]
  return baseUrl === null || mfaToken === null || !URL.canParse(baseUrl) ? null : { baseUrl, mfaToken }
}

function asksForCode(mfaToken: string, place: Place): ProbeAsks {
  return {
    kind: 'asks',
    baseUrl: place.baseUrl,
    fields: [
      {
        name: 'code',
        label: 'signIn.chatwoot.code',
        hint: 'signIn.chatwoot.codeHint',
        kind: 'code',
        placeholder: '123456',
      },
    ],
    carry: JSON.stringify({ mfa_token: mfaToken, baseUrl: place.baseUrl }),
  }
}

const path = '/auth/sign_in'

async function post(
  body: Readonly<Record<string, string>>,
  place: Place,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const client = openClient({ ...host, baseUrl: place.baseUrl, token: null })
  // Asking twice who somebody is does no harm, although it is a POST.
  const answer = await tellingLeft(false, client.ask({ path, body, timeoutMs }, signal))
  if (answer.status === 429) {
    const retryAt =
      answer.headers['retry-after'] === undefined ? null : retryAtOf(answer, place.now(), throttlePeriodMs)
    throw new ProviderFailure({
      kind: 'rateLimited',
      code: 'signInThrottled',
      facts: { host: place.host },
      retryAt: retryAt ?? place.now() + throttlePeriodMs,
      mayHaveLeft: false,
    })
  }
  refuseDetours(answer, place, path)
  return answer
}

/** The access token of whom this answer signed in; some servers only tell it on the profile's own page. */
async function tokenOf(
  answer: HttpAnswer,
  place: Place,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<SignedIn> {
  const told = textOrNull(asObject(jsonObject(answer)?.['data'])['access_token'])
  const token = told ?? (await tokenOfProfile(answer, place, host, signal))
  if (token !== null) return { kind: 'token', token }
  throw refusal(place, 'protocol', 'protocol', { reason: reasonOf(answer) ?? 'no access token' })
}

/** Asked as the browser's session that just began. */
async function tokenOfProfile(
  { headers }: HttpAnswer,
  place: Place,
  host: ProviderHost,
  signal: AbortSignal,
): Promise<string | null> {
  const names = ['access-token', 'client', 'uid'] as const
  const session = Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])))
  if (Object.keys(session).length < names.length) return null
  const request = {
    method: 'GET',
    url: `${place.baseUrl}/api/v1/profile`,
    headers: { Accept: 'application/json', ...session },
    body: null,
    timeoutMs,
    maxBytes: 4 * 1024 * 1024,
  } as const
  try {
    const answer = await host.http.request(request, signal)
    refuseDetours(answer, place, '/api/v1/profile')
    return isSuccess(answer) ? textOrNull(jsonObject(answer)?.['access_token']) : null
  } catch (error) {
    throw failureOfFault(error, { host: place.host, now: place.now(), isWrite: false })
  }
}

/** A 401 that is about more than the password: a sign-in elsewhere, an address not confirmed, a suspension. */
function isAnotherReason(answer: HttpAnswer): boolean {
  const hasCode = textOrNull(jsonObject(answer)?.['error_code']) !== null
  return hasCode || /\b(saml|sso|single sign|confirm|suspend|inactive)/i.test(reasonOf(answer) ?? '')
}

function refused(answer: HttpAnswer, place: Place): ProviderFailure {
  const reason = reasonOf(answer)
  const isNoSuchPage = [404, 405, 410].includes(answer.status)
  if (isNoSuchPage) return refusal(place, 'rejected', 'notThisProvider', { provider: 'Chatwoot' })
  if (isSuccess(answer)) return refusal(place, 'protocol', 'protocol', { reason: reason ?? 'unreadable' })
  return refusal(place, 'rejected', 'rejected', { reason: reason ?? `status ${answer.status}` })
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300
}
