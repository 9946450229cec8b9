import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, keys, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const account = '/api/v1/accounts/1'

describe('§1.7 the server’s search', () => {
  test('answers every kind in one wrapping', async () => {
    const { json } = await search('', 'tomas')
    expect(keys(at(json, 'payload'))).toEqual(['articles', 'contacts', 'conversations', 'messages'])
    expect(at(json, 'payload.contacts.*.name')).toEqual(['Tomas Okoro'])
    expect(at(json, 'payload.conversations.*.id')).toEqual([3, 1])
  })

  test('a search of one kind has only its key', async () => {
    for (const kind of ['conversations', 'messages', 'contacts', 'articles']) {
      const { json } = await search(`/${kind}`, 'lamp')
      expect(keys(at(json, 'payload'))).toEqual([kind])
    }
  })

  test('finds conversations by their number and by who wrote', async () => {
    const byNumber = await search('/conversations', '5')
    expect(at(byNumber.json, 'payload.conversations.*.contact.name')).toContain('Ines Duarte')
    const byAddress = await search('/conversations', 'INES@example')
    expect(at(byAddress.json, 'payload.conversations.0.agent.name')).toBe('Nilo Verano')
    expect(at(byAddress.json, 'payload.conversations.0.message.content')).toBe(
      'Hello! My lamp was to come yesterday.',
    )
  })

  test('finds messages in inboxes I see, notes among them, the newest first', async () => {
    const { json } = await search('/messages', 'lamp')
    expect(at(json, 'payload.messages.*.conversation_id')).toEqual([5, 3, 2])
    const notes = await search('/messages', 'first parcel')
    expect(at(notes.json, 'payload.messages.0.inbox.name')).toBe('Website')
    expect(at((await search('/messages', 'hundred')).json, 'payload.messages')).toEqual([])
  })

  test('administrators find in every inbox', async () => {
    asking.sim.scenario.membership({ account: 1, role: 'administrator' })
    const { json } = await search('/messages', 'hundred')
    expect(at(json, 'payload.messages.*.conversation_id')).toEqual([6])
  })

  test('messages older than three months are not found', async () => {
    asking.turn(95 * 86_400_000)
    expect(at((await search('/messages', 'lamp')).json, 'payload.messages')).toEqual([])
    expect(at((await search('/conversations', 'ines')).json, 'payload.conversations.*.id')).toEqual([5])
  })

  test('pages by fifteen', async () => {
    for (let index = 0; index < 17; index += 1) {
      asking.turn(1000)
      asking.sim.scenario.customerWrites({ conversation: 5, text: `Zing ${index}` })
    }
    const first = await search('/messages', 'zing')
    const second = await search('/messages', 'zing&page=2')
    expect(at(first.json, 'payload.messages')).toHaveLength(15)
    expect(at(second.json, 'payload.messages.*.content')).toEqual(['Zing 1', 'Zing 0'])
  })
})

function search(kind: string, words: string) {
  return asking.ask('GET', `${account}/search${kind}?q=${words.replaceAll(' ', '%20')}`)
}
