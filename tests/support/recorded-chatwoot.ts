import { chatwoot } from '../../src/main/providers/chatwoot/chatwoot.ts'
import type { Session } from '../../src/main/providers/provider.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../src/main/ports/http.ts'
import { nodeHttp } from '../../src/main/shells/loopback/node-http.ts'
import { accountId } from '../../src/shared/domain/ids.ts'
import { startChatwootSimulator } from '../../src/simulators/chatwoot/chatwoot-simulator.ts'
import { handClock, type HandClock } from './hand-clock.ts'

/** What a simulated Chatwoot answered to some calls, to be played again as it was or bent. */
export interface Recorded {
  /** The answer to this request, in the words "GET /labels"; the account's part is left out. */
  readonly answers: ReadonlyMap<string, HttpAnswer>
  /** A session that hears the recorded answers, each changed on its way. */
  replay(change: (body: unknown, request: string) => unknown): { session: Session; clock: HandClock }
}

/** For tests: lets the calls happen over real HTTP once, and keeps the first answer to each. */
export async function recordChatwoot(
  calls: (session: Session, clock: HandClock) => Promise<void>,
): Promise<Recorded> {
  const simulator = await startChatwootSimulator({ clock: handClock() })
  const http = nodeHttp({ env: {} })
  const answers = new Map<string, HttpAnswer>()
  const recording: Http = {
    async request(request, signal) {
      const answer = await http.request(request, signal)
      if (!answers.has(nameOf(request))) answers.set(nameOf(request), answer)
      return answer
    },
  }
  const fields = { url: simulator.url, token: simulator.token }
  const host = { http, clock: handClock(), log: () => {} }
  const found = await chatwoot.probe(
    { method: 'token', fields, carried: null },
    host,
    new AbortController().signal,
  )
  if (found.kind !== 'found') throw new Error('a token needs no second step')
  const { baseUrl, settings, choices } = found
  const account = { id: accountId('home'), key: choices[0]?.key ?? '', baseUrl, settings }
  const clock = handClock()
  try {
    await calls(chatwoot.open(account, simulator.token, { http: recording, clock, log: () => {} }), clock)
  } finally {
    await http.close()
    await simulator.close()
  }
  return {
    answers,
    replay(change) {
      const playing = handClock()
      const player: Http = { request: (request) => Promise.resolve(played(request, answers, change)) }
      return {
        session: chatwoot.open(account, simulator.token, { http: player, clock: playing, log: () => {} }),
        clock: playing,
      }
    },
  }
}

function played(
  request: HttpRequest,
  answers: ReadonlyMap<string, HttpAnswer>,
  change: (body: unknown, request: string) => unknown,
): HttpAnswer {
  const name = nameOf(request)
  const answer = answers.get(name) ?? {
    status: 404,
    headers: {},
    bytes: new TextEncoder().encode('{"error":"no"}'),
  }
  const text = new TextDecoder().decode(answer.bytes)
  if (text === '') return answer
  return { ...answer, bytes: new TextEncoder().encode(JSON.stringify(change(JSON.parse(text), name)) ?? '') }
}

function nameOf({ method, url }: HttpRequest): string {
  const { pathname, search } = new URL(url)
  return `${method} ${(pathname + search).replace(/^\/api\/v1\/accounts\/\d+/, '')}`
}
