/** The house as it is laid out (DESIGN §1, STYLE 1 and 7): read from the imports of every file, by a parser. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { type VueFile, readVue } from './support/vue-file.ts'

const ROOT = resolve(import.meta.dirname, '..')
const PLACES = ['shared', 'client', 'server'] as const
type Place = (typeof PLACES)[number]
type Source = { place: Place; path: string; ast: ts.SourceFile; template: string }

const sources: Source[] = PLACES.flatMap((place) =>
  readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.vue'].includes(extname(entry.name)))
    .map((entry) => sourceOf(place, join(entry.parentPath, entry.name))),
)

function sourceOf(place: Place, file: string): Source {
  const text = readFileSync(file, 'utf8')
  const { script, template }: VueFile = file.endsWith('.vue') ? readVue(text) : { script: text, template: '' }
  return { place, path: relative(ROOT, file), ast: ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS), template }
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  // A visitor can't yield.
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  for (const child of children) yield* nodesOf(child)
}

/** What a file imports or exports from, at its head, lazily or as a type. */
function importsOf({ ast }: Source): string[] {
  return [...nodesOf(ast)].flatMap((node) => {
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined
    return from && ts.isStringLiteralLike(from) ? [from.text] : []
  })
}

/** The place an import leads to; a package by its name. */
function placeOf({ path }: Source, from: string): string {
  if (!from.startsWith('.')) return from
  return relative(ROOT, resolve(ROOT, dirname(path), from)).split('/')[0] ?? ''
}
const offending = (place: Place, wrong: (leads: string, from: string) => boolean) =>
  sources.filter((source) => source.place === place).flatMap((source) => importsOf(source).flatMap((from) => (wrong(placeOf(source, from), from) ? [`${source.path} imports ${from}`] : [])))

const NODE = new Set(builtinModules)
const isNode = (from: string) => from.startsWith('node:') || NODE.has(from)

describe('imports', () => {
  test('are found at all', () => {
    for (const place of PLACES) expect(sources.filter((source) => source.place === place && importsOf(source).length > 0).length, place).toBeGreaterThan(15)
    expect(sources.some(({ path, template }) => path.endsWith('.vue') && template.length > 50)).toBe(true)
  })
  test('shared imports only shared, zod, and what seals', () => {
    expect(offending('shared', (leads) => !['shared', 'zod', 'zod/mini', '@hpke/core'].includes(leads))).toEqual([])
  })
  test('the device never meets the server, nor Node', () => {
    expect(offending('client', (leads, from) => leads === 'server' || leads === 'test' || isNode(from))).toEqual([])
  })
  test('the server never meets the device', () => {
    expect(offending('server', (leads) => leads === 'client' || leads === 'test')).toEqual([])
  })
  test('name the file with its extension', () => {
    const bare = PLACES.flatMap((place) => offending(place, (_, from) => from.startsWith('.') && !/\.(ts|vue|css|json|svg|wasm)(\?\w+)?$/.test(from)))
    expect(bare).toEqual([])
  })
})

test('only server/main.ts reads the environment', () => {
  const readers = sources.filter(({ ast }) => [...nodesOf(ast)].some(readsEnvironment)).map(({ path }) => path)
  expect(readers.filter((path) => path !== 'server/main.ts')).toEqual([])
})
/** `process.env`, `const { env } = process`, `import { env } from 'node:process'`. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && node.expression.getText() === 'process'
  if (ts.isVariableDeclaration(node)) return node.initializer?.getText() === 'process' && /\benv\b/.test(node.name.getText())
  return ts.isImportDeclaration(node) && /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText())
}

test('every file and folder is a noun of the trade', () => {
  const EMPTY = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'service', 'services', 'misc', 'index']
  const wordless = sources.filter(({ path }) => path.split('/').some((part) => EMPTY.includes(basename(part, extname(part)).toLowerCase())))
  expect(wordless.map(({ path }) => path)).toEqual([])
})

describe('no word for people outside the message files', () => {
  const HAN = /\p{Script=Han}/u
  const screens = sources.filter(({ place, path }) => place === 'client' && !path.startsWith('client/messages/'))
  test('no Chinese in a text of a client file', () => {
    const texts = screens.flatMap(({ path, ast }) => [...nodesOf(ast)].filter(isText).filter((node) => HAN.test(node.text)).map((node) => `${path}: ${node.text}`))
    expect(texts).toEqual([])
  })
  test('no Chinese in a template', () => {
    expect(screens.filter(({ template }) => HAN.test(template)).map(({ path }) => path)).toEqual([])
  })
})
type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail
function isText(node: ts.Node): node is Text {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
}
