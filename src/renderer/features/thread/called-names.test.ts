import { expect, test } from 'vitest'
import { calledNames } from './called-names.ts'

test('names are found whole, the longest first', () => {
  expect(calledNames('Ask @Budi Santoso, not @Budi.', ['Budi', 'Budi Santoso'])).toEqual([
    { text: 'Ask ', isName: false },
    { text: '@Budi Santoso', isName: true },
    { text: ', not ', isName: false },
    { text: '@Budi', isName: true },
    { text: '.', isName: false },
  ])
})

test('a name inside a longer word, or of nobody, is plain text', () => {
  expect(calledNames('@Budiman @Nobody', ['Budi'])).toEqual([{ text: '@Budiman @Nobody', isName: false }])
})

test('a name is taken as it is written, whatever signs it holds', () => {
  expect(calledNames('@A.+(b) hi', ['A.+(b)', ''])).toEqual([
    { text: '@A.+(b)', isName: true },
    { text: ' hi', isName: false },
  ])
  expect(calledNames('@Ann-Mei/2', ['Ann-Mei/2'])).toEqual([{ text: '@Ann-Mei/2', isName: true }])
  expect(calledNames('@Axx', ['A.+'])).toEqual([{ text: '@Axx', isName: false }])
})
