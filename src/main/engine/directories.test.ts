import { expect, test } from 'vitest'
import { aDirectory, anAccount } from '../../../tests/support/builders.ts'
import { handClock } from '../../../tests/support/hand-clock.ts'
import type { Directory } from '../../shared/domain/directory.ts'
import { memoryStore } from '../store/memory-store.ts'
import { createDirectories } from './directories.ts'

const account = anAccount()
const before = aDirectory({ labels: [] })
const after = aDirectory({ labels: [{ title: 'vip', color: null, description: '' }] })

function asked() {
  const store = memoryStore()
  store.putAccount(account)
  const answers: PromiseWithResolvers<Directory | null>[] = []
  const directories = createDirectories({
    store,
    clock: handClock(),
    log: () => {},
    accounts: () => [account.id],
    isQuiet: () => true,
    ask() {
      const answer = Promise.withResolvers<Directory | null>()
      answers.push(answer)
      return answer.promise
    },
    changed: () => {},
  })
  return { store, directories, answers }
}

test('what was asked before a change is asked once more, so that the change is seen', async () => {
  const { store, directories, answers } = asked()
  const first = directories.refresh(account.id)
  const second = directories.refresh(account.id)
  const third = directories.refresh(account.id)
  answers[0]?.resolve(before)
  await first
  expect(store.directory(account.id)).toEqual(before)
  answers[1]?.resolve(after)
  await Promise.all([second, third])
  expect(store.directory(account.id)).toEqual(after)
  expect(answers).toHaveLength(2)
})

test('reading while news are on their way asks for no more', async () => {
  const { directories, answers } = asked()
  directories.read(account.id)
  directories.read(account.id)
  answers[0]?.resolve(before)
  await Promise.resolve()
  expect(answers).toHaveLength(1)
})
