import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test.each([
  [[], { opensBrowser: true, port: null }],
  [['--no-open'], { opensBrowser: false, port: null }],
  [['--port', '4100'], { opensBrowser: true, port: 4100 }],
  [['--port=4100', '--no-open'], { opensBrowser: false, port: 4100 }],
])('%j means %o', (given, meant) => {
  expect(readArguments(given)).toEqual(meant)
})

test.each([
  [['--port'], '“--port”'],
  [['--port', '0'], '“--port 0”'],
  [['--port', '65536'], '“--port 65536”'],
  [['--port', '--no-open'], '“--port --no-open”'],
  [['--port=4e3'], '“--port=4e3”'],
  [['--open'], '“--open”'],
])('%j is refused, naming what was not understood', (given, named) => {
  expect(() => readArguments(given)).toThrow(
    `${named} is not understood. Known are --no-open and --port NUMBER`,
  )
})
