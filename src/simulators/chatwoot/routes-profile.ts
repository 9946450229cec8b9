import type { Route, SimulatorAnswer } from '../router.ts'
import { recordInvalid, textOf, wrapped } from './account-route.ts'
import { signedIn } from './access.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { userShape } from './people-shapes.ts'
import { isObject, paramsOf, presentText, type JsonObject } from './request-body.ts'
import type { Availability, Member, User, World } from './world.ts'

/** Who I am in all my accounts (docs/providers/chatwoot.md §1.1). It answers even where an account is suspended. */
export const profileRoutes: readonly Route<Exchange>[] = [
  profileRoute('GET', '', ({ world, user }) => json(userShape(world, user))),
  profileRoute('PUT', '', update),
  profileRoute('PATCH', '', update),
  profileRoute('POST', '/availability', (mine) => {
    const given = profileOf(mine)
    memberGiven(mine, given).availability = availabilityGiven(given['availability'])
    return json(userShape(mine.world, mine.user))
  }),
  profileRoute('POST', '/auto_offline', (mine) => {
    const given = profileOf(mine)
    memberGiven(mine, given).isAutoOffline =
      given['auto_offline'] === true || given['auto_offline'] === 'true'
    return json(userShape(mine.world, mine.user))
  }),
  profileRoute('PUT', '/set_active_account', (mine) => {
    memberGiven(mine, profileOf(mine)).activeAt = mine.world.clock.now()
    return emptyOk()
  }),
  profileRoute('POST', '/reset_access_token', ({ world, user }) => {
    world.tokens.delete(user.token)
    user.token = world.random.letters(24)
    world.tokens.set(user.token, { kind: 'user', id: user.id })
    return json(userShape(world, user))
  }),
]

interface Mine {
  readonly world: World
  readonly user: User
  readonly params: JsonObject
}

function profileRoute(
  method: string,
  tail: string,
  handle: (mine: Mine) => SimulatorAnswer,
): Route<Exchange> {
  return {
    method,
    pattern: `/api/v1/profile${tail}`,
    handle: ({ world, request }) => {
      const caller = signedIn(world, request, false)
      if (caller.kind === 'bot') throw new TurnedDown(refusals.bot())
      return handle({ world, user: caller.user, params: paramsOf(request) })
    },
  }
}

/** `ui_settings` is replaced as a whole: who sends one key loses all others. */
function update(mine: Mine): SimulatorAnswer {
  const { world, user } = mine
  const given = profileOf(mine)
  const name = textOf(given['name'])
  if (name?.trim() === '') throw recordInvalid({ name: "can't be blank" })
  changePassword(mine, given)
  if (name !== null) user.name = name
  if ('display_name' in given) user.displayName = presentText(given['display_name'])
  if ('message_signature' in given) user.signature = presentText(given['message_signature'])
  const email = presentText(given['email'])
  if (email !== null) user.email = email
  if (isObject(given['ui_settings'])) user.uiSettings = { ...given['ui_settings'] }
  return json(userShape(world, user))
}

/** A new password also gives a new realtime token; the access token stays. */
function changePassword({ world, user }: Mine, given: JsonObject): void {
  const password = presentText(given['password'])
  if (password === null) return
  if (given['current_password'] !== user.password) {
    throw new TurnedDown(refusals.unprocessable('Invalid current password'))
  }
  if (given['password_confirmation'] !== password) {
    throw recordInvalid({ password_confirmation: "doesn't match Password" })
  }
  user.password = password
  user.pubsubToken = world.random.letters(24)
}

function profileOf({ params }: Mine): JsonObject {
  return wrapped(params, 'profile', profileFields)
}

const profileFields = [
  'name',
  'display_name',
  'email',
  'message_signature',
  'ui_settings',
  'phone_number',
  'password',
  'account_id',
  'availability',
  'auto_offline',
]

/** My membership of the account named, which must be one of mine. */
function memberGiven({ world, user }: Mine, given: JsonObject): Member {
  const member = world.accounts.get(Number(given['account_id']))?.members.get(user.id)
  if (member === undefined) throw new TurnedDown(refusals.notFound())
  return member
}

function availabilityGiven(value: unknown): Availability {
  if (value === 'online' || value === 'busy' || value === 'offline') return value
  throw new TurnedDown(refusals.internal())
}
