import { expect, test } from 'vitest'
import type { TemplateRow } from '../../../shared/contract/contract.ts'
import { filledText, findTemplates, openBlank, partsOf } from './template-text.ts'

const template: TemplateRow = {
  key: 'shipped',
  name: 'order_shipped',
  language: 'en',
  category: 'UTILITY',
  header: 'Order {{order}}',
  body: 'Hello {{1}}, it is on its way. {{ 1 }}, bye.',
  footer: '',
  blanks: [
    { key: 'order', kind: 'text' },
    { key: '1', kind: 'text' },
    { key: 'link', kind: 'url' },
  ],
  unusable: null,
}

test('a message reads as it will be sent; what is not filled stays to be seen', () => {
  expect(filledText(template, { order: '88412', '1': '' })).toBe(
    'Order 88412\n\nHello {{1}}, it is on its way. {{1}}, bye.',
  )
  expect(filledText(template, { '1': ' Ayu ' })).toBe(
    'Order {{order}}\n\nHello Ayu, it is on its way. Ayu, bye.',
  )
})

test('the words are taken apart at their blanks', () => {
  expect(partsOf('Hi {{1}}!', { '1': 'Ayu' })).toEqual([
    { kind: 'words', text: 'Hi ' },
    { kind: 'blank', key: '1', value: 'Ayu' },
    { kind: 'words', text: '!' },
  ])
})

test('every blank needs something; of a link it is only the end, and no whole address', () => {
  expect(openBlank(template, {})).toBe('order')
  expect(openBlank(template, { order: '1', '1': 'Ayu', link: ' ' })).toBe('link')
  expect(openBlank(template, { order: '1', '1': 'Ayu', link: 'L-7' })).toBeNull()
})

test('templates are found by name and words, those that can be sent first', () => {
  const broken = { ...template, key: 'broken', name: 'a_video', unusable: 'VIDEO' }
  expect(findTemplates([broken, template], 'ON ITS').map((each) => each.key)).toEqual(['shipped', 'broken'])
  expect(findTemplates([broken, template], 'nothing like it')).toEqual([])
})
