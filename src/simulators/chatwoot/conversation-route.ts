import type { Route, SimulatorAnswer } from '../router.ts'
import { enteredAccount, openedConversation, signedIn, type Caller } from './access.ts'
import { TurnedDown, refusals } from './answers.ts'
import type { Exchange } from './exchange.ts'
import { paramsOf, type JsonObject } from './request-body.ts'
import type { Member, Place, Sender, World } from './world.ts'

/** A call on one conversation: token, account, membership and access are looked at in the order of the original. */
export function conversationRoute(
  method: string,
  tail: string,
  botMay: boolean,
  handle: (at: AtConversation) => SimulatorAnswer,
): Route<Exchange> {
  return {
    method,
    pattern: `/api/v1/accounts/:account/conversations/:conversation${tail}`,
    handle: ({ world, request }, path) => {
      const caller = signedIn(world, request, botMay)
      const { account, member } = enteredAccount(world, caller, path['account'] ?? '')
      const conversation = openedConversation({ world, account }, member, path['conversation'] ?? '')
      return handle({ world, account, conversation, caller, member, params: paramsOf(request), path })
    },
  }
}

/** What is written, by whom, and where. */
export interface Writing extends Place {
  readonly caller: Caller
  readonly params: JsonObject
}

/** One conversation somebody may work on, and what they sent along. */
export interface AtConversation extends Writing {
  /** null for a bot. */
  readonly member: Member | null
  readonly path: Readonly<Record<string, string>>
}

export function senderOf(caller: Caller): Sender {
  return caller.kind === 'user' ? { kind: 'user', id: caller.user.id } : { kind: 'bot', id: caller.id }
}

/** 4.10 breaks over a value its enum does not know; newer trees say so (docs/providers/chatwoot.md §0.9, §8.4). */
export function unknownEnum({ installation }: World, what: string, value: string): TurnedDown {
  return new TurnedDown(
    installation.refusesUnknownEnums
      ? refusals.unprocessable(`'${value}' is not a valid ${what}`)
      : refusals.internal(),
  )
}

/** For tests that count what requests truly did. */
export function noteAction(place: Place, action: string, value: string | null): void {
  const { world, account, conversation } = place
  const at = world.clock.now()
  const { displayId } = conversation
  world.accepted.actions.push({ account: account.id, conversation: displayId, action, value, at })
}
