import type { Route, SimulatorAnswer } from '../router.ts'
import { json } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { userShape } from './people-shapes.ts'
import { paramsOf, presentText, type JsonObject } from './request-body.ts'
import { seconds } from './times.ts'
import type { User, World } from './world.ts'

/**
 * Signing in with a password (docs/providers/chatwoot.md §1.1): whoever has a second factor owes a second call, with a
 * token that works once and not for long.
 */
export const signInRoutes: readonly Route<Exchange>[] = [
  {
    method: 'POST',
    pattern: '/auth/sign_in',
    handle: ({ world, request }) => {
      const params = paramsOf(request)
      const token = presentText(params['mfa_token'])
      return token === null ? firstStep(world, params) : secondStep(world, params, token)
    },
  },
]

const mfaTokenLifeMs = 5 * 60_000
const sessionLifeMs = 60 * 86_400_000

function firstStep(world: World, params: JsonObject): SimulatorAnswer {
  const email = presentText(params['email'])?.trim().toLowerCase()
  const user = [...world.users.values()].find((one) => one.email.toLowerCase() === email)
  if (user === undefined || user.password !== presentText(params['password'])) {
    return json({ success: false, errors: ['Invalid login credentials. Please try again.'] }, 401)
  }
  if (user.mfa === null) return signedInAs(world, user)
  const token = world.random.letters(40)
  world.office.mfaTokens.set(token, { userId: user.id, expiresAt: world.clock.now() + mfaTokenLifeMs })
  return json({ mfa_required: true, mfa_token: token }, 206)
}

/** A wrong code leaves the token as it was; a right one uses it up, and a backup code for ever. */
function secondStep(world: World, params: JsonObject, token: string): SimulatorAnswer {
  const owed = world.office.mfaTokens.get(token)
  const user = owed === undefined ? undefined : world.users.get(owed.userId)
  if (owed === undefined || user === undefined || owed.expiresAt <= world.clock.now()) {
    return json({ error: 'Invalid or expired MFA token' }, 401)
  }
  const code = presentText(params['otp_code'])
  const backupCode = presentText(params['backup_code'])
  const isRight = (code !== null && code === user.mfa?.code) || takesBackupCode(user, backupCode)
  if (!isRight) return json({ error: 'Invalid verification code' }, 400)
  world.office.mfaTokens.delete(token)
  return signedInAs(world, user)
}

function takesBackupCode(user: User, code: string | null): boolean {
  return code !== null && user.mfa?.backupCodes.delete(code) === true
}

/** The session of the headers is the browser's; what an app keeps is the access token in the body. */
function signedInAs(world: World, user: User): SimulatorAnswer {
  const answer = json({ data: userShape(world, user) })
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'access-token': world.random.letters(22),
      'token-type': 'Bearer',
      client: world.random.letters(22),
      uid: user.email,
      expiry: String(seconds(world.clock.now() + sessionLifeMs)),
    },
  }
}
