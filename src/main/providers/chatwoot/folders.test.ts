import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { scriptedSession } from '../../../../tests/support/scripted-session.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { FilterTerm } from '../../../shared/domain/filter.ts'
import { ProviderFailure, type FoldersBundle } from '../provider.ts'

const never = new AbortController().signal
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('a filter made on the spot', () => {
  it('finds what its terms say', async () => {
    expect(await customers({ terms: [is('status', 'pending')] })).toEqual(['יעל כרמי'])
    expect(await customers({ terms: [is('status', 'done')] })).toEqual(['Tomas Okoro'])
    expect(
      await customers({ terms: [is('labels', 'broken'), { ...is('status', 'pending'), join: 'or' }] }),
    ).toEqual(['יעל כרמי', 'Tomas Okoro'])
  })

  it('finds by the account’s own attributes', async () => {
    await here.session.done?.resolve('2', { lamp: 'floor' }, never)
    const { told } = await bundle().page({ terms: [is('custom.lamp', 'floor')] }, 1, never)
    expect(told.map((each) => each.conversation.key)).toEqual(['2'])
  })

  it('comes in pages of twenty-five, however long the list’s are', async () => {
    here.simulator.scenario.server({ pageSize: 10 })
    for (let count = 0; count < 26; count++) here.simulator.scenario.customerWrites({ text: `Pear ${count}` })
    const of = { terms: [is('status', 'open')] }
    const [first, second] = [await bundle().page(of, 1, never), await bundle().page(of, 2, never)]
    expect([first.told.length, first.hasMore]).toEqual([25, true])
    expect(second.told.length).toBeGreaterThan(0)
    expect(second.hasMore).toBe(false)
  })

  it('that the server refuses did nothing there', async () => {
    const terms: FilterTerm[] = [{ attribute: 'status', operator: 'contains', values: ['x'], join: 'and' }]
    expect(await failureOf(bundle().page({ terms }, 1, never))).toMatchObject({
      kind: 'rejected',
      mayHaveLeft: false,
    })
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' })
    expect(await failureOf(bundle().page({ terms }, 1, never))).toMatchObject({ mayHaveLeft: false })
  })
})

describe('a folder', () => {
  it('is kept, found again, and thrown away', async () => {
    const terms = [is('status', 'pending')]
    const key = await bundle().save(' Waiting for others ', terms, never)
    const saved = (await here.session.directory?.read(null, never))?.folders.at(-1)
    expect(saved).toEqual({ key, builtIn: null, name: 'Waiting for others', terms })
    expect(await customers({ folder: key })).toEqual(['יעל כרמי'])
    await bundle().remove(key, never)
    expect(await failureOf(bundle().page({ folder: key }, 1, never))).toMatchObject({ kind: 'gone' })
  })

  it('is asked for by its own query, also where we have no words for it', async () => {
    const line = {
      attribute_key: 'status',
      filter_operator: 'starts_with',
      values: ['o'],
      query_operator: 'and',
    }
    const asked: unknown[] = []
    const { session } = scriptedSession((request) => {
      if (request.method === 'GET') return jsonAnswer({ id: 5, query: { payload: [line, line] } })
      asked.push(JSON.parse(String(request.body)))
      return jsonAnswer({ meta: { all_count: 26 }, payload: [{ id: 1, status: 'open' }] })
    })
    expect(await session.folders?.page({ folder: '5' }, 1, never)).toMatchObject({ hasMore: true })
    await session.folders?.page({ folder: '5' }, 2, never)
    expect(asked[1]).toEqual({ payload: [line, { ...line, query_operator: null }] })
  })

  it('is read once for all of its pages', async () => {
    const key = await bundle().save('Open', [is('status', 'open')], never)
    here.sent()
    await bundle().page({ folder: key }, 1, never)
    await bundle().page({ folder: key }, 2, never)
    expect(here.sent().filter((each) => each.path.startsWith('/custom_filters'))).toHaveLength(1)
  })
})

describe('the built-in folders', () => {
  it('hold where I am named, whatever its state', async () => {
    const directory = await here.session.directory?.read(null, never)
    const me = directory?.agents.find((each) => each.isMe)?.key ?? ''
    const text = `[@Nilo](mention://user/${me}/Nilo) look`
    here.simulator.scenario.agentWrites({ conversation: 1, as: 'ada', isPrivate: true, text })
    expect(await keys('mentions')).toEqual(['1'])
    expect(await keys('participating')).toContain('1')
  })

  it('hold what waits for an answer', async () => {
    const { told } = await bundle().page({ folder: 'unattended' }, 1, never)
    expect(told.map((each) => each.conversation.customer.name)).toContain('Tomas Okoro')
    expect(told.every((each) => each.conversation.status.kind === 'open')).toBe(true)
  })

  it('come in pages as long as the installation makes them', async () => {
    here.simulator.scenario.server({ pageSize: 10 })
    for (let count = 0; count < 13; count++) here.simulator.scenario.customerWrites({ text: `Pear ${count}` })
    const pages: boolean[] = []
    const found = new Set<string>()
    for (let page = 1, hasMore = true; hasMore; page++) {
      const answer = await bundle().page({ folder: 'unattended' }, page, never)
      for (const each of answer.told) found.add(each.conversation.key)
      hasMore = answer.hasMore
      pages.push(hasMore)
    }
    expect(pages).toEqual([true, false])
    expect(found.size).toBeGreaterThan(13)
  })
})

function is(attribute: string, value: string): FilterTerm {
  return { attribute, operator: 'is', values: [value], join: 'and' }
}

async function customers(of: Parameters<FoldersBundle['page']>[0]): Promise<string[]> {
  return (await bundle().page(of, 1, never)).told.map((each) => each.conversation.customer.name)
}

async function keys(folder: string): Promise<string[]> {
  return (await bundle().page({ folder }, 1, never)).told.map((each) => each.conversation.key)
}

async function failureOf(attempt: Promise<unknown>): Promise<ProviderFailure> {
  const failure = await attempt.catch((error: unknown) => error)
  if (!(failure instanceof ProviderFailure)) throw new Error('did not fail as a provider does')
  return failure
}

function bundle(): FoldersBundle {
  if (here.session.folders === undefined) throw new Error('no folders')
  return here.session.folders
}
