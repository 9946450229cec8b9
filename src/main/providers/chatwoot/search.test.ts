import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { SearchBundle } from '../provider.ts'

const never = new AbortController().signal
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('the server’s own search', () => {
  it('finds conversations by their customer', async () => {
    const { hits } = await ask('conversations', ' ines ')
    expect(hits).toMatchObject([{ kind: 'conversation', title: 'Ines Duarte', inbox: 'Website' }])
    const key = hits[0]?.conversationKey ?? ''
    expect((await here.session.look(key, never)).conversation.customer.name).toBe('Ines Duarte')
  })

  it('finds messages with whoever wrote them', async () => {
    const { hits } = await ask('messages', 'guests tonight')
    expect(hits).toMatchObject([
      { kind: 'message', title: 'Ines Duarte', excerpt: 'I have guests tonight 😅', inbox: 'Website' },
    ])
    expect(hits[0]?.customerKey).not.toBeNull()
  })

  it('takes no agent for a customer', async () => {
    const { hits } = await ask('messages', 'looking into it')
    expect(hits).toMatchObject([{ title: 'Nilo Verano', customerKey: null }])
  })

  it('finds customers with how to reach them', async () => {
    const { hits } = await ask('customers', 'bram')
    expect(hits).toMatchObject([
      { kind: 'customer', title: 'Bram de Wit', excerpt: '+447700900142', conversationKey: null },
    ])
  })

  it('comes in pages of fifteen', async () => {
    for (let count = 0; count < 16; count++) here.simulator.scenario.customerWrites({ text: `Pear ${count}` })
    const [first, second] = [await ask('messages', 'pear'), await ask('messages', 'pear', 2)]
    expect([first.hits.length, first.hasMore, second.hits.length, second.hasMore]).toEqual([
      15,
      true,
      1,
      false,
    ])
  })

  it('is not asked for nothing', async () => {
    here.sent()
    expect(await ask('messages', '  ')).toEqual({ hits: [], hasMore: false })
    expect(here.sent()).toEqual([])
  })
})

async function ask(what: Parameters<SearchBundle['ask']>[0]['what'], words: string, page = 1) {
  if (here.session.search === undefined) throw new Error('no search')
  return here.session.search.ask({ what, words, page }, never)
}
