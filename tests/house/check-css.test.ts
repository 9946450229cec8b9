import { expect, test } from 'vitest'
import { physicalIn } from '../../scripts/check-css.mjs'

test.each([
  ['margin-left: 4px', 'margin-inline-start or margin-inline-end'],
  ['padding-right: 4px', 'padding-inline-start or padding-inline-end'],
  ['scroll-margin-left: 4px', 'scroll-margin-inline-start or scroll-margin-inline-end'],
  ['border-left: 1px solid', 'border-inline-start or border-inline-end'],
  ['border-right-color: red', 'border-inline-start-color or border-inline-end-color'],
  ['border-top-left-radius: 4px', 'border-start-start-radius, border-start-end-radius and so on'],
  ['left: 0', 'inset-inline-start or inset-inline-end'],
  ['right: 0', 'inset-inline-start or inset-inline-end'],
  ['text-align: left', 'text-align: start or end'],
  ['float: right', 'float: start or end'],
  ['margin: 0 4px 0 8px', 'margin-block and margin-inline'],
  ['padding: 0 var(--space-2) 0 calc(1px + 2px)', 'padding-block and padding-inline'],
  ['inset: 0 auto 0 0', 'inset-block and inset-inline'],
])('“%s” is refused', (declaration, instead) => {
  const css = `/* a comment\n with left: 0 */\n.row {\n  color: red;\n  ${declaration};\n}`
  expect(physicalIn(css)).toEqual([{ line: 5, found: declaration, instead }])
})

test('logical properties, and directions that do not turn round, pass', () => {
  const css = `.row {
    margin-inline-start: 4px; padding: 4px 8px 4px 8px; padding-inline: 1px 2px; top: 0; inset-inline-end: 0;
    text-align: start; background-position: left center; --left: 1px; transform-origin: left;
    &:hover { color: red } }
    @media (min-width: 10px) { .left:hover { margin-block: 0 } }`
  expect(physicalIn(css)).toEqual([])
})

test('a declaration without a closing semicolon, nested or important, is seen too', () => {
  expect(physicalIn('.a{.b{left:0}}').length).toBe(1)
  expect(physicalIn('.a { margin: 0 1px 0 2px !important }').length).toBe(1)
})
