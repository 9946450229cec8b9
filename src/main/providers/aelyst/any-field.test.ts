import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathsOf, replaced, strangers } from '../../../../tests/support/strange-fields.ts'
import { accountId } from '../../../shared/domain/ids.ts'
import { asList, asObject } from '../../foreign/read.ts'
import { templateFrom } from './templates.ts'
import { messagesFrom, type Frame, type ToldMessage } from './transform-message.ts'
import { conversationFrom, nothingHeard, summaryOf } from './transform.ts'

/**
 * Whatever any field of any payload is, missing or null or of another type or something unknown: nothing throws, and as
 * many conversations and messages come out as went in.
 */
const frame: Frame = {
  accountId: accountId('home'),
  userId: '7',
  baseUrl: 'https://api.example.com/v1',
  users: new Map([['8', { name: 'Ada Brook' }]]),
}
const contacts = itemsOf('contacts')
const messages = itemsOf('messages')
const told = { summary: nothingHeard, channels: new Map() }

describe('any field of a contact', () => {
  it.each(contacts.map((each) => [String(each['id']), each] as const))(
    '%s may be anything',
    (key, contact) => {
      for (const path of pathsOf(contact)) {
        for (const value of strangers) {
          const conversation = conversationFrom(replaced(contact, path, value), told, frame)
          if (path.join() !== 'id') expect(conversation?.key).toBe(key)
          expectSound(conversation)
        }
      }
    },
  )

  it('may be anything, several at once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contacts), spoilings(), (contact, spoil) => {
        const spoilt = spoil.reduce((raw, [at, value]) => {
          const paths = pathsOf(raw).filter((path) => path.join() !== 'id')
          return replaced(raw, paths[at % paths.length] ?? ['new'], value)
        }, contact)
        const conversation = conversationFrom(spoilt, told, frame)
        expect(conversation?.key).toBe(String(contact['id']))
        expectSound(conversation)
      }),
    )
  })
})

describe('any field of a message', () => {
  const beside = { ...messages.at(-1), messageId: 1 }

  it('may be anything, and costs neither it nor its neighbour', () => {
    for (const message of messages) {
      for (const path of pathsOf(message)) {
        for (const value of strangers) {
          const all = messagesFrom([beside, replaced(message, path, value)], '301', frame)
          const keys = all.map((each) => each.message.key)
          expect(keys).toContain('1')
          // One that says it is its neighbour is its neighbour.
          const isOther = keys.length === 2
          if (path.join() !== 'messageId')
            expect([isOther, keys.includes(String(message['messageId']))]).toEqual([true, true])
          else expect(isOther).toBe(true)
          for (const each of all) expectSound(each.message)
          expectSound(summaryOf(nothingHeard, all, true))
        }
      }
    }
  })

  it('may be anything, several at once', () => {
    fc.assert(
      fc.property(spoilings(), fc.nat(), (spoil, which) => {
        const message = messages[which % messages.length] ?? {}
        const spoilt = spoil.reduce((raw, [at, value]) => {
          const paths = pathsOf(raw).filter((path) => path.join() !== 'messageId')
          return replaced(raw, paths[at % paths.length] ?? ['new'], value)
        }, message)
        const all: ToldMessage[] = messagesFrom([spoilt], '301', frame)
        expect(all.map((each) => each.message.key)).toEqual([String(message['messageId'])])
        expectSound(all)
      }),
    )
  })
})

describe('any field of a template', () => {
  const template = {
    name: 'lamp_ready',
    languageCode: 'en',
    status: 'approved',
    category: 'UTILITY',
    components: [
      { type: 'header', format: 'TEXT', text: 'Your {{1}}' },
      { type: 'body', text: 'Hello {{1}}' },
      { type: 'buttons', buttons: [{ type: 'url', text: 'See', url: 'https://example.com/{{1}}' }] },
    ],
  }

  it('may be anything', () => {
    for (const path of pathsOf(template))
      for (const value of strangers) expectSound(templateFrom(replaced(template, path, value), '41'))
  })
})

/** What the store can keep and the window can show: no undefined, no number that is none. */
function expectSound(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value ?? null))).toEqual(value ?? null)
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
  for (const each of Object.values(value ?? {})) if (typeof each !== 'string') expectSound(each)
}

function spoilings() {
  return fc.array(fc.tuple(fc.nat(), fc.constantFrom(...strangers)), { minLength: 1, maxLength: 6 })
}

function itemsOf(name: string) {
  const file = new URL(`../../../../tests/fixtures/aelyst/${name}.json`, import.meta.url)
  return asList(asObject(JSON.parse(readFileSync(file, 'utf8')))['items']).map(asObject)
}
