import { chatwoot } from '../../src/main/providers/chatwoot/chatwoot.ts'
import type { Session } from '../../src/main/providers/provider.ts'
import type { HttpAnswer, HttpFault, HttpRequest } from '../../src/main/ports/http.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import { handClock, type HandClock } from './hand-clock.ts'
import { scriptedHttp, type ScriptedHttp } from './scripted-http.ts'

/** For tests: a Chatwoot session whose every answer the test gives, for what no server would say. */
export function scriptedSession(answerTo: (request: HttpRequest) => HttpAnswer | HttpFault): {
  readonly session: Session
  readonly http: ScriptedHttp
  readonly clock: HandClock
} {
  const http = scriptedHttp(answerTo)
  const clock = handClock()
  const account = {
    id: accountId('home'),
    key: '1',
    baseUrl: 'https://desk.example.com',
    settings: { userId: '7', 'name.1': 'Lantern Lamps' },
  }
  return { session: chatwoot.open(account, 'a-token', { http, clock, log: () => {} }), http, clock }
}
