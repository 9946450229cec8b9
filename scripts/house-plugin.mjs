// @ts-check
import { builtinModules } from 'node:module'
import { dirname, relative, resolve } from 'node:path'

/**
 * The house's own lint rules. Most are a selector and a sentence; eslint.config.mjs says where each one applies.
 * Every sentence names the way out.
 */

/** @typedef {{ selector: string, message: string }} Ban */

const letters = '/\\p{L}/u'
const spokenAttributes =
  '/^(aria-label|aria-description|aria-roledescription|aria-valuetext|aria-placeholder|title|placeholder|alt|label)$/'
const physicalStyle =
  '/^((margin|padding|border|scrollMargin|scrollPadding)(Left|Right)|border(Top|Bottom)(Left|Right)Radius|border(Left|Right)(Width|Color|Style)|left|right)$/'

/** @type {(ids: readonly string[]) => Record<string, Ban[]>} */
export function bansFor(ids) {
  const anId = `/^(${ids.join('|')})$/`
  const spoken = `JSXAttribute[name.name=${spokenAttributes}]`
  return {
    'provider-id': only(
      [
        `BinaryExpression[operator=/^[!=]==?$/] > Literal[value=${anId}]`,
        `SwitchCase > Literal.test[value=${anId}]`,
        `CallExpression[callee.property.name=/^(includes|indexOf|has|get|startsWith)$/] Literal[value=${anId}]`,
        `Property > Literal.key[value=${anId}]`,
        `Property[computed=false] > Identifier.key[name=${anId}]`,
      ],
      'Ask for the capability (`can`, or the bundle of the session), not for the provider.',
    ),
    'own-mock': only(
      [
        'CallExpression[callee.object.name=/^(vi|vitest)$/][callee.property.name=/^(mock|doMock|unstable_mockModule)$/] > Literal:first-child[value=/^[.\\u002F#@~]\\u002F?/]',
        'CallExpression[callee.object.name=/^(vi|vitest)$/][callee.property.name=/^(mock|doMock)$/] > ImportExpression[source.value=/^[.\\u002F]/]',
      ],
      'Hand in a fake: our modules take what they need as an argument.',
    ),
    'literal-words': only(
      [
        `JSXText[value=${letters}]`,
        ...['', 'ConditionalExpression > ', 'LogicalExpression > '].flatMap((between) => [
          `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > ${between}Literal[value=${letters}]`,
          `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > ${between}TemplateLiteral[quasis.0.value.raw=${letters}]`,
        ]),
        `${spoken} > Literal[value=${letters}]`,
        `${spoken} > JSXExpressionContainer > Literal[value=${letters}]`,
        `${spoken} > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal[value=${letters}]`,
        `${spoken} > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${letters}]`,
      ],
      'Take it from the catalogue: say(...) in src/shared/words.',
    ),
    'logical-styles': only(
      [
        `JSXAttribute[name.name='style'] Property > Identifier.key[name=${physicalStyle}]`,
        `JSXAttribute[name.name='style'] Property[key.name='textAlign'] > Literal[value=/^(left|right)$/]`,
      ],
      'Use the logical property (marginInlineStart, insetInlineEnd, textAlign start ...): right-to-left depends on it.',
    ),
    'raw-html': only(
      [
        "JSXAttribute[name.name='dangerouslySetInnerHTML']",
        'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]',
      ],
      'Foreign HTML is shown through the sanitiser only.',
    ),
    clock: only(
      [
        "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        "NewExpression[callee.name='Date'][arguments.length=0]",
        "CallExpression[callee.name='Date']",
      ],
      'Take the time from the clock that is handed in.',
    ),
    random: only(
      ["MemberExpression[object.name='Math'][property.name='random']"],
      'Take random ids from what is handed in.',
    ),
    barrel: only(
      ['ExportAllDeclaration', 'ExportNamedDeclaration[source]'],
      'No barrels: import it from the file that makes it.',
    ),
    'exported-function': only(
      [
        'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > :matches(ArrowFunctionExpression, FunctionExpression).init',
      ],
      'Export a `function`, not a const that holds one.',
    ),
  }
}

