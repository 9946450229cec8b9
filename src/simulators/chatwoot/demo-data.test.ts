import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startAsking, at, type Asking } from './asking.ts'
import { demoPlan } from './demo-data.ts'

const threads = demoPlan.accounts.flatMap((account) => account.threads)
const lines = threads.flatMap((thread) => thread.lines)
const contacts = demoPlan.accounts.flatMap((account) => Object.values(account.contacts))
const everything = JSON.stringify(demoPlan)

describe('the demo', () => {
  test('has between sixty and eighty conversations in two accounts, in every state', () => {
    expect(demoPlan.accounts).toHaveLength(2)
    expect(threads.length).toBeGreaterThanOrEqual(60)
    expect(threads.length).toBeLessThanOrEqual(80)
    const states = new Set(threads.map(({ status = 'open' }) => status))
    expect([...states].sort()).toEqual(['open', 'pending', 'resolved', 'snoozed'])
  })

  test('uses every channel there is', () => {
    const channels = demoPlan.accounts.flatMap(({ inboxes }) =>
      Object.values(inboxes).map(({ channel }) => channel),
    )
    expect(new Set(channels).size).toBe(7)
  })

  test('has a thread of more than 120 messages', () => {
    expect(Math.max(...threads.map((thread) => thread.lines.length))).toBeGreaterThan(120)
  })

  test('has somebody who waits two minutes, twenty-five minutes, three hours and two days', () => {
    const waits = threads
      .filter(({ status = 'open' }) => status === 'open')
      .flatMap((thread) => thread.lines.filter(({ by }) => by === 'them').map(({ agoMs }) => agoMs / 60_000))
    for (const minutes of [2, 25, 180, 2880]) expect(waits).toContain(minutes)
  })

  test.each([
    ['emoji', /\p{Extended_Pictographic}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Chinese', /\p{Script=Han}/u],
    ['Japanese', /\p{Script=Hiragana}/u],
    ['Korean', /\p{Script=Hangul}/u],
    ['a word of more than sixty letters', /[A-Za-z0-9_]{60}/],
    ['a link', /https:\/\//],
  ])('has %s', (_what, sample) => {
    expect(lines.some(({ text }) => sample.test(text ?? ''))).toBe(true)
  })

  test('has pictures, sound, papers, a place, letters, a failure, a deletion and a survey', () => {
    const extras = lines.map(({ extra }) => extra)
    const kinds = new Set(extras.flatMap(({ files = [] }) => files.map(({ fileType }) => fileType)))
    expect([...kinds].sort()).toEqual(['audio', 'file', 'image'])
    expect(extras.some(({ location }) => location !== undefined)).toBe(true)
    expect(extras.filter(({ email }) => email !== undefined).length).toBeGreaterThan(4)
    expect(extras.some(({ externalError }) => externalError !== undefined)).toBe(true)
    expect(extras.some(({ isDeleted }) => isDeleted === true)).toBe(true)
    expect(extras.some(({ contentType }) => contentType === 'input_csat')).toBe(true)
    expect(lines.some(({ isNote }) => isNote)).toBe(true)
    expect(Math.max(...contacts.map(({ name }) => name.length))).toBeGreaterThan(80)
  })

  test('names nobody real: mail only at example domains, phones only in the reserved range', () => {
    const mails = everything.match(/[\w.+-]+@[\w.-]+\w/g) ?? []
    expect(mails.filter((mail) => !/@(\w+\.)?example\.(com|org|net)$/.test(mail))).toEqual([])
    const phones = contacts.flatMap(({ phone }) => phone ?? [])
    expect(phones.length).toBeGreaterThan(10)
    expect(phones.filter((phone) => !/^\+447700900\d{3}$/.test(phone))).toEqual([])
    const hosts = [...everything.matchAll(/https?:\/\/([^/"?\s)]+)/g)].map(([, host]) => host ?? '')
    expect(hosts.filter((host) => !/(^|\.)example\.(com|org|net)$/.test(host))).toEqual([])
  })
})

test('the demo looks fresh on any day, and every page of it renders', async () => {
  const demo = await startAsking({ data: 'demo' })
  const { rows, ids } = await demo.list('status=all&sort_by=latest')
  expect(at(rows, '0.last_activity_at')).toBe(Math.floor(demo.now() / 1000) - 120)
  expect(ids).toHaveLength(25)
  for (const { account, conversation } of conversationsOf(
    (await demo.ask('GET', '/_scenario/conversations')).json,
  )) {
    const { messages } = demo.sim.scenario.look({ account, conversation })
    expect(messages.length).toBeGreaterThan(0)
  }
  await demo.sim.close()
})

function conversationsOf(json: unknown): { account: number; conversation: number }[] {
  if (!Array.isArray(json)) return []
  return json.map((each) => ({
    account: Number(at(each, 'account')),
    conversation: Number(at(each, 'conversation')),
  }))
}

describe('the less usual states of the demo', () => {
  let demo: Asking
  beforeEach(async () => {
    demo = await startAsking({ data: 'demo' })
  })
  afterEach(() => demo.sim.close())
  const of = async (contact: string) => {
    const { json } = await demo.ask('GET', '/_scenario/conversations')
    const all: unknown[] = Array.isArray(json) ? json : []
    const found = all.find((each) => at(each, 'contact') === contact)
    return demo.sim.scenario.look({ account: 1, conversation: Number(at(found, 'conversation')) })
  }

  test('are a survey answered', async () => {
    const { messages } = await of('Tilda Brandt')
    expect(at(messages, '4')).toMatchObject({ message_type: 3, content_type: 'input_csat' })
    expect(at(messages, '4.content_attributes.submitted_values.csat_survey_response.rating')).toBe(2)
  })

  test('a reply the channel refused, and a window that is closed', async () => {
    const { conversation, messages } = await of('Vesna Kralj')
    expect(at(conversation, 'can_reply')).toBe(false)
    expect(at(messages, '4')).toMatchObject({ status: 'failed' })
  })

  test('a mail with copies, and a note that names me and a team', async () => {
    const { conversation, messages } = await of('Osman Yildirim')
    expect(at(messages, '*.content_attributes.cc_emails')).toContainEqual([
      'orders@bakery.example.org',
      'accounts@bakery.example.org',
    ])
    const id = String(at(conversation, 'id'))
    const { json } = await demo.ask('GET', `/api/v1/accounts/1/conversations/${id}/participants`)
    expect(at(json, '*.name')).toEqual(expect.arrayContaining(['Robin Sandoval', 'Tobias Achterberg']))
  })

  test('one that sleeps until tomorrow, and a contact who is muted', async () => {
    const freya = (await of('Freya Nyström')).conversation
    expect(freya).toMatchObject({ status: 'snoozed', snoozed_until: '2026-03-15T04:00:00.000Z' })
    expect((await of('Cyrus Vale')).conversation).toMatchObject({ status: 'resolved', muted: true })
  })
})
