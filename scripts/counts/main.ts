import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { ts } from '@ts-morph/common'
import { root } from '../root.mjs'

/** What is counted of some files. Tests, and what only they use, are counted as lines and files alone. */
type Counts = {
  lines: number
  files: number
  testLines: number
  testFiles: number
  functions: number
  over60: number
  over120: number
  moreThanFive: number
  names: number
  mentions: number
}

const NONE: Counts = {
  lines: 0,
  files: 0,
  testLines: 0,
  testFiles: 0,
  functions: 0,
  over60: 0,
  over120: 0,
  moreThanFive: 0,
  names: 0,
  mentions: 0,
}

const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path)

/** What is compiled, or lists pixels one by one: parameters are what such code has instead of objects. */
const isKernel = (path: string): boolean => path.startsWith('src/engine/kernels/')

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node)

const countFile = (path: string): Counts => {
  const text = readFileSync(join(root, path), 'utf8')
  const lines = text.split('\n').length - 1
  if (isTest(path)) return { ...NONE, testLines: lines, testFiles: 1 }
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const counts: Counts = { ...NONE, lines, files: 1 }
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body) {
      const long = lineAt(node.end) - lineAt(node.getStart()) + 1
      counts.functions++
      if (long > 60) counts.over60++
      if (long > 120) counts.over120++
      if (node.parameters.length > 5 && !isKernel(path)) counts.moreThanFive++
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'mentions')
      counts.mentions++
    ts.forEachChild(node, visit)
  }
  visit(source)
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (isExported)
      counts.names += ts.isVariableStatement(statement) ? statement.declarationList.declarations.length : 1
  }
  return counts
}

const add = (one: Counts, other: Counts): Counts => ({
  lines: one.lines + other.lines,
  files: one.files + other.files,
  testLines: one.testLines + other.testLines,
  testFiles: one.testFiles + other.testFiles,
  functions: one.functions + other.functions,
  over60: one.over60 + other.over60,
  over120: one.over120 + other.over120,
  moreThanFive: one.moreThanFive + other.moreThanFive,
  names: one.names + other.names,
  mentions: one.mentions + other.mentions,
})

/** The rooms that a file counts for: all of the sources, its part of these, and of the engine each folder on the way. */
const roomsOf = (path: string): string[] => {
  const parts = path.split('/').slice(0, -1)
  const depth = parts[1] === 'engine' ? parts.length : Math.min(2, parts.length)
  return Array.from({ length: depth }, (_, index) => parts.slice(0, index + 1).join('/'))
}

const HEADS: Readonly<Record<keyof Counts, string>> = {
  lines: 'lines',
  files: 'files',
  testLines: 'of tests',
  testFiles: 'files',
  functions: 'functions',
  over60: '> 60 lines',
  over120: '> 120',
  moreThanFive: '> 5 params',
  names: 'exported',
  mentions: 'mentions()',
}
const COLUMNS = Object.keys(HEADS) as (keyof Counts)[]

const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ['src', ...path.split(sep)].join('/'))
  .sort()
const rooms = new Map<string, Counts>()
for (const path of paths) {
  const counts = countFile(path)
  for (const room of roomsOf(path)) rooms.set(room, add(rooms.get(room) ?? NONE, counts))
}
const row = (name: string, cells: readonly string[]): string =>
  `${name.padEnd(36)}${cells.map((cell) => cell.padStart(11)).join('')}`
console.log(
  row(
    '',
    COLUMNS.map((column) => HEADS[column]),
  ),
)
for (const [room, counts] of [...rooms].sort(([one], [other]) => (one < other ? -1 : 1)))
  console.log(
    row(
      room,
      COLUMNS.map((column) => String(counts[column])),
    ),
  )