/** @type {(ids: readonly string[]) => import('eslint').ESLint.Plugin} */
export function housePlugin(ids) {
  const bans = Object.entries(bansFor(ids)).map(([name, ban]) => [name, banRule(ban)])
  return {
    meta: { name: 'house' },
    rules: { ...Object.fromEntries(bans), packages, 'disable-reason': disableReason },
  }
}

/** @type {(selectors: string[], message: string) => Ban[]} */
function only(selectors, message) {
  return selectors.map((selector) => ({ selector, message }))
}

/** @type {(ban: Ban[]) => import('eslint').Rule.RuleModule} */
function banRule(ban) {
  return {
    meta: { type: 'problem', schema: [] },
    create(context) {
      const entries = ban.map(({ selector, message }) => [
        selector,
        (/** @type {import('estree').Node} */ node) => context.report({ node, message }),
      ])
      return Object.fromEntries(entries)
    },
  }
}

/**
 * Which packages and Node built-ins a folder may import, and which of our own files only as types. Complements
 * import-x/no-restricted-paths, which knows neither built-ins nor the difference between a type and a value.
 * @type {import('eslint').Rule.RuleModule}
 */
const packages = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: {
          root: { type: 'string' },
          who: { type: 'string' },
          may: { type: 'array', items: { type: 'string' } },
          asTypes: { type: 'array', items: { type: 'string' } },
        },
        required: ['root', 'who', 'may', 'asTypes'],
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const { root, who, may, asTypes } = context.options[0]
    const from = dirname(context.filename)
    /** @type {(node: any, source: any, isType: boolean) => void} */
    function check(node, source, isType) {
      if (typeof source?.value !== 'string') return
      const name = nameOf(source.value)
      if (name === null) {
        const path = relative(root, resolve(from, source.value)).replaceAll('\\', '/')
        const isOnlyTypes = asTypes.some(
          (/** @type {string} */ each) => path === each || path.startsWith(`${each}/`),
        )
        if (isOnlyTypes && !isType)
          context.report({ node, message: `${who} may import ${path} as types only.` })
        return
      }
      const isOnlyTypes = asTypes.includes(name)
      if (isOnlyTypes ? isType : isListed(name, may)) return
      context.report({ node, message: `${who} may not import ${name}${isOnlyTypes ? ' but as types' : ''}.` })
    }
    return {
      /** @param {any} node */
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      /** @param {any} node */
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      /** @param {any} node */
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      /** @param {any} node */
      ImportExpression: (node) => check(node, node.source, false),
      /** @param {any} node */
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      /** @param {any} node */
      "CallExpression[callee.name='require']": (node) => check(node, node.arguments[0], false),
    }
  },
}

/** A switched-off rule is an exception reviewers count, so it says why. @type {import('eslint').Rule.RuleModule} */
const disableReason = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isDisable = /^\s*(eslint-disable|eslint-enable|@ts-expect-error)/.test(comment.value)
          if (!isDisable || /--\s*\S|@ts-expect-error\s*:?\s*\w/.test(comment.value)) continue
          context.report({
            loc: /** @type {any} */ (comment.loc),
            message: 'Say why: `-- reason` after the rule.',
          })
        }
      },
    }
  },
}

/** The package or built-in a specifier names; null for a path of ours. @param {string} specifier */
function nameOf(specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('/')) return null
  if (specifier.startsWith('node:')) return specifier
  if (builtinModules.includes(specifier)) return `node:${specifier}`
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** A built-in is listed with all below it: `node:fs` is also `node:fs/promises`. @param {string} name @param {string[]} list */
function isListed(name, list) {
  if (!name.startsWith('node:')) return list.includes(name) || list.includes('*')
  return ['*', 'node:*', name, name.split('/')[0] ?? name].some((each) => list.includes(each))
}

/** @param {any} node */
function isTypeOnly(node) {
  if (node.importKind === 'type') return true
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every((/** @type {any} */ each) => each.importKind === 'type')
  )
}
