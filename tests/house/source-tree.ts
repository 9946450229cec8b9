import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'

/** What the house's own tests need to know of the files under src: names, and who imports whom. */

const repo = join(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly ast: ts.SourceFile
  readonly imports: readonly Import[]
}

export interface Import {
  /** A path of ours (`src/...`), or a package's name. */
  readonly target: string
  readonly isType: boolean
}

export function sourceFiles(): SourceFile[] {
  const names = readdirSync(join(repo, 'src'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `src/${name.replaceAll('\\', '/')}`,
  )
  return names
    .filter((name) => /\.tsx?$/.test(name))
    .toSorted()
    .map(read)
}

/** Every file under src, whatever its kind. */
export function allFiles(): string[] {
  const entries = readdirSync(join(repo, 'src'), { recursive: true, withFileTypes: true })
  return entries
    .filter((each) => each.isFile())
    .map((each) =>
      join(each.parentPath, each.name)
        .slice(repo.length + 1)
        .replaceAll('\\', '/'),
    )
}

/** Whether a file belongs to the product, not to its tests. */
export function isProduct(path: string): boolean {
  return !/\.(test|conformance)\.tsx?$/.test(path)
}

/** Groups of files that import one another in a circle, types included. */
export function cycles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[][] {
  const next = new Map(files.map(({ path, imports }) => [path, imports.map((each) => each.target)]))
  const found: string[][] = []
  const state = new Map<string, 'open' | 'closed'>()
  function visit(path: string, trail: string[]): void {
    if (state.get(path) === 'open') found.push(trail.slice(trail.indexOf(path)))
    if (state.has(path)) return
    state.set(path, 'open')
    for (const target of next.get(path) ?? []) visit(target, [...trail, path])
    state.set(path, 'closed')
  }
  for (const path of next.keys()) visit(path, [])
  return found
}

/** Everything that is loaded when `starts` are: values only, since types are gone by then. */
export function loadedBy(starts: readonly string[], files: readonly SourceFile[]): Set<string> {
  const next = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter((each) => !each.isType).map((each) => each.target),
    ]),
  )
  const loaded = new Set<string>()
  const waiting = [...starts]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue
    loaded.add(path)
    waiting.push(...(next.get(path) ?? []))
  }
  return loaded
}

function read(path: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const ast = ts.createSourceFile(
    path,
    readFileSync(join(repo, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    kind,
  )
  const imports: Import[] = []
  function visit(node: ts.Node): void {
    const found = importOf(node)
    if (found !== null) imports.push({ target: targetOf(path, found.specifier), isType: found.isType })
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return { path, ast, imports }
}

function importOf(node: ts.Node): { specifier: string; isType: boolean } | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return {
      specifier: node.moduleSpecifier.text,
      isType: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    }
  }
  if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    return { specifier: node.moduleSpecifier.text, isType: node.isTypeOnly }
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments
    return argument !== undefined && ts.isStringLiteral(argument)
      ? { specifier: argument.text, isType: false }
      : null
  }
  return null
}

function targetOf(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier
}
