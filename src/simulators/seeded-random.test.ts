import { expect, test } from 'vitest'
import { numberOfText, seededRandom } from './seeded-random.ts'

test('the same seed tells the same story, another seed another', () => {
  const story = (seed: number) => seededRandom(seed).letters(40)
  expect(story(1)).toBe(story(1))
  expect(story(1)).not.toBe(story(2))
})

test('both ends of a range come up, and nothing outside', () => {
  const random = seededRandom(3)
  const drawn = new Set(Array.from({ length: 200 }, () => random.between(2, 4)))
  expect([...drawn].sort((a, b) => a - b)).toEqual([2, 3, 4])
})

test('picking from nothing is refused', () => {
  expect(() => seededRandom(1).pick([])).toThrow(/empty/)
})

test('a text has one number, whatever script it is in', () => {
  expect(numberOfText('林晓雯')).toBe(numberOfText('林晓雯'))
  expect(numberOfText('林晓雯')).not.toBe(numberOfText('林晓'))
})
