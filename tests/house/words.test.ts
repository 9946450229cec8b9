import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { failureCodes } from '../../src/shared/contract/failure.ts'
import { isProduct, sourceFiles } from './source-tree.ts'

const files = sourceFiles().filter(({ path }) => isProduct(path))
const topics = await wordsByTopic()
const keys = topics.flatMap(({ words }) => Object.keys(words))

describe('the message catalogue', () => {
  test('says nothing twice under one key', () => {
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test('has a sentence for every failure, and none for a failure that is not', () => {
    const told = keys.filter((key) => key.startsWith('failure.')).map((key) => key.slice('failure.'.length))
    expect(told.toSorted()).toEqual([...failureCodes].toSorted())
  })

  test('holds no sentence that nobody says', () => {
    const said = new Set(
      files.filter(({ path }) => !path.startsWith('src/shared/words/')).flatMap(({ ast }) => textsIn(ast)),
    )
    const stems = [...said].filter((text) => text.endsWith('.') || text.endsWith('*'))
    const silent = keys.filter(
      (key) => !said.has(key) && !stems.some((stem) => key.startsWith(stem.replace('*', ''))),
    )
    expect(silent).toEqual([])
  })

  test('marks a blank with braces that close, and has both plural forms', () => {
    const phrases = topics.flatMap(({ words }) => Object.entries(words))
    const bad = phrases.filter(([, phrase]) =>
      forms(phrase).some((text) => text.trim() === '' || /[{}]/.test(text.replace(/\{\w+\}/g, ''))),
    )
    expect(bad).toEqual([])
  })
})

type Phrase = string | { readonly one: string; readonly other: string }

async function wordsByTopic(): Promise<{ topic: string; words: Record<string, Phrase> }[]> {
  const folder = join(import.meta.dirname, '../../src/shared/words')
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && name !== 'words.ts' && isProduct(name),
  )
  const load = async (name: string) => {
    const module = (await import(join(folder, name))) as Record<string, Record<string, Phrase>>
    return { topic: name, words: Object.assign({}, ...Object.values(module)) as Record<string, Phrase> }
  }
  return await Promise.all(names.map(load))
}

function forms(phrase: Phrase): string[] {
  return typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]
}

/** Every text in the code; of a template that begins with a fixed part, that part: `failure.${code}` says all of them. */
function textsIn(ast: ts.SourceFile): string[] {
  const found: string[] = []
  function visit(node: ts.Node): void {
    if (ts.isStringLiteralLike(node)) found.push(node.text)
    if (ts.isTemplateExpression(node) && node.head.text.includes('.')) found.push(`${node.head.text}*`)
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}
