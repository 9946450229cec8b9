import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, startAsking, type Asking } from './asking.ts'

let asking: Asking
beforeEach(async () => {
  asking = await startAsking()
})
afterEach(() => asking.sim.close())

const list = '/api/v1/accounts/1/conversations'
const start = (body: unknown) => asking.ask('POST', list, { body })
const contactOf = async (id: number) => at((await asking.ask('GET', `${list}/${id}`)).json, 'meta.sender.id')

describe('starting a conversation', () => {
  test('with a contact and a first message answers the conversation', async () => {
    const { json } = await start({
      inbox_id: 22,
      contact_id: await contactOf(5),
      assignee_id: 11,
      custom_attributes: { order: '7' },
      additional_attributes: { mail_subject: 'Your lamp' },
      message: { content: 'Dear {{contact.first_name}}' },
    })
    expect(json).toMatchObject({ id: 8, inbox_id: 22, status: 'open', custom_attributes: { order: '7' } })
    expect(at(json, 'additional_attributes.mail_subject')).toBe('Your lamp')
    expect(at(json, 'last_non_activity_message.content')).toBe('Dear Ines')
    expect(at(json, 'meta.assignee.id')).toBe(11)
  })

  test('begins pending where a bot is active, whatever is asked for', async () => {
    const { json } = await start({
      inbox_id: 25,
      contact_id: await contactOf(5),
      source_id: 'ines',
      status: 'open',
    })
    expect(at(json, 'status')).toBe('pending')
  })

  test('in an inbox locked to one conversation answers the last one there', async () => {
    asking.sim.scenario.inboxSettings({ inbox: 22, isLockedToOne: true })
    const { json } = await start({ inbox_id: 22, contact_id: await contactOf(3) })
    expect(at(json, 'id')).toBe(3)
  })

  test('in an inbox of others is refused, and with nobody is 404', async () => {
    expect((await start({ inbox_id: 26, contact_id: await contactOf(5) })).status).toBe(401)
    expect((await start({ inbox_id: 22, contact_id: 1 })).status).toBe(404)
    expect((await start({})).status).toBe(404)
  })

  test('with a source id of somebody else is refused in a sentence', async () => {
    const source_id = 'one-address'
    await start({ inbox_id: 24, contact_id: await contactOf(5), source_id })
    const answer = await start({ inbox_id: 24, contact_id: await contactOf(3), source_id })
    expect(answer).toMatchObject({ status: 422, json: { error: 'source_id should be unique' } })
    expect(at((await start({ source_id })).json, 'meta.sender.name')).toBe('Ines Duarte')
  })
})

describe('deleting a conversation', () => {
  const remove = () => asking.ask('DELETE', `${list}/5`)

  test('is for administrators alone', async () => {
    expect(await remove()).toMatchObject({
      status: 401,
      json: { error: 'You are not authorized to do this action' },
    })
  })

  test('is accepted at once and done a moment later, and its number is not used again', async () => {
    asking.sim.scenario.membership({ role: 'administrator' })
    expect(await remove()).toMatchObject({ status: 200, text: '' })
    expect((await asking.ask('GET', `${list}/5`)).status).toBe(200)
    asking.turn(1000)
    asking.sim.scenario.tick()
    expect((await asking.ask('GET', `${list}/5`)).status).toBe(404)
    expect(asking.sim.scenario.customerWrites({ inbox: 21, text: 'New' }).conversation).toBe(8)
  })
})
