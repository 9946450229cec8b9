import { basename } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { tableFor } from '../../eslint.config.mjs'
import { allFiles, cycles, isProduct, loadedBy, sourceFiles } from './source-tree.ts'

const files = sourceFiles()

describe('imports', () => {
  test('a circle is found, also one of types', () => {
    const imports = (target: string) => [{ target, isType: true }]
    const circle = [
      { path: 'a', imports: imports('b') },
      { path: 'b', imports: imports('c') },
      { path: 'c', imports: imports('b') },
    ]
    expect(cycles(circle)).toEqual([['b', 'c']])
  })

  test('run in no circles', () => {
    expect(cycles(files)).toEqual([])
  })

  test('of the window and the preload load neither zod, nor Node, nor Electron with them', () => {
    const window = loadedBy(
      files.map((each) => each.path).filter((path) => path.startsWith('src/renderer/') && isProduct(path)),
      files,
    )
    expect(
      [...window].filter(
        (path) =>
          path === 'zod' || path === 'electron' || path.startsWith('node:') || path.startsWith('src/main/'),
      ),
    ).toEqual([])
    const preload = loadedBy(['src/preload/index.ts'], files)
    expect([...preload].filter((path) => path === 'zod' || path.startsWith('node:'))).toEqual([])
  })

  test('name files with their ending, and files that are there', () => {
    const known = new Set(allFiles())
    const lost = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith('src/') && !known.has(target.replace(/\?.*$/, '')))
        .map(({ target }) => `${path}: ${target}`),
    )
    expect(lost).toEqual([])
  })
})

describe('files', () => {
  const folders = tableFor(`${import.meta.dirname}/../..`).map(({ folder }) => folder)

  test('each stands in a folder of the dependency table', () => {
    const held = (path: string): boolean =>
      folders.some(
        (folder) =>
          path.startsWith(`${folder.replace('*.ts', '')}`) &&
          (!folder.endsWith('*.ts') || /^src\/main\/[^/]+\.ts$/.test(path)),
      )
    expect(files.map((each) => each.path).filter((path) => !held(path))).toEqual([])
  })

  test('are named in kebab-case, and none is a drawer', () => {
    const drawer = /(^|-)(manager|service|helpers?|utils?|common|base|impl|misc)(-|$)/
    const stems = files.map(({ path }) =>
      basename(path)
        .replace(/\.(test|conformance|d)?\.?tsx?$/, '')
        .replace(/\.(test|conformance)$/, ''),
    )
    expect(stems.filter((stem) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) || drawer.test(stem))).toEqual([])
  })

  test('hold no `any`', () => {
    expect(files.flatMap(({ path, ast }) => anysIn(ast).map((line) => `${path}:${line}`))).toEqual([])
  })

  test('declare no class, type or function that is a drawer', () => {
    const drawer = /(Manager|Service|Helper|Helpers|Util|Utils|Common|Impl)$/
    const named = files.flatMap(({ path, ast }) => declared(ast).map((name) => `${path}: ${name}`))
    expect(named.filter((each) => drawer.test(each))).toEqual([])
  })
})

function anysIn(ast: ts.SourceFile): number[] {
  const found: number[] = []
  function visit(node: ts.Node): void {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      found.push(ast.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}

function declared(ast: ts.SourceFile): string[] {
  return ast.statements.flatMap((each) => {
    const isNamed =
      ts.isClassDeclaration(each) ||
      ts.isFunctionDeclaration(each) ||
      ts.isInterfaceDeclaration(each) ||
      ts.isTypeAliasDeclaration(each)
    return isNamed && each.name !== undefined ? [each.name.text] : []
  })
}
