import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Answer, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

describe('§1.1 signing in', () => {
  test('answers the whole user, access token and all, and the session in headers', async () => {
    const { status, json, headers } = await signIn({ email: 'nilo@example.com', password: 'nilo-opens-1!' })
    expect(status).toBe(200)
    expect(at(json, 'data.access_token')).toBe(asking.sim.token)
    expect(at(json, 'data.accounts.*.role')).toEqual(['agent', 'administrator'])
    for (const name of ['access-token', 'client', 'uid', 'expiry']) expect(headers.get(name)).toBeTruthy()
  })

  test('takes the address in any case', async () => {
    const { status } = await signIn({ email: ' Nilo@Example.com ', password: 'nilo-opens-1!' })
    expect(status).toBe(200)
  })

  test('says the same of a wrong password and of somebody unknown', async () => {
    const wrong = await signIn({ email: 'nilo@example.com', password: 'nope' })
    const unknown = await signIn({ email: 'nobody@example.com', password: 'nope' })
    const refusal = { success: false, errors: ['Invalid login credentials. Please try again.'] }
    expect([wrong.status, wrong.json, unknown.json]).toEqual([401, refusal, refusal])
  })

  test('with a second factor: 206 and a token, no user yet', async () => {
    const { status, json } = await firstStep()
    expect(status).toBe(206)
    expect(keys(json)).toEqual(['mfa_required', 'mfa_token'])
    expect(at(json, 'mfa_required')).toBe(true)
  })

  test('the second step with the code answers the user', async () => {
    const { status, json } = await signIn({ mfa_token: await mfaToken(), otp_code: '246810' })
    expect([status, at(json, 'data.email')]).toEqual([200, 'ada@example.com'])
  })

  test('a wrong code is refused with a sentence, and the right one may still follow', async () => {
    const token = await mfaToken()
    const wrong = await signIn({ mfa_token: token, otp_code: '000000' })
    expect([wrong.status, keys(wrong.json)]).toEqual([400, ['error']])
    const right = await signIn({ mfa_token: token, otp_code: '246810' })
    expect(right.status).toBe(200)
  })

  test('the token of the second step works once', async () => {
    const token = await mfaToken()
    await signIn({ mfa_token: token, otp_code: '246810' })
    const again = await signIn({ mfa_token: token, otp_code: '246810' })
    expect([again.status, keys(again.json)]).toEqual([401, ['error']])
  })

  test('the token of the second step is too old after five minutes', async () => {
    const token = await mfaToken()
    asking.turn(5 * 60_000)
    const late = await signIn({ mfa_token: token, otp_code: '246810' })
    expect(late.status).toBe(401)
  })

  test('a backup code opens once and never again', async () => {
    const first = await signIn({ mfa_token: await mfaToken(), backup_code: 'lamp-fern-31' })
    const second = await signIn({ mfa_token: await mfaToken(), backup_code: 'lamp-fern-31' })
    expect([first.status, second.status]).toEqual([200, 400])
  })
})

describe('§4 the throttles of signing in', () => {
  beforeEach(() => asking.sim.scenario.server({ isThrottling: true }))

  test('five in five minutes from one address, then plain text without a time to come back', async () => {
    for (let index = 0; index < 5; index += 1) {
      expect((await signIn({ email: `one${index}@example.com`, password: 'x' })).status).toBe(401)
    }
    const { status, type, text, headers } = await signIn({ email: 'six@example.com', password: 'x' })
    expect([status, type, text, headers.get('retry-after')]).toEqual([
      429,
      'text/plain',
      'Retry later\n',
      null,
    ])
    asking.turn(5 * 60_000)
    expect((await signIn({ email: 'six@example.com', password: 'x' })).status).toBe(401)
  })

  test('ten in fifteen minutes for one address of mail, however patiently asked', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 12; index += 1) {
      if (index % 4 === 0 && index > 0) asking.turn(5 * 60_000)
      statuses.push((await signIn({ email: 'nilo@example.com', password: 'x' })).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    expect(statuses.slice(10)).toEqual([429, 429])
  })
})

test('nobody is throttled where the installation is not told to', async () => {
  for (let index = 0; index < 8; index += 1) {
    expect((await signIn({ email: 'nilo@example.com', password: 'x' })).status).toBe(401)
  }
})

function signIn(body: Record<string, string>): Promise<Answer> {
  return asking.ask('POST', '/auth/sign_in', { body, headers: { accept: 'application/json' } })
}

function firstStep(): Promise<Answer> {
  return signIn({ email: 'ada@example.com', password: 'ada-opens-1!' })
}

async function mfaToken(): Promise<string> {
  return String(at((await firstStep()).json, 'mfa_token'))
}
