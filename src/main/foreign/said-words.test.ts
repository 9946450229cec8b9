import { expect, it } from 'vitest'
import { saidIn } from './said-words.ts'

it.each([
  [{ error: 'No' }, 'No'],
  [{ message: 'Name is taken', attributes: ['name'] }, 'Name is taken'],
  [{ errors: ['You need to sign in.', 'Now.'] }, 'You need to sign in. Now.'],
  [
    { description: 'Bad', errors: [{ field: 'status', message: 'is unknown', code: 'inclusion' }] },
    'status: is unknown',
  ],
  [{ description: 'Bad', errors: [{ code: 'gone' }, null, 7, {}] }, 'gone 7'],
  [{ description: 'Not for you', errors: [] }, 'Not for you'],
  [{ error: ' ', errors: 'x' }, null],
  [{}, null],
])('of %j the words are %j', (body, words) => {
  expect(saidIn(body)).toBe(words)
})
