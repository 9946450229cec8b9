import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jsonAnswer } from '../../../../tests/support/scripted-http.ts'
import { scriptedSession } from '../../../../tests/support/scripted-session.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import { ProviderFailure, type NotificationsBundle, type NotificationsPage } from '../provider.ts'

const never = new AbortController().signal
let here: Simulated
let myKey: string

beforeEach(async () => {
  here = await startSimulated()
  const directory = await here.session.directory?.read(null, never)
  myKey = directory?.agents.find((each) => each.isMe)?.key ?? ''
})

afterEach(() => here.close())

describe('the agent’s notifications', () => {
  it('lead to the conversation by the number every route takes', async () => {
    mention(2)
    const { notifications, unread } = await page()
    expect(notifications[0]).toMatchObject({
      kind: 'mention',
      conversationKey: '2',
      isRead: false,
      snoozedUntil: null,
      at: here.serverClock.now(),
    })
    expect(notifications[0]?.title).not.toBe('')
    expect(unread).toBe(2)
  })

  it('lead nowhere where they are about something else than a conversation', async () => {
    const about = (actor: object) => ({ id: 1, notification_type: 'conversation_mention', ...actor })
    const rows = [
      about({ primary_actor_type: 'Message', primary_actor: { id: 900, conversation_id: 5 } }),
      about({ primary_actor_type: 'Contact', primary_actor: { id: 900 } }),
      about({ primary_actor: { id: 5 } }),
    ]
    const { session } = scriptedSession(() => jsonAnswer({ data: { meta: {}, payload: rows } }))
    const told = await session.notifications?.page(1, never)
    expect(told?.notifications.map((each) => each.conversationKey)).toEqual(['5', null, '5'])
  })

  it('stay in the list once they are read or put off', async () => {
    mention(2)
    const [first, second] = (await page()).notifications
    const until = here.clock.now() + 3_600_000
    await change(first?.key ?? '', { kind: 'read' })
    await change(second?.key ?? '', { kind: 'snooze', until })
    const { notifications, unread } = await page()
    expect(notifications.slice(0, 2).map((each) => [each.key, each.isRead, each.snoozedUntil])).toEqual([
      [first?.key, true, null],
      [second?.key, false, until],
    ])
    expect(unread).toBe(1)
  })

  it('are made unread again, and thrown away one by one', async () => {
    const [{ key } = { key: '' }, ...others] = (await page()).notifications
    await change(key, { kind: 'read' })
    await change(key, { kind: 'unread' })
    expect((await page()).notifications[0]).toMatchObject({ key, isRead: false })
    await change(key, { kind: 'remove' })
    expect((await page()).notifications).toEqual(others)
  })

  it('are read all at once', async () => {
    mention(2)
    await change(null, { kind: 'read' })
    expect((await page()).unread).toBe(0)
    expect(here.sent().map((each) => [each.method, each.path])).toContainEqual([
      'POST',
      '/notifications/read_all',
    ])
  })

  it.each([{ kind: 'remove' }, { kind: 'unread' }, { kind: 'snooze', until: 1 }] as const)(
    'are not all changed by %j, which would reach other accounts or nothing',
    async (order) => {
      here.sent()
      const failure = await change(null, order).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(ProviderFailure)
      expect(failure).toMatchObject({ code: 'notPossible', mayHaveLeft: false })
      expect(here.sent()).toEqual([])
    },
  )

  it('come in pages of fifteen', async () => {
    for (let count = 0; count < 15; count++) {
      const { conversation } = here.simulator.scenario.customerWrites({ text: `Question ${count}` })
      mention(conversation)
    }
    const first = await page()
    const second = await page(2)
    expect([first.notifications.length, first.hasMore]).toEqual([15, true])
    expect([second.notifications.length, second.hasMore]).toEqual([2, false])
    const keys = [...first.notifications, ...second.notifications].map((each) => each.key)
    expect(new Set(keys).size).toBe(17)
  })
})

function mention(conversation: number): void {
  const text = `[@Nilo](mention://user/${myKey}/Nilo) look`
  here.simulator.scenario.agentWrites({ conversation, as: 'ada', isPrivate: true, text })
}

function page(number = 1): Promise<NotificationsPage> {
  return bundle().page(number, never)
}

function change(
  ...[key, order]: [string | null, Parameters<NotificationsBundle['change']>[1]]
): Promise<void> {
  return bundle().change(key, order, never)
}

function bundle(): NotificationsBundle {
  if (here.session.notifications === undefined) throw new Error('no notifications')
  return here.session.notifications
}
