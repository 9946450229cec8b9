import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = (query: string) => asking.ask('GET', `/conversations?${query}`)
const names = async (query: string) => at((await list(query)).json, 'conversations.*.contact.name')

describe('the list of conversations', () => {
  test('puts who has no message first, then whoever wrote last, without the closed ones', async () => {
    expect(await names('page=1&per_page=50')).toEqual(['', 'Amara Nwosu', '', '佐々木 凛', 'Yosef Adar'])
  })

  test('counts rows, so that a page ends in the middle of a conversation and holds its oldest messages', async () => {
    const { json } = await list('page=1&per_page=4')
    expect(at(json, 'conversations.*.messages.*.messageData.text')).toEqual([
      [],
      [
        'Hello! Is the night market tour still on for Saturday?',
        'It is, Amara. We start at seven by the old gate.',
        'Lovely. Could we be five instead of four?',
      ],
    ])
    const next = await list('page=2&per_page=4')
    expect(at(next.json, 'conversations.0.messages.*.messageData.text')).toEqual(['My sister just landed 😊'])
  })

  test('counts a conversation with two tags twice for each message', async () => {
    // One empty, four of Amara's, one unnamed; then two tags make four rows of two messages.
    const tags = async (page: number) =>
      at((await list(`page=${page}&per_page=1`)).json, 'conversations.0.tags.*.name')
    expect([await tags(7), await tags(8), await tags(9)]).toEqual([['booking'], ['refund'], ['booking']])
    expect(await names('page=10&per_page=1')).toEqual(['佐々木 凛'])
    expect(await names('page=11&per_page=1')).toEqual(['Yosef Adar'])
  })

  test('never tells how many there are, nor how many are unread, on main', async () => {
    const { json } = await list('page=1&per_page=50')
    expect(at(json, 'paginationMeta')).toEqual({ page: 1, per_page: 50, total: 0 })
    expect(at(json, 'conversations.*.numberOfUnreadMessages')).toEqual([0, 0, 0, 0, 0])
  })
})
