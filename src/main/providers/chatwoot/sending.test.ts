import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReply, aSought, byHand, failureOf, never, there } from '../../../../tests/support/chatwoot-tries.ts'
import { startSimulated, type Simulated } from '../../../../tests/support/simulated-chatwoot.ts'
import type { OutgoingFile, OutgoingReply } from '../provider.ts'
import { asList, asObject, asText } from '../../foreign/read.ts'
import { templatesOf } from './templates.ts'

const messagesPath = '/api/v1/accounts/*/conversations/*/messages'
const uploadsPath = '/api/v1/accounts/*/conversations/*/direct_uploads'
const ada = { kind: 'agent', key: '12', name: 'Ada Brook' } as const
let here: Simulated

beforeEach(async () => {
  here = await startSimulated()
})

afterEach(() => here.close())

describe('a note', () => {
  it('stays among colleagues', async () => {
    const { message } = await send({ isNote: true, text: 'Careful with this one' })
    expect(message).toMatchObject({ kind: 'note', text: 'Careful with this one', delivery: { kind: 'none' } })
    expect(posted()).toMatchObject({ private: true })
  })

  it('is the only thing that says anything of being private: with files even "false" was taken for true', async () => {
    await send({ text: 'To you' })
    await send({ text: 'To you', files: [aFile()], ownId: 'row-2' })
    expect(here.sent().map((each) => JSON.stringify(each.body).includes('private'))).toEqual([false, false])
  })

  it('calls people and teams the way the server finds them, and is read as it was written', async () => {
    const returns = { kind: 'team', key: '41', name: 'returns' } as const
    const { message } = await send({
      isNote: true,
      text: 'Dear @Ada Brook, ask @returns',
      mentions: [returns, ada],
    })
    expect(message.text).toBe('Dear @Ada Brook, ask @returns')
    expect(posted()).toMatchObject({
      content: 'Dear [@Ada Brook](mention://user/12/Ada%20Brook), ask [@returns](mention://team/41/returns)',
    })
    const takingPart = await byHand(here, '/api/v1/accounts/1/conversations/5/participants')
    expect(asList(takingPart).map((each) => asObject(each)['name'])).toContain('Ada Brook')
  })

  it('whose answer was lost is found by its words, and not among the replies', async () => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const startedAt = here.clock.now()
    const note = { isNote: true, text: 'Ask @Ada Brook', mentions: [ada] }
    await send(note)
    const find = (isNote: boolean) => here.session.findSent(aSought({ ...note, isNote, startedAt }), never)
    expect([(await find(true)).finding, (await find(false)).finding]).toEqual(['found', 'absent'])
  })
})

describe('a reply', () => {
  it('says which message it answers by the number the server knows', async () => {
    const [first] = (await here.session.thread('5', null, never)).messages
    const { message } = await send({ replyTo: there(first).key })
    expect(message.replyTo).toBe(first?.key)
    expect(posted()).toMatchObject({
      content_attributes: { in_reply_to: Number(first?.key), tuntas_id: 'row-1' },
    })
  })

  it('by e-mail carries further addresses, and no empty ones', async () => {
    const mail = { cc: ['ada@example.com', 'otto@example.com'], bcc: [] }
    const { message } = await send({ conversationKey: '3', mail })
    expect(posted()).toMatchObject({ cc_emails: 'ada@example.com,otto@example.com' })
    expect(message.mail).toMatchObject({ cc: mail.cc, bcc: [] })
    await send({ conversationKey: '3', mail: { cc: [], bcc: [] }, ownId: 'row-2' })
    expect(Object.keys(asObject(posted()))).toEqual([
      'content',
      'message_type',
      'content_attributes',
      'echo_id',
    ])
  })

  it('as a template leaves where the channel takes nothing else any more, also first of all after a start', async () => {
    const template = await aTemplate()
    const use = { ...template, values: Object.fromEntries(template.blanks.map(({ key }) => [key, 'Bram'])) }
    await send({ conversationKey: '2', text: 'Hello Bram', template: use })
    await here.serverClock.advance(5_000)
    here.simulator.scenario.tick()
    const { messages } = await here.session.look('2', never)
    expect(messages.at(-1)?.delivery).toEqual({ kind: 'sent' })
    expect(posted()).toMatchObject({
      content: 'Hello Bram',
      template_params: { name: template.name, language: template.language, category: template.category },
    })
  })
})

