import { describe, expect, it } from 'vitest'
import { handClock } from '../../../../tests/support/hand-clock.ts'
import { jsonAnswer, scriptedHttp } from '../../../../tests/support/scripted-http.ts'
import { openClient } from './client.ts'
import { unexpectedAt } from './desk.ts'
import { readAll } from './paging.ts'

describe('the pages of a list', () => {
  it('are asked for where the first was, whatever address the server names for the next', async () => {
    expect(await asked('https://elsewhere.example.com/space/user?limit=10&cursorId=10', null)).toEqual([
      'https://api.example.com/v1/space/user?limit=99',
      'https://api.example.com/v1/space/user?limit=99&cursorId=10',
    ])
  })

  it.each([null, '', 'nonsense', 7, {}, 'https://api.example.com/space/user?limit=10&cursorId=-10'])(
    'end where the next one is %s',
    async (next) => {
      expect(await asked(next)).toHaveLength(1)
    },
  )

  it('end where the same one comes again', async () => {
    const next = 'https://api.example.com/v1/space/user?cursorId=10'
    expect(await asked(next, next, next)).toHaveLength(2)
  })
})

/** The addresses asked for, each answered with a page that names the given one as its next. */
async function asked(...nexts: readonly unknown[]): Promise<string[]> {
  const answers = nexts.map((next) => jsonAnswer({ items: [{ id: 1 }], pagination: { next } }))
  const http = scriptedHttp(() => answers.shift() ?? jsonAnswer({ items: [], pagination: {} }))
  const clock = handClock()
  const at = { baseUrl: 'https://api.example.com/v1', token: 'token' }
  const client = openClient({ http, clock, ...at, isShared: false, shares: () => {} })
  const unexpected = unexpectedAt(client.host)
  const reading = readAll({ client, unexpected }, { path: '/space/user' }, new AbortController().signal)
  await clock.advance(5_000)
  await reading
  return http.requests.map(({ url }) => url)
}
