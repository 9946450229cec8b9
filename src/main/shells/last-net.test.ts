import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { spreadLastNet } from './last-net.ts'

const spoken = new TypeError('Ines wrote: my card is 4111')

function spread(onCaught: (error: unknown) => void) {
  const process = new EventEmitter()
  const logged: string[] = []
  const log = (event: string, facts?: object): void => void logged.push(`${event} ${JSON.stringify(facts)}`)
  return { process, logged, takeAway: spreadLastNet(process, log, onCaught) }
}

test.each(['uncaughtException', 'unhandledRejection'])(
  'an %s is logged without its words and handed on',
  (event) => {
    const caught: unknown[] = []
    const { process, logged } = spread((error) => caught.push(error))
    process.emit(event, spoken)
    expect(caught).toEqual([spoken])
    expect(logged).toEqual([
      expect.stringMatching(/^app\.broke \{"error":"TypeError","at":"last-net\.test\.ts:/),
    ])
    expect(logged.join()).not.toMatch(/Ines|4111/)
  },
)

test.each([null, undefined, 'Ines', 7])('%s, which is no error, is caught as well', (thrown) => {
  const { process, logged } = spread(() => {})
  process.emit('unhandledRejection', thrown)
  expect(logged).toHaveLength(1)
  expect(logged.join()).not.toContain('Ines')
})

test('what breaks while it is handed on is logged too, and thrown to nobody', () => {
  const { process, logged } = spread(() => {
    throw new RangeError('again')
  })
  expect(() => process.emit('uncaughtException', spoken)).not.toThrow()
  expect(logged).toHaveLength(2)
})

test('once it is taken away, an error ends the process as it would without', () => {
  const { process, takeAway } = spread(() => {})
  takeAway()
  expect(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')).toBe(0)
})