describe('files', () => {
  it('go along with the words, in one request, whatever they are called', async () => {
    const file = aFile({ name: 'C:\\fotos\\"lámpara" 灯.png\r\nX: y', contentType: 'image/png' })
    const { message, keepsOwnId } = await send({ text: 'Here {{it}} is', files: [file, aFile()] })
    expect(message.text).toBe('Here `{{it}}` is')
    expect(message.attachments.map((each) => [each.kind, each.name])).toEqual([
      ['image', '"lámpara" 灯.png  X: y'],
      ['file', 'list.txt'],
    ])
    expect(keepsOwnId).toBe(true)
    expect(here.simulator.accepted.messages).toHaveLength(1)
    expect(await bytesOf(message.attachments[1]?.url ?? null)).toEqual(aFile().bytes)
  })

  it('keep what goes along with them', async () => {
    const [first] = (await here.session.thread('5', null, never)).messages
    const { message } = await send({ text: '', files: [aFile()], replyTo: there(first).key })
    expect(message).toMatchObject({ text: '', replyTo: first?.key, ownId: 'row-1' })
  })

  it('whose answer was lost are found by how many they were', async () => {
    here.simulator.scenario.server({ keepsUnknownContentAttributes: false })
    const startedAt = here.clock.now()
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'POST', count: 1 })
    expect((await failureOf(send({ files: [aFile()] }))).mayHaveLeft).toBe(true)
    const size = aFile().bytes.length
    const find = (fileSizes: number[]) => here.session.findSent(aSought({ fileSizes, startedAt }), never)
    expect([
      (await find([size])).finding,
      (await find([size, size])).finding,
      (await find([])).finding,
    ]).toEqual(['found', 'absent', 'absent'])
  })

  it('too large for what stands before the server are taken to its store first, and sent once', async () => {
    tooLarge()
    const { message, keepsOwnId } = await send({ files: [aFile(), aFile({ name: 'two.txt' })] })
    expect(message.attachments.map((each) => each.name)).toEqual(['list.txt', 'two.txt'])
    expect(keepsOwnId).toBe(true)
    expect(here.simulator.accepted.messages).toHaveLength(1)
    expect(await bytesOf(message.attachments[0]?.url ?? null)).toEqual(aFile().bytes)
  })

  it('keep their names on the way to the store', async () => {
    tooLarge()
    const { message } = await send({ files: [aFile({ name: 'the "good" list.txt' })] })
    expect(message.attachments.map((each) => each.name)).toEqual(['the "good" list.txt'])
  })

  it('are taken to the store without our token, which may be somebody else’s', async () => {
    tooLarge()
    await send({ files: [aFile()] })
    const put = here.sent().find((each) => each.method === 'PUT')
    expect(Object.keys(put?.headers ?? {}).map((name) => name.toLowerCase())).toEqual(['content-type'])
  })

  it('go nowhere where the store is at a strange address', async () => {
    tooLarge()
    const body = JSON.stringify({ signed_id: 'x', direct_upload: { url: 'http://10.0.0.1/', headers: {} } })
    const answer = { kind: 'status', status: 200, contentType: 'application/json', body } as const
    here.simulator.scenario.fault(answer, { path: uploadsPath })
    await failureOf(send({ files: [aFile()] }))
    expect(here.sent().filter((each) => each.method === 'PUT')).toEqual([])
  })

  it('that find no way say so, and nothing was sent', async () => {
    tooLarge()
    here.simulator.scenario.fault({ kind: 'refused', why: 'notFound' }, { path: uploadsPath })
    expect(await failureOf(send({ files: [aFile()] }))).toMatchObject({
      kind: 'rejected',
      facts: { status: '413' },
      mayHaveLeft: false,
    })
    expect(here.simulator.accepted.messages).toEqual([])
  })

  it('whose way to the store broke were surely not sent', async () => {
    tooLarge()
    here.simulator.scenario.fault({ kind: 'dropAfterAccept' }, { method: 'PUT' })
    expect(await failureOf(send({ files: [aFile()] }))).toMatchObject({ kind: 'offline', mayHaveLeft: false })
    expect(here.simulator.accepted.messages).toEqual([])
  })

  it('that the store refuses are no reason to sign in again', async () => {
    tooLarge()
    const answer = { kind: 'status', status: 401, contentType: 'application/json', body: '{"errors":["no"]}' } as const // prettier-ignore
    here.simulator.scenario.fault(answer, { method: 'PUT' })
    expect((await failureOf(send({ files: [aFile()] }))).kind).toBe('rejected')
  })
})

function send(given: Partial<OutgoingReply>) {
  return here.session.send(aReply(given), never)
}

/** The JSON of the last message posted. */
function posted(): unknown {
  return here.sent().findLast((each) => each.method === 'POST')?.body
}

function aFile(given: Partial<OutgoingFile> = {}): OutgoingFile {
  const bytes = new TextEncoder().encode('two lamps\r\n--one shade\r\n')
  return { name: 'list.txt', contentType: 'text/plain', bytes, ...given }
}

function tooLarge(): void {
  const answer = { kind: 'status', status: 413, contentType: 'text/html', body: '<html>Too Large' } as const
  here.simulator.scenario.fault(answer, { path: messagesPath, method: 'POST', count: 1 })
}

async function bytesOf(url: string | null): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url ?? '')).arrayBuffer())
}

/** One of the WhatsApp inbox that can be filled in. */
async function aTemplate() {
  const inboxes = asList(asObject(await byHand(here, '/api/v1/accounts/1/inboxes'))['payload']).map(asObject)
  const whatsapp = inboxes.find((each) => asText(each['channel_type']) === 'Channel::Whatsapp')
  return there(templatesOf(there(whatsapp)).find((each) => each.unusable === null && each.blanks.length > 0))
}
